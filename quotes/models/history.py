"""What editors did with speakers, so that every step can be accounted for and undone."""

from django.conf import settings
from django.db import models

from quotes.models.quote import Quote
from quotes.models.speaker import Link, RoleStatement, Speaker, SpeakerAlias


class SpeakerChange(models.Model):
    """One step: a merge of `source` into `target`, or a move of some of its quotes there.

    What it touched is kept beside it, row by row; an undone step stays, with who undid it.
    """

    class Kind(models.TextChoices):
        MERGE = "merge"
        MOVE = "move"

    kind = models.CharField(max_length=10, choices=Kind)
    source = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="changes_from")
    target = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="changes_to")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    made_target = models.BooleanField(default=False)  # the target was made for this move
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    quotes = models.ManyToManyField(Quote, related_name="+")
    roles = models.ManyToManyField(RoleStatement, related_name="+")
    links = models.ManyToManyField(Link, related_name="+")
    aliases = models.ManyToManyField(SpeakerAlias, related_name="+")  # that the target was given

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="change_kind_known", condition=models.Q(kind__in=("merge", "move"))),
            models.CheckConstraint(name="change_between_two", condition=~models.Q(source=models.F("target"))),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.source} → {self.target}"
