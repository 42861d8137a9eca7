"""JSON lines: an article a line, as an object."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from quotes.ingestion.archives.columns import Columns
from quotes.ingestion.archives.fields import read_fields
from quotes.ingestion.archives.records import Record, Recorder, longest_record
from quotes.ingestion.archives.streams import Stream
from quotes.ingestion.documents import ArticleDocument, DocumentError

BOM = b"\xef\xbb\xbf"
_TORN = "the last line is not JSON and has no end: the archive breaks off in it, or it is wrong"


class JsonLines:
    """The reader of JSON lines in a file that begins with `head`."""

    def __init__(
        self, head: bytes, *, columns: Columns, max_bytes: int, read_page: Callable[..., ArticleDocument]
    ) -> None:
        self.first = len(BOM) if head.startswith(BOM) else 0
        if columns.told and (names := _names(head.removeprefix(BOM))):
            columns.check(names)
        self._columns = columns
        self._max_bytes = max_bytes
        self._longest = longest_record(max_bytes)
        self._read_page = read_page

    def read(self, stream: Stream, number: int) -> Iterator[Record]:
        recorder = Recorder(stream, number)
        while line := stream.readline(self._longest):
            has_end = line.endswith(b"\n")
            if not has_end and len(line) >= self._longest:
                stream.skip_line()
                yield recorder.reject(f"the line is longer than {self._longest:,} bytes", line)
            elif line.isspace():
                continue
            elif has_end or _is_json(line):
                yield recorder.take(partial(self._article, line), line)
            else:
                yield recorder.torn(_TORN, line)
                return
        if stream.trouble:
            yield recorder.torn(stream.trouble)

    def _article(self, line: bytes) -> tuple[ArticleDocument, str]:
        try:
            fields = json.loads(line.decode("utf-8", "surrogateescape"))
        except (ValueError, RecursionError) as error:
            raise DocumentError(f"the line is not JSON ({error}): write one object a line") from error
        if not isinstance(fields, dict):
            raise DocumentError("the line is JSON but no object: write one object a line, with text in it")
        return read_fields(
            fields.items(), columns=self._columns, max_bytes=self._max_bytes, read_page=self._read_page
        )


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _names(head: bytes) -> list[str]:
    """Of all fields in the lines there that are objects."""
    names: list[str] = []
    for line in head.splitlines():
        with suppress(ValueError, RecursionError):
            fields = json.loads(line)
            names += fields if isinstance(fields, dict) else ()
    return names
