"""RSS and Atom feeds, and where a site says that they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import feedparser
from lxml import html as lxml_html
from lxml.etree import ParserError

from quotes.ingestion.dates import parse_date
from quotes.ingestion.zones import country_of

_MOST_ENTRIES = 1000
_LONGEST_TITLE = 300
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
# Without these a GUID behind one would not be known for the address that it is.
_EMPTY_LINK = re.compile(rb"<link\s*/>|<link\s*>\s*(?:<!\[CDATA\[\s*\]\]>\s*)?</link\s*>")
# An entry's content is the article itself when it is as long as one and does not break off.
_FEWEST_WORDS = 120
_BREAKS_OFF = ("…", "...", "[…]", "[...]")
_LEADS_ON = ("read more", "continue reading", "read the full", "read on", "full story")
_TAIL = 120  # characters
_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


class FeedError(ValueError):
    """It is not a feed; the message says why."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """What a feed says of one article. `html` is its whole text if the feed holds it, else ""."""

    url: str
    title: str = ""
    author: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    html: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was read. `least_interval`: seconds below which it asks not to be polled again.

    `warning` says what was wrong with a feed that could be read all the same.
    """

    title: str
    entries: tuple[FeedEntry, ...]
    least_interval: int = 0
    language: str = ""
    warning: str = ""


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> Feed:
    """The feed in `body`, found at `url`. Raises FeedError for what is none."""
    headers = {"content-location": url} | ({"content-type": content_type} if content_type else {})
    try:
        found = feedparser.parse(_EMPTY_LINK.sub(b"", body), response_headers=headers, sanitize_html=False)
    except Exception as error:  # whatever the parser trips over is a state of that feed
        raise FeedError(f"{url} cannot be read as a feed: {type(error).__name__}: {error}") from error
    if not found.get("version") and not found.entries:
        trouble = f": {found.bozo_exception}" if found.get("bozo") else ""
        raise FeedError(f"{url} is not an RSS or Atom feed{trouble}")
    language = str(found.feed.get("language", ""))[:35]
    country = country_of(str(found.feed.get("link") or url), language)
    entries = (_entry(entry, url, language, country) for entry in found.entries[:_MOST_ENTRIES])
    return Feed(
        title=_plain(str(found.feed.get("title", "")))[:_LONGEST_TITLE],
        entries=tuple({entry.url: entry for entry in entries if entry.url}.values()),
        least_interval=_least_interval(found.feed),
        language=language,
        warning=str(found.bozo_exception)[:300] if found.get("bozo") else "",
    )


def find_feeds(page: bytes, *, url: str) -> list[tuple[str, str]]:
    """The feeds that a page at `url` names, as (address, title), in its order."""
    try:
        tree = lxml_html.document_fromstring(page)
    except (ParserError, ValueError):
        return []
    found: dict[str, str] = {}
    base = urljoin(url, next((str(one.get("href", "")) for one in tree.iter("base")), ""))
    for link in tree.iter("link"):
        kinds = str(link.get("rel", "")).lower().split()
        if "alternate" in kinds and str(link.get("type", "")).strip().lower() in _FEED_TYPES:
            address = urljoin(base, str(link.get("href", "")).strip())
            found.setdefault(address, str(link.get("title", "")).strip()[:_LONGEST_TITLE])
    return list(found.items())


def _entry(entry: Any, url: str, language: str, country: str) -> FeedEntry:
    return FeedEntry(
        url=_address(entry, url, language),
        title=_plain(str(entry.get("title", "")))[:500],
        author=_plain(str(entry.get("author", "")))[:500],
        published_at=parse_date(str(entry.get("published", "")), country=country),
        # Past feedparser's own get, which takes the date of publication for want of this.
        updated_at=parse_date(str(dict.get(entry, "updated", "")), country=country),
        html=_whole_text(entry),
    )


def _address(entry: Any, url: str, language: str) -> str:
    """Where the article is; a feed that keeps its original address beside a counting one gives that.

    Read from all links of the entry: feedparser's own `link` is whatever comes last.
    """
    links = entry.get("links", [])
    media = {link.get("href") for link in links if _is_media(link)}
    for value in (entry.get("feedburner_origlink"), *_pages(links, language), _permalink(entry)):
        address = _joined(url, str(value or "").strip())
        if address not in media and address.startswith(("http://", "https://")):
            return address
    return ""


def _pages(links: Any, language: str) -> list[str]:
    """The pages that an entry leads to, those in the feed's language or in none that is told first."""
    pages = [link for link in links if _relation(link) == "alternate" and _is_page(link)]
    pages.sort(key=lambda link: not _is_in(language, str(link.get("hreflang", ""))))
    return [str(link.get("href") or "") for link in pages]


def _relation(link: Any) -> str:
    return str(link.get("rel", "")).strip().lower().rpartition("/")[2]  # an address in full, in some


def _is_media(link: Any) -> bool:
    relation = _relation(link)
    return relation == "enclosure" or (relation == "alternate" and not _is_page(link))


def _is_page(link: Any) -> bool:
    return str(link.get("type", "text/html")).partition(";")[0].strip().lower() in _PAGE_TYPES


def _is_in(language: str, told: str) -> bool:
    return not told or told.lower().partition("-")[0] == language.lower().partition("-")[0]


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address) if address else ""
    except ValueError:
        return ""


def _permalink(entry: Any) -> str:
    """Its identity, unless the feed says that this is no address."""
    identity = str(entry.get("id", "")) if entry.get("guidislink", True) else ""
    return identity if identity.startswith(("http://", "https://")) else ""


def _whole_text(entry: Any) -> str:
    for content in _contents(entry):
        text = _plain(content)
        if len(text.split()) >= _FEWEST_WORDS and not _is_cut(text):
            return content
    return ""


def _contents(entry: Any) -> Iterator[str]:
    for content in entry.get("content", []):
        if str(content.get("type", "")).endswith("html"):
            yield str(content.get("value", ""))


def _is_cut(text: str) -> bool:
    tail = text[-_TAIL:].lower()
    return text.endswith(_BREAKS_OFF) or any(words in tail for words in _LEADS_ON)


def _plain(markup: str) -> str:
    """The text of a piece of HTML, or of none, on one line and without control characters."""
    if "<" in markup or "&" in markup:
        try:
            markup = " ".join(map(str, lxml_html.document_fromstring(f"<div>{markup}</div>").itertext()))
        except (ParserError, ValueError):
            return ""
    return "".join(c for c in " ".join(markup.split()) if c.isprintable())


def _least_interval(feed: Any) -> int:
    ttl = str(feed.get("ttl", ""))
    minutes = int(ttl) if ttl.isascii() and ttl.isdigit() and len(ttl) < 6 else 0
    period = _PERIODS.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    frequency = str(feed.get("sy_updatefrequency", "1"))
    often = int(frequency) if frequency.isascii() and frequency.isdigit() and 0 < len(frequency) < 5 else 1
    return max(60 * minutes, period // max(often, 1))
