"""How taking in articles goes: what waits, what failed, who is followed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from quotes.models import Article, FeedSubscription, ImportRun, Page

# A feed that failed so often in a row is called dead. It is still tried, once a day.
DEAD_AFTER = 8
_LONG_WAIT = 1800.0  # seconds


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be done. `oldest_pending`: when the article that waits longest was stored."""

    pages_due: int
    feeds_due: int
    articles_pending: int
    oldest_pending: datetime | None

    @property
    def seconds_behind(self) -> float:
        """How long the article that waits longest has waited; 0 if none does."""
        return (timezone.now() - self.oldest_pending).total_seconds() if self.oldest_pending else 0.0

    @property
    def is_behind(self) -> bool:
        """Whether an article has waited for long: no worker is there, or too few."""
        return self.seconds_behind > _LONG_WAIT


def backlog() -> Backlog:
    """As it is now."""
    now = timezone.now()
    pending = Article.objects.filter(status=Article.Status.PENDING)
    found = pending.aggregate(n=Count("pk"), oldest=Min("current_revision__fetched_at"))
    return Backlog(
        pages_due=Page.objects.filter(next_fetch_at__lte=now).count(),
        feeds_due=active_feeds().filter(next_poll_at__lte=now).count(),
        articles_pending=found["n"],
        oldest_pending=found["oldest"],
    )


def articles_by_status() -> dict[str, int]:
    """How many articles there are of each status."""
    counted = Article.objects.order_by().values_list("status").annotate(n=Count("pk"))
    return dict.fromkeys(Article.Status.values, 0) | dict(counted)


def pages_by_status() -> dict[str, int]:
    """How many pages there are of each status."""
    counted = Page.objects.order_by().values_list("status").annotate(n=Count("pk"))
    return dict.fromkeys(Page.Status.values, 0) | dict(counted)


def active_feeds() -> QuerySet[FeedSubscription]:
    """Feeds that are followed."""
    return FeedSubscription.objects.filter(is_active=True)


def dead_feeds() -> QuerySet[FeedSubscription]:
    """Feeds that are followed and have long not worked."""
    return active_feeds().filter(failures__gte=DEAD_AFTER)


def feeds_in_trouble() -> QuerySet[FeedSubscription]:
    """Feeds whose last poll failed, the worst first, those that are gone among them."""
    return (
        FeedSubscription.objects.filter(failures__gt=0).select_related("source").order_by("-failures", "pk")
    )


def pages_in_trouble() -> QuerySet[Page]:
    """Pages that could not be had, the latest first: given up, refused, or to be tried again."""
    return Page.objects.exclude(last_error="").select_related("source").order_by("-pk")


def imports() -> QuerySet[ImportRun]:
    """Archives that are or were imported, the latest first."""
    return ImportRun.objects.order_by("-updated_at")


def articles_in_trouble() -> QuerySet[Article]:
    """Articles on which the extractor broke, the latest first."""
    failed = Article.objects.filter(status=Article.Status.FAILED)
    return failed.select_related("source", "current_revision").defer("current_revision__text")
