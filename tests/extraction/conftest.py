"""Shared helpers: the reporter's stream of a text, and one quote by its words."""

from collections.abc import Callable

import pytest

from quotes.extraction import ExtractedQuote, extract_quotes
from quotes.extraction.mentions.finder import MentionIndex, find_mentions
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import Stream, build_stream

Read = Callable[[str], tuple[Stream, MentionIndex]]
Find = Callable[[str, str], ExtractedQuote]
Speaker = Callable[[str, str], str | None]


def _read(text: str) -> tuple[Stream, MentionIndex]:
    stream = build_stream(text, find_spans(text))
    return stream, find_mentions(stream)


def _find(text: str, words: str) -> ExtractedQuote:
    found = [quote for quote in extract_quotes(text).quotes if words in quote.text]
    assert found, f"no quote with {words!r}"
    return found[0]


def _speaker(text: str, words: str) -> str | None:
    quote = _find(text, words)
    return quote.speaker.name if quote.speaker else None


@pytest.fixture(scope="session")
def read() -> Read:
    """text -> its stream and mentions; loads no pipeline."""
    return _read


@pytest.fixture(scope="session")
def find() -> Find:
    """text, words -> the quote that holds the words."""
    return _find


@pytest.fixture(scope="session")
def speaker() -> Speaker:
    """text, words -> the name of who said them, None for nobody."""
    return _speaker
