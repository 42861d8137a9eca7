"""The pages for readers: what each shows, what it costs, and who may keep it."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from quotes.models import Article, Quote, Speaker
from quotes.plots import months_plot
from quotes.search.keywords import keywords, usage_of
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from quotes.views import listing
from quotes.views.about import MEASURED
from quotes.views.listing import shortened
from tests.conftest import FERRY, Ingest
from tests.said import stored
from tests.test_conventions import ROOT

OONA = "/speakers/oona-marlowe/"
LONG = FERRY + "The boats will be built in the yard at Port Ellery, where ninety people work.\n" * 4
TALK = "“Sentence {n} is about the harbour,” said Ann Lee, the mayor of Exville."


def links(page: str, rel: str = "next") -> list[str]:
    return [unescape(one) for one in re.findall(rf'rel="{rel}" href="([^"]+)"', page)]


def said(page: str) -> list[str]:
    """The quoted words on a page, in its order."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<mark>(.*?)</mark>", page)]


def walked(client: Client, address: str) -> list[str]:
    """The quoted words on all pages of a list, from link to link."""
    found: list[str] = []
    following: list[str] = [address]
    while following:
        page = client.get(following[0]).text
        found += said(page)
        following = links(page)
    return found


@pytest.fixture
def many(ingest: Ingest) -> list[Article]:
    """Nine quotes of one speaker in three articles of one day and two outlets."""
    articles = []
    for n in range(3):
        text = "\n\n".join(TALK.format(n=f"{n} {one}") for one in ("alpha", "beta", "gamma"))
        source = "Bugle" if n else "Tidewatch"
        articles.append(ingest(text, url=f"https://{source}.example/{n}", source=source, title=f"Day {n}"))
    Quote.objects.update(confidence=0.95)
    return articles


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "ON_PAGE", 2)
    monkeypatch.setattr(listing._page, "__defaults__", (2,))


def test_home_shows_what_is_new_and_who_is_quoted(client: Client, article: Article) -> None:
    page = client.get("/").text
    assert "<mark>floating kettles</mark>" in page
    assert "/speakers/desmond-achterberg/" in page
    assert reverse("source", args=["tidewatch"]) in page
    assert "no date" not in page


def test_an_article_without_a_date_is_shown_with_the_day_it_was_collected(
    client: Client, ingest: Ingest
) -> None:
    ingest(published_at=None)
    assert "no date, collected <time" in client.get("/").text


def test_an_empty_site_has_pages_too(client: Client, db: None) -> None:
    assert "manage.py ingest" in client.get("/").text
    for path in ("/search/?q=ferries", "/sources/", "/speakers/?q=ann", "/about/", "/sitemap.xml"):
        assert client.get(path).status_code == 200, path


def test_a_speakers_page_says_who_it_is_and_where_to_follow(client: Client, article: Article) -> None:
    page = client.get("/speakers/desmond-achterberg/").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert "1 quote in 1 outlet" in page
    assert "floating" not in page
    assert "Search these quotes" in page


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize(
    "address",
    [
        "/speakers/ann-lee/",
        "/search/?speaker=ann-lee",
        "/search/?q=harbour",
        "/search/?q=harbour&order=date",
        "/search/?q=harbour&order=-date",
    ],
)
def test_every_quote_is_reached_from_page_to_page_and_none_twice(
    client: Client, many: list[Article], address: str
) -> None:
    found = walked(client, address)
    assert sorted(found) == sorted(Quote.objects.values_list("text", flat=True))


@pytest.mark.usefixtures("short_pages")
def test_a_page_stays_where_it_is_while_others_come_in(
    client: Client, many: list[Article], ingest: Ingest
) -> None:
    (second,) = links(client.get("/speakers/ann-lee/").text)
    before = said(client.get(second).text)
    ingest(TALK.format(n="new"), url="https://new.example/a", published_at=datetime(2026, 3, 7, tzinfo=UTC))
    assert said(client.get(second).text) == before


