"""A limit on how long the database may work on a question."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

_CANCELLED = "57014"  # PostgreSQL's code for a statement that was stopped
_OFTEN = 10_000  # steps of SQLite's machine between two looks at the clock


class TookTooLongError(Exception):
    """The database was stopped: what was asked for takes longer than it may."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop what the database does in the block when it takes longer. Raises TookTooLongError.

    Each statement is measured on PostgreSQL, the whole block on SQLite. For reading: on PostgreSQL the
    block is a transaction.
    """
    limited = _limited_postgresql if connection.vendor == "postgresql" else _limited_sqlite
    try:
        with limited(seconds):
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _CANCELLED or str(error) == "interrupted":
            raise TookTooLongError from error
        raise


@contextmanager
def _limited_postgresql(seconds: float) -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Questions are short: to compile one, or to start workers for it, takes longer than to answer it,
            # and others are waiting for the processors.
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true), set_config('jit', 'off', true), "
                "set_config('max_parallel_workers_per_gather', '0', true)",
                [str(int(seconds * 1000))],
            )
        yield


@contextmanager
def _limited_sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    end = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: time.monotonic() > end, _OFTEN)
    try:
        yield
    finally:
        connection.connection.set_progress_handler(None, 0)
