"""Queries whose SQL is made once: making it takes several times as long as asking for a page of a feed."""

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

Build = Callable[..., QuerySet[Any, tuple[Any, ...]]]
_NUMBER, _MOMENT = -(10**15), datetime(1, 1, 1, tzinfo=UTC)


class Prepared:
    """The SQL of a query, and where among its parameters each of the values belongs that it is asked with."""

    def __init__(self, build: Build, values: Sequence[Any]) -> None:
        marks = [_mark(at, value) for at, value in enumerate(values)]
        self._compiler = build(*marks).query.get_compiler(connection=connection)
        self._sql, self._parameters = "", tuple[Any, ...]()
        with suppress(EmptyResultSet):  # of nobody's quotes there are none
            self._sql, self._parameters = self._compiler.as_sql()
        adapted = {_adapted(mark): at for at, mark in enumerate(marks)}
        self._places = [adapted.get(one) for one in self._parameters]

    def ask(self, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows as the database gives them."""
        if not self._sql:
            return []
        adapted = [_adapted(value) for value in values]
        asked = zip(self._places, self._parameters, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [one if at is None else adapted[at] for at, one in asked])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def read(self, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows as Django reads them."""
        return list(self._compiler.results_iter(results=[rows], tuple_expected=True))


_KNOWN: "WeakKeyDictionary[Any, dict[Hashable, Prepared]]" = WeakKeyDictionary()


def prepared(shape: Hashable, build: Build, values: Sequence[Any]) -> Prepared:
    """What `build` makes of such values, numbers, texts or moments, on this connection.

    `shape` stands for all else that the query depends on; None for what is asked once.
    """
    if shape is None:
        return Prepared(build, values)
    known = _KNOWN.setdefault(connections[DEFAULT_DB_ALIAS], {})
    key = (shape, settings.PUBLISH_THRESHOLD, tuple(map(type, values)))
    if key not in known:
        known[key] = Prepared(build, values)
    return known[key]


def _mark(at: int, value: Any) -> Any:
    """A value of its kind that stands for the one at this place, and is nobody's."""
    if isinstance(value, datetime):
        return _MOMENT + timedelta(seconds=at + 1)
    return f"\0{at}" if isinstance(value, str) else _NUMBER - at


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
