"""What ingestion hands over: one article as a value."""

from dataclasses import dataclass
from datetime import datetime


class DocumentError(ValueError):
    """The input is not an article that can be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class ArticleDocument:
    """An article as it was read.

    `text` is verbatim: the offsets of quotes count its code points. `url` is canonical, empty when the
    article came without an address; `published_at` and `modified_at` have their time zones, None when the
    article does not say.
    """

    text: str
    title: str = ""
    url: str = ""
    source: str = ""
    byline: str = ""
    language: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
