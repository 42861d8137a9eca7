"""What is to be fetched: the outbox of fetching."""

from django.db import models
from django.db.models import Q

from quotes.models.article import Article
from quotes.models.source import FeedSubscription, Host, Source


class Page(models.Model):
    """A web address to be fetched, and fetched again in case the article changes.

    A page stays due until what came of fetching it is stored: one whose worker died comes up again.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"  # not fetched yet, or to be tried again: see last_error
        FETCHED = "fetched"
        REFUSED = "refused"  # robots.txt, 404, no article in it: trying again cannot help
        FAILED = "failed"  # given up after several tries

    url = models.CharField(max_length=2000, unique=True)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="pages")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="pages")
    feed = models.ForeignKey(FeedSubscription, on_delete=models.SET_NULL, null=True, related_name="pages")
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="pages")
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    next_fetch_at = models.DateTimeField(null=True)  # null: not again
    attempts = models.PositiveSmallIntegerField("failed tries in a row", default=0)
    last_error = models.TextField(blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    fetched_at = models.DateTimeField(null=True)
    # What the feed says of it, for a page that does not say so itself.
    title = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField("updated by the outlet", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="page_status_known", condition=Q(status__in=("waiting", "fetched", "refused", "failed"))
            ),
        )
        indexes = (
            models.Index(
                fields=("next_fetch_at",), name="page_due", condition=Q(next_fetch_at__isnull=False)
            ),
            models.Index(fields=("status", "id"), name="page_by_status"),
        )

    def __str__(self) -> str:
        return self.url
