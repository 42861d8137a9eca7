"""What a WebSub hub was told of."""

from django.db import models
from django.utils import timezone


class HubProgress(models.Model):
    """How far in the order of changes a hub was told which feeds changed: a row for each that ever was set.

    `number` is the last change whose feeds all were told, in its `series` (see ChangeCounter). One process
    tells it at a time: who moves `claimed_until` on.
    """

    hub = models.CharField(max_length=500, unique=True)
    series = models.CharField(max_length=8)
    number = models.BigIntegerField()
    claimed_until = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField("failures in a row", default=0)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.hub}: {self.series}-{self.number}"
