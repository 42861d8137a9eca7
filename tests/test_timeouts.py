"""What the database may take for an answer, and what is said when it takes longer."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from quotes.timeouts import TookTooLongError, time_limit
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db(transaction=True)

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_what_takes_too_long_is_stopped_and_the_connection_goes_on() -> None:
    with pytest.raises(TookTooLongError), time_limit(0.05):
        run(ENDLESS)
    with time_limit(5):
        run("SELECT 1")
    run("SELECT 1")


def test_what_is_wrong_otherwise_stays_what_it_is() -> None:
    with pytest.raises(OperationalError, match="gone"), time_limit(5):
        raise OperationalError("gone")


def test_a_search_that_takes_too_long_is_a_503_that_says_how_to_narrow_it_down(
    client: Client, ingest: Ingest, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest()
    settings.SEARCH_TIMEOUT_SECONDS = 0.05
    monkeypatch.setattr("api.views.count_facets", lambda *_: run(ENDLESS))
    answer = client.get("/api/v1/quotes/", {"facets": "kind"}, headers={"accept": "application/json"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert answer["Retry-After"] == "30"
    assert "Narrow it down" in answer.json()["detail"]
