"""What a process that does nothing but read articles does. Imports no models: Django is not set up yet."""

from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection

import django
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


@dataclass(frozen=True, slots=True)
class Answer:
    """How many articles of a batch were read, and the trouble that ended it, "" for none."""

    read: int = 0
    trouble: str = ""


def serve(connection: "Connection[Answer, list[int]]") -> None:
    """Read one batch of articles after the other, until nobody gives any more."""
    django.setup()
    from quotes.services.queue import read_articles, warm_up

    commit_without_waiting()
    warm_up()
    answer = Answer()  # it has started
    while True:
        try:
            connection.send(answer)
            batch = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer = Answer(read_articles(article_ids=batch))
        except DatabaseError as error:
            answer = Answer(trouble=f"the database: {error}".strip())


def import_what_reads() -> None:
    """The modules of the extractor, some 100 MB, without loading its model."""
    import_module("quotes.extraction.pipeline")


def commit_without_waiting() -> None:
    """Let connections of this process not wait for the disk.

    What a server that crashes loses of the last moment is still to be done, by its own record.
    """
    connection_created.connect(_commit_without_waiting)


def _commit_without_waiting(connection: BaseDatabaseWrapper, **_: object) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO OFF")
