"""The lists of the admin site: pages that begin at a row, counts that end, filters that are links."""

import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from itertools import pairwise

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.admin import lists
from quotes.models import Article, Quote, Source, Speaker
from quotes.selectors import with_certainty
from quotes.services.review import decide
from quotes.services.speakers import save_speaker
from tests.conftest import Ingest

QUOTES, ARTICLES, SPEAKERS = (f"/admin/quotes/{name}/" for name in ("quote", "article", "speaker"))


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (Quote, Article, Speaker):
        monkeypatch.setattr(admin.site.get_model_admin(model), "list_per_page", 2)


def shown(page: str) -> list[int]:
    """The keys of the rows of a page, in its order."""
    return [int(key) for key in re.findall(r'name="_selected_action" value="(\d+)"', page)]


def link(page: str, rel: str) -> str | None:
    found = re.search(rf'<a href="([^"]*)" rel="{rel}"', page)
    return unescape(found[1]) if found else None


def pages(desk: Client, address: str) -> Iterator[str]:
    """All pages of a list, from link to link."""
    query: str | None = ""
    while query is not None:
        page = desk.get(address.split("?")[0] + query if query else address).text
        yield page
        query = link(page, "next")


def speakers(count: int) -> None:
    for n in range(count):
        save_speaker(speaker=Speaker(name=f"Ann {'Abc'[n % 3]}ee", kind="person"))


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("query", ["", "?o=3", "?o=-3", "?o=7", "?o=-7"])
def test_every_row_stands_on_one_page_in_order(desk: Client, ingest: Ingest, query: str) -> None:
    for n in range(3):
        ingest(url=f"https://tidewatch.example/{n}")
    order = {"": "-dated_at", "?o=3": "-certainty", "?o=-3": "certainty", "?o=7": "-dated_at"}
    expected = [key for page in pages(desk, f"{QUOTES}{query}") for key in shown(page)]
    first = order.get(query, "dated_at")
    sign = "-" if first.startswith("-") else ""
    assert expected == list(
        with_certainty(Quote.objects.all()).order_by(first, f"{sign}id").values_list("pk", flat=True)
    )
    assert len(expected) == 9


@pytest.mark.usefixtures("short_pages")
def test_previous_leads_back_to_where_next_came_from(desk: Client, db: None) -> None:
    speakers(7)
    there = list(pages(desk, SPEAKERS))
    assert [len(shown(page)) for page in there] == [2, 2, 2, 1]
    assert link(there[0], "prev") is None
    for before, page in pairwise(there):
        back = desk.get(f"{SPEAKERS}{link(page, 'prev')}").text
        assert shown(back) == shown(before)


@pytest.mark.usefixtures("short_pages")
def test_a_page_stays_where_it_is_when_rows_come_in(desk: Client, db: None) -> None:
    speakers(4)
    second = f"{SPEAKERS}{link(desk.get(SPEAKERS).text, 'next')}"
    there = shown(desk.get(second).text)
    save_speaker(speaker=Speaker(name="Aaron Aabel", kind="person"))
    assert shown(desk.get(second).text) == there


@pytest.mark.usefixtures("short_pages")
def test_filters_and_the_order_hold_on_the_next_page(desk: Client, ingest: Ingest) -> None:
    for n in range(3):
        ingest(url=f"https://tidewatch.example/{n}")
    found = [key for page in pages(desk, f"{QUOTES}?kind__exact=partial&o=-3") for key in shown(page)]
    assert set(found) == set(Quote.objects.filter(kind="partial").values_list("pk", flat=True))


def test_it_is_counted_up_to_a_bound(desk: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "3 quotes" in desk.get(QUOTES).text
    assert "1 article<" in desk.get(ARTICLES).text
    monkeypatch.setattr(admin.site.get_model_admin(Quote), "list_per_page", 1)
    assert "Select all 3 quotes" in desk.get(QUOTES).text
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    with CaptureQueriesContext(connection) as captured:
        page = desk.get(QUOTES).text
    assert "more than 2 quotes" in page
    assert "Select all 3" not in page
    counts = [one["sql"] for one in captured if "COUNT(*)" in one["sql"]]
    assert all("LIMIT 3" in sql for sql in counts)
    assert counts


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize(("address", "most"), [(QUOTES, 6), (ARTICLES, 6), (SPEAKERS, 6)])
def test_a_list_takes_as_many_queries_whatever_its_length_and_skips_no_rows(
    desk: Client, ingest: Ingest, address: str, most: int
) -> None:
    def taken() -> list[int]:
        counts = []
        query = ""
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                page = desk.get(f"{address}{query}").text
            assert not any("OFFSET" in one["sql"] for one in captured)
            counts.append(len(captured))
            query = link(page, "next") or ""
        return counts

    for n in range(3):
        ingest(url=f"https://tidewatch.example/{n}", source="One")
    speakers(2)
    before = taken()
    for n in range(3, 9):
        ingest(url=f"https://tidewatch.example/{n}", source=f"Paper {n}")
    speakers(4)
    assert taken() == before
    assert max(before) <= most


@pytest.mark.parametrize("which", ["after", "before"])
@pytest.mark.parametrize(
    "place",
    ["x", "W10", "é", "WyJ4Il0", *(urlsafe_b64encode(text.encode()).decode() for text in (
        "[1]", '["2026-01-01T00:00:00Z", null]', '["2026-01-01T00:00:00", 1]', "[" * 2000, "[[], {}]",
        '["2026-01-01T00:00:00Z", 1e400]', '["2026-01-01T00:00:00Z", 99999999999999999999]',
    ))],
)  # fmt: skip
def test_an_address_of_no_page_shows_the_first_one_and_says_so(
    desk: Client, article: Article, which: str, place: str
) -> None:
    answer = desk.get(QUOTES, {which: place})
    assert answer.status_code == 200
    assert "leads to no page of the list" in answer.text
    assert len(shown(answer.text)) == 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.dictionaries(
        st.sampled_from(["after", "before", "o", "p", "all", "source"]), st.text(max_size=20)
    )
)
def test_no_address_breaks_a_list(desk: Client, article: Article, query: dict[str, str]) -> None:
    for address in (ARTICLES, SPEAKERS):
        assert desk.get(address, query).status_code in {200, 302}


