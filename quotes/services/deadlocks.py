"""Transactions that PostgreSQL lets go because two wait for each other are done again."""

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from django.db import OperationalError, transaction

_DEADLOCK, _ATTEMPTS = "40P01", 5

T = TypeVar("T")


def in_transaction(work: Callable[[], T]) -> T:
    """What `work` gives, done in a transaction of its own, several times if need be."""
    for attempt in count(1):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != _DEADLOCK or attempt == _ATTEMPTS:
                raise
    raise AssertionError  # count never ends
