"""The admin site: where editors review."""

from quotes.admin import article, history, ingestion, quote, same_words, source, speaker, suggestion, token

__all__ = [
    "article",
    "history",
    "ingestion",
    "quote",
    "same_words",
    "source",
    "speaker",
    "suggestion",
    "token",
]
