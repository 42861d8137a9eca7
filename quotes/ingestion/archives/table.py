"""CSV: an article a row, below a line that names the columns."""

import csv
import re
from collections.abc import Callable, Iterator
from functools import partial

from quotes.ingestion.archives.columns import Columns
from quotes.ingestion.archives.fields import read_fields
from quotes.ingestion.archives.jsonl import BOM
from quotes.ingestion.archives.records import ArchiveError, Record, Recorder, longest_record
from quotes.ingestion.archives.streams import Stream
from quotes.ingestion.documents import ArticleDocument, DocumentError

_DELIMITERS = ",;\t"
# Excel's first line, where the delimiter is not that of the machine.
_SEPARATOR = re.compile(rb'(?:\xef\xbb\xbf)?"?sep=([^\r\n"])"?[,;\t]*\r?\n', re.IGNORECASE)
_RAW = 2000
_TORN = "the archive breaks off in this row: get the whole file"
# How much may be read again, after rows that cannot be read: bytes, and times all that was read.
_FREE, _OFTEN = 2_000_000, 4


def finds_columns(head: bytes) -> bool:
    """Whether a file that begins with `head` names columns, one for the text among them."""
    columns = Columns()
    return columns.have_text(_Header(head, columns).names)


class Table:
    """The reader of CSV in a file that begins with `head`."""

    def __init__(
        self, head: bytes, *, columns: Columns, max_bytes: int, read_page: Callable[..., ArticleDocument]
    ) -> None:
        header = _Header(head, columns)
        self.first, self._delimiter, self._names = header.end, header.delimiter, header.names
        columns.check(self._names)
        if not columns.have_text(self._names):
            raise ArchiveError(
                "its first line names no column for the text: say which one holds it, as in --column "
                f"text=NAME, or add a line that names them; it has {', '.join(self._names)[:500] or 'none'}"
            )
        lower = [name.lower() for name in self._names]
        if twice := {name for name in lower if lower.count(name) > 1 and columns.uses(name)}:
            raise ArchiveError(f"two of its columns are named {', '.join(sorted(twice))}: rename one")
        self._columns = columns
        self._max_bytes = max_bytes
        self._longest = longest_record(max_bytes)
        self._read_page = read_page
        csv.field_size_limit(max(csv.field_size_limit(), self._longest))

    def read(self, stream: Stream, number: int) -> Iterator[Record]:
        recorder = Recorder(stream, number)
        rows = _Rows(stream, self._delimiter, self._longest)
        while True:
            try:
                row = rows.next()
            except csv.Error as error:
                if stream.trouble and not stream.peek(1):
                    break
                raw = stream.held(_RAW)
                if self._breaks_off(stream, error, has_end=rows.has_end):
                    yield recorder.torn(_TORN, raw)
                    break
                yield recorder.reject(f"the row cannot be read: {error}{rows.go_on()}", raw)
                continue
            if row is None or (stream.trouble and not rows.has_end):
                break
            if not rows.has_end and len(row) < len(self._names):
                yield recorder.torn(_TORN, stream.held(_RAW))
            elif len(row) > 1 or "".join(row).strip():
                yield recorder.take(partial(self._article, row), stream.held(_RAW))
        if stream.trouble:
            yield recorder.torn(stream.trouble, stream.held(_RAW))

    def _breaks_off(self, stream: Stream, error: csv.Error, *, has_end: bool) -> bool:
        """Whether the archive ends within a cell; not where a mark was left open and rows in order follow."""
        if stream.peek(1) or "end of data" not in str(error):
            return False
        _, _, rest = stream.held(self._longest).decode("utf-8", "replace").partition("\n")
        whole = [line for line in rest.split("\n")[:-1] if line.strip()]
        if not whole:
            return not has_end
        return '"' in rest or any(len(_cells(line, self._delimiter)) != len(self._names) for line in whole)

    def _article(self, row: list[str]) -> tuple[ArticleDocument, str]:
        if len(row) != len(self._names):
            raise DocumentError(
                f"the row has {len(row)} cells, the header {len(self._names)}: put a cell in quotation marks "
                "if there are delimiters in it"
            )
        cells = zip(self._names, map(_unescaped, row), strict=True)
        return read_fields(cells, columns=self._columns, max_bytes=self._max_bytes, read_page=self._read_page)


class _Rows:
    """Rows one by one, each read no further than its last line."""

    def __init__(self, stream: Stream, delimiter: str, longest: int) -> None:
        self.has_end = True  # whether the line that was read last has one
        self._stream = stream
        self._delimiter = delimiter
        self._longest = longest
        self._begin = self._start = self._second = stream.place  # of all, of the row, of its second line
        self._reread = 0
        self._parser = self._new_parser()

    def next(self) -> list[str] | None:
        """The cells of a row, None after the last one. Raises csv.Error, after which `go_on` is due."""
        self._stream.hold()
        self._start = self._second = self._stream.place
        return next(self._parser, None)

    def go_on(self) -> str:
        """Leave a row that cannot be read. Returns what is to be said of what is lost with it.

        A quotation mark that is not closed takes in rows that are in order: reading goes on with the line
        after the first. Where that is so again and again, it would never end, and they are left as well.
        """
        end = self._stream.place
        self._parser = self._new_parser()
        if self._second == end:
            return ""
        self._reread += end - self._second
        if self._reread > _FREE + _OFTEN * (end - self._begin):
            return f"; the {end - self._second:,} bytes after its first line are passed over with it"
        self._stream.back_to(self._second)
        return ""

    def _new_parser(self) -> Iterator[list[str]]:
        return csv.reader(self._lines(), delimiter=self._delimiter, strict=True)

    def _lines(self) -> Iterator[str]:
        while line := self._stream.readline(self._longest):
            self.has_end = line.endswith(b"\n")
            if not self.has_end and len(line) >= self._longest:
                self._stream.skip_line()
            place = self._stream.place
            if self._second == self._start:
                self._second = place
            if place - self._start > self._longest:
                raise csv.Error(
                    f"it is longer than {self._longest:,} bytes, or a quotation mark in it is not closed"
                )
            yield line.decode("utf-8", "surrogateescape")


class _Header:
    """The line that names the columns: `delimiter` and `names`, and `end`, where the rows begin."""

    def __init__(self, head: bytes, columns: Columns) -> None:
        told = _SEPARATOR.match(head)
        start = told.end() if told else 0
        line, newline, _ = head[start:].partition(b"\n")
        self.end = start + len(line + newline)
        text = (line + newline).removeprefix(BOM).decode("utf-8", "replace")
        found = [(one, _cells(text, one)) for one in (told[1].decode("latin-1") if told else _DELIMITERS)]
        self.delimiter, self.names = max(found, key=lambda one: (columns.have_text(one[1]), len(one[1])))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        row = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []
    return [cell.strip() for cell in row]


def _unescaped(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a cell for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell
