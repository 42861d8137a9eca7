"""Texts cut into words, and words made alike: the same for both engines, in Python, for neither is asked.

A word is a run of letters, digits and the marks that belong to them, with apostrophes inside: "don’t" is one,
"well-known" two. Words are compared folded (quotes.folding), English ones by their stems, too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from quotes.folding import fold

LONGEST_WORD = 60
_MOST_WORDS = 10_000  # of a text that are indexed
_MOST_REPEATS = 255  # of a word in a text: PostgreSQL keeps 256 places of each
_APOSTROPHES = "'’‘ʼ"


def _marks() -> str:
    """The characters that are no letters and belong to one: accents, vowel signs of Indian scripts."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x10000):
        if unicodedata.category(chr(code)).startswith("M"):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_LETTERS = rf"(?:[^\W_]|[{_marks()}])+"
_WORD = re.compile(rf"{_LETTERS}(?:[{_APOSTROPHES}]{_LETTERS})*")
_PLAIN_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")

# Signs that nearly every text has, and that need not make it one that is not plain.
_TYPOGRAPHY = str.maketrans({**dict.fromkeys("“”„«»…–—\u00a0", " "), "’": "'", "‘": "'"})
_BETWEEN_WORDS = str.maketrans(dict.fromkeys((chr(c) for c in range(128) if not chr(c).isalnum()), " "))

_english = snowballstemmer.stemmer("english")
_turn = Lock()  # a stemmer works on one word at a time


@dataclass(frozen=True, slots=True)
class Token:
    """A word, folded, and where it stands: half-open offsets of code points."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in their order."""
    for match in _WORD.finditer(text):
        if word := _folded(match[0]):
            yield Token(word, match.start(), match.end())


def words(text: str) -> list[str]:
    """The same without their places, faster: a search that ranks what it finds is mostly this."""
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    if text.isascii():
        plain = text.lower()
        found = _PLAIN_WORD.findall(plain) if "'" in plain else plain.translate(_BETWEEN_WORDS).split()
        return [word[:LONGEST_WORD] for word in found]
    return [word for match in _WORD.findall(text) if (word := _folded(match))]


def indexed(text: str) -> list[str | None]:
    """The words of `text` as they are indexed: of one that comes back again and again, the first places."""
    seen: Counter[str] = Counter()
    found: list[str | None] = []
    for word in words(text)[:_MOST_WORDS]:
        seen[word] += 1
        found.append(word if seen[word] <= _MOST_REPEATS else None)
    return found


def stems(some: Sequence[str | None]) -> set[str]:
    """The stems of words that are not the words themselves."""
    return {stemmed for word in set(some) if word and (stemmed := stem(word)) != word}


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word; one that is not written in plain letters is its own."""
    if not word.isascii():
        return word
    with _turn:
        return str(_english.stemWord(word)) or word


@lru_cache(maxsize=20_000)
def _folded(word: str) -> str:
    plain = fold(word.replace("ʼ", "'"))
    if not plain.isascii():
        # Some signs stand for several words, or for marks.
        plain = "".join(c for c in plain if c.isalnum() or c == "'" or unicodedata.category(c)[0] == "M")
    return plain.strip("'")[:LONGEST_WORD]
