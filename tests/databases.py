"""Databases of tests at little cost: migrated once for all workers; what is empty is not emptied."""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import TransactionTestCase

from tests.parallel import template_of

# What an engine decides: statements, locks and indexes. Above these rooms others only ask them, but for what
# finds and what keeps copies in step.
_ROOMS = frozenset({"search", "services"})
_BESIDE = frozenset(
    {"test_changes.py", "test_databases.py", "test_finding.py", "test_mirror.py", "test_order_of_changes.py"}
)


def is_of_an_engine(test: pytest.Item) -> bool:
    """Whether the engine is likely to decide how a test ends."""
    return (test.path.parent.name in _ROOMS or test.path.name in _BESIDE) and asks_for_one(test)


def is_of_share(test: pytest.Item, *, is_postgresql: bool) -> bool:
    """Whether an engine has the test where the two share the suite, which leaves out what is `dear`."""
    is_theirs = is_of_an_engine(test) == is_postgresql
    return is_theirs and (is_postgresql or test.get_closest_marker("dear") is None)


def asks_for_one(test: pytest.Item) -> bool:
    """Whether a test may use a database: pytest-django lets no other reach one."""
    return (
        test.get_closest_marker("django_db") is not None
        or "django_db_setup" in getattr(test, "fixturenames", ())
        or issubclass(getattr(test, "cls", None) or object, TransactionTestCase)
    )


def make_template(folder: Path) -> None:
    """Migrate a database that others are copied from, unless one who shares the folder has done so."""
    made = folder / "template.made"
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if made.exists():
            return
        settings = connection.settings_dict
        configured = settings["NAME"]
        with patch.dict(settings["TEST"], NAME=template_of(configured)):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.close()
        settings["NAME"] = configured
        made.touch()


@contextmanager
def copied_from_template() -> Iterator[None]:
    """Databases that are created within begin as copies of the template."""
    settings = connection.settings_dict
    template = template_of(settings["NAME"])
    if connection.vendor == "postgresql":
        with patch.dict(settings["TEST"], TEMPLATE=template):
            yield
        return

    def copy(*_: Any, **__: Any) -> None:
        shutil.copy(template, settings["TEST"]["NAME"])

    with patch.object(connection.creation, "_create_test_db", copy):
        yield


@contextmanager
def emptied_where_not_empty() -> Iterator[None]:
    """PostgreSQL makes new files for whatever it truncates, empty or not: here, rows are deleted."""

    def sql_flush(style: Any, tables: Sequence[str], **_: Any) -> list[str]:
        names = map(connection.ops.quote_name, tables)
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (TABLE {name})" for name in names)
            )
            return [f"{style.SQL_KEYWORD('DELETE FROM')} {name}" for (name,) in cursor.fetchall()]

    if connection.vendor != "postgresql":
        yield
        return
    with patch.object(connection.ops, "sql_flush", sql_flush):
        yield
