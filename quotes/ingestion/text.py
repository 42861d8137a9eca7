"""Plain text -> an article, with its metadata when the file begins with a header."""

import re
from datetime import UTC, datetime

from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.documents import ArticleDocument, DocumentError

_FIELDS = {"url", "source", "title", "byline", "published", "language"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_LONGEST_TITLE = 200


def parse_text(text: str, *, url: str = "") -> ArticleDocument:
    """The article in `text`.

    A file may begin with a header: "Name: value" lines (URL, Source, Title, Byline, Published, Language) up
    to the first empty line; `_begins_header` says when it does. The body after it is the article's text,
    verbatim. Without a header the whole file is the text. Without a title, its first line is the title.
    Raises DocumentError for a header that cannot be understood and for an empty body.
    """
    fields, body = _split_header(text)
    if not body.strip():
        raise DocumentError("there is a header but no text below it: add the article after an empty line")
    first_line = next(line.strip() for line in body.splitlines() if line.strip())
    return ArticleDocument(
        text=body,
        title=fields.get("title") or first_line[:_LONGEST_TITLE],
        url=canonical_url(fields.get("url") or url),
        source=fields.get("source", ""),
        byline=fields.get("byline", ""),
        language=fields.get("language", ""),
        published_at=parse_time(fields["published"]) if fields.get("published") else None,
    )


def parse_time(value: str) -> datetime:
    """An ISO 8601 time; without a zone it is UTC. Raises DocumentError."""
    try:
        time = datetime.fromisoformat(value)
        time = time if time.tzinfo else time.replace(tzinfo=UTC)
        time.astimezone(UTC)  # a time of the first or last day of all may be none elsewhere
    except (ValueError, OverflowError) as error:
        raise DocumentError(f"{value!r} is not a time: write it like 2026-03-24T18:05:00+00:00") from error
    return time


def _split_header(text: str) -> tuple[dict[str, str], str]:
    """The header's fields by lower-case name, and the body; no fields where there is no header."""
    lines = text.splitlines(keepends=True)
    if not _begins_header(*lines[:2]):
        return {}, text
    fields: dict[str, str] = {}
    at = 0
    for line in lines:
        at += len(line)
        if not line.strip():
            break
        name, value = _named(line)
        if name not in _FIELDS or name in fields:
            raise DocumentError(
                f"{line.strip()[:80]!r} is not a header line: before the empty line there may be one each of "
                "URL, Source, Title, Byline, Published and Language"
            )
        fields[name] = value
    return fields, text[at:]


def _begins_header(first: str = "", second: str = "") -> bool:
    """Whether a file that begins with these lines begins with a header.

    URL and Source always do. Any other name may be the first words of a headline ("Language: why we lose
    ours"): it begins a header when another header line follows, or an empty line and the value is one.
    """
    name, value = _named(first)
    if name not in _FIELDS:
        return False
    if name in {"url", "source"}:
        return True
    if second.strip():
        return _named(second)[0] in _FIELDS
    return bool(second) and _is_value(name, value)


def _is_value(name: str, value: str) -> bool:
    """Whether a header line may say so, rather than a headline."""
    if name == "language":
        return bool(_LANGUAGE.fullmatch(value))
    if name == "published":
        try:
            parse_time(value)
        except DocumentError:
            return False
    return bool(value)


def _named(line: str) -> tuple[str, str]:
    """The lower-case name and the value of a "Name: value" line; no name where there is no colon."""
    name, colon, value = line.partition(":")
    return (name.strip().lower() if colon else ""), value.strip()
