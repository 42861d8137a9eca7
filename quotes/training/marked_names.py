"""English Worldwide Newswire (Shan et al., 2023): articles of papers of many countries, their names marked.

Titles and roles stand outside of the names. The corpus is not part of this project and is never stored in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from quotes.english import lexicon

from .gold import GoldError, read_records

_TYPES = {
    "Person": "person",
    "Organization": "organization",
    "Location": "place",
    "Facility": "place",
    "NORP": "nationality",
    "Misc": "other",
    "Product": "other",
}
_CLAUSE = re.compile(r"[A-Z][^.!?“”\"\n]{30,110}?(?=[.!?,;])")
_WORD = re.compile(r"(?<!\w)[a-z][\w’']*")
_SMALL = lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """A text and its names: start, end, type; code points, the types of `tagger.TYPES`."""

    id: str
    text: str
    names: tuple[tuple[int, int, str], ...]


def read_marked(path: Path) -> Iterator[MarkedArticle]:
    """The articles whose names are marked. Raises GoldError."""
    for where, record in read_records(path):
        entities = record.get("entities")
        if entities is None:
            continue
        try:
            names = tuple(
                (int(start), int(end), _TYPES[kind]) for start, end, kind in entities if kind in _TYPES
            )
            yield MarkedArticle(str(record["id"]), str(record["text"]), names)
        except (KeyError, TypeError, ValueError) as error:
            raise GoldError(f"{where}: it is no article with names marked ({error!r})") from error


def with_headline(article: MarkedArticle, chance: np.random.Generator) -> MarkedArticle:
    """The article below one of its clauses, Written as Headlines Are; as it is where none has a name."""
    clauses = [match.span() for match in _CLAUSE.finditer(article.text)]
    named = [
        (first, last)
        for first, last in clauses
        if any(first <= start and end <= last for start, end, _ in article.names)
    ]
    if not named:
        return article
    first, last = named[int(chance.integers(len(named)))]
    headline = _WORD.sub(_capital, article.text[first:last])
    before = f"{headline}\n\n"
    inside = [(s - first, e - first, kind) for s, e, kind in article.names if first <= s and e <= last]
    moved = [(s + len(before), e + len(before), kind) for s, e, kind in article.names]
    return replace(article, text=before + article.text, names=(*inside, *moved))


def _capital(match: re.Match[str]) -> str:
    word = match.group()
    return word if word in _SMALL or not word.isascii() else word[0].upper() + word[1:]
