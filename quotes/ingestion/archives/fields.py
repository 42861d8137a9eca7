"""Named values of a line or a row -> an article."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.archives.columns import VERBATIM, Columns, by_key, key
from quotes.ingestion.dates import parse_date
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.zones import country_of

_FIRST_YEAR = 1600  # of newspapers; a date before that is a mistake
_FLAGS = re.IGNORECASE | re.DOTALL
_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", _FLAGS)
_MARKUP = re.compile(
    r"<(?:!doctype|/?(?:html|body|article|section|div|p|br|hr|span|a|b|i|em|strong|h[1-6]|ul|ol|li|figure"
    r"|blockquote|table))\b[^<>]*>",
    _FLAGS,
)
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def read_fields(
    pairs: Iterable[tuple[str, object]],
    *,
    columns: Columns,
    max_bytes: int,
    read_page: Callable[..., ArticleDocument],
) -> tuple[ArticleDocument, str]:
    """The article that these fields give, and what of it is lost: dates that are not understood.

    What they say of it goes before what its page says. Raises DocumentError, naming the field.
    """
    fields = by_key(pairs)
    url = _address(_string(fields, columns.names("url")).strip())
    text, markup = _text(fields, columns)
    if markup:
        read = checked(read_page(_page(markup), max_bytes=max_bytes, url=url), max_bytes)
    else:
        read = checked(ArticleDocument(text=text), max_bytes)
    language = _string(fields, columns.names("language")).strip() or read.language
    country = country_of(url, language)
    published, unread = _time(fields, columns.names("published"), country)
    modified, unread_too = _time(fields, columns.names("modified"), country)
    document = ArticleDocument(
        text=read.text,
        title=_string(fields, columns.names("title")).strip() or read.title,
        url=url or read.url,
        source=_named(fields, columns.names("source")) or read.source,
        byline=_named(fields, columns.names("byline")) or read.byline,
        language=language,
        published_at=published or read.published_at,
        modified_at=modified or read.modified_at,
    )
    lost = [unread if not document.published_at else "", unread_too if not document.modified_at else ""]
    return document, "; ".join(filter(None, lost))


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


def _text(fields: Mapping[str, object], columns: Columns) -> tuple[str, str]:
    """The text as it is, or the markup that it is to be taken from."""
    for name, kind in columns.texts:
        if (text := _string(fields, [name])).strip():
            is_markup = kind == "html" or (kind not in VERBATIM and _MARKUP.search(text))
            return ("", text) if is_markup else (text, "")
    return "", ""


def _page(markup: str) -> bytes:
    return (markup if _PAGE.match(markup) else f"<!doctype html><article>{markup}</article>").encode()


def _address(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError as error:  # DocumentError is one
        raise DocumentError(f"url: {error}") from error


def _named(fields: Mapping[str, object], names: Iterable[str]) -> str:
    """Who is named: a string, an object with a name, or a list of such."""
    for name in names:
        if value := fields.get(key(name)):
            several = value if isinstance(value, list) else [value]
            bare = [one.get("name") or "" if isinstance(one, dict) else one for one in several]
            said = [_checked_string(name, one, "a string or a list of strings") for one in bare]
            if found := ", ".join(one.strip() for one in said if one.strip()):
                return found
    return ""


def _time(fields: Mapping[str, object], names: Iterable[str], country: str) -> tuple[datetime | None, str]:
    """The first date that is understood; where there is none, what the first that is there is lost for."""
    lost = ""
    for name in names:
        value = fields.get(key(name))
        if value is None or value == "" or isinstance(value, bool):
            continue
        if moment := parse_date(str(value), country=country, first_year=_FIRST_YEAR):
            return moment, ""
        lost = lost or f"{name}: {ascii(value)[:100]} is no date that is understood, the article has none"
    return None, lost


def _string(fields: Mapping[str, object], names: Iterable[str]) -> str:
    """The first that says something."""
    for name in names:
        if (value := fields.get(key(name))) not in (None, ""):
            return _checked_string(name, value, "a string")
    return ""


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
