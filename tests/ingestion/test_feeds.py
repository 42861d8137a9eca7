"""What a feed says: addresses, dates, whole articles; and feeds that are broken or hostile."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion.feeds import FeedError, find_feeds, parse_feed
from tests.web.pages import article, atom, rss

URL = "https://tidewatch.example/feed.xml"
SITE = "https://tidewatch.example"


def entry_of(item: str, channel: str = "") -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:a="http://www.w3.org/2005/Atom" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">'
        f"<channel><title>T</title>{channel}<item>{item}</item></channel></rss>"
    )


def test_entries_come_with_address_title_author_and_date() -> None:
    item = (
        "<title>Tea &amp; toast</title><link>/story?id=3&amp;p=4</link><dc:creator>Ada Holm</dc:creator>"
        "<pubDate>Mon, 09 Mar 2026 08:00:00 +0100</pubDate>"
    )
    entry = parse_feed(entry_of(item).encode(), url=URL).entries[0]
    assert (entry.url, entry.title, entry.author) == (f"{SITE}/story?id=3&p=4", "Tea & toast", "Ada Holm")
    assert (entry.published_at, entry.updated_at) == (datetime(2026, 3, 9, 7, tzinfo=UTC), None)


def test_atom_says_when_an_entry_changed() -> None:
    entry = parse_feed(atom(SITE, "T", ["/1"]).encode(), url=URL).entries[0]
    assert (entry.url, entry.updated_at) == (f"{SITE}/1", datetime(2026, 3, 9, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2016/6/29", datetime(2016, 6, 29, tzinfo=UTC)),
        ("Mon, 09 Mar 2020 08:00:00 +0530", datetime(2020, 3, 9, 2, 30, tzinfo=UTC)),
        ("2020-03-09T08:00:00+0530", datetime(2020, 3, 9, 2, 30, tzinfo=UTC)),
        ("Mon, 09 Mar 2020 08:00:00 BST", datetime(2020, 3, 9, 7, tzinfo=UTC)),
        ("Mon, 09 Mar 2020 08:00:00 IST", datetime(2020, 3, 9, 2, 30, tzinfo=UTC)),
        ("Mon, 09 Mar 2020 08:00:00 NZDT", datetime(2020, 3, 8, 19, tzinfo=UTC)),
        ("2020-W11-1", datetime(2020, 3, 9, tzinfo=UTC)),
        ("2020-03", None),
        ("2020", None),
        ("03/09/2020", None),
        ("Mon, 09 Mar 2020 08:00:00 XYZ", None),
        ("yesterday", None),
        ("Mon, 09 Mar 9999 08:00:00 GMT", None),
        ("0000-00-00", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("name", ["pubDate", "dc:date"])
def test_a_date_is_the_moment_that_is_meant_or_none(name: str, written: str, moment: datetime | None) -> None:
    item = f"<title>A</title><link>/1</link><{name}>{written}</{name}>"
    entry = parse_feed(entry_of(item).encode(), url=URL).entries[0]
    assert (entry.published_at if name == "pubDate" else entry.updated_at) == moment


@pytest.mark.parametrize(
    ("channel", "url", "hour"),
    [
        ("<language>en-IE</language>", URL, 7),
        ("<language>he</language>", URL, 6),
        ("<link>https://tidewatch.ie/</link>", URL, 7),
        ("", "https://tidewatch.ie/feed", 7),
    ],
)
def test_a_name_of_several_zones_is_that_of_the_outlets_country(channel: str, url: str, hour: int) -> None:
    item = "<title>A</title><link>/1</link><pubDate>Mon, 09 Mar 2020 08:00:00 IST</pubDate>"
    entry = parse_feed(entry_of(item, channel).encode(), url=url).entries[0]
    assert entry.published_at == datetime(2020, 3, 9, hour, tzinfo=UTC)


LINK = "<link>/1</link>"
ENCLOSURE = '<enclosure url="https://tidewatch.example/1.mp3" type="audio/mpeg" length="9"/>'


@pytest.mark.parametrize(
    "item",
    [
        LINK + ENCLOSURE,
        ENCLOSURE + LINK,
        f"{LINK}<enclosure><link>/1.mp3</link></enclosure>",
        f"{LINK}<link rel='enclosure'>/1.mp3</link>",
        f"{LINK}<link rel='enclosure' type='audio/mpeg'/>",
        f"{LINK}<link rel='Enclosure' href='/1.mp3'/>",
        f"{LINK}<a:link rel='self' href='/entries/1'/><a:link rel='edit' href='/edit/1'/>",
        f"{LINK}<a:link rel='replies' href='/1/comments'/><a:link rel='hub' href='/hub'/>",
        f"{LINK}<a:link rel='alternate' type='application/json' href='/1.json'/>",
        f"{LINK}<a:link rel='alternate' hreflang='fr' href='/fr/1'/>",
        "<a:link rel='alternate' hreflang='fr' href='/fr/1'/><a:link hreflang='en-GB' href='/1'/>",
        "<a:link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>",
        f"{LINK}<a:link rel='alternate'/>",
        f"{LINK}<link/>",
        f"<link/>{LINK}",
        f"{LINK}<link></link><guid isPermaLink='false'>{SITE}/?p=1</guid>",
        f"{LINK}<link>mailto:desk@tidewatch.example</link>",
        f"{LINK}<link>javascript:void(0)</link>",
        f"{LINK}<link>http://[</link>",
        f"<link> \n<![CDATA[ ]]></link><guid>{SITE}/1</guid>",
        f"<link/><guid isPermaLink='true'>{SITE}/1</guid>",
        f"<guid>{SITE}/1</guid><link/>{ENCLOSURE}",
        "<link><![CDATA[ \n/1\n]]></link>",
        "<link xml:base='https://tidewatch.example/deep/'>../1</link>",
        f"<fb:origLink/>{LINK}",
        f"<fb:origLink>{SITE}/1</fb:origLink><link>https://count.example/x</link>",
        f"<link>{SITE}/1.mp3</link>{ENCLOSURE}<guid>{SITE}/guid</guid><a:link href='/1'/>",
    ],
)
def test_the_address_of_an_entry_is_that_of_its_article(item: str) -> None:
    feed = entry_of(f"<title>A</title>{item}", "<language>en</language>")
    assert [entry.url for entry in parse_feed(feed.encode(), url=URL).entries] == [f"{SITE}/1"]


@pytest.mark.parametrize(
    "item",
    [
        ENCLOSURE,
        f"<link/>{ENCLOSURE}",
        f"<guid>{SITE}/1.mp3</guid>{ENCLOSURE}",
        f"<link>{SITE}/1.mp3</link>{ENCLOSURE}",
        f"<guid isPermaLink='false'>{SITE}/?p=1</guid>",
        f"<link/><guid isPermaLink='false'>{SITE}/?p=1</guid>",
        "<a:link rel='self' href='/entries/1'/><a:link rel='edit' href='/edit/1'/>",
        "<a:link rel='alternate' type='audio/mpeg' href='/1.mp3'/><a:id>https://tidewatch.example/1.mp3</a:id>",
        "<a:link rel='enclosure' href='/1.mp3'/><a:id>tag:tidewatch.example,2020:1</a:id>",
        "<link>http://[</link>",
    ],
)
def test_an_entry_without_an_article_has_no_address(item: str) -> None:
    assert parse_feed(entry_of(f"<title>A</title>{item}").encode(), url=URL).entries == ()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://x.example/1", "mailto:a@x.example"])
def test_an_entry_that_leads_nowhere_is_left_out(link: str) -> None:
    item = f"<title>A</title><link>{link}</link><guid isPermaLink='false'>7</guid>"
    assert parse_feed(entry_of(item).encode(), url=URL).entries == ()


def test_an_address_that_comes_twice_is_one_entry() -> None:
    assert len(parse_feed(rss(SITE, "T", ["/1", "/1", "/2"]).encode(), url=URL).entries) == 2


def test_a_whole_article_in_the_feed_is_kept() -> None:
    feed = rss(SITE, "T", ["/1"], full=article(1, extra="So it went on. " * 30))
    assert "council leader" in parse_feed(feed.encode(), url=URL).entries[0].html


@pytest.mark.parametrize(
    "full",
    [
        "<p>Short.</p>",
        f"<p>{'It went on. ' * 80}</p><p>Continue reading</p>",
        f"<p>{'It went on. ' * 80} […]</p>",
        f"<p>{'It went on and on ' * 80}…</p>",
    ],
)
def test_a_teaser_is_no_article(full: str) -> None:
    assert parse_feed(rss(SITE, "T", ["/1"], full=full).encode(), url=URL).entries[0].html == ""


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<ttl>soon</ttl>", 0),
        ("", 0),
    ],
)
def test_a_feed_may_ask_to_be_polled_less_often(channel: str, seconds: int) -> None:
    feed = entry_of("<title>A</title><link>/1</link>", channel)
    assert parse_feed(feed.encode(), url=URL).least_interval == seconds


@pytest.mark.parametrize("body", [b"", b"<!doctype html><p>Hello", b"\x00\xff\xfe", b'{"items": []}'])
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(FeedError, match="not an RSS or Atom feed"):
        parse_feed(body, url=URL)


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    feed = parse_feed(rss(SITE, "A & B <i>", ["/1", "/2"]).encode()[:-40], url=URL)
    assert [entry.url for entry in feed.entries] == [f"{SITE}/1", f"{SITE}/2"]
    assert feed.warning


def test_an_external_entity_is_not_fetched() -> None:
    item = "<title>&x;</title><link>/1</link>"
    doctype = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    entry = parse_feed((doctype + entry_of(item)).encode(), url=URL).entries[0]
    assert "root" not in entry.title


@given(st.binary(max_size=300), st.integers(0, 400))
def test_whatever_it_is_there_is_a_feed_or_a_reason(noise: bytes, at: int) -> None:
    whole = rss(SITE, "T", ["/1"], full="<p>It went on.</p>").encode()
    for body in (noise, whole[:at] + noise + whole[at:]):
        try:
            feed = parse_feed(body, url=URL)
        except FeedError:
            continue
        assert all(entry.url.startswith(("http://", "https://")) for entry in feed.entries)


def test_the_feeds_that_a_page_names_are_found() -> None:
    page = (
        b'<!doctype html><head><base href="https://feeds.tidewatch.example/">'
        b'<link rel="alternate" type="application/rss+xml" title="News" href="news.xml">'
        b'<link rel="ALTERNATE home" type="application/atom+xml" href="/sport.atom">'
        b'<link rel="alternate" type="application/json" href="/api"><link rel="stylesheet" href="/a.css">'
    )
    assert find_feeds(page, url=SITE) == [
        ("https://feeds.tidewatch.example/news.xml", "News"),
        ("https://feeds.tidewatch.example/sport.atom", ""),
    ]
    assert find_feeds(b"", url=SITE) == []
