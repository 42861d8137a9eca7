"""Bytes in, clean article text with its metadata out. No database, no Django."""

from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.fetch import Fetched, FetchError, FetchPolicy, fetch
from quotes.ingestion.reading import read_document

__all__ = [
    "ArticleDocument",
    "DocumentError",
    "FetchError",
    "FetchPolicy",
    "Fetched",
    "fetch",
    "read_document",
]
