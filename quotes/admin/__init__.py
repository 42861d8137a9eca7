"""The admin site: where editors review."""

from quotes.admin import article, quote, source, speaker

__all__ = ["article", "quote", "source", "speaker"]
