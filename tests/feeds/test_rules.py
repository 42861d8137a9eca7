"""Every kind of feed in every format keeps the rules of its format."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Article, Quote, Speaker
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, Ingest
from tests.feeds.rules import check_feed

HUB = "https://hub.example/"


@pytest.mark.parametrize("suffix", ["atom", "rss", "json"])
def test_all_kinds_keep_the_rules(
    client: Client, ingest: Ingest, editor: User, settings: Any, suffix: str
) -> None:
    settings.SITE_URL, settings.WEBSUB_HUB = "https://quotes.example", HUB
    article = ingest(FERRY.replace("ten years", "ten\x0b <years> & \uffff ]]> days"), title="Grün <b>& Co")
    ingest(
        "“At last,” Desmond Achterberg said.",
        url="https://www.tidewatch.example/ü?a=b&c=d",
        published_at=None,
    )
    ingest("“No address,” Desmond Achterberg said.", url="", title="", published_at=None)
    kettles = Quote.objects.get(text="floating kettles")
    attribute(
        quote=kettles,
        speaker=save_speaker(speaker=Speaker(name="A & B <i>", kind="organization")),
        editor=editor,
    )
    (gone,) = Quote.objects.filter(text__startswith="We have waited")
    decide(quotes=[gone], status=Quote.Status.RETRACTED, editor=editor, public_note="<script> & “so”")
    for path in (
        "/speakers/oona-marlowe/feed",
        "/speakers/desmond-achterberg/feed",
        "/sources/tidewatch/feed",
        f"/articles/{article.public_id}/feed",
        "/feeds/quotes",
    ):
        answer = client.get(f"{path}.{suffix}")
        assert answer.status_code == 200, path
        check_feed(answer.content, suffix)
    for query in (
        "?q=kettles",
        "?speaker=desmond-achterberg,oona-marlowe",
        "?copies=true",
        "?q=nothing%20so",
    ):
        answer = client.get(f"/feeds/quotes.{suffix}{query}")
        assert answer.status_code == 200, query
        check_feed(answer.content, suffix)


@pytest.mark.parametrize("suffix", ["atom", "rss", "json"])
def test_later_pages_keep_them_too(client: Client, newsroom: None, suffix: str) -> None:
    first = client.get(f"/feeds/quotes.{suffix}")
    check_feed(first.content, suffix)
    address = next(part for part in first["Link"].split(", ") if 'rel="next"' in part)
    check_feed(client.get(address[1 : address.index(">")]).content, suffix)


def test_an_article_says_its_quotes_in_the_order_of_its_text(client: Client, article: Article) -> None:
    feed = client.get(f"/articles/{article.public_id}/feed.json").json()
    assert [item["title"] for item in feed["items"]] == [
        "Oona Marlowe in Tidewatch: “We have waited ten years for this”",
        "Oona Marlowe in Tidewatch: “floating kettles”",
        "Desmond Achterberg in Tidewatch: “The price is a scandal”",
    ]
    assert feed["title"] == "Harbour board orders electric ferries, Tidewatch: quotes"


def test_a_source_has_the_quotes_of_all_its_articles(client: Client, article: Article) -> None:
    feed = client.get("/sources/tidewatch/feed.json").json()
    assert (feed["title"], len(feed["items"])) == ("Tidewatch: quotes", 3)


@pytest.mark.parametrize(
    "path",
    [
        "/sources/none/feed.atom",
        "/articles/00000000-0000-4000-8000-000000000000/feed.atom",
        "/feeds/quotes.pdf",
    ],
)
def test_of_what_is_not_there_there_is_no_feed(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_article_tells_what_was_withdrawn_and_never_what_was_not_public(
    client: Client, kettles: Quote, editor: User
) -> None:
    Quote.objects.filter(text__startswith="The price").update(confidence=0.1)
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    for path in (f"/articles/{kettles.revision.article.public_id}", "/sources/tidewatch"):
        titles = [item["title"] for item in client.get(f"{path}/feed.json").json()["items"]]
        assert titles == [
            "Oona Marlowe in Tidewatch: “We have waited ten years for this”",
            "Withdrawn: Oona Marlowe in Tidewatch, 6 March 2026",
        ]
