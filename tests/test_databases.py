"""Databases of tests cost little, and hold what they should."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from quotes.models import Quote, Source
from tests.conftest import Ingest
from tests.databases import asks_for_one


@pytest.fixture
def through_another(editor: User) -> User:
    return editor


class OfDjango(TestCase):
    @pytest.fixture(autouse=True)
    def known(self, request: pytest.FixtureRequest) -> None:
        self.node = request.node

    def test_a_test_case_asks_for_a_database(self) -> None:
        assert asks_for_one(self.node)


@pytest.mark.django_db
def test_who_is_marked_asks_for_a_database(request: pytest.FixtureRequest) -> None:
    assert asks_for_one(request.node)


@pytest.mark.usefixtures("through_another")
def test_who_has_a_fixture_that_has_one_asks_for_it(request: pytest.FixtureRequest) -> None:
    assert asks_for_one(request.node)


def test_who_asks_for_none_gets_at_none(request: pytest.FixtureRequest) -> None:
    assert not asks_for_one(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Source.objects.exists()


@pytest.mark.django_db
def test_a_copy_knows_that_it_was_migrated() -> None:
    known = {
        name
        for app, name in MigrationRecorder.Migration.objects.values_list("app", "name")
        if app == "quotes"
    }
    files = Path("quotes/migrations").glob("[0-9]*.py")
    assert known == {path.stem for path in files}


@pytest.mark.django_db(transaction=True)
def test_what_was_committed_is_gone_and_what_is_empty_left_alone(ingest: Ingest) -> None:
    ingest()
    with CaptureQueriesContext(connection) as asked:
        call_command("flush", interactive=False, verbosity=0)
    assert not Quote.objects.exists()
    if connection.vendor == "postgresql":
        emptied = [query["sql"] for query in asked if query["sql"].startswith("DELETE FROM")]
        assert any("quotes_quote" in sql for sql in emptied)
        assert not any("quotes_submission" in sql for sql in emptied)
