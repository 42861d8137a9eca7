"""Which articles wait to be read, and who reads them: the database is the outbox.

A message may be lost, or come twice: what counts is the article's row. It is pending until it was read, is
sent to the workers, and is taken by one of them for a while; what a lost message or a killed worker leaves
behind is sent again.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.db.models import F, Q
from django.utils import timezone

from quotes.extraction import EXTRACTOR_VERSION, extract_quotes
from quotes.models import Article
from quotes.services.extract import ExtractionError, extract_article
from quotes.services.leases import free

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
_SENT_AT_ONCE = 2000


def warm_up() -> None:
    """Load the model."""
    extract_quotes("“Ready,” said nobody.")


def read_article(*, article_id: int) -> bool:
    """Read a pending article, unless another process is at it. Whether this one read it.

    Whatever is wrong with the article is kept with it; trouble with the database is raised, and the article
    stays pending.
    """
    if not _take(article_id):
        return False
    try:
        extract_article(article_id=article_id)
    except ExtractionError as error:
        logger.warning("cannot be read: %s", error, extra={"article": article_id})
    except DatabaseError:
        # Not the article's fault: free for another worker at once.
        Article.objects.filter(pk=article_id).update(claimed_until=None, attempts=F("attempts") - 1)
        raise
    return True


def to_send(*, limit: int = _SENT_AT_ONCE) -> list[int]:
    """Articles that nobody was sent for, or that were sent for so long ago that the message may be lost.

    They count as sent from now on.
    """
    now = timezone.now()
    lost = now - timedelta(seconds=settings.RESEND_SECONDS)
    waiting = Article.objects.filter(
        free(now), Q(sent_at=None) | Q(sent_at__lt=lost), status=Article.Status.PENDING
    )
    articles = list(waiting.order_by("id").values_list("pk", flat=True)[:limit])
    mark_sent(article_ids=articles)
    return articles


def mark_sent(*, article_ids: Sequence[int]) -> None:
    Article.objects.filter(pk__in=article_ids).update(sent_at=timezone.now())


def mark_unsent(*, article_ids: Sequence[int]) -> None:
    """The broker could not be reached: the next sweep sends them."""
    Article.objects.filter(pk__in=article_ids).update(sent_at=None)


def retry_articles(*, article_ids: Sequence[int]) -> list[int]:
    """Make articles that failed pending again. Returns those that were failed."""
    failed = Article.objects.filter(pk__in=article_ids, status=Article.Status.FAILED)
    found = list(failed.values_list("pk", flat=True))
    failed.update(
        status=Article.Status.PENDING,
        last_error="",
        attempts=0,
        sent_at=None,
        claimed_until=None,
        updated_at=timezone.now(),
    )
    return found


def _take(article_id: int) -> bool:
    """Take a pending article for a while. One that ended its reader several times is given up."""
    now = timezone.now()
    pending = Article.objects.filter(free(now), pk=article_id, status=Article.Status.PENDING)
    if pending.filter(attempts__lt=MOST_ATTEMPTS).update(
        claimed_until=now + timedelta(seconds=settings.LEASE_SECONDS), attempts=F("attempts") + 1
    ):
        return True
    if pending.update(
        status=Article.Status.FAILED,
        last_error=f"reading it ended the process {MOST_ATTEMPTS} times",
        extractor_version=EXTRACTOR_VERSION,
        updated_at=now,
    ):
        logger.error("given up: reading it ended the process", extra={"article": article_id})
    return False
