"""Pages and feeds read by a process of their own: the same result, and no harm from hostile ones."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress

import pytest

from quotes.ingestion import DocumentError, isolated, read_document
from quotes.ingestion.feeds import FeedError, find_feeds, parse_feed
from quotes.ingestion.isolated import find_feeds_isolated, parse_feed_isolated, read_isolated
from tests.web.pages import article, atom, rss

MOST = 5_000_000
PAGE = article(3).encode()
SLOW = b"<!doctype html><table>" + b"<tr><td>" * 50_000  # takes a second or two


def child() -> int:
    return isolated._children[os.getpid()]._process.pid


def test_a_page_is_read_as_in_this_process() -> None:
    assert read_isolated(PAGE, max_bytes=MOST) == read_document(PAGE, max_bytes=MOST)


@pytest.mark.parametrize("write", [rss, atom])
def test_a_feed_is_read_as_in_this_process(write: Callable[[str, str, list[str]], str]) -> None:
    feed = write("https://x.example", "X", ["/1", "/2"]).encode()
    url = "https://x.example/feed"
    assert parse_feed_isolated(feed, url=url) == parse_feed(feed, url=url)


def test_the_feeds_that_a_page_names_are_found_as_in_this_process() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" title="All" href="/feed.xml">'
    url = "https://x.example/"
    assert find_feeds_isolated(page, url=url) == find_feeds(page, url=url) != []
    with pytest.raises(FeedError, match="longer than"):
        find_feeds_isolated(page * 100_000, url=url, seconds=0.01)


def test_plain_text_needs_no_process() -> None:
    isolated._end()
    assert read_isolated(b"Ferries ordered\n\nThe board met.", max_bytes=MOST).title == "Ferries ordered"
    with pytest.raises(DocumentError, match="binary"):
        read_isolated(bytes(range(256)), max_bytes=MOST)
    with pytest.raises(DocumentError, match="larger"):
        read_isolated(PAGE, max_bytes=10)
    assert os.getpid() not in isolated._children


def test_the_process_is_kept_for_the_next_page() -> None:
    read_isolated(PAGE, max_bytes=MOST)
    before = child()
    read_isolated(PAGE, max_bytes=MOST)
    assert child() == before


def test_what_is_no_article_has_its_reason() -> None:
    with pytest.raises(DocumentError, match="no article"):
        read_isolated(b"<!doctype html><html><body></body></html>", max_bytes=MOST)
    with pytest.raises(FeedError, match="not an RSS or Atom feed"):
        parse_feed_isolated(b"<p>no", url="https://x.example/feed")


def test_a_page_that_takes_too_long_ends_its_process_alone() -> None:
    with pytest.raises(DocumentError, match="longer than"):
        read_isolated(SLOW, max_bytes=MOST, seconds=0.05)
    assert read_isolated(PAGE, max_bytes=MOST).text


def test_a_process_that_was_killed_is_started_anew() -> None:
    read_isolated(PAGE, max_bytes=MOST)
    os.kill(child(), signal.SIGKILL)
    with pytest.raises(DocumentError, match="process"):
        read_isolated(PAGE, max_bytes=MOST)
    assert read_isolated(PAGE, max_bytes=MOST).text


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html>" + b"<div>" * 200_000 + b"deep",
        b"<!doctype html><p>" + b"<b>" * 100_000 + b"bold" + b"</b>" * 100_000,
        b"<!doctype html><p" + b" a=1" * 300_000 + b">many attributes",
        SLOW,
        b"<!doctype html><p>" + b"&amp;" * 400_000,
        b"<html>" + bytes(range(1, 256)) * 2000,
    ],
)
def test_a_hostile_page_is_read_or_refused_and_the_next_one_read(page: bytes) -> None:
    with suppress(DocumentError):
        read_isolated(page, max_bytes=MOST, seconds=5)
    assert read_isolated(PAGE, max_bytes=MOST).text
