"""A speaker's feed, read by a feed reader's own parser."""

import re
from datetime import datetime, timedelta
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client

from quotes.models import Article, Quote, Speaker
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, Ingest, ReadAnew
from tests.services.test_stories import wire_copies

FEED = "/speakers/oona-marlowe/feed.atom"


RSS, JSON = (FEED.replace("atom", suffix) for suffix in ("rss", "json"))


def read(client: Client, path: str = FEED) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_feed_holds_the_speakers_public_quotes_and_nobody_elses(client: Client, article: Article) -> None:
    assert [entry.title for entry in read(client).entries] == [
        "Oona Marlowe in Tidewatch: “We have waited ten years for this”",
        "Oona Marlowe in Tidewatch: “floating kettles”",
    ]


def test_an_entry_leads_to_the_words_in_the_source(client: Client, kettles: Quote) -> None:
    (entry,) = (e for e in read(client).entries if e.id == kettles.urn)
    assert entry.link == kettles.source_url
    assert "#:~:text=" in entry.link
    assert "<strong>floating kettles</strong>" in entry.content[0].value
    assert entry.author == "Oona Marlowe"
    assert entry.published == "2026-03-06T09:30:00+00:00"


def test_the_newest_come_first(client: Client, ingest: Ingest) -> None:
    ingest()
    ingest("“At last,” Oona Marlowe said.", url="https://www.tidewatch.example/b", published_at=None)
    assert read(client).entries[0].title == "Oona Marlowe in Tidewatch: “At last”"


def test_ids_outlive_a_rename(client: Client, article: Article) -> None:
    before = read(client)
    oona = Speaker.objects.get(slug="oona-marlowe")
    oona.name = "Dame Oona Marlowe"
    save_speaker(speaker=oona)
    after = read(client)
    assert after.feed.title == "Dame Oona Marlowe: quotes"
    assert after.feed.id == before.feed.id == oona.urn
    assert [e.id for e in after.entries] == [e.id for e in before.entries]


def entry_of(client: Client, quote: Quote, path: str = FEED) -> Any:
    (entry,) = (entry for entry in read(client, path).entries if entry.id == quote.urn)
    return entry


@pytest.mark.parametrize(
    ("status", "why"),
    [
        ("rejected", "it was not right"),
        ("disputed", "It is disputed"),
        ("retracted", "An editor retracted it"),
    ],
)
def test_a_withdrawn_quote_is_sent_again_as_withdrawn_and_why(
    client: Client, kettles: Quote, editor: User, status: str, why: str
) -> None:
    before = entry_of(client, kettles)
    Quote.objects.update(updated_at=F("updated_at") - timedelta(hours=1))
    decide(quotes=[kettles], status=Quote.Status(status), editor=editor, public_note="She says she did not.")
    after = entry_of(client, kettles)
    assert after.title == "Withdrawn: Oona Marlowe in Tidewatch, 6 March 2026"
    assert after.updated > before.updated
    assert why in after.content[0].value
    assert "She says she did not." in after.content[0].value
    assert "kettles" not in str(after)
    assert client.get(after.link).status_code == 410


@pytest.mark.parametrize("status", ["rejected", "disputed", "retracted"])
def test_who_knows_tombstones_gets_one_of_the_same_moment(
    client: Client, kettles: Quote, editor: User, status: str
) -> None:
    decide(quotes=[kettles], status=Quote.Status(status), editor=editor)
    (when,) = re.findall(rf'<at:deleted-entry ref="{kettles.urn}" when="([^"]+)"', client.get(FEED).text)
    assert entry_of(client, kettles).updated == when


def test_a_quote_given_to_somebody_else_is_corrected_here_and_an_entry_there(
    client: Client, kettles: Quote, editor: User
) -> None:
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=other, editor=editor)
    assert tombstones(client) == [kettles.urn]
    here, there = entry_of(client, kettles), entry_of(client, kettles, "/speakers/marta-quill/feed.atom")
    assert here.title == "Corrected: Oona Marlowe in Tidewatch, 6 March 2026"
    assert here.link.endswith(kettles.get_absolute_url())
    assert there.title == "Marta Quill in Tidewatch: “floating kettles”"


