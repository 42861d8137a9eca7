"""Named values of a line or a row -> an article."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.text import parse_time

TEXTS = ("text", "html", "body")
# In each group the first that is there counts.
_BYLINE = ("byline", "author", "authors")
_PUBLISHED = ("published", "published_at", "date")
_MODIFIED = ("modified", "modified_at")
NAMES = frozenset((*TEXTS, "url", "title", "source", "language", *_BYLINE, *_PUBLISHED, *_MODIFIED))

_FLAGS = re.IGNORECASE | re.DOTALL
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", _FLAGS)
_MARKUP = re.compile(
    r"<(?:!doctype|/?(?:html|body|article|section|div|p|br|hr|span|a|b|i|em|strong|h[1-6]|ul|ol|li|figure"
    r"|blockquote|table))\b[^<>]*>",
    _FLAGS,
)
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def read_fields(
    fields: Mapping[str, object], *, max_bytes: int, read_page: Callable[..., ArticleDocument]
) -> ArticleDocument:
    """The article that `fields` give; what they say of it goes before what its page says.

    Raises DocumentError, naming the field.
    """
    url = _address(_string(fields, "url").strip())
    text, markup = _text(fields)
    if markup:
        read = checked(read_page(_page(markup), max_bytes=max_bytes, url=url), max_bytes)
    else:
        read = checked(ArticleDocument(text=text), max_bytes)
    return ArticleDocument(
        text=read.text,
        title=_string(fields, "title").strip() or read.title,
        url=url or read.url,
        source=_string(fields, "source").strip() or read.source,
        byline=_byline(fields).strip() or read.byline,
        language=_string(fields, "language").strip() or read.language,
        published_at=_time(fields, *_PUBLISHED) or read.published_at,
        modified_at=_time(fields, *_MODIFIED) or read.modified_at,
    )


def checked(document: ArticleDocument, max_bytes: int) -> ArticleDocument:
    """`document`, if its text can be kept. Raises DocumentError."""
    if not document.text.strip():
        raise DocumentError("text is missing or empty: give each article's text as a string")
    if (size := _size("text", document.text)) > max_bytes:
        raise DocumentError(
            f"text is {size:,} bytes, more than the {max_bytes:,} that an article may have: "
            "cut it into articles, or raise QUOTETRACKER_MAX_ARTICLE_BYTES"
        )
    return document


def _text(fields: Mapping[str, object]) -> tuple[str, str]:
    """The text as it is, or the markup that it is to be taken from."""
    if (text := _string(fields, "text")).strip():
        return text, ""
    if (html := _string(fields, "html")).strip():
        return "", html
    body = _string(fields, "body")
    return ("", body) if _MARKUP.search(body) else (body, "")


def _page(markup: str) -> bytes:
    return (markup if _PAGE.match(markup) else f"<!doctype html><article>{markup}</article>").encode()


def _address(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError as error:  # DocumentError is one
        raise DocumentError(f"url: {error}") from error


def _byline(fields: Mapping[str, object]) -> str:
    for name in _BYLINE:
        if value := fields.get(name):
            names = value if isinstance(value, list) else [value]
            return ", ".join(_checked_string(name, one, "a string or a list of strings") for one in names)
    return ""


def _time(fields: Mapping[str, object], *names: str) -> datetime | None:
    for name in names:
        value = fields.get(name)
        if value is None or value == "":
            continue
        written = _checked_string(name, value, "a time like 2026-03-24T18:05:00+00:00").strip()
        try:
            time = parse_time(written)
            time.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise DocumentError(f"{name}: {error}") from error
        return time
    return None


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return "" if value is None else _checked_string(name, value, "a string")


def _checked_string(name: str, value: object, expected: str) -> str:
    if not isinstance(value, str):
        raise DocumentError(f"{name} is {_KINDS.get(type(value), 'nothing')}: {expected} is expected")
    _size(name, value)
    return value


def _size(name: str, value: str) -> int:
    """In bytes, if it can be kept at all."""
    if "\0" in value:
        raise DocumentError(f"there are NUL characters in {name}: remove them")
    try:
        return len(value) if value.isascii() else len(value.encode())
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"{name} is not Unicode text at character {error.start + 1:,} "
            "(half a surrogate pair, or bytes that are not UTF-8): write the archive as UTF-8"
        ) from error
