"""Visiting a host: its feeds that are due, then its pages, one request at a time."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from quotes.ingestion import ArticleDocument, DocumentError, Fetched, FetchError, fetch
from quotes.ingestion.isolated import read_isolated
from quotes.models import Article, FeedSubscription, Host, Page
from quotes.services.backoff import growing
from quotes.services.following import Send, keep_failure, poll_feed
from quotes.services.hosts import (
    RobotsUnknownError,
    check_redirect,
    check_robots,
    fetch_policy,
    leave_host,
    rest,
    take_host,
)
from quotes.services.ingest import Outcome, store_article

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 6
_FIRST_RETRY, _LONGEST_RETRY = 60.0, 21_600.0  # seconds; four times as long each time
_LONGEST_SLEEP = 5.0
# When an article is looked at again, counted from when its page was first known: outlets correct themselves.
_LOOKED_AT_AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))


@dataclass(slots=True)
class Visit:
    """What a visit brought."""

    polled: int = 0
    fetched: int = 0
    failed: int = 0


def visit_host(
    *, host_id: int, send: Send, seconds: float = 20.0, sleep: Callable[[float], None] = time.sleep
) -> Visit:
    """Poll and fetch what is due at a host, for about so many seconds; nothing while another worker is there.

    `send` gets the articles that are to be read, once they are stored.
    """
    visit = Visit()
    if not take_host(host_id=host_id):
        return visit
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            host = Host.objects.get(pk=host_id)
            wait = (host.next_request_at - timezone.now()).total_seconds()
            if wait > _LONGEST_SLEEP:
                break
            job = _next(host)
            if job is None:
                break
            sleep(max(wait, 0.0))
            _do(job, host, visit, send)
    finally:
        leave_host(host_id=host_id)
    return visit


def retry_pages(*, page_ids: list[int]) -> int:
    """Have pages that were refused or given up fetched again. Returns how many."""
    ended = Page.objects.filter(pk__in=page_ids, status__in=(Page.Status.REFUSED, Page.Status.FAILED))
    return ended.update(
        status=Page.Status.WAITING, attempts=0, next_fetch_at=timezone.now(), etag="", last_modified=""
    )


def _next(host: Host) -> FeedSubscription | Page | None:
    now = timezone.now()
    feeds = FeedSubscription.objects.filter(host=host, is_active=True, next_poll_at__lte=now)
    if feed := feeds.select_related("source").order_by("next_poll_at").first():
        return feed
    pages = Page.objects.filter(host=host, next_fetch_at__lte=now).select_related("source")
    return pages.order_by("next_fetch_at", "id").first()


def _do(job: FeedSubscription | Page, host: Host, visit: Visit, send: Send) -> None:
    try:
        if isinstance(job, FeedSubscription):
            visit.polled += 1
            poll_feed(feed=job, host=host, send=send)
        else:
            visit.fetched += 1
            _fetch_page(job, host, send)
    except FetchError as error:
        visit.failed += 1
        rest(host=host, seconds=error.retry_after or 0.0)
    except DatabaseError:
        raise
    except Exception as error:  # whatever else goes wrong is a state of that page, not of its host
        visit.failed += 1
        logger.exception("it went wrong", extra={"page": job.url})
        _keep_trouble(job, f"{type(error).__name__}: {error}")
        rest(host=host)
    else:
        rest(host=host)


def _keep_trouble(job: FeedSubscription | Page, error: str) -> None:
    if isinstance(job, FeedSubscription):
        keep_failure(feed=job, error=error)
    else:
        _keep_error(job, FetchError(error, is_passing=True))


def _fetch_page(page: Page, host: Host, send: Send) -> None:
    """Fetch a page and store its article. Raises FetchError after keeping it with the page."""
    try:
        check_robots(url=page.url, host=host)
        found = fetch(
            page.url,
            fetch_policy(),
            etag=page.etag,
            last_modified=page.last_modified,
            before_redirect=check_redirect,
        )
        if found.body is not None:
            _store(page, _document(page, found), send)
    except FetchError as error:
        _keep_error(page, error)
        raise
    except DocumentError as error:
        _refuse(page, str(error))
    else:
        _keep_fetched(page, found)


def _document(page: Page, found: Fetched) -> ArticleDocument:
    document = read_isolated(
        found.body or b"", max_bytes=settings.MAX_ARTICLE_BYTES, url=found.url, charset=found.charset
    )
    return replace(
        document,
        title=document.title or page.title,
        url=document.url or page.url,
        published_at=document.published_at or page.published_at,
    )


def _store(page: Page, document: ArticleDocument, send: Send) -> None:
    with transaction.atomic():
        stored = store_article(document=document, source=page.source)
        page.article = stored.article
        page.save(update_fields=["article"])
        if stored.article.status == Article.Status.PENDING:
            article = stored.article.pk
            transaction.on_commit(lambda: send([article]))
    if stored.outcome is not Outcome.UNCHANGED:
        logger.info("%s", stored.outcome, extra={"article": stored.article.pk, "page": page.url})


def _keep_fetched(page: Page, found: Fetched) -> None:
    page.status, page.attempts, page.last_error = Page.Status.FETCHED, 0, ""
    page.fetched_at = timezone.now()
    page.etag, page.last_modified = found.etag or page.etag, found.last_modified or page.last_modified
    page.next_fetch_at = _looked_at_next(page)
    page.save()


def _looked_at_next(page: Page) -> datetime | None:
    now = timezone.now()
    moments = (page.created_at + after for after in _LOOKED_AT_AGAIN)
    return next((moment for moment in moments if moment > now), None)


def _keep_error(page: Page, error: FetchError) -> None:
    if not error.is_passing:
        _refuse(page, str(error))
        return
    page.last_error = str(error).replace("\0", "")
    if isinstance(error, RobotsUnknownError):
        page.next_fetch_at = timezone.now() + timedelta(seconds=error.retry_after or 0.0)
        page.save()
        return
    page.attempts += 1
    if page.attempts >= MOST_ATTEMPTS:
        page.next_fetch_at = None
        page.status = Page.Status.FAILED if page.article_id is None else Page.Status.FETCHED
        logger.warning("given up: %s", error, extra={"page": page.url})
    else:
        wait = growing(_FIRST_RETRY, page.attempts, factor=4, most=_LONGEST_RETRY)
        page.next_fetch_at = timezone.now() + timedelta(seconds=max(wait, error.retry_after or 0.0))
    page.save()


def _refuse(page: Page, reason: str) -> None:
    page.status, page.next_fetch_at = Page.Status.REFUSED, None
    page.last_error = reason.replace("\0", "")
    page.fetched_at = timezone.now()
    page.save()
    logger.info("refused: %s", reason, extra={"page": page.url})
