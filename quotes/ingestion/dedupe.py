"""Whether two texts are one: wire copy that papers cut, head anew and spell in their own way.

Texts are compared by their shingles, runs of six words that follow one another. Those with a name or a number
in them count for themselves: that is what templates (weather, markets, match reports) and boilerplate do not
share, and what a copy keeps. The few smallest of them are the keys by which copies are found: of those of a
text that was cut to a third, a third are the other's.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.folding import fold

if TYPE_CHECKING:  # NumPy is imported by who compares texts, not by who shows what is known
    import numpy as np
    from numpy.typing import NDArray

KEYS = 24  # that a text is found by
ENOUGH_KEYS = 2  # that two texts share, to be worth a comparison
_SHINGLE = 6  # words
_FEWEST_WORDS = 40
# What of the shorter text stands in the longer one: of all its shingles, and of those with a name or number.
_SHARED, _SHARED_FACTS = 0.5, 0.4
# An outlet has its own boilerplate: of two texts of one outlet, more.
_SHARED_AT_ONE_OUTLET = 0.7
# Less than this of the longer text: a page of many stories is a copy of none of them.
_SHARED_OF_LONGER = 1 / 6

_TOKEN = re.compile(r"\w+[^\w\s]*")
_NOT_WORD = re.compile(r"\W")
_SENTENCE_ENDS = frozenset('.!?:"”')
_PERCENT = {"per", "sent", "persent"}  # else "%"; folded as below
# British and American spellings become one; that some other words do, too, does no harm among six.
_ONE_LETTER = str.maketrans("zc", "ss")
_SPELLINGS = (("our", "or"), ("ll", "l"), ("tre", "ter"), ("ae", "e"), ("oe", "e"))

_MULTIPLIER = 0x9E3779B97F4A7C15
_HALF, _SIGN = 32, 1
# A word is one number: 32 bits of its letters, above them what counts of it.
_IS_NUMBER, _IS_CAPITAL, _ENDS_SENTENCE = (1 << bit for bit in (32, 33, 34))
_LETTERS = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Shingles:
    """The shingles of a text as numbers, in order and each once; `facts` are those with a name or number."""

    words: int
    all: NDArray[np.uint64]
    facts: NDArray[np.uint64]


def shingles_of(text: str) -> Shingles:
    import numpy as np

    multiplier, half, sign = (np.uint64(number) for number in (_MULTIPLIER, _HALF, _SIGN))
    words = [word for token in _TOKEN.findall(text) if (word := _word(token)) is not None]
    count = len(words) - _SHINGLE + 1
    if count < 1:
        none = np.empty(0, np.uint64)
        return Shingles(len(words), none, none)
    packed = np.array(words, np.uint64)
    keys = packed & np.uint64(_LETTERS)
    numbers, capitals, ends = (
        (packed & np.uint64(bit)).astype(bool) for bit in (_IS_NUMBER, _IS_CAPITAL, _ENDS_SENTENCE)
    )
    # A capital after a full stop says nothing.
    begins = np.concatenate((np.ones(1, bool), ends[:-1]))
    is_fact = numbers | (capitals & ~begins)
    mixed = np.zeros(count, np.uint64)
    with_fact = np.zeros(count, bool)
    for at in range(_SHINGLE):
        mixed = mixed * multiplier + keys[at : at + count]
        with_fact |= is_fact[at : at + count]
    mixed = (mixed ^ (mixed >> half)) * multiplier >> sign  # as a database keeps numbers
    return Shingles(len(words), np.unique(mixed), np.unique(mixed[with_fact]))


def keys_of(shingles: Shingles) -> list[int]:
    """What a text is found by, numbers of 63 bits; nothing for one too short to be a copy.

    They are stored: what changes them has to make all of them anew.
    """
    found: list[int] = shingles.facts[:KEYS].tolist()
    return found if shingles.words >= _FEWEST_WORDS else []


def is_copy(one: Shingles, other: Shingles, *, same_outlet: bool = False) -> bool:
    """Whether the texts of these shingles are one text, perhaps cut or edited in one of them."""
    if min(one.words, other.words) < _FEWEST_WORDS:
        return False
    shared = _common(one.all, other.all)
    fewer, more = sorted((one.all.size, other.all.size))
    facts = min(one.facts.size, other.facts.size)
    return (
        shared >= fewer * (_SHARED_AT_ONE_OUTLET if same_outlet else _SHARED)
        and shared >= more * _SHARED_OF_LONGER
        and _common(one.facts, other.facts) >= max(1, facts * _SHARED_FACTS)
    )


def plain_words(text: str) -> str:
    """The words of `text` as they are compared here, one space between them."""
    return " ".join(filter(None, map(_plain, _TOKEN.findall(text))))


def _common(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> int:
    import numpy as np

    return int(np.intersect1d(one, other, assume_unique=True).size)


@lru_cache(1 << 15)
def _word(token: str) -> int | None:
    """What counts of a token, a word with the marks after it; None for what papers write differently."""
    plain = _plain(token)
    if not plain:
        return None
    return (
        zlib.crc32(plain.encode())
        + _IS_NUMBER * plain[0].isdigit()
        + _IS_CAPITAL * token[0].isupper()
        + _ENDS_SENTENCE * (not _SENTENCE_ENDS.isdisjoint(token))
    )


def _plain(token: str) -> str:
    folded = fold(_NOT_WORD.sub("", token)).translate(_ONE_LETTER)
    for british, american in _SPELLINGS:
        folded = folded.replace(british, american)
    return "" if folded in _PERCENT else folded