def test_a_speakers_page_begins_at_a_month(client: Client, many: list[Article]) -> None:
    quote = Quote.objects.order_by("pk")[0]
    Quote.objects.filter(pk=quote.pk).update(dated_at=quote.dated_at - timedelta(days=60))
    page = client.get("/speakers/ann-lee/").text
    assert 'href="?until=2026-01#quotes"' in page
    assert "most in March 2026, 8" in page
    assert said(client.get("/speakers/ann-lee/?until=2026-01").text) == [quote.text]
    assert said(client.get("/speakers/ann-lee/?until=2025-12").text) == []


@pytest.mark.parametrize("bad", ["after=x", "after=1_", "after=999999999999999999_1", "until=2026-13"])
def test_an_address_that_leads_to_no_page_is_none(client: Client, article: Article, bad: str) -> None:
    assert client.get(f"{OONA}?{bad}").status_code == 404


def test_a_quotes_page_says_how_we_know(client: Client, kettles: Quote, editor: User) -> None:
    page = client.get(kettles.get_absolute_url()).text
    for told in (
        kettles.urn, "“She” by “called”", "not yet checked by an editor", "Revision 1 of the article",
        "6 March 2026, 09:30 UTC", kettles.extractor_version, kettles.reasons[0],
    ):  # fmt: skip
        assert told.lower() in unescape(page).lower(), told
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    page = client.get(kettles.get_absolute_url()).text
    assert "checked by an editor, <time" in page
    assert ", not yet" not in page
    assert editor.username not in page


def test_of_an_editors_word_the_extractors_reasons_are_not_told(
    client: Client, kettles: Quote, editor: User
) -> None:
    other = save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    attribute(quote=kettles, speaker=other, editor=editor)
    page = client.get(kettles.get_absolute_url()).text
    assert "An editor said who said it" in page
    assert "Given to" not in page
    assert "<dt>Why" not in page


def test_a_quotes_page_names_who_else_carries_the_words(client: Client, ingest: Ingest) -> None:
    ingest(LONG)
    ingest(LONG, url="https://bugle.example/1", source="Bugle", title="Ferries, they say")
    quote = Quote.objects.filter(text__startswith="We have waited", source__slug="bugle")[0]
    page = client.get(quote.get_absolute_url()).text
    assert "The same words in 1 other outlet" in page
    assert "Tidewatch" in page


def test_an_articles_page_has_its_quotes_in_order_and_nothing_else_of_its_text(
    client: Client, article: Article
) -> None:
    page = client.get(reverse("article", args=[article.public_id])).text
    assert [one.split()[0] for one in said(page)] == ["We", "floating", "The"]
    assert "two electric ferries" not in page
    assert 'href="https://www.tidewatch.example/ferries"' in page
    Quote.objects.filter(text="floating kettles").update(confidence=0.1)
    assert "kettles" not in client.get(reverse("article", args=[article.public_id])).text


def test_there_is_no_page_of_an_article_or_outlet_that_nobody_is_shown_a_quote_of(
    client: Client, ingest: Ingest
) -> None:
    article = ingest("The board met on Friday, and that was all.")
    assert client.get(reverse("article", args=[article.public_id])).status_code == 404
    assert client.get("/sources/tidewatch/").status_code == 404
    assert "tidewatch" not in client.get("/sources/").text


def test_an_outlets_page_says_whom_it_quotes(client: Client, many: list[Article]) -> None:
    page = client.get("/sources/bugle/").text
    assert "6 quotes" in page
    assert "Ann Lee" in page
    assert "Tidewatch" not in page
    assert "Bugle" in client.get("/sources/?q=bug").text
    assert "Bugle" not in client.get("/sources/?after=bugle").text


def test_a_search_finds_words_and_people_and_counts_them(client: Client, article: Article) -> None:
    page = client.get("/search/?q=kettle").text
    assert '<b class="hit">kettles</b>' in page
    assert "1 quote" in page
    page = client.get("/search/?q=marlowe").text
    assert OONA in page
    page = client.get("/search/?source=tidewatch").text
    assert "3 quotes" in page
    assert re.search(
        r'source=tidewatch&amp;speaker=oona-marlowe"><bdi>Oona Marlowe</bdi></a> <span[^>]*>2<', page
    )
    assert "2 quotes" in client.get("/search/?source=tidewatch&speaker=oona-marlowe").text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("q=%22open", "never closed"),
        ("q=-price", "only says what is not"),
        ("q=x&in=title", "no “title” to search in"),
        ("speaker=nobody", "no speaker “nobody”"),
        ("speaker=a%00b", "no speaker"),
        ("source=tidewach", "Did you mean tidewatch?"),
        ("kind=shout", "no kind “shout”"),
        ("published_from=31.12.", "no date"),
        ("published_from=2026-02-02&published_to=2026-01-01", "turn them round"),
        ("q=ferries&order=best", "no order “best”"),
        ("q=ferries&after=x", "leads to no page"),
        ("q=" + "a" * 1001, "1,000 are the most"),
        ("speaker=<script>", "&lt;script&gt;"),
    ],
)
def test_what_is_wrong_with_a_question_is_told(
    client: Client, article: Article, query: str, told: str
) -> None:
    answer = client.get(f"/search/?{query}")
    assert (answer.status_code, told in answer.text) == (400, True)


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.sampled_from(
            ["q", "in", "speaker", "source", "kind", "published_from", "published_to", "order", "after"]
        ),
        st.one_of(st.text(max_size=30), st.sampled_from(["2026-01-01", "date", "sentence", "1_1", "0.5_3"])),
    )
)
def test_no_question_breaks_the_search(client: Client, given_: dict[str, Any]) -> None:
    assert client.get("/search/", given_).status_code in {200, 400}


def test_pages_are_anybodys_for_a_moment_and_known_by_an_etag(client: Client, kettles: Quote) -> None:
    article = kettles.revision.article
    for path in (
        "/", "/search/?q=kettles", "/speakers/", OONA, kettles.get_absolute_url(), "/sources/", "/about/",
        "/sources/tidewatch/", reverse("article", args=[article.public_id]), "/sitemap.xml", "/llms.txt",
    ):  # fmt: skip
        page = client.get(path)
        assert page["Cache-Control"].startswith("public, max-age=0, s-maxage="), path
        assert not page.cookies
        assert "csrf" not in page.text
        assert client.get(path, headers={"if-none-match": page["ETag"]}).status_code == 304, path


def test_every_page_leads_to_a_feed(client: Client, kettles: Quote, editor: User) -> None:
    own, all_ = "/sources/tidewatch/feed.atom", "/feeds/quotes.atom"
    assert f'href="{own}"' in client.get("/sources/tidewatch/").text
    gone = Quote.objects.exclude(pk=kettles.pk).first()
    assert gone is not None
    decide(quotes=[gone], status=Quote.Status.RETRACTED, editor=editor)
    report = reverse("quote-report", args=[kettles.public_id])
    for path in ("/about/", "/speakers/", "/alerts/new/", report, gone.get_absolute_url(), "/nowhere/"):
        assert f'rel="alternate" type="application/atom+xml" title="All quotes (Atom)" href="{all_}"' in (
            client.get(path).text
        ), path


def test_of_somebody_quoted_everywhere_for_long_it_is_told_in_how_many_outlets_and_since_when(
    client: Client, db: None
) -> None:
    for number in range(130):
        stored(f"On day {number} we still wait for the pier", days=31 * number)
    page = client.get(OONA).text
    assert "130 quotes in 130 outlets, March 2026 to February 2037" in page
    assert "By month, the latest ten years" in page


def test_an_address_has_one_canonical_form(client: Client, article: Article) -> None:
    page = client.get(f"{OONA}?utm_source=x").text
    assert f'<link rel="canonical" href="http://testserver{OONA}">' in page


QUERIES = {"/": 6, OONA: 14, "quote": 4, "article": 4, "/sources/": 1, "/sources/tidewatch/": 6}


