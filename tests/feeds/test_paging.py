"""A whole history, page by page (RFC 5005): nothing twice, nothing missed."""

import json
import re
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import quote
from uuid import UUID

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Publication, Quote, Speaker
from quotes.selectors import public_quotes
from quotes.services.review import decide
from quotes.services.speakers import save_speaker


def pages(client: Client, path: str) -> list[list[str]]:
    """The ids on each page, in whatever a feed is written."""
    found = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200
        if ".json" in path:
            feed = answer.json()
            found.append([item["id"] for item in feed["items"]])
            path = feed.get("next_url", "")
        else:
            read: Any = feedparser.parse(answer.content)
            found.append([entry.id for entry in read.entries])
            (first,) = (link.href for link in read.feed.links if link.rel == "first")
            assert "cursor" not in first
            path = next((link.href for link in read.feed.links if link.rel == "next"), "")
        path = path.removeprefix("http://testserver")
    return found


@pytest.mark.parametrize("suffix", ["atom", "rss", "json"])
def test_a_history_is_read_with_no_repeat_and_no_gap(client: Client, newsroom: None, suffix: str) -> None:
    for path, quotes in (
        (f"/speakers/p-1/feed.{suffix}", public_quotes().filter(speaker=1)),
        (f"/feeds/quotes.{suffix}?speaker=p-1,p-2&kind=direct", public_quotes().filter(speaker__in=(1, 2))),
        (f"/feeds/quotes.{suffix}", public_quotes()),
    ):
        wanted = quotes.filter(kind="direct") if "kind" in path else quotes
        read = pages(client, path)
        ids = [one for page in read for one in page]
        assert len(read) > 1
        assert all(len(page) == 100 for page in read[:-1])
        assert len(ids) == len(set(ids))
        assert set(ids) == {one.urn for one in wanted}
        for page in read:
            order = ("-dated_at", "-revision", "start")
            keys = [UUID(one) for one in page]
            assert page == [one.urn for one in wanted.filter(public_id__in=keys).order_by(*order)]


def test_what_is_withdrawn_keeps_its_place_on_its_page(client: Client, newsroom: None, editor: User) -> None:
    before = pages(client, "/speakers/p-1/feed.json")
    some = list(public_quotes().filter(speaker=1)[50:250:3])
    decide(quotes=some, status=Quote.Status.REJECTED, editor=editor)
    assert pages(client, "/speakers/p-1/feed.json") == before


def test_what_comes_in_and_goes_shifts_no_later_page(client: Client, newsroom: None, editor: User) -> None:
    first = client.get("/feeds/quotes.json").json()
    later = client.get(first["next_url"]).json()["items"]
    decide(quotes=list(public_quotes()[:20]), status=Quote.Status.REJECTED, editor=editor)
    newest = list(Quote.objects.order_by("dated_at").values_list("pk", flat=True)[:5])
    Quote.objects.filter(pk__in=newest).update(dated_at=public_quotes()[0].dated_at)
    assert [one["id"] for one in client.get(first["next_url"]).json()["items"]] == [
        one["id"] for one in later
    ]


def test_a_renamed_speaker_has_the_same_pages(client: Client, newsroom: None) -> None:
    before = pages(client, "/speakers/p-1/feed.atom")
    speaker = Speaker.objects.get(pk=1)
    speaker.name = "Somebody Else"
    save_speaker(speaker=speaker)
    assert pages(client, "/speakers/p-1/feed.atom") == before


ODD: list[Any] = [
    [], {}, None, ["2026-01-01T00:00:00+00:00"], ["2026-01-01T00:00:00", 1],
    ["2026-01-01T00:00:00+00:00", 2**63], ["2026-01-01T00:00:00+00:00", -1],
    ["2026-01-01T00:00:00+00:00", True], ["0001-01-01T00:00:00+23:00", 1],
    ["2026-01-01T00:00:00+00:00", "1"], [1, 1], ["2026-01-01T00:00:00+00:00", 1, 1],
]  # fmt: skip
CURSORS = [
    "", "x", "é", "%00", "bnVsbA", "W10",
    *(urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in ODD),
]  # fmt: skip


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_cursor_that_is_none_of_ours_is_refused(client: Client, db: None, cursor: str) -> None:
    answer = client.get(f"/feeds/quotes.atom?cursor={quote(cursor, safe='%')}")
    assert answer.status_code in {400, 404}
    assert re.search("cursor", answer.text)


def test_nothing_is_told_that_nobody_was_shown(client: Client, newsroom: None) -> None:
    refused = Quote.objects.filter(review_status="rejected", publication__isnull=True)
    assert refused.exists()
    ids = {one for page in pages(client, "/feeds/quotes.json?copies=true") for one in page}
    assert not ids & {one.urn for one in refused}
    assert len(ids) == Publication.objects.count()
