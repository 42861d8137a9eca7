"""Transactions that PostgreSQL lets go because two wait for each other are done again, from the beginning."""

from collections.abc import Callable
from functools import partial, wraps
from itertools import count
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

_LET_GO = {"40P01", "40001"}  # for a deadlock, for what cannot be put in order with another
_ATTEMPTS = 5

T = TypeVar("T")
P = ParamSpec("P")


def is_let_go(error: BaseException) -> bool:
    """Whether the database let a transaction go for the sake of another: nothing is wrong with it."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") in _LET_GO


def repeated(work: Callable[[], T]) -> T:
    """What `work`, which makes a transaction of its own, gives; done several times if need be.

    Within a transaction once: what that has locked stays locked, and it is the whole that has to begin again.
    """
    for attempt in count(1):
        try:
            return work()
        except OperationalError as error:
            if not is_let_go(error) or attempt == _ATTEMPTS or connection.in_atomic_block:
                raise
    raise AssertionError  # count never ends


def in_transaction(work: Callable[[], T]) -> T:
    """What `work` gives, done in a transaction of its own, several times if need be."""
    return repeated(transaction.atomic(work))


def transactional(service: Callable[P, T]) -> Callable[P, T]:
    """A service that is done in a transaction of its own, several times if need be.

    What it is given it may go through more than once.
    """

    @wraps(service)
    def done(*args: P.args, **kwargs: P.kwargs) -> T:
        return in_transaction(partial(service, *args, **kwargs))

    return done
