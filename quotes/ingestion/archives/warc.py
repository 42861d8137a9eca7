"""WARC: what a crawler was answered, page by page."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import NamedTuple

from warcio.statusandheaders import StatusAndHeadersParser

from quotes.ingestion.archives.answers import Answer, media_type, parse_answer, plain_body
from quotes.ingestion.archives.columns import Columns
from quotes.ingestion.archives.fields import checked
from quotes.ingestion.archives.records import ArchiveError, Record, Recorder
from quotes.ingestion.archives.streams import Stream
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.fetch import PAGES

_MAGIC = b"WARC/"
_HEADER = StatusAndHeadersParser([_MAGIC.decode()])
_LONGEST_HEADER = 65_536
_OVERHEAD = 1_048_576  # of a response beside its body: the header, and the marks of chunks
_LENGTH = re.compile(r"[0-9]{1,18}")
_TORN = "the archive breaks off in a record: get the whole file"


class _TornError(Exception):
    """The archive ends within a record."""


class _Head(NamedTuple):
    """What the header of a record says of it. `is_part`: the crawler cut it off, or cut it up."""

    kind: str
    url: str
    media_type: str
    length: int
    is_part: bool


class WebArchive:
    """The reader of WARC. What is no page, or was not there (any status but 200), is passed over."""

    first = 0

    def __init__(
        self, head: bytes, *, columns: Columns, max_bytes: int, read_page: Callable[..., ArticleDocument]
    ) -> None:
        if columns.told:
            raise ArchiveError("WARC holds pages and has no columns: leave --column out")
        self._max_bytes = max_bytes
        self._read_page = read_page

    def read(self, stream: Stream, number: int) -> Iterator[Record]:
        recorder = Recorder(stream, number)
        try:
            while head := _next_head(stream):
                block = _block(stream, head.length, self._max_bytes + _OVERHEAD)
                if _may_be_article(head):
                    answer = _answer(head, block)
                    if answer is None or (answer.status == "200" and answer.media_type in PAGES):
                        yield recorder.take(partial(self._article, head, answer), head.url.encode())
        except _TornError:
            yield recorder.torn(_TORN)
            return
        if stream.trouble:
            yield recorder.torn(stream.trouble)

    def _article(self, head: _Head, answer: Answer | None) -> tuple[ArticleDocument, str]:
        if answer is None:
            raise DocumentError("the record holds no HTTP response, though it says so: crawl it again")
        if not head.url:
            raise DocumentError("the record has no WARC-Target-URI: the address of an article is expected")
        if head.is_part:
            raise DocumentError("the record holds a part of the page only: crawl it again, whole")
        if head.length > self._max_bytes + _OVERHEAD:
            raise DocumentError(
                f"the page is larger than the {self._max_bytes:,} bytes that an article may have: "
                "raise QUOTETRACKER_MAX_ARTICLE_BYTES if it is one"
            )
        body = plain_body(answer, self._max_bytes)
        read = self._read_page(body, max_bytes=self._max_bytes, url=head.url, charset=answer.charset)
        return checked(read, self._max_bytes), ""


def _block(stream: Stream, length: int, most: int) -> bytes:
    """What is in a record, or its first `most` bytes; the rest is thrown away."""
    block = stream.read(min(length, most))
    if not stream.skip(length - len(block)):
        raise _TornError
    return block


def _may_be_article(head: _Head) -> bool:
    if head.kind not in {"response", "resource", "conversion"}:
        return False
    if head.kind == "response" and head.media_type not in {"", "application/http"}:
        return False
    # Crawlers keep their own logs, and the robots.txt of each host, too.
    is_web = not head.url or head.url.lower().startswith(("http://", "https://"))
    return is_web and not head.url.partition("?")[0].endswith("/robots.txt")


def _answer(head: _Head, block: bytes) -> Answer | None:
    return parse_answer(block) if head.kind == "response" else Answer("200", head.media_type, block)


def _next_head(stream: Stream) -> _Head | None:
    """What comes next, None at the end. Raises ArchiveError for what is no record."""
    place = stream.place
    while (line := stream.readline(_LONGEST_HEADER)).isspace():
        place = stream.place
    if not line:
        return None
    if not line.startswith(_MAGIC):
        if not line.endswith(b"\n") and (stream.trouble or _MAGIC.startswith(line)):
            raise _TornError
        raise _lost(place, "no record begins there")
    header = bytearray(line)
    while line not in {b"\r\n", b"\n"}:
        line = stream.readline(_LONGEST_HEADER)
        header += line
        if len(header) > _LONGEST_HEADER:
            raise _lost(place, "the header of the record has no end")
        if not line.endswith(b"\n"):
            raise _TornError
    return _parsed(bytes(header), place)


def _parsed(header: bytes, place: int) -> _Head:
    found = _HEADER.parse(BytesIO(header))
    length = found.get_header("Content-Length", "").strip()
    if not _LENGTH.fullmatch(length):
        raise _lost(place, f"the record gives {length[:50]!r} for its Content-Length")
    return _Head(
        kind=found.get_header("WARC-Type", "").strip().lower(),
        url=found.get_header("WARC-Target-URI", "").strip().removeprefix("<").removesuffix(">"),
        media_type=media_type(found.get_header("Content-Type", "")),
        length=int(length),
        is_part=bool(found.get_header("WARC-Truncated") or found.get_header("WARC-Segment-Number")),
    )


def _lost(place: int, reason: str) -> ArchiveError:
    return ArchiveError(
        f"the archive cannot be read from byte {place:,} of its decompressed content on: {reason}. "
        "What stands before was read; write or get the file again (warcio check FILE says more)"
    )
