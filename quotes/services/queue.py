"""Which articles wait to be read, and who reads them: the database is the outbox.

A message may be lost, or come twice: what counts is the article's row. It is pending until it was read, is
sent to the workers, and is taken by one of them for a while; what a lost message or a killed worker leaves
behind is sent again.
"""

import gc
import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from quotes.extraction import EXTRACTOR_VERSION, extract_quotes
from quotes.models import Article
from quotes.services.extract import extract_articles
from quotes.services.leases import free, lease_from
from quotes.services.same_words import group_waiting
from quotes.services.stories import place_articles

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
_GROUPING = 5.0  # seconds: what else waits to be grouped is a task of its own
_SENT_AT_ONCE = 2000
AT_ONCE, _LENGTH_AT_ONCE = 20, 500_000  # articles and characters that are stored in one transaction


def warm_up() -> None:
    """Load the model, and tell the garbage collector that what there is now will stay."""
    extract_quotes("“Ready,” said nobody.")
    gc.collect()
    gc.freeze()


def read_articles(*, article_ids: Sequence[int]) -> int:
    """Read those of these articles that are pending and that no other process is at. Returns how many.

    Whatever is wrong with an article is kept with it; trouble with the database is raised, and the articles
    stay pending.
    """
    done = 0
    for some in _in_batches(article_ids):
        if taken := _take_together(some):
            _read(taken)
            place_articles(article_ids=taken)
            done += len(taken)
    # One that may have ended its reader is read alone: it must not take others with it.
    alone = Article.objects.filter(pk__in=article_ids, status=Article.Status.PENDING, attempts__gt=0)
    for article in alone.order_by("pk").values_list("pk", flat=True):
        if _take_alone(article):
            _read([article])
            place_articles(article_ids=[article])
            done += 1
    if done:
        group_waiting(seconds=_GROUPING)
    return done


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


def release(*, article_ids: Sequence[int]) -> None:
    """Free those of these that are pending: whoever had taken them is known to be gone."""
    Article.objects.filter(pk__in=article_ids, status=Article.Status.PENDING).update(claimed_until=None)


def _in_batches(article_ids: Sequence[int]) -> Iterator[list[int]]:
    """As many as are stored at once: what a killed process has read and not stored is read again."""
    sizes = Article.objects.filter(pk__in=article_ids).annotate(size=Length("current_revision__text"))
    batch: list[int] = []
    length = 0
    for article, size in sizes.order_by("pk").values_list("pk", "size"):
        if batch and (len(batch) == AT_ONCE or length + size > _LENGTH_AT_ONCE):
            yield batch
            batch, length = [], 0
        batch.append(article)
        length += size or 0
    if batch:
        yield batch


def _read(article_ids: Sequence[int]) -> None:
    try:
        extract_articles(article_ids=article_ids)
    except DatabaseError:
        # Not the articles' fault: free for another worker at once.
        taken = Article.objects.filter(pk__in=article_ids, status=Article.Status.PENDING)
        taken.update(claimed_until=None, attempts=F("attempts") - 1)
        raise


@transaction.atomic
def _take_together(article_ids: Sequence[int]) -> list[int]:
    """Take pending articles that nobody had before, for a while. Returns those that are free."""
    now = timezone.now()
    pending = Article.objects.filter(
        free(now), pk__in=article_ids, status=Article.Status.PENDING, attempts=0
    ).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        pending = pending.select_for_update(of=("self",), skip_locked=True)
    found = list(pending.values_list("pk", flat=True))
    Article.objects.filter(pk__in=found).update(claimed_until=lease_from(now), attempts=1)
    return found


def _take_alone(article_id: int) -> bool:
    """Take a pending article for a while. One that ended its reader several times is given up."""
    now = timezone.now()
    pending = Article.objects.filter(free(now), pk=article_id, status=Article.Status.PENDING)
    if pending.filter(attempts__lt=MOST_ATTEMPTS).update(
        claimed_until=lease_from(now), attempts=F("attempts") + 1
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
