"""The index of words, on whichever engine: services write it, everybody asks it."""

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from django.db import connection
from django.db.models import Func, QuerySet

from quotes.models import Quote
from quotes.search import postgresql, sqlite
from quotes.search.questions import Question
from quotes.search.rows import Row, row

Scope = Literal["words", "sentence"]
SCOPES: tuple[Scope, ...] = ("words", "sentence")


class _Engine(Protocol):
    KNOWN: str
    REMOVE: str

    def write(self, rows: Sequence[Row]) -> None: ...
    def matching(self, question: Question, scope: str) -> Func: ...


def matching(quotes: QuerySet[Quote], question: Question, scope: Scope = "words") -> QuerySet[Quote]:
    """Those of `quotes` that `question` is about: in their words, or in all of the sentence around them.

    Asks the database at once: what comes later into the index is found when it is called again.
    """
    return quotes.filter(pk__in=_engine().matching(question, scope))


def write_words(quotes: Iterable[tuple[int, str, str]]) -> None:
    """Put quotes into the index, each as its key, its words and the sentence around."""
    if rows := [row(*quote) for quote in quotes]:
        _engine().write(rows)


def known_between(first: int, last: int) -> set[int]:
    """Which keys from `first` to `last` are in the index."""
    with connection.cursor() as cursor:
        cursor.execute(_engine().KNOWN, [first, last])
        return {key for (key,) in cursor.fetchall()}


def remove(keys: Iterable[int]) -> None:
    """Take quotes out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany(_engine().REMOVE, [[key] for key in keys])


def _engine() -> _Engine:
    return postgresql if connection.vendor == "postgresql" else sqlite
