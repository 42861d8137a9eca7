"""What ingestion hands over: one article as a value."""

from dataclasses import dataclass
from datetime import datetime


class DocumentError(ValueError):
    """The input is not an article that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """An article as it was read.

    `text` is verbatim: the offsets of quotes count its code points. `url` is canonical, empty when the
    article came without an address; `published_at` has its time zone, None when the article names no date.
    """

    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    byline: str = ""
    language: str = ""
    published_at: datetime | None = None
