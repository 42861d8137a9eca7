"""The admin site: where editors review."""

from quotes.admin import (
    alerts,
    article,
    history,
    ingestion,
    quote,
    report,
    same_words,
    source,
    speaker,
    suggestion,
    token,
    webhook,
)

__all__ = [
    "alerts",
    "article",
    "history",
    "ingestion",
    "quote",
    "report",
    "same_words",
    "source",
    "speaker",
    "suggestion",
    "token",
    "webhook",
]
