"""Tests that run at once do not meet."""

import os

import pytest
from django.db import connection

from tests.parallel import places_of


@pytest.mark.parametrize(
    ("url", "its_own"),
    [
        ("sqlite:////srv/t.sqlite3", "sqlite:////srv/t.sqlite3_gw1"),
        ("postgresql://me@127.0.0.1:5432/t", "postgresql://me@127.0.0.1:5432/t_gw1"),
        ("postgresql://me@/t?host=/run/pg", "postgresql://me@/t_gw1?host=/run/pg"),
    ],
)
def test_each_worker_has_places_of_its_own(url: str, its_own: str) -> None:
    environment = {"DATABASE_URL": url, "QUOTETRACKER_DATA_DIR": "/srv/data", "LANG": "C"}
    assert places_of("gw1", environment) == {
        "DATABASE_URL": its_own,
        "QUOTETRACKER_DATA_DIR": "/srv/data/gw1",
    }


def test_where_nothing_is_told_nothing_is_changed() -> None:
    assert places_of("gw0", {}) == {}


@pytest.mark.django_db
def test_a_worker_keeps_to_its_own() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        pytest.skip("the tests run in one process")
    assert worker in str(connection.settings_dict["NAME"])
    assert worker in os.environ["DATABASE_URL"]
