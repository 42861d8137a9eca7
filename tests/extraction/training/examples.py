"""A text with what the gold says of it and what was found, by the words."""

from typing import Any

from quotes.extraction import Span
from quotes.training.gold import GoldArticle, GoldQuote, PredictedQuote


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def gold(text: str, words: str, speaker: str = "", mention: str = "", **fields: Any) -> GoldQuote:
    """A gold quote: speech of `speaker`, or nobody's words without one."""
    kind = {"speech": bool(speaker), "type": "person" if speaker else ""}
    return GoldQuote(span=span_of(text, words), speaker=speaker, mention=mention, **(kind | fields))


def found(text: str, words: str, speaker: str = "", mention: str = "", **fields: Any) -> PredictedQuote:
    return PredictedQuote(
        segments=(span_of(text, words),),
        speaker=speaker or None,
        mention=span_of(text, mention) if mention else None,
        **fields,
    )


def article(text: str, *quotes: GoldQuote, name: str = "a") -> GoldArticle:
    return GoldArticle(name, text, quotes)
