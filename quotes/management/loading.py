"""Rows by the million into empty tables: COPY on PostgreSQL, INSERT on SQLite."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

_AT_ONCE = 10_000
_INSERT = "INSERT INTO TABLE (COLUMNS) VALUES (PLACES)"


def copy_rows(table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows to a table, its columns named by commas."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns.split(",")))
        insert = _INSERT.replace("TABLE", table).replace("COLUMNS", columns).replace("PLACES", places)
        plain = _plain(rows)
        while some := list(islice(plain, _AT_ONCE)):
            cursor.executemany(insert, some)


def settle(*models: type[Model]) -> None:
    """Let the next row of these get the next key."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def analyze() -> None:
    """Let the engine know what there is."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _plain(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    """As SQLite keeps them for Django."""
    for row in rows:
        yield [_adapted(value) for value in row]


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value.hex if isinstance(value, UUID) else value
