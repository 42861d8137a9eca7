"""Plain text -> an article, with its metadata when the file begins with a header."""

from datetime import UTC, datetime

from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.documents import ArticleDocument, DocumentError

_FIELDS = {"url", "source", "title", "byline", "published", "language"}
_LONGEST_TITLE = 200


def parse_text(text: str, *, url: str = "") -> ArticleDocument:
    """The article in `text`.

    A file may begin with a header: "Name: value" lines (URL, Source, Title, Byline, Published, Language), URL
    or Source first, up to the first empty line. The body after it is the article's text, verbatim.
    Without a header the whole file is the text. Without a title, the text's first line is the title.
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
    fields: dict[str, str] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        name, colon, value = line.partition(":")
        key = name.strip().lower()
        if not fields and not (colon and key in {"url", "source"}):
            return {}, text
        at += len(line)
        if not line.strip():
            break
        if not colon or key not in _FIELDS or key in fields:
            raise DocumentError(
                f"{line.strip()[:80]!r} is not a header line: before the empty line there may be one each of "
                "URL, Source, Title, Byline, Published and Language"
            )
        fields[key] = value.strip()
    return fields, text[at:]
