"""Feeds in a real reader that stores entries by their ids and knows no tombstones."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django.live_server_helper import LiveServer
from reader import Entry, Reader, make_reader

from quotes.models import Quote, Speaker
from quotes.services.merging import merge_speakers
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def subscriber() -> Iterator[Reader]:
    with make_reader(":memory:") as made:
        yield made


def read(subscriber: Reader, feed: str) -> dict[str, Entry]:
    subscriber.update_feed(feed)
    return {entry.id: entry for entry in subscriber.get_entries(feed=feed)}


@pytest.mark.parametrize(
    "path",
    [
        "/speakers/oona-marlowe/feed.atom",
        "/speakers/oona-marlowe/feed.rss",
        "/speakers/oona-marlowe/feed.json",
        "/feeds/quotes.atom?speaker=oona-marlowe",
    ],
)
def test_a_subscriber_sees_each_entry_once_and_each_correction(
    live_server: LiveServer, subscriber: Reader, ingest: Ingest, editor: User, path: str
) -> None:
    ingest()
    feed = live_server.url + path
    subscriber.add_feed(feed)
    before = read(subscriber, feed)
    assert len(before) == 2

    oona = Speaker.objects.get(slug="oona-marlowe")
    oona.name = "Dame Oona Marlowe"
    save_speaker(speaker=oona)
    other = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    scandal = Quote.objects.get(text__startswith="The price")
    attribute(quote=scandal, speaker=other, editor=editor)
    merge_speakers(source=other, target=oona, editor=editor)
    merged = read(subscriber, feed)
    assert merged.keys() == before.keys() | {scandal.urn}
    assert all((entry.title or "").startswith("Dame Oona Marlowe in Tidewatch") for entry in merged.values())

    for entry in merged.values():
        subscriber.mark_entry_as_read(entry)
    kettles = Quote.objects.get(text="floating kettles")
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor, public_note="She did not say so.")
    attribute(quote=scandal, speaker=Speaker.objects.get(slug="desmond-achterberg"), editor=editor)
    after = read(subscriber, feed)
    assert after.keys() == merged.keys()
    withdrawn, corrected = after[kettles.urn], after[scandal.urn]
    assert (withdrawn.title or "").startswith("Withdrawn: Dame Oona Marlowe in Tidewatch")
    assert (corrected.title or "").startswith("Corrected: Dame Oona Marlowe in Tidewatch")
    assert "She did not say so." in str(withdrawn.content)
    assert "kettles" not in str(withdrawn.content)
    for entry in (withdrawn, corrected):
        before_it, after_it = merged[entry.id].updated, entry.updated
        assert before_it is not None
        assert after_it is not None
        assert after_it >= before_it


def test_what_moved_is_an_entry_in_the_other_feed(
    live_server: LiveServer, subscriber: Reader, ingest: Ingest, editor: User
) -> None:
    ingest()
    feed = f"{live_server.url}/speakers/desmond-achterberg/feed.atom"
    subscriber.add_feed(feed)
    assert len(read(subscriber, feed)) == 1
    kettles = Quote.objects.get(text="floating kettles")
    attribute(quote=kettles, speaker=Speaker.objects.get(slug="desmond-achterberg"), editor=editor)
    assert read(subscriber, feed)[kettles.urn].title == "Desmond Achterberg in Tidewatch: “floating kettles”"
