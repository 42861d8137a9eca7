"""Feeds by the API's own filters, and lists of feeds."""

from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import etree

from quotes.models import Article, Quote, Speaker
from quotes.services.merging import merge_speakers, rename_speaker
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import ReadAnew
from tests.services.test_stories import wire_copies


def feed(client: Client, query: str = "") -> Any:
    answer = client.get(f"/feeds/quotes.json{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def titles(client: Client, query: str = "") -> list[str]:
    return [item["title"] for item in feed(client, query)["items"]]


WITHDRAWN = "Withdrawn: Oona Marlowe in Tidewatch, 6 March 2026"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "All quotes"),
        ("?q=kettles", "Quotes, about kettles"),
        ("?speaker=oona-marlowe", "Oona Marlowe: quotes"),
        ("?speaker=oona-marlowe,desmond-achterberg", "Desmond Achterberg, Oona Marlowe: quotes"),
        ("?source=tidewatch&kind=partial", "Quotes, in Tidewatch, kind partial"),
        ("?wikidata=Q42", "Nobody: quotes"),
    ],
)
def test_a_feed_is_called_what_it_is_of(client: Client, article: Article, query: str, title: str) -> None:
    assert feed(client, query)["title"] == title


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=kettles", 1),
        ("?q=ferries", 0),
        ("?q=kettles&in=sentence", 1),
        ("?speaker=oona-marlowe", 2),
        ("?speaker=oona-marlowe&speaker=desmond-achterberg", 3),
        ("?kind=partial", 1),
        ("?published_from=2026-03-07", 0),
        ("?published_to=2026-03-07&source=tidewatch", 3),
        ("?wikidata=Q42", 0),
        ("?min_confidence=0.1", 3),
        ("?status=approved", 0),
    ],
)
def test_it_holds_what_the_filters_leave(client: Client, article: Article, query: str, count: int) -> None:
    assert len(titles(client, query)) == count


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?speker=oona-marlowe", "Did you mean speaker"),
        ("?speaker=oona-marlow", "Did you mean oona-marlowe"),
        ("?kind=direkt", "Did you mean direct"),
        ("?published_from=yesterday", "published_from"),
        ("?q=", "It is empty"),
        ("?q=%22", "q"),
        ("?order=date", "There is no such parameter"),
        ("?facets=year", "There is no such parameter"),
        ("?changed_since=0", "There is no such parameter"),
        ("?format=csv", "The address ends in the format"),
        ("?in=sentence", "give q, too"),
        ("?kind=direct&source=", "It is empty"),
    ],
)
def test_what_makes_no_sense_is_refused_and_why(
    client: Client, article: Article, query: str, told: str
) -> None:
    answer = client.get(f"/feeds/quotes.atom{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert told in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "is_told"),
    [
        ("", True),
        ("?q=kettles", True),
        ("?q=scandal", False),
        ("?kind=partial", True),
        ("?kind=direct", False),
        ("?speaker=oona-marlowe", True),
        ("?speaker=desmond-achterberg", False),
        ("?source=tidewatch&published_from=2026-03-01", True),
        ("?published_to=2026-03-01", False),
        ("?language=en", True),
        ("?status=approved", True),  # it may have been approved when it was read
    ],
)
def test_a_withdrawal_is_told_where_it_may_have_been_read(
    client: Client, kettles: Quote, editor: User, query: str, is_told: bool
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert (WITHDRAWN in titles(client, query)) == is_told
    assert "kettles" not in str(feed(client)["items"])


def test_what_left_a_list_of_speakers_is_corrected_and_what_moved_within_it_is_not(
    client: Client, kettles: Quote, editor: User
) -> None:
    both, alone = "?speaker=oona-marlowe,desmond-achterberg", "?speaker=oona-marlowe"
    attribute(quote=kettles, speaker=Speaker.objects.get(slug="desmond-achterberg"), editor=editor)
    assert "Desmond Achterberg in Tidewatch: “floating kettles”" in titles(client, both)
    assert len(titles(client, both)) == 3
    assert "Corrected: Oona Marlowe in Tidewatch, 6 March 2026" in titles(client, alone)
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=other, editor=editor)
    assert "Corrected: Desmond Achterberg in Tidewatch, 6 March 2026" in titles(client, both)
    assert "Marta Quill in Tidewatch: “floating kettles”" in titles(client)


def test_who_was_only_guessed_at_is_named_in_no_notice(
    client: Client, kettles: Quote, read_anew: ReadAnew
) -> None:
    read_anew(kettles, speaker="Marta Quill", confidence=0.1)
    assert WITHDRAWN in titles(client)
    assert "Marta" not in client.get("/feeds/quotes.atom").text


