"""Which quotes are and were public, in the order of their changes: what copies are kept in step by."""

from django.db import models
from django.db.models import Q

from quotes.models.quote import By, Quote


class Publication(models.Model):
    """That a quote is public or once was: a row for each of those, and none for what nobody was shown.

    `number` is the place of its last change in the order of all changes: a later one has a higher number. It
    is empty from a change on until that gets its number, some time after it was committed. `first_public_at`
    is empty of what was public before that was kept.
    """

    quote = models.OneToOneField(
        Quote, on_delete=models.CASCADE, primary_key=True, related_name="publication"
    )
    number = models.BigIntegerField(null=True, unique=True)
    is_public = models.BooleanField()
    changed_at = models.DateTimeField()
    first_public_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=10, choices=By, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="publication_or_withdrawal",
                condition=Q(is_public=True, withdrawn_at__isnull=True, withdrawn_by="")
                | Q(is_public=False, withdrawn_at__isnull=False, withdrawn_by__in=("extractor", "editor")),
            ),
        )
        indexes = (
            models.Index(
                fields=("quote",), condition=Q(number__isnull=True), name="publication_to_be_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.quote_id}: {'public' if self.is_public else 'withdrawn'}"


class ChangeCounter(models.Model):
    """The last number that a change got: one row, which whoever gives numbers locks.

    A number says something within its `series` alone: another one is begun where numbers that were given out
    are given again, as after an older dump was restored.
    """

    series = models.CharField(max_length=8)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.place(self.last)

    def place(self, number: int) -> str:
        """Where in the order of changes somebody is who has read up to `number`: what the API takes."""
        return f"{self.series}-{number}"
