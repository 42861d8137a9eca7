"""By what quotes that may be the same words are found: runs of three words, as numbers.

Of every three runs that follow one another the one that says most is stored (winnowing: Schleimer, Wilkerson
and Aiken, 2003), the others are only asked for. So of two quotes with five words in a row in common at least
one run is found, wherever these stand in them.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from quotes.same_words.common import GRAMMAR
from quotes.same_words.words import Words, is_number

_RUN, _WINDOW = 3, 3
_MOST_STORED, _MOST_ASKED = 80, 200
_FEWEST = 4
_FIRST, _SECOND, _OF_ALL = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9
_BITS = 64
_WHOLE = (1 << _BITS) - 1
_KEY = (1 << 63) - 1  # as a database keeps numbers
_SAYS_NOTHING = (2 * _RUN) << _BITS  # three words of grammar


@dataclass(frozen=True, slots=True)
class Keys:
    """Numbers of 63 bits: by which a quote is `stored`, and which are `asked` for to find what is like it.

    None for fewer than three words. They are stored: what changes them has to make all of them anew.
    """

    stored: list[int]
    asked: list[int]


def keys_of(words: Words) -> Keys:
    runs = _runs(words)
    if not runs:
        return Keys([], [])
    # Of fewer than three all.
    chosen = set(map(min, runs, runs[1:], runs[2:])) if len(runs) >= _WINDOW else set(runs)
    whole = _whole(words)
    return Keys([whole, *_telling(chosen, _MOST_STORED)], [whole, *_telling(set(runs), _MOST_ASKED)])


def _telling(runs: set[int], most: int) -> list[int]:
    """The keys of those that say something, the most telling first; where they are few of others, too."""
    ordered = sorted(runs)
    telling = sum(run < _SAYS_NOTHING for run in ordered)
    return [run & _KEY for run in ordered[: min(max(telling, _FEWEST), most)]]


def _runs(words: Words) -> list[int]:
    """Each three words as a number: below its key, above that how little it says."""
    parts = [_part(word) for word in words.words]
    return [
        (a[0] + b[0] + c[0] << _BITS) | ((a[1] * _FIRST + b[1] * _SECOND + c[1]) & _WHOLE) >> 1
        for a, b, c in zip(parts, parts[1:], parts[2:], strict=False)
    ]


def _whole(words: Words) -> int:
    """By it the very same words are found, such as have no run that says anything, or only common ones."""
    number = len(words.words)
    for word in words.words:
        number = (number * _OF_ALL + _part(word)[1]) & _WHOLE
    return number >> 1


@lru_cache(1 << 16)
def _part(word: str) -> tuple[int, int]:
    """How little a word says: 2 if it is one of grammar, 0 if it is a number; and itself as a number."""
    number = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")
    return 2 if word in GRAMMAR else 0 if is_number(word) else 1, number
