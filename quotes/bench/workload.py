"""What is read: articles of one length, made of the demo articles and the texts of the gold."""

from dataclasses import dataclass
from functools import cache
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from quotes.ingestion import read_document

ROOT = Path(__file__).parents[2]
_PATTERNS = ("articles/*.txt", "articles/*.html", "gold/*/*.txt")  # in fixtures/
_MAX_BYTES = 1_000_000

WORDS = 700  # of an article: about the length of a news report


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    articles   read in a round
    rounds     of the comparison, each with all contenders in turn
    sizes      bytes of the texts that show whether the time grows with the length alone, and how many of each
    memory     bytes of the text whose memory is measured
    starts     of a fresh process
    batch      articles for the batch interface
    """

    articles: int = 40
    rounds: int = 3
    sizes: tuple[tuple[int, int], ...] = ((10_000, 50), (100_000, 5), (1_000_000, 1))
    memory: int = 1_000_000
    starts: int = 3
    batch: int = 320

    @classmethod
    def quick(cls) -> "Plan":
        """Enough to see that it works, too little to tell anything."""
        return cls(articles=2, rounds=1, sizes=((2_000, 1), (20_000, 1)), memory=20_000, starts=1, batch=70)


@cache
def _sources() -> list[str]:
    paths = [path for pattern in _PATTERNS for path in sorted((ROOT / "fixtures").glob(pattern))]
    return [read_document(path.read_bytes(), max_bytes=_MAX_BYTES).text for path in paths]


def articles(count: int) -> list[str]:
    """`count` articles of WORDS words, no two of them alike until all the words there are have been used."""
    return list(islice(cycle(_articles()), count))


@cache
def _articles() -> list[str]:
    paragraphs = [part for text in _sources() for part in text.split("\n\n") if part.strip()]
    found: list[str] = []
    parts: list[str] = []
    missing = WORDS
    for paragraph in paragraphs:
        words = paragraph.split()
        parts.append(paragraph if len(words) <= missing else " ".join(words[:missing]))
        missing -= len(words)
        if missing <= 0:
            found.append("\n\n".join(parts))
            parts, missing = [], WORDS
    return found


def text_of(size: int) -> str:
    """A text of `size` bytes of UTF-8: all articles one after the other, and again if need be."""
    parts: list[str] = []
    length = 0
    for article in cycle(_articles()):
        parts.append(article)
        length += len(article.encode()) + 2
        if length >= size:
            break
    return "\n\n".join(parts).encode()[:size].decode(errors="ignore")


def pieces(size: int, count: int) -> list[str]:
    """`count` different texts of `size` bytes of UTF-8: one long text, cut."""
    whole = text_of(size * count).encode()
    return [whole[start : start + size].decode(errors="ignore") for start in range(0, size * count, size)]


def describe_data(plan: Plan) -> dict[str, Any]:
    """What the figures stand for."""
    read = articles(plan.articles)
    return {
        "files": len(_sources()),
        "articles": len(read),
        "distinct_articles": len(set(read)),
        "words": WORDS,
        "mean_characters": round(sum(map(len, read)) / len(read)),
    }
