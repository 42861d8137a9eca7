"""The admin site: where editors review."""

from quotes.admin import (
    alerts,
    article,
    history,
    ingestion,
    quote,
    report,
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
    "source",
    "speaker",
    "suggestion",
    "token",
    "webhook",
]
