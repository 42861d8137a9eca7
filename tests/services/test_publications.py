"""What is public, kept in the order of its changes."""

from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.models import By, ChangeCounter, Publication, Quote
from quotes.services import publications
from quotes.services.publications import begin_anew, number_changes, refresh, settle_all
from quotes.services.review import decide
from tests.conftest import Ingest, ReadAnew

pytestmark = pytest.mark.django_db


def numbers() -> dict[int, int | None]:
    return dict(Publication.objects.values_list("quote", "number"))


def test_changes_have_no_number_until_they_are_asked_for(kettles: Quote) -> None:
    assert set(numbers().values()) == {None}
    counter = number_changes()
    given = numbers()
    assert len(set(given.values())) == 3
    assert max(filter(None, given.values())) == counter.last
    number_changes()
    assert numbers() == given


def test_each_change_gets_a_higher_number_than_all_before(kettles: Quote, editor: User) -> None:
    last = number_changes().last
    for status in (Quote.Status.APPROVED, Quote.Status.REJECTED, Quote.Status.APPROVED):
        decide(quotes=[kettles], status=status, editor=editor)
        assert number_changes().last > last
        assert numbers()[kettles.pk] == (last := number_changes().last)


def test_more_changes_than_are_numbered_at_once_get_numbers_in_turn(
    kettles: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "_NUMBERED_AT_ONCE", 2)
    number_changes()
    assert list(numbers().values()).count(None) == 1
    number_changes()
    assert None not in numbers().values()


def test_another_series_begins_where_numbers_may_be_given_again(kettles: Quote) -> None:
    before = number_changes()
    begin_anew()
    after = ChangeCounter.objects.get()
    assert after.series != before.series
    assert after.last == before.last


def test_what_was_never_public_is_not_kept(kettles: Quote, editor: User) -> None:
    Publication.objects.all().delete()
    Quote.objects.update(confidence=0.1)
    refresh(quotes=Quote.objects.all(), by=By.EDITOR)
    assert not Publication.objects.exists()


def test_who_withdrew_a_quote_first_is_kept(kettles: Quote, editor: User, read_anew: ReadAnew) -> None:
    read_anew(kettles, confidence=0.1)
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    kept = Publication.objects.get(quote=kettles)
    assert (kept.is_public, kept.withdrawn_by) == (False, By.EXTRACTOR)
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    kept.refresh_from_db()
    assert (kept.is_public, kept.withdrawn_at, kept.withdrawn_by) == (True, None, "")


@pytest.mark.parametrize("articles", [1, 12])
def test_many_quotes_cost_no_more_statements_than_one(ingest: Ingest, editor: User, articles: int) -> None:
    for number in range(articles):
        ingest(url=f"https://one.example/{number}", title=f"Ferries {number}")
    constraints = 2 if connection.vendor == "postgresql" else 0
    with CaptureQueriesContext(connection) as asked:
        refresh(quotes=Quote.objects.all(), by=By.EDITOR)
    # The rows are locked; all are asked to be grouped again; those that are public are looked for,
    # and kept as such.
    assert len(asked) == constraints + 5


def test_after_the_threshold_changed_the_table_is_brought_in_line_in_batches(
    kettles: Quote, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "_SETTLED_AT_ONCE", 2)
    assert list(settle_all()) == [(2, 3, 0), (3, 3, 0)]
    settings.PUBLISH_THRESHOLD = 1.0
    steps = settle_all()
    assert next(steps) == (2, 3, 2)  # interrupted here
    assert list(settle_all()) == [(2, 3, 0), (3, 3, 1)]
    assert not Publication.objects.filter(is_public=True).exists()


def test_the_command_says_what_it_did(kettles: Quote, settings: Any) -> None:
    settings.PUBLISH_THRESHOLD = 1.0
    out = StringIO()
    call_command("refresh_publications", stdout=out, stderr=StringIO())
    assert out.getvalue() == "3 quotes published or withdrawn.\n"
    series = number_changes().series
    call_command("refresh_publications", "--anew", stdout=out, stderr=StringIO())
    assert number_changes().series != series
