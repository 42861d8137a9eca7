"""A WebSub hub is told which feeds changed: by real requests, over the guarded client, and after a kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from quotes.feeds import FORMATS
from quotes.management.databases import database_url
from quotes.models import HubProgress, Quote, Speaker
from quotes.services import hubs
from quotes.services.hubs import tell_hub
from quotes.services.publications import begin_anew
from quotes.services.review import attribute, decide
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db(transaction=True)

SITE = "https://quotes.example"


class Hub:
    """Listens to pings; says 503 while it is `broken`, and nothing at all while it is `stuck`."""

    def __init__(self) -> None:
        self.pings: list[str] = []
        self.broken, self.stuck, self.stuck_after = False, Event(), 0
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                if hub.broken:
                    self.send_error(503)
                    return
                if hub.stuck_after and len(hub.pings) >= hub.stuck_after:
                    hub.stuck.set()
                    time.sleep(30)
                assert form["hub.mode"] == ["publish"]
                hub.pings += form["hub.url"]
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def hub(settings: Any) -> Iterator[Hub]:
    running = Hub()
    settings.SITE_URL, settings.WEBSUB_HUB = SITE, running.url
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    yield running
    running.stop()


def feeds_of(*paths: str) -> set[str]:
    return {f"{SITE}{path}.{suffix}" for path in ("/feeds/quotes", *paths) for suffix in FORMATS}


FERRY_FEEDS = feeds_of(
    "/sources/tidewatch/feed", "/speakers/oona-marlowe/feed", "/speakers/desmond-achterberg/feed"
)


def test_it_is_told_of_each_feed_that_changed_once(hub: Hub, ingest: Ingest, editor: User) -> None:
    tell_hub()
    ingest()
    tell_hub()
    assert sorted(hub.pings) == sorted(FERRY_FEEDS)
    tell_hub()
    assert len(hub.pings) == len(FERRY_FEEDS)

    hub.pings.clear()
    kettles = Quote.objects.get(text="floating kettles")
    attribute(quote=kettles, speaker=Speaker.objects.get(slug="desmond-achterberg"), editor=editor)
    tell_hub()
    assert set(hub.pings) == FERRY_FEEDS  # the old one's, too


def test_what_it_is_told_is_what_feeds_call_themselves(hub: Hub, ingest: Ingest, client: Client) -> None:
    tell_hub()
    ingest()
    tell_hub()
    for address in hub.pings:
        answer = client.get(address.removeprefix(SITE))
        assert f'<{address}>; rel="self"' in answer["Link"]
        assert f'<{hub.url}>; rel="hub"' in answer["Link"]
        assert hub.url in answer.text
    for narrowed in ("/feeds/quotes.atom?q=kettles", "/speakers/oona-marlowe/feed.atom?copies=true"):
        assert "hub" not in client.get(narrowed)["Link"]


def test_what_was_there_before_it_is_not_told(hub: Hub, ingest: Ingest) -> None:
    ingest()
    tell_hub()
    assert hub.pings == []


def test_while_it_is_down_nothing_is_lost(hub: Hub, ingest: Ingest) -> None:
    tell_hub()
    hub.broken = True
    ingest()
    tell_hub()
    progress = HubProgress.objects.get()
    assert (progress.failures, progress.last_error) == (1, "it answered 503")
    hub.broken = False
    assert tell_hub() == 0  # it rests
    HubProgress.objects.update(
        next_try_at=progress.next_try_at.min.replace(year=2000, tzinfo=progress.next_try_at.tzinfo)
    )
    tell_hub()
    assert set(hub.pings) == FERRY_FEEDS
    assert HubProgress.objects.get().failures == 0


def test_many_changes_are_told_stretch_by_stretch(
    hub: Hub, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "_STRETCH", 1)
    tell_hub()
    ingest()
    tell_hub()
    assert set(hub.pings) == FERRY_FEEDS
    assert len(hub.pings) == 3 * 3 * 3


def test_one_tells_at_a_time(hub: Hub, ingest: Ingest) -> None:
    tell_hub()
    ingest()
    HubProgress.objects.update(claimed_until=HubProgress.objects.get().next_try_at.replace(year=2100))
    assert tell_hub() == 0


def test_where_changes_begin_anew_so_does_it(hub: Hub, ingest: Ingest, editor: User) -> None:
    ingest()
    tell_hub()
    begin_anew()
    tell_hub()
    decide(quotes=list(Quote.objects.all()), status=Quote.Status.APPROVED, editor=editor)
    tell_hub()
    assert set(hub.pings) == FERRY_FEEDS


def test_a_private_address_is_not_told(hub: Hub, ingest: Ingest, settings: Any) -> None:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = []
    tell_hub()
    ingest()
    tell_hub()
    assert hub.pings == []
    assert "not on the public internet" in HubProgress.objects.get().last_error


def test_without_a_hub_nothing_is_done(ingest: Ingest) -> None:
    ingest()
    assert tell_hub() == 0
    assert not HubProgress.objects.exists()


def test_follow_tells_it(hub: Hub, ingest: Ingest) -> None:
    tell_hub()
    ingest()
    call_command("follow", once=True)
    assert set(hub.pings) == FERRY_FEEDS


def test_no_ping_is_lost_by_a_kill(hub: Hub, ingest: Ingest, tmp_path: Path) -> None:
    tell_hub()
    ingest()
    hub.stuck_after = 4
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "QUOTETRACKER_DATA_DIR": str(tmp_path),
        "QUOTETRACKER_SITE_URL": SITE,
        "QUOTETRACKER_WEBSUB_HUB": hub.url,
        "QUOTETRACKER_FETCH_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "follow"],
        cwd=site_settings.BASE_DIR, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        assert hub.stuck.wait(60)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert len(hub.pings) < len(FERRY_FEEDS)
    hub.stuck_after = 0
    assert tell_hub() == 0  # it is still taken for the other's
    HubProgress.objects.update(claimed_until=None)  # as when the lease is over
    tell_hub()
    assert set(hub.pings) >= FERRY_FEEDS
