"""Quotes by when they changed last (`order=changed`): whatever changed them, as `changed_since` has it."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from api.views import QuoteViewSet
from quotes.models import Publication, Quote, Speaker
from quotes.selectors import public_quotes, with_change
from quotes.services import publications
from quotes.services.merging import rename_speaker
from quotes.services.review import decide
from tests.api.logins import problem
from tests.api.test_api import QUOTES, get, texts
from tests.api.test_formats import table
from tests.conftest import Ingest

WAITED, KETTLES, SCANDAL = (
    "We have waited ten years for this",
    "floating kettles",
    "The price is a scandal",
)
Change = Callable[[str], None]


@pytest.fixture
def change(article: object, editor: User) -> Change:
    """Rename a speaker, which changes no row of a quote."""

    def rename(slug: str) -> None:
        speaker = Speaker.objects.get(slug=slug)
        rename_speaker(speaker=speaker, name=f"{speaker.name} X", editor=editor)

    return rename


def test_a_renamed_speaker_changes_quotes(client: Client, change: Change) -> None:
    get(client, QUOTES, order="changed")
    change("oona-marlowe")
    get(client, QUOTES, order="changed")
    change("desmond-achterberg")
    assert texts(client, order="changed")[0] == SCANDAL
    assert texts(client, order="-changed")[-1] == SCANDAL
    change("oona-marlowe-x")
    assert set(texts(client, order="changed")[:2]) == {WAITED, KETTLES}


def test_it_is_the_order_in_which_changes_come_to_a_copy(client: Client, change: Change) -> None:
    change("oona-marlowe")
    copied = [one["text"] for one in get(client, QUOTES, changed_since="0")["results"]]
    assert texts(client, order="-changed") == copied
    assert [row["text"] for row in table(client, "quotes.csv", order="-changed", fields="text")] == copied


def test_pages_neither_repeat_nor_miss_what_stays_as_it_is(
    client: Client, change: Change, editor: User
) -> None:
    first = get(client, QUOTES, order="changed", page_size="1")
    seen = first["results"][0]["text"]
    # What was seen changes again: it goes to the front, and nothing else moves.
    decide(quotes=Quote.objects.filter(text=seen), status=Quote.Status.APPROVED, editor=editor)
    second = get(client, first["next"])
    third = get(client, second["next"])
    assert third["next"] is None
    rest = [page["results"][0]["text"] for page in (second, third)]
    assert {seen, *rest} == {WAITED, KETTLES, SCANDAL}
    assert get(client, third["previous"])["results"] == second["results"]


def test_what_was_changed_while_a_page_was_read_breaks_no_cursor(
    client: Client, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number is gone until it gets another."""
    shown = QuoteViewSet.records

    def changed(self: QuoteViewSet, keys: Sequence[int]) -> Mapping[int, Any]:
        Publication.objects.update(number=None)
        return shown(self, keys)

    monkeypatch.setattr(QuoteViewSet, "records", changed)
    page = get(client, QUOTES, order="changed", page_size="1")
    monkeypatch.undo()
    assert client.get(page["next"]).status_code == 200


def test_all_that_is_committed_is_listed_however_much_was_changed_at_once(
    client: Client, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publications, "_NUMBERED_AT_ONCE", 1)
    change("oona-marlowe")
    assert len(texts(client, order="changed")) == 3
    change("oona-marlowe-x")
    monkeypatch.setattr(publications, "_BATCHES", 1)
    answer = client.get(f"{QUOTES}?order=changed", headers={"accept": "application/json"})
    assert "ask again" in problem(answer, 503)["detail"]
    assert answer["Retry-After"] == "1"
    assert len(texts(client, order="changed")) == 3


@pytest.mark.parametrize("value", ['"x"', "true", "-1", "1.5", "9223372036854775808", "null", "[1]"])
def test_a_cursor_with_another_number_is_none(client: Client, change: Change, value: str) -> None:
    cursor = urlsafe_b64encode(f'[false,"-change",{value}]'.encode()).decode().rstrip("=")
    problem(client.get(f"{QUOTES}?order=changed&cursor={cursor}"), 404)


def test_it_is_read_out_of_an_index(client: Client, change: Change, ingest: Ingest) -> None:
    found = with_change(public_quotes().select_related(None))
    rows = found.order_by("-publication__number").values_list("pk")[:51]
    if connection.vendor == "sqlite":
        assert "TEMP B-TREE" not in rows.explain()
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_sort = off")
            assert "Sort" not in rows.explain()
