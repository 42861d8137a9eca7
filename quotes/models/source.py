"""Outlets and the feeds they are followed by."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone


class Source(models.Model):
    """An outlet: a newspaper, an agency, a broadcaster."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    homepage = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Host(models.Model):
    """A host that is asked for pages and feeds, shared by all workers so that together they are polite to it.

    One worker visits a host at a time: who moves `claimed_until` on.
    """

    name = models.CharField(max_length=255, unique=True)  # with its port where that is not the usual one
    sent_at = models.DateTimeField(null=True)  # when a task was sent to visit it
    claimed_until = models.DateTimeField(null=True)
    next_request_at = models.DateTimeField(default=timezone.now)  # not before
    robots_text = models.TextField(blank=True)
    robots_error = models.CharField(max_length=300, blank=True)  # why nothing may be fetched
    robots_until = models.DateTimeField(null=True)  # what robots.txt says is known until then

    def __str__(self) -> str:
        return self.name


class FeedSubscription(models.Model):
    """A feed of a source that is polled, with what the last poll left behind."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="feeds")
    url = models.URLField(max_length=2000, unique=True)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, null=True, related_name="feeds", editable=False)
    title = models.CharField(max_length=300, default="", db_default="", blank=True, editable=False)
    is_active = models.BooleanField(
        "followed", default=True, db_default=True, help_text="Polled until this is taken away."
    )
    # Adapted to how often the feed brings something new.
    interval = models.PositiveIntegerField("interval in seconds", default=1800)
    next_poll_at = models.DateTimeField(default=timezone.now, db_default=Now(), editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    last_polled_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_new_at = models.DateTimeField("last brought something new", null=True, editable=False)
    failures = models.PositiveIntegerField("failures in a row", default=0, editable=False)
    last_error = models.TextField(blank=True, editable=False)

    class Meta:
        constraints = (models.CheckConstraint(name="feed_interval_positive", condition=Q(interval__gt=0)),)
        indexes = (models.Index(fields=("next_poll_at",), condition=Q(is_active=True), name="feed_due"),)

    def __str__(self) -> str:
        return self.url
