"""Archives as others write them, and what comes of reading them."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotes.ingestion import ArticleDocument, DocumentError
from quotes.ingestion.archives import Archive, Record, open_archive

LIMIT = 10_000
SITE = "https://tidewatch.example"


class Pipe(io.BytesIO):
    """What cannot be gone back in, and gives its bytes a few at a time."""

    def __init__(self, data: bytes = b"", *, at_once: int = 1000) -> None:
        super().__init__(data)
        self._at_once = at_once

    def seekable(self) -> bool:
        return False

    def seek(self, place: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("seek")

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self._at_once)


def plain_page(data: bytes, *, max_bytes: int, url: str = "", charset: str = "") -> ArticleDocument:
    """A reader of pages that is quick and needs no article in them."""
    if len(data) > max_bytes:
        raise DocumentError("larger than that")
    return ArticleDocument(text=data.decode("utf-8", "replace"), url=url)


def opened(
    data: bytes | BinaryIO, format: str = "", max_bytes: int = LIMIT, columns: Mapping[str, str] | None = None
) -> Archive:
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    return open_archive(source, format=format, columns=columns, max_bytes=max_bytes, read_page=plain_page)


def records(data: bytes | BinaryIO, format: str = "", max_bytes: int = LIMIT) -> list[Record]:
    return list(opened(data, format, max_bytes).records())


def texts(found: Iterable[Record]) -> list[str]:
    return [record.document.text if record.document else f"! {record.error}" for record in found]


def json_lines(*articles: Mapping[str, object]) -> bytes:
    return b"".join(json.dumps(article).encode() + b"\n" for article in articles)


def table(*rows: Iterable[str], delimiter: str = ",", line_end: str = "\r\n") -> bytes:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return lines.getvalue().encode()


def web_record(block: bytes, *headers: str) -> bytes:
    """A record of WARC, written by hand."""
    lines = ("WARC/1.1", "WARC-Type: response", f"WARC-Target-URI: {SITE}/1", *headers)
    head = "\r\n".join(lines)
    return f"{head}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


class Crawl:
    """A WARC file in the making."""

    def __init__(self, *, compressed: bool = False) -> None:
        self._file = io.BytesIO()
        self._writer = WARCWriter(self._file, gzip=compressed)

    @property
    def data(self) -> bytes:
        return self._file.getvalue()

    def add(self, url: str, kind: str, payload: bytes, media_type: str, **headers: str) -> "Crawl":
        """A record without HTTP; headers are those of WARC, with _ for -."""
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(payload),
            length=len(payload),
            warc_content_type=media_type,
            warc_headers_dict={name.replace("_", "-"): value for name, value in headers.items()},
        )
        self._writer.write_record(record)
        return self

    def answer(
        self, url: str, body: bytes, status: str = "200 OK", media_type: str = "text/html", **headers: str
    ) -> "Crawl":
        """A response; headers are those of HTTP, with _ for -."""
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        http = StatusAndHeaders(status, [("Content-Type", media_type), *named], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=http
        )
        self._writer.write_record(record)
        return self


def members(pieces: Iterable[bytes]) -> bytes:
    """Each piece a gzip member."""
    return b"".join(map(gzip.compress, pieces))