def test_a_withdrawal_leaves_the_feed_with_the_quotes_of_its_time(
    client: Client, kettles: Quote, editor: User, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    ingest("“At last,” Oona Marlowe said.", url="https://www.tidewatch.example/b", published_at=None)
    monkeypatch.setattr("quotes.feeds.holding.ENTRIES", 1)
    assert [entry.title for entry in read(client).entries] == ["Oona Marlowe in Tidewatch: “At last”"]
    assert tombstones(client) == []


@pytest.mark.parametrize(("hours", "told"), [(0, 1), (1, 3)])
def test_of_copies_that_were_withdrawn_together_one_is_told(
    client: Client, editor: User, hours: int, told: int
) -> None:
    wire_copies()
    quotes = list(Quote.objects.filter(text__startswith="We have waited").order_by("pk"))
    assert len(quotes) == 3
    speaker = quotes[0].speaker
    assert speaker is not None
    feed = f"/speakers/{speaker.slug}/feed.atom"
    assert sum(entry.id in {one.urn for one in quotes} for entry in read(client, feed).entries) == 1
    for number, quote in enumerate(quotes):
        decide(quotes=[quote], status=Quote.Status.RETRACTED, editor=editor)
        later = F("updated_at") + timedelta(hours=hours * number)
        Quote.objects.filter(pk=quote.pk).update(updated_at=later)

    entries = [entry for entry in read(client, feed).entries if entry.id in {one.urn for one in quotes}]
    assert len(entries) == told
    assert all(entry.title.startswith("Withdrawn") for entry in entries)
    assert len(tombstones(client, f"{feed}?copies=true")) == 3


def test_what_xml_cannot_write_does_not_break_the_feed(client: Client, ingest: Ingest) -> None:
    ingest(FERRY.replace("ten years", "ten\x0b <years> & \uffff days"))
    assert len(read(client).entries) == 2


def test_a_reader_that_has_it_already_is_told_so(client: Client, kettles: Quote, editor: User) -> None:
    first = client.get(FEED)
    again = client.get(FEED, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_merged_speakers_feed_redirects_for_good(client: Client, article: Article) -> None:
    old = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    Speaker.objects.filter(pk=old.pk).update(merged_into=Speaker.objects.get(slug="oona-marlowe"))
    for address in ("feed.atom", "feed.rss", "feed.json", ""):
        response = client.get(f"/speakers/una-marlow/{address}")
        assert (response.status_code, response["Location"]) == (301, f"/speakers/oona-marlowe/{address}")


def test_a_new_name_is_a_change_of_the_feed(client: Client, article: Article) -> None:
    first = client.get(FEED)
    oona = Speaker.objects.get(slug="oona-marlowe")
    oona.updated_at += timedelta(hours=1)
    Speaker.objects.filter(pk=oona.pk).update(name="Dame Oona", updated_at=oona.updated_at)
    again = client.get(FEED, headers={"if-modified-since": first["Last-Modified"]})
    assert again.status_code == 200
    assert datetime.fromisoformat(read(client).feed.updated) == oona.updated_at


def test_who_was_only_guessed_at_has_no_page_and_no_feed(client: Client, article: Article) -> None:
    Quote.objects.filter(speaker__slug="oona-marlowe").update(confidence=0.3)
    for address in (FEED, "/speakers/oona-marlowe/"):
        assert client.get(address).status_code == 404


def test_there_is_no_feed_of_nobody(client: Client, db: None) -> None:
    assert client.get("/speakers/nobody/feed.atom").status_code == 404


def tombstones(client: Client, path: str = FEED) -> list[str]:
    return re.findall(r'<at:deleted-entry ref="([^"]+)"', client.get(path).text)


@pytest.mark.parametrize(
    "opinion",
    [
        {"speaker": "Marta Quill"},
        {"speaker": "Marta Quill", "confidence": 0.1},
        {"speaker": None},
        {"confidence": 0.1},
        {"found": False},
    ],
    ids=str,
)
def test_a_quote_that_a_newer_extractor_withdraws_leaves_a_tombstone(
    client: Client, kettles: Quote, read_anew: ReadAnew, opinion: dict[str, Any]
) -> None:
    first = client.get(FEED)
    Quote.objects.update(updated_at=F("updated_at") - timedelta(hours=1))
    read_anew(kettles, **opinion)
    kettles.refresh_from_db()
    assert tombstones(client) == [kettles.urn]
    assert entry_of(client, kettles).title.startswith(("Withdrawn: ", "Corrected: "))
    feed = read(client)
    assert datetime.fromisoformat(feed.feed.updated) >= kettles.updated_at.replace(microsecond=0)
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get(FEED, headers=header).status_code == 200


def test_a_quote_that_the_extractor_gives_back_has_no_tombstone_any_more(
    client: Client, kettles: Quote, read_anew: ReadAnew
) -> None:
    read_anew(kettles, speaker="Marta Quill")
    read_anew(kettles)
    assert tombstones(client) == []
    assert entry_of(client, kettles).title.endswith("“floating kettles”")
    assert tombstones(client, "/speakers/marta-quill/feed.atom") == [kettles.urn]


def test_a_quote_that_an_editor_gives_back_has_no_tombstone_any_more(
    client: Client, kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    oona = Speaker.objects.get(slug="oona-marlowe")
    read_anew(kettles, speaker="Marta Quill", confidence=0.1)
    attribute(quote=kettles, speaker=oona, editor=editor)
    assert tombstones(client) == []
    assert entry_of(client, kettles).title.endswith("“floating kettles”")


def test_whose_last_quote_was_withdrawn_keeps_page_and_feed_for_the_tombstone(
    client: Client, kettles: Quote, read_anew: ReadAnew
) -> None:
    read_anew(kettles, speaker="Guy Guessed")
    read_anew(kettles, speaker="Marta Quill", confidence=0.1)
    assert tombstones(client, "/speakers/guy-guessed/feed.atom") == [kettles.urn]
    assert "No public quotes at present" in client.get("/speakers/guy-guessed/").text
    assert client.get("/speakers/marta-quill/").status_code == 404


def told_by(client: Client, path: str) -> list[tuple[str, str, str]]:
    """The id, the title and the text of each entry, in whatever a feed is written."""
    if path.endswith("json"):
        items = client.get(path).json()["items"]
        return [(item["id"], item["title"], item["content_html"]) for item in items]
    return [
        (entry.id, entry.title, entry.content[0].value if "content" in entry else entry.summary)
        for entry in read(client, path).entries
    ]


@pytest.mark.parametrize("path", [RSS, JSON])
def test_every_format_tells_the_same(client: Client, kettles: Quote, editor: User, path: str) -> None:
    assert [title for _, title, _ in told_by(client, path)] == [
        "Oona Marlowe in Tidewatch: “We have waited ten years for this”",
        "Oona Marlowe in Tidewatch: “floating kettles”",
    ]
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor, public_note="Nobody heard it.")
    told = told_by(client, path)
    assert [urn for urn, _, _ in told] == [urn for urn, _, _ in told_by(client, FEED)]
    (notice,) = (one for one in told if one[0] == kettles.urn)
    assert notice[1] == "Withdrawn: Oona Marlowe in Tidewatch, 6 March 2026"
    assert "Nobody heard it." in notice[2]
    assert "kettles" not in notice[2]


def test_rss_is_read_by_a_readers_own_parser(client: Client, kettles: Quote) -> None:
    feed = read(client, RSS)
    assert (feed.version, feed.feed.link) == ("rss20", "http://testserver/speakers/oona-marlowe/")
    (entry,) = (entry for entry in feed.entries if entry.id == kettles.urn)
    assert (entry.guidislink, entry.author) == (False, "Oona Marlowe")
    assert entry.link == kettles.source_url
    assert entry.published == "Fri, 06 Mar 2026 09:30:00 +0000"
    assert f'href="http://testserver{RSS}" rel="self"' in client.get(RSS).text


def test_a_json_feed_has_what_the_format_asks_for(client: Client, kettles: Quote) -> None:
    answer = client.get(JSON)
    feed = answer.json()
    assert answer["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["feed_url"]) == ("Oona Marlowe: quotes", f"http://testserver{JSON}")
    (item,) = (item for item in feed["items"] if item["id"] == kettles.urn)
    assert item["url"].endswith(kettles.get_absolute_url())
    assert item["external_url"] == kettles.source_url
    assert item["authors"] == [{"name": "Oona Marlowe"}]
    assert datetime.fromisoformat(item["date_published"]) == kettles.dated_at
    assert datetime.fromisoformat(item["date_modified"]) >= kettles.dated_at


@pytest.mark.parametrize("path", [FEED, RSS, JSON])
def test_a_feed_in_any_format_is_sent_once(client: Client, article: Article, path: str) -> None:
    first = client.get(path)
    for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get(path, headers=header).status_code == 304


def test_a_speakers_page_names_the_feed_in_each_format(client: Client, article: Article) -> None:
    page = client.get("/speakers/oona-marlowe/").text
    for kind, path in (("atom", FEED), ("rss", RSS), ("feed", JSON)):
        assert re.search(rf'<link rel="alternate" type="application/{kind}\+[a-z]+"[^>]*href="{path}"', page)


def test_there_is_no_feed_in_a_format_that_nobody_knows(client: Client, article: Article) -> None:
    assert client.get(FEED.replace("atom", "pdf")).status_code == 404
