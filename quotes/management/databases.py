"""Databases beside the configured one, and how another process reaches them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def empty_database() -> Iterator[None]:
    """A database of its own beside the configured one, as tests have; dropped in the end."""
    name = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{name}_gold"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def database_url() -> str:
    """The DATABASE_URL of the database that this process is connected to."""
    config: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{config['NAME']}"
    host, port = config["HOST"] or "", config["PORT"] or ""
    login = f"{config['USER']}:{config['PASSWORD']}" if config["PASSWORD"] else config["USER"]
    if host.startswith("/"):
        return f"postgresql://{login}@/{config['NAME']}?host={host}"
    return f"postgresql://{login}@{host}{f':{port}' if port else ''}/{config['NAME']}"
