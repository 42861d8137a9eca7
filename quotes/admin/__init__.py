"""The admin site: where editors review."""

from quotes.admin import article, history, ingestion, quote, report, source, speaker, suggestion, token

__all__ = ["article", "history", "ingestion", "quote", "report", "source", "speaker", "suggestion", "token"]
