"""The admin site: where editors review."""

from quotes.admin import article, history, ingestion, quote, source, speaker, suggestion

__all__ = ["article", "history", "ingestion", "quote", "source", "speaker", "suggestion"]
