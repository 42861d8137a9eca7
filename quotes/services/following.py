"""Following outlets: which feeds are polled, how often, and what a poll brings."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from quotes.ingestion import ArticleDocument, DocumentError, FetchError, fetch
from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.feeds import Feed, FeedEntry, FeedError, find_feeds
from quotes.ingestion.fetch import FEEDS
from quotes.ingestion.isolated import parse_feed_isolated, read_isolated
from quotes.models import Article, FeedSubscription, Host, Page, Source
from quotes.services.backoff import growing, jittered
from quotes.services.hosts import check_redirect, check_robots, fetch_policy, host_name, host_of
from quotes.services.ingest import source_at, store_article

logger = logging.getLogger(__name__)

LEAST_INTERVAL, MOST_INTERVAL = 300, 21_600  # seconds between two polls of a feed that works
_MOST_BACK_OFF = 86_400.0
_GONE = 410
# What a poll changes: not whether the feed is followed, which an editor may change meanwhile.
_POLLED = (
    "url", "host", "title", "etag", "last_modified", "interval", "next_poll_at", "last_polled_at",
    "last_new_at", "failures", "last_error",
)  # fmt: skip
_GUESSES = ("feed", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")

Send = Callable[[list[int]], None]  # has articles read, once they are stored


def add_source(*, url: str, name: str = "") -> list[FeedSubscription]:
    """Follow the feeds of the site at `url`, or the feed that it is. Those that are followed already stay.

    Raises FetchError when the site cannot be asked, FeedError when no feed is found.
    """
    found = fetch(url, fetch_policy(), accept=FEEDS)
    feeds = _feeds_at(found.url, found.body or b"", found.headers.get("content-type", ""))
    if not feeds:
        raise FeedError("it names no feed, and there is none where feeds usually are: give a feed's address")
    title = next(iter(feeds.values())).title
    with transaction.atomic():
        source = source_at(url=found.url, name=name or title)
        return [_subscribe(source, address, feed) for address, feed in feeds.items()]


def add_feed(*, source: Source, url: str) -> FeedSubscription:
    """Follow one feed, whether or not it can be had just now. Raises ForbiddenAddressError."""
    host = host_of(url=url)
    feed, _ = FeedSubscription.objects.get_or_create(url=url, defaults={"source": source, "host": host})
    return feed


def poll_feed(*, feed: FeedSubscription, host: Host, send: Send) -> int:
    """Ask a feed what is new. Returns how many addresses are. Raises FetchError after keeping it."""
    try:
        check_robots(url=feed.url, host=host)
        found = fetch(
            feed.url,
            fetch_policy(),
            accept=FEEDS,
            etag=feed.etag,
            last_modified=feed.last_modified,
            before_redirect=check_redirect,
        )
    except FetchError as error:
        keep_failure(feed=feed, error=str(error), retry_after=error.retry_after or 0.0)
        if error.status == _GONE:
            stop_following(feed_ids=[feed.pk])
        raise
    if found.body is None:
        _keep_polled(feed, new=0)
        return 0
    try:
        content = parse_feed_isolated(
            found.body, url=found.url, content_type=found.headers.get("content-type", "")
        )
    except FeedError as error:
        keep_failure(feed=feed, error=str(error))
        return 0
    new = _take_entries(feed, content, send)
    feed.etag, feed.last_modified = found.etag, found.last_modified
    feed.title = content.title
    if found.moved_to and not FeedSubscription.objects.filter(url=found.moved_to).exists():
        feed.url, feed.host = found.moved_to, host_of(url=found.moved_to)
    _keep_polled(feed, new=new, least=content.least_interval, warning=content.warning)
    return new


def poll_now(*, feed_ids: list[int]) -> int:
    """Have feeds polled at once, those that were given up, too."""
    return FeedSubscription.objects.filter(pk__in=feed_ids).update(
        next_poll_at=timezone.now(), is_active=True, failures=0
    )


def stop_following(*, feed_ids: list[int]) -> int:
    """Poll these feeds no longer. What they brought stays. Returns how many were followed."""
    return FeedSubscription.objects.filter(pk__in=feed_ids, is_active=True).update(is_active=False)


def _feeds_at(url: str, body: bytes, content_type: str) -> dict[str, Feed]:
    """The feeds that are at `url` or that the page there names, else those in the usual places."""
    try:
        return {url: parse_feed_isolated(body, url=url, content_type=content_type)}
    except FeedError:
        named = [address for address, _ in find_feeds(body, url=url)]
    found = _readable(named)
    if not found:
        root = url.split("/", 3)
        found = dict(list(_readable(["/".join([*root[:3], guess]) for guess in _GUESSES]).items())[:1])
    return found


def _readable(addresses: list[str]) -> dict[str, Feed]:
    feeds = {}
    for address in addresses:
        try:
            found = fetch(address, fetch_policy(), accept=FEEDS)
            feeds[found.url] = parse_feed_isolated(found.body or b"", url=found.url)
        except (FetchError, FeedError) as error:
            logger.info("no feed at %s: %s", address, error)
    return feeds


def _subscribe(source: Source, url: str, content: Feed) -> FeedSubscription:
    feed, _ = FeedSubscription.objects.get_or_create(
        url=url, defaults={"source": source, "host": host_of(url=url), "title": content.title}
    )
    return feed


def _take_entries(feed: FeedSubscription, content: Feed, send: Send) -> int:
    """Pages to fetch, and articles that the feed holds whole. Returns how many addresses are new."""
    entries = _by_address(feed, content)
    known = {page.url: page for page in Page.objects.filter(url__in=entries)}
    pages = {
        url: known.get(url) or Page(url=url, source=feed.source, feed=feed)
        for url, entry in entries.items()
        if url not in known or _is_newer(known[url], entry)
    }
    # Parsed before anything is written: a transaction is no place to wait in.
    articles = {url: _whole_article(url, entries[url], content) for url in pages}
    hosts = {name: host_of(url=url) for url in pages for name in [host_name(url)]}
    with transaction.atomic():
        to_read: list[int] = []
        for url, page in pages.items():
            page.host = hosts[host_name(url)]
            _take_entry(page, entries[url], articles[url], to_read)
        if to_read:
            transaction.on_commit(lambda: send(to_read))
    return len(entries.keys() - known.keys())


def _by_address(feed: FeedSubscription, content: Feed) -> dict[str, FeedEntry]:
    entries = {}
    for entry in content.entries:
        try:
            entries[canonical_url(entry.url)] = entry
        except DocumentError as error:
            logger.info("an entry is passed over: %s", error, extra={"feed": feed.url})
    return entries


def _is_newer(page: Page, entry: FeedEntry) -> bool:
    """Whether the feed says that the article changed since it was last fetched."""
    if page.updated_at is None or entry.updated_at is None:
        return False
    return entry.updated_at > page.updated_at


def _take_entry(page: Page, entry: FeedEntry, document: ArticleDocument | None, to_read: list[int]) -> None:
    page.title, page.published_at, page.updated_at = entry.title, entry.published_at, entry.updated_at
    page.next_fetch_at = timezone.now()
    if document is not None:
        stored = store_article(document=document, source=page.source)
        page.article, page.status, page.next_fetch_at = stored.article, Page.Status.FETCHED, None
        page.fetched_at = timezone.now()
        if stored.article.status == Article.Status.PENDING:
            to_read.append(stored.article.pk)
    page.save()


def _whole_article(url: str, entry: FeedEntry, content: Feed) -> ArticleDocument | None:
    """The article, if the feed holds its whole text."""
    if not entry.html:
        return None
    try:
        page = f"<!doctype html><article>{entry.html}</article>".encode()
        document = read_isolated(page, max_bytes=settings.MAX_ARTICLE_BYTES, url=url)
    except DocumentError:
        return None
    return replace(
        document,
        url=url,
        title=entry.title or document.title,
        byline=entry.author or document.byline,
        language=document.language or content.language,
        published_at=entry.published_at or document.published_at,
        modified_at=entry.updated_at or document.modified_at,
    )


def _keep_polled(feed: FeedSubscription, *, new: int, least: int = 0, warning: str = "") -> None:
    """Poll sooner what brings something new, later what does not."""
    now = timezone.now()
    interval = feed.interval * 2 // 3 if new else feed.interval * 4 // 3
    feed.interval = min(max(interval, least, LEAST_INTERVAL), MOST_INTERVAL)
    feed.last_polled_at, feed.failures, feed.last_error = now, 0, warning
    feed.last_new_at = now if new else feed.last_new_at
    feed.next_poll_at = now + timedelta(seconds=jittered(feed.interval))
    feed.save(update_fields=_POLLED)


def keep_failure(*, feed: FeedSubscription, error: str, retry_after: float = 0.0) -> None:
    """A poll that failed: the next comes later."""
    feed.failures += 1
    feed.last_error = error.replace("\0", "")
    feed.last_polled_at = timezone.now()
    wait = growing(feed.interval, feed.failures, factor=2, most=_MOST_BACK_OFF)
    feed.next_poll_at = timezone.now() + timedelta(seconds=max(wait, retry_after))
    feed.save(update_fields=_POLLED)
    logger.warning("failed %s times in a row: %s", feed.failures, error, extra={"feed": feed.url})
