"""The admin site: where editors review."""

from quotes.admin import article, history, quote, source, speaker, suggestion

__all__ = ["article", "history", "quote", "source", "speaker", "suggestion"]
