"""Since when an answer is what it is: a date by which it is known again, and never for another one."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils.http import http_date, parse_http_date
from redis.exceptions import RedisError

from quotes import versions
from quotes.models import Quote, Speaker
from quotes.services.merging import rename_speaker, undo_change
from quotes.services.review import decide

pytestmark = pytest.mark.django_db
QUOTES = "/api/v1/quotes/"


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000

    def __call__(self) -> int:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(versions, "now", made)
    return made


def is_the_same(client: Client, address: str, date: str) -> bool:
    return client.get(address, headers={"if-modified-since": date}).status_code == 304


def date_of(client: Client, address: str) -> str:
    return str(client.get(address)["Last-Modified"])


def test_what_stays_as_it_is_keeps_its_date(client: Client, kettles: Quote, clock: Clock) -> None:
    first = date_of(client, QUOTES)
    assert parse_http_date(first) == clock.now
    clock.now += 3600
    assert date_of(client, QUOTES) == first
    assert is_the_same(client, QUOTES, first)


@pytest.mark.parametrize("later", [0, 1, 3600])
@pytest.mark.parametrize(
    "address",
    [
        QUOTES,
        f"{QUOTES}?facets=speaker&fields=id&page_size=1",
        f"{QUOTES}?fields=speaker",
        "/api/v1/speakers/",
        "/api/v1/reconcile/suggest/entity/?prefix=oona",
    ],
)
def test_whoever_has_an_answer_from_before_is_given_the_new_one(
    client: Client, kettles: Quote, editor: User, clock: Clock, address: str, later: int
) -> None:
    """Also where the change is in the same second; and where all is put back, the date is another."""
    dates = [date_of(client, address)]
    clock.now += later
    decide(
        quotes=list(Quote.objects.filter(speaker__slug="oona-marlowe")),
        status=Quote.Status.REJECTED,
        editor=editor,
    )
    if client.get(address).status_code == 200:
        assert not is_the_same(client, address, dates[0])
        dates.append(date_of(client, address))
        clock.now += later
    decide(quotes=list(Quote.objects.all()), status=Quote.Status.APPROVED, editor=editor)
    for date in dates:
        assert not is_the_same(client, address, date)


def test_a_name_that_was_another_in_between_has_another_date(
    client: Client, kettles: Quote, editor: User, clock: Clock
) -> None:
    address = f"{QUOTES}?fields=id,speaker"
    before = date_of(client, address)
    step = rename_speaker(speaker=Speaker.objects.get(slug="oona-marlowe"), name="Oona Lind", editor=editor)
    between = date_of(client, address)
    undo_change(change=step, editor=editor)
    assert not is_the_same(client, address, between)
    assert not is_the_same(client, address, before)
    clock.now += 5
    settled = date_of(client, address)
    assert parse_http_date(settled) <= clock.now
    assert is_the_same(client, address, settled)


def test_no_date_is_in_the_future_and_only_the_very_date_is_its_own(
    client: Client, kettles: Quote, editor: User, clock: Clock
) -> None:
    date_of(client, QUOTES)
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    dated = date_of(client, QUOTES)
    assert parse_http_date(dated) <= clock.now
    assert not is_the_same(client, QUOTES, dated)
    clock.now += 1
    assert is_the_same(client, QUOTES, date_of(client, QUOTES))
    for other in (clock.now + 1, clock.now + 3600, 0):
        assert not is_the_same(client, QUOTES, http_date(other))
    assert not is_the_same(client, QUOTES, "yesterday")


def test_each_account_format_and_query_has_dates_of_its_own(
    client: Client, kettles: Quote, editor: User, clock: Clock
) -> None:
    first = date_of(client, QUOTES)
    clock.now += 60
    for answer in (
        client.get(f"{QUOTES}?page_size=1"),
        client.get(QUOTES, headers={"accept": "application/ld+json"}),
    ):
        assert parse_http_date(answer["Last-Modified"]) == clock.now
    client.force_login(editor)
    assert not is_the_same(client, QUOTES, first)


def test_the_etag_counts_where_both_are_sent(client: Client, kettles: Quote) -> None:
    dated = date_of(client, QUOTES)
    headers = {"if-none-match": '"other"', "if-modified-since": dated}
    assert client.get(QUOTES, headers=headers).status_code == 200


def test_without_a_place_to_keep_dates_in_there_are_none(
    client: Client, kettles: Quote, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: Any, **__: Any) -> None:
        raise RedisError("down")

    monkeypatch.setattr(cache, "get", down)
    answer = client.get(QUOTES)
    assert answer.status_code == 200
    assert "Last-Modified" not in answer
    assert "ETag" in answer