def test_each_page_costs_so_many_queries_and_no_more(
    client: Client, kettles: Quote, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    addresses = {
        "quote": kettles.get_absolute_url(),
        "article": reverse("article", args=[kettles.revision.article.public_id]),
    }
    for name, most in {**QUERIES, "/search/?q=kettles": 15, "/about/": 3}.items():
        with django_assert_max_num_queries(most):
            assert client.get(addresses.get(name, name)).status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/nowhere/", 404), ("/quotes/x/", 404)])
def test_what_is_not_there_is_said_in_the_same_clothes(
    client: Client, db: None, path: str, status: int
) -> None:
    page = client.get(path)
    assert (page.status_code, "There is no such page" in page.text) == (status, True)
    assert "pages.css" in page.text


def test_what_broke_is_said_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database is there: a query would fail the test."""

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("quotes.views.machines.render", broken)
    client.raise_request_exception = False
    page = client.get("/robots.txt")
    assert (page.status_code, "Something broke" in page.text) == (500, True)


def test_words_are_escaped(client: Client, kettles: Quote) -> None:
    kettles.context = kettles.context.replace("old boats", "<script>x")
    kettles.save()
    assert "<script>x" not in client.get("/").text
    assert "<script>x" not in client.get(kettles.get_absolute_url()).text


def test_a_long_quote_is_cut_in_lists_between_words_and_whole_on_its_own_page(
    client: Client, ingest: Ingest
) -> None:
    words = " ".join(f"word{n}" for n in range(2000))
    ingest(f"“{words},” said Oona Marlowe.")
    page = client.get(OONA).text
    assert "word1999" not in page
    assert re.search(r"word\d+…</mark>.*all of it", page)
    assert "word1999" in client.get(Quote.objects.all()[0].get_absolute_url()).text


@given(st.text(max_size=80), st.integers(1, 40))
def test_what_is_shortened_is_never_longer_and_begins_the_same(text: str, most: int) -> None:
    cut = shortened(text, most)
    assert len(cut) <= most
    assert text.startswith(cut.removesuffix("…") if len(text) > most else cut)


def test_the_accuracy_that_is_told_is_what_was_measured() -> None:
    quality = (ROOT / "docs" / "quality.md").read_text()
    rows = {
        name: [cell.strip(" *") for cell in row.split("|")]
        for name, row in re.findall(r"^\| \**([^|*]+?)\** \|(.+)\|$", quality, re.MULTILINE)
    }
    order = (1, 2, 0, 5)  # world-dev, bbc-dev, PolNeAR dev, unseen
    for row, at in zip(MEASURED, order, strict=True):
        assert rows["articles; sure speech spans"][at] == f"{row.articles}; {row.quotes}"
        assert rows["speaker strict, F1"][at] == row.whose
        assert rows["right at confidence 0.9 and over"][at] == row.sure


def test_the_plot_has_a_bar_a_month_with_the_highest_as_high_as_it_is() -> None:
    plot = months_plot([("2024-12", 2), ("2025-02", 8), ("2025-03", 1)])
    assert plot is not None
    assert [bar.height for bar in plot.bars] == [24.0, 96.0, 12.0]
    assert plot.bars[1].x - plot.bars[0].x == pytest.approx(2 * (plot.bars[2].x - plot.bars[1].x), abs=0.1)
    assert (plot.most.month, plot.is_cut) == ("2025-02", False)
    assert months_plot([]) is None


def test_of_twenty_years_the_last_ten_are_drawn() -> None:
    months = [(f"{2000 + n // 12}-{n % 12 + 1:02}", 1) for n in range(240)]
    plot = months_plot(months)
    assert plot is not None
    assert (len(plot.bars), plot.is_cut, plot.bars[0].x >= 0) == (120, True, True)


def test_what_somebody_speaks_about_is_what_others_do_not() -> None:
    ours = ["The ferries are late", "A ferry is a boat", "New boats, at last", "Our ferries", "The boat left"]
    others = ["The budget is late", "A boat", "New rules, at last", "Our budget", "The train left"] * 4
    assert keywords(ours, usage_of(others), 2) == ["ferries", "boat"]
    assert keywords(ours[:4], usage_of(others), 2) == []
