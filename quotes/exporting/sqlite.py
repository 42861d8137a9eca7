"""A snapshot as one SQLite file, with indexes and full-text search, as Datasette opens it."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from quotes.exporting.columns import Column, Value, as_text
from quotes.exporting.files import UNFINISHED, Written, whole_file
from quotes.exporting.tables import Row, Table

NAME = "quotetracker.sqlite3"

_TYPES = {"whole": "INTEGER", "number": "REAL"}
_POINTERS = {
    "speaker_id": "speakers(id)",
    "article_id": "articles(id)",
    "source_slug": "sources(slug)",
}
_INDEXES = (
    ("quotes", "speaker_id", "published_at"),
    ("quotes", "article_id"),
    ("quotes", "source_slug", "published_at"),
    ("quotes", "published_at"),
    ("speakers", "name"),
    ("speakers", "slug"),
    ("speakers", "wikidata_id"),
    ("articles", "source_slug"),
    ("articles", "published_at"),
    ("articles", "url"),
)
# What is searched; the words are kept once, in the table that `content` names.
_SEARCHED = (("quotes", ("text", "speaker", "sentence")), ("speakers", ("name", "description", "names")))


class SqliteFile:
    """A part is a transaction: one that was committed, and not yet counted, is replaced by the same rows."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._unfinished = folder / f"{NAME}{UNFINISHED}"

    def write(self, table: Table, number: int, batches: Iterable[list[Row]]) -> Written:
        rows = 0
        with closing(self._opened()) as file, file:
            file.execute(_created(table))
            places = ", ".join("?" * len(table.columns))
            for batch in batches:
                cells = [_cells(table, row) for row in batch]
                file.executemany(f"INSERT OR REPLACE INTO {table.name} VALUES ({places})", cells)  # noqa: S608
                rows += len(batch)
        return Written(NAME, table.name, rows, 0, "")

    def finish(self, files: list[Written]) -> list[Written]:
        """The one file, indexed."""
        if not self._unfinished.exists():  # killed when this was done, before the manifest was written
            self._path.replace(self._unfinished)
        with closing(self._opened()) as file:
            for table, *columns in _INDEXES:
                name = "_".join((table, *columns))
                file.execute(f"CREATE INDEX IF NOT EXISTS by_{name} ON {table} ({', '.join(columns)})")
            for table, searched in _SEARCHED:
                listed = ", ".join(searched)
                file.execute(
                    f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}_fts USING fts5"
                    f"({listed}, content=\"{table}\", tokenize='porter unicode61')"
                )
                file.execute(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")  # noqa: S608
            file.commit()
            file.execute("ANALYZE")
            file.execute("PRAGMA journal_mode=DELETE")
        rows = sum(file.rows for file in files)
        return [whole_file(self._path, table="", rows=rows)]

    def _opened(self) -> sqlite3.Connection:
        file = sqlite3.connect(self._unfinished)
        file.execute("PRAGMA journal_mode=WAL")
        file.execute("PRAGMA synchronous=NORMAL")
        return file


def _created(table: Table) -> str:
    columns = ", ".join(_declared(table, column) for column in table.columns)
    return f"CREATE TABLE IF NOT EXISTS {table.name} ({columns})"


def _declared(table: Table, column: Column) -> str:
    parts = [column.name, _TYPES.get(column.kind, "TEXT")]
    if column is table.columns[0]:
        parts.append("PRIMARY KEY NOT NULL")
    elif column.name in _POINTERS:
        parts.append(f"REFERENCES {_POINTERS[column.name]}")
    return " ".join(parts)


def _cells(table: Table, row: Row) -> list[Value]:
    """Numbers and texts as they are, times as text; lists as JSON, which SQLite can read."""
    return [_cell(column, value) for column, value in zip(table.columns, row, strict=True)]


def _cell(column: Column, value: Value) -> Value:
    if value is None or isinstance(value, int | float):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else as_text(value)
