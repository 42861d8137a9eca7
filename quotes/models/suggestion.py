"""What an editor should look at: speakers who may be one, and one who may be two."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from quotes.models.speaker import Speaker


class Suggestion(models.Model):
    """`first` and `second` may be one (duplicate), or `first` alone may be several (collision).

    `score` orders the open ones, 0..1. `evidence` says why, in words. A decided one stays, and is never made
    again. `parts` of a collision: for each of those who may be behind it, the keys of their articles.
    """

    class Kind(models.TextChoices):
        DUPLICATE = "duplicate"
        COLLISION = "collision"

    class Status(models.TextChoices):
        OPEN = "open"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    kind = models.CharField(max_length=10, choices=Kind)
    first = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="suggestions")
    second = models.ForeignKey(
        Speaker, on_delete=models.CASCADE, null=True, blank=True, related_name="suggestions_as_second"
    )
    score = models.FloatField()
    evidence = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    found_at = models.DateTimeField()  # by the latest search that found it
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-score", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("first", "second"), name="one_suggestion_a_pair", condition=Q(kind="duplicate")
            ),
            models.UniqueConstraint(
                fields=("first",), name="one_collision_a_speaker", condition=Q(kind="collision")
            ),
            models.CheckConstraint(
                name="suggestion_of_two_or_of_one",
                condition=Q(kind="duplicate", second__isnull=False, first__lt=models.F("second"))
                | Q(kind="collision", second__isnull=True),
            ),
            models.CheckConstraint(
                name="suggestion_status_known", condition=Q(status__in=("open", "accepted", "refused"))
            ),
            models.CheckConstraint(
                name="suggestion_score_fraction", condition=Q(score__gte=0) & Q(score__lte=1)
            ),
        )
        indexes = (models.Index(fields=("status", "-score", "id"), name="suggestion_best_first"),)

    def __str__(self) -> str:
        return f"{self.first} and {self.second}" if self.second else f"{self.first}: several?"


class SuggestionRun(models.Model):
    """A search for suggestions: one that was interrupted goes on after `position`, the last key looked at."""

    position = models.CharField(max_length=100, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