def test_a_column_that_no_index_has_in_order_orders_nothing(desk: Client, article: Article) -> None:
    assert shown(desk.get(f"{QUOTES}?o=1.2.3").text) == shown(desk.get(QUOTES).text)
    assert "o=4" not in desk.get(QUOTES).text


def test_articles_are_listed_by_outlet_and_day(desk: Client, ingest: Ingest) -> None:
    ingest()
    other = ingest(url="https://bugle.example/1", source="Bugle", published_at=None)
    bugle = Source.objects.get(name="Bugle")
    for query, found in (
        (f"source={bugle.pk}", [other.pk]),
        ("dated_from=2026-03-07", [other.pk]),
        ("dated_until=2026-03-05", []),
        ("source=&dated_from=", [other.pk, other.pk - 1]),
        ("q=ferr+HARBOUR", [other.pk, other.pk - 1]),
        ("q=ferries+nowhere", []),
        ("q=https://bugle.example/", [other.pk]),
    ):
        assert shown(desk.get(f"{ARTICLES}?{query}").text) == found, query
    for nonsense in ("source=x", "source=-1", "source=99999999999999999999", "dated_from=yesterday"):
        page = desk.get(f"{ARTICLES}?{nonsense}").text
        assert "makes no sense: choose it again" in page
        assert shown(page) == []


@pytest.mark.parametrize("question", ["“ferries", "OR", "a*", "-ferries", "x" * 1001, "…"])
def test_a_question_that_makes_no_sense_is_answered_in_words(
    desk: Client, article: Article, question: str
) -> None:
    answer = desk.get(QUOTES, {"q": question})
    assert answer.status_code == 200
    assert "Nothing is searched for: " in answer.text
    assert shown(answer.text) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["q", "in", "speaker", "changed_since", "confidence", "conflict"]), st.text()
    )
)
def test_no_question_and_no_filter_breaks_the_list(
    desk: Client, article: Article, query: dict[str, str]
) -> None:
    assert desk.get(QUOTES, query).status_code in {200, 302}


def test_quotes_are_listed_by_what_editors_look_for(desk: Client, ingest: Ingest, editor: User) -> None:
    ingest()
    ingest("“No, we will not,” said Ann Lee.", url="https://b.example/1", source="Bugle", published_at=None)
    ours = Quote.objects.get(source__name="Bugle")
    rest = set(Quote.objects.exclude(pk=ours.pk).values_list("pk", flat=True))
    decide(quotes=[ours], status=Quote.Status.APPROVED, editor=editor)
    Quote.objects.exclude(pk=ours.pk).update(updated_at=datetime(2026, 1, 5, tzinfo=UTC))
    for query, found in (
        (f"speaker={ours.speaker_id}", {ours.pk}),
        (f"source={ours.source_id}", {ours.pk}),
        ("dated_until=2026-03-06", rest),
        ("dated_from=2026-03-07", {ours.pk}),
        ("changed_since=2026-01-06", {ours.pk}),
        ("changed_since=2026-01-05", {ours.pk, *rest}),
        ("review_status__exact=approved", {ours.pk}),
        ("in=sentence", {ours.pk, *rest}),
    ):
        assert set(shown(desk.get(f"{QUOTES}?{query}").text)) == found, query
    page = desk.get(f"{QUOTES}?speaker={ours.speaker_id}&in=&dated_from=").text
    assert f'<option value="{ours.speaker_id}" selected>Ann Lee</option>' in page
    assert f'href="?review_status__exact=approved&amp;speaker={ours.speaker_id}"' in page


def test_whose_quotes_are_in_question_is_found(desk: Client, ingest: Ingest) -> None:
    ingest("The board met. “No,” said Jack Hale.", url="https://one.example/1")
    unclear = ingest("The board met. “No,” said J. Hale.", url="https://two.example/2")
    assert shown(desk.get(f"{QUOTES}?conflict=name").text) == [unclear.revision.quotes.get().pk]

    first, second, third = (
        ingest(url=f"https://{n}.example/3").revision.quotes.get(kind="partial") for n in "abc"
    )
    copies = [first.pk, second.pk]
    Quote.objects.filter(pk__in=[*copies, third.pk]).update(saying=first)
    assert shown(desk.get(f"{QUOTES}?conflict=copies").text) == []
    Quote.objects.filter(pk=second.pk).update(
        speaker=save_speaker(speaker=Speaker(name="Una", kind="person"))
    )
    assert set(shown(desk.get(f"{QUOTES}?conflict=copies").text)) == {*copies, third.pk}
    Quote.objects.filter(pk=second.pk).update(review_status="rejected")
    assert shown(desk.get(f"{QUOTES}?conflict=copies").text) == []
