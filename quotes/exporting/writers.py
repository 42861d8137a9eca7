"""Files of one table each, part by part: JSON lines, CSV, Parquet."""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from quotes.exporting.columns import as_json
from quotes.exporting.csv_text import BYTE_ORDER_MARK, csv_lines
from quotes.exporting.files import UNFINISHED, Written, whole_file
from quotes.exporting.tables import Row, Table

_ROW_GROUP = 20_000  # rows of a Parquet file that are kept together, and in memory


class Parts:
    """Writes `quotes-00001.jsonl` and so on."""

    suffix: ClassVar[str]

    def __init__(self, folder: Path, *, compress: bool) -> None:
        self._folder, self._compress = folder, compress

    def write(self, table: Table, number: int, batches: Iterable[list[Row]]) -> Written:
        path = self._folder / f"{table.name}-{number:05}.{self.suffix}{'.gz' if self._compress else ''}"
        rows = self._fill(path.with_name(f"{path.name}{UNFINISHED}"), table, batches)
        return whole_file(path, table=table.name, rows=rows)

    def finish(self, files: list[Written]) -> list[Written]:
        """All files of the snapshot."""
        return files

    def _fill(self, path: Path, table: Table, batches: Iterable[list[Row]]) -> int:
        rows = 0
        with self._opened(path) as file:
            file.write(self._head(table).encode())
            for batch in batches:
                file.write(self._lines(table, batch).encode())
                rows += len(batch)
        return rows

    def _head(self, table: Table) -> str:
        return ""

    def _lines(self, table: Table, rows: Sequence[Row]) -> str:
        raise NotImplementedError

    @contextmanager
    def _opened(self, path: Path) -> Iterator[BinaryIO | gzip.GzipFile]:
        with path.open("wb") as file:
            if not self._compress:
                yield file
                return
            # Without a time, so that the same rows are the same bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0) as packed:
                yield packed


class JsonLines(Parts):
    suffix = "jsonl"

    def _lines(self, table: Table, rows: Sequence[Row]) -> str:
        names = table.names
        return "".join(
            f"{json.dumps(dict(zip(names, map(as_json, row), strict=True)), ensure_ascii=False)}\n"
            for row in rows
        )


class Csv(Parts):
    suffix = "csv"

    def _head(self, table: Table) -> str:
        return BYTE_ORDER_MARK + csv_lines([table.names])

    def _lines(self, table: Table, rows: Sequence[Row]) -> str:
        return csv_lines(rows)


class Parquet(Parts):
    """By pyarrow, which is imported when this is made. Raises ModuleNotFoundError where it is not there."""

    suffix = "parquet"

    def __init__(self, folder: Path, *, compress: bool) -> None:
        super().__init__(folder, compress=False)
        self._pa, self._pq = import_module("pyarrow"), import_module("pyarrow.parquet")

    def _fill(self, path: Path, table: Table, batches: Iterable[list[Row]]) -> int:
        schema, rows = self._schema(table), 0
        with self._pq.ParquetWriter(path, schema, compression="zstd") as file:
            kept: list[Row] = []
            for batch in batches:
                kept += batch
                rows += len(batch)
                if len(kept) >= _ROW_GROUP:
                    file.write_table(self._columns(kept, schema))
                    kept = []
            if kept:
                file.write_table(self._columns(kept, schema))
        return rows

    def _schema(self, table: Table) -> Any:
        pa = self._pa
        types = {
            "text": pa.string(),
            "whole": pa.int64(),
            "number": pa.float64(),
            "time": pa.timestamp("us", tz="UTC"),
            "words": pa.list_(pa.string()),
            "spans": pa.list_(pa.list_(pa.int64())),
        }
        return pa.schema([pa.field(column.name, types[column.kind]) for column in table.columns])

    def _columns(self, rows: list[Row], schema: Any) -> Any:
        arrays = [
            self._pa.array(values, type=field.type)
            for values, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        return self._pa.Table.from_arrays(arrays, schema=schema)
