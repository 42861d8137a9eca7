"""A file or pipe with articles in it: which format it has, and how it is read from any place on."""

import json
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import BinaryIO

from quotes.ingestion.archives.columns import Columns
from quotes.ingestion.archives.jsonl import BOM, JsonLines
from quotes.ingestion.archives.records import ArchiveError, ChangedArchiveError, Reader, Record
from quotes.ingestion.archives.streams import ArchiveFile, Stream
from quotes.ingestion.archives.table import Table, finds_columns
from quotes.ingestion.archives.warc import WebArchive
from quotes.ingestion.documents import ArticleDocument
from quotes.ingestion.reading import read_document

_HEAD = 65_536
_READERS: dict[str, Callable[..., Reader]] = {"jsonl": JsonLines, "csv": Table, "warc": WebArchive}
# How what is not read here begins, and what makes of it what is.
_OTHERS = (
    (b"PK\x03\x04", "it is a zip file: unzip -p FILE | manage.py import -"),
    (b"BZh", "it is compressed by bzip2: bzcat FILE | manage.py import -"),
    (b"\xfd7zXZ\0", "it is compressed by xz: xzcat FILE | manage.py import -"),
    (b"\x28\xb5\x2f\xfd", "it is compressed by zstd: zstdcat FILE | manage.py import -"),
    (b"[", "it is a JSON list: jq -c '.[]' FILE | manage.py import -"),
    (b"<", "it is a page or XML: give single pages to manage.py ingest"),
)


class Archive:
    """Made by `open_archive`.

    `head` is what it is known by: the SHA-256 of how it begins, decompressed, and of the columns that were
    told: with others it is another one. `size` is that of the file as it lies on disk, None for a pipe.
    """

    def __init__(
        self, file: ArchiveFile, name: str, reader: Reader, columns: Columns, size: int | None
    ) -> None:
        self.format = name
        told = json.dumps(sorted(columns.told.items())).encode() if columns.told else b""
        self.head = sha256(file.head + told).hexdigest()
        self.size = size
        self._file = file
        self._reader = reader

    def position(self) -> int:
        """How many bytes were read so far, as they lie on disk."""
        return self._file.position

    def records(self, start: int = 0, number: int = 0, *, after: str = "") -> Iterator[Record]:
        """The records from `start` on, which are the `end`, `number` and `after` of the last one taken.

        Raises ChangedArchiveError if it is not the same archive up to `start`, and ArchiveError, also while
        it is read, where it cannot be read on.
        """
        stream = self._file.stream(start)
        if stream is None:
            raise ArchiveError("a pipe can be read only once: start the command again, or give a file")
        self._go_to(stream, start, after)
        stream.skip(max(0, self._reader.first - start))
        return self._reader.read(stream, number)

    def _go_to(self, stream: Stream, start: int, after: str) -> None:
        if not stream.skip(start - stream.place) or (after and stream.digest() != after):
            raise ChangedArchiveError(
                f"it is not the archive that was read before: it differs, or ends, before byte {start:,} "
                "of its decompressed content. Begin anew"
            )


def open_archive(
    source: BinaryIO,
    *,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    max_bytes: int,
    read_page: Callable[..., ArticleDocument] = read_document,
    size: int | None = None,
) -> Archive:
    """The archive in `source`, which stands at its beginning; "" is a format that its content tells.

    `columns`: what holds what, where its own names do not tell. Raises ArchiveError.
    """
    looked_at = Columns(columns)
    file = ArchiveFile(source, head=_HEAD)
    if file.trouble and not file.head:
        raise ArchiveError(file.trouble)
    name = format or _told(file.head, looked_at)
    if name not in _READERS:
        raise ArchiveError(f"{name!r} is no format: it is one of {', '.join(_READERS)}")
    reader = _READERS[name](file.head, columns=looked_at, max_bytes=max_bytes, read_page=read_page)
    return Archive(file, name, reader, looked_at, size)


def _told(head: bytes, columns: Columns) -> str:
    """The format of what begins like that."""
    begin = head.removeprefix(BOM).lstrip()
    if not begin:
        raise ArchiveError("it is empty: give an archive with articles")
    if begin.startswith(b"WARC/"):
        return "warc"
    if begin.startswith(b"{"):
        return "jsonl"
    if finds_columns(head):
        return "csv"
    for magic, advice in _OTHERS:
        if begin.startswith(magic):
            raise ArchiveError(advice)
    if columns.told:
        return "csv"
    raise ArchiveError(
        "it is no archive that can be told by its beginning: JSON lines begin with {, WARC with WARC/1., and "
        "the first line of CSV names a column text. If it is one all the same, say which: --format, and "
        "where the text is: --column text=NAME"
    )