def test_what_was_never_public_is_told_nowhere(client: Client, kettles: Quote, editor: User) -> None:
    Quote.objects.filter(pk=kettles.pk).update(confidence=0.1)
    kettles.publication.delete()
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert len(titles(client)) == len(titles(client, "?q=kettles OR scandal OR years")) == 2


def test_copies_are_one_entry_unless_asked_for(client: Client, db: None, editor: User) -> None:
    wire_copies()
    ours = Quote.objects.filter(text__startswith="We have waited")
    assert sum("We have waited" in title for title in titles(client)) == 1
    assert sum("We have waited" in title for title in titles(client, "?copies=true")) == 3
    decide(quotes=list(ours), status=Quote.Status.RETRACTED, editor=editor)
    assert sum(title.startswith("Withdrawn") for title in titles(client)) == 1
    assert sum(title.startswith("Withdrawn") for title in titles(client, "?copies=true")) == 3


def test_a_list_of_speakers_keeps_its_id_through_a_rename_and_a_merge(
    client: Client, article: Article, editor: User
) -> None:
    def guid(whose: str = "oona-marlowe,desmond-achterberg") -> Any:
        answer = client.get(f"/feeds/quotes.atom?speaker={whose}")
        return feedparser.parse(answer.content).feed.id

    before = guid()
    oona = Speaker.objects.get(slug="oona-marlowe")
    rename_speaker(speaker=oona, name="Dame Oona", editor=editor)
    other = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    merge_speakers(source=other, target=oona, editor=editor)
    assert guid() == guid(f"desmond-achterberg,{oona.urn}") == guid("desmond-achterberg,una-marlow") == before


def test_a_feed_is_open_where_the_api_is_not(client: Client, article: Article, settings: Any) -> None:
    settings.ANONYMOUS_READING = False
    assert client.get("/api/v1/quotes/").status_code == 401
    assert len(titles(client)) == 3


def outlines(client: Client, path: str) -> tuple[str, list[dict[str, str]]]:
    answer = client.get(path)
    assert answer.status_code == 200
    document = etree.fromstring(answer.content)
    assert (document.tag, document.get("version"), [one.tag for one in document]) == (
        "opml", "2.0", ["head", "body"],
    )  # fmt: skip
    return document.findtext("head/title") or "", [dict(one.attrib) for one in document.iter("outline")]


def test_speakers_are_listed_as_opml(client: Client, article: Article) -> None:
    title, listed = outlines(client, "/feeds/speakers.opml")
    assert title == "Speakers"
    assert listed == [
        {
            "type": "rss",
            "text": f"{name}: quotes",
            "title": f"{name}: quotes",
            "xmlUrl": f"http://testserver/speakers/{slug}/feed.atom",
            "htmlUrl": f"http://testserver/speakers/{slug}/",
        }
        for name, slug in (("Desmond Achterberg", "desmond-achterberg"), ("Oona Marlowe", "oona-marlowe"))
    ]
    for query in ("?name=oona", "?speaker=oona-marlowe"):
        assert len(outlines(client, f"/feeds/speakers.opml{query}")[1]) == 1
    assert client.get("/feeds/speakers.opml?nme=oona").status_code == 400
    assert client.get(listed[0]["xmlUrl"]).status_code == 200


def test_a_list_that_is_too_long_says_so(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.feeds.views.MOST_FEEDS", 1)
    title, listed = outlines(client, "/feeds/speakers.opml")
    assert (title, len(listed)) == ("Speakers (the first 1 of more)", 1)


def test_sources_are_listed_as_opml(client: Client, article: Article) -> None:
    _, listed = outlines(client, "/feeds/sources.opml")
    assert [one["xmlUrl"] for one in listed] == ["http://testserver/sources/tidewatch/feed.atom"]
    assert client.get("/feeds/sources.opml?kind=x").status_code == 400


def test_the_page_of_a_feed_is_the_search_as_far_as_that_knows_its_filters(
    client: Client, article: Article
) -> None:
    oona = Speaker.objects.get(slug="oona-marlowe")
    for asked, page in (
        (f"?speaker={oona.urn}&copies=true&kind=partial", "/search/?kind=partial&speaker=oona-marlowe"),
        ("?source=tidewatch&min_confidence=0.5", "/search/?source=tidewatch"),
        ("?copies=true", "/"),
    ):
        feed = client.get(f"/feeds/quotes.json{asked}").json()
        assert feed["home_page_url"] == f"http://testserver{page}"
        assert client.get(page).status_code == 200


def test_the_home_page_names_the_feed_of_all_quotes(client: Client, article: Article) -> None:
    page = client.get("/").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert page.count('href="/feeds/quotes.atom"') == 2
