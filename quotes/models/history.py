"""What editors did with speakers, so that every step can be accounted for and undone."""

import uuid

from django.conf import settings
from django.db import models

from quotes.models.quote import Quote
from quotes.models.speaker import Link, RoleStatement, Speaker, SpeakerAlias


class SpeakerChange(models.Model):
    """One step: a merge of `source` into `target`, a move of some of its quotes there, or a rename.

    What it touched is kept beside it, row by row; an undone step stays, with who undid it. A rename has the
    same speaker on both sides, and the name and the slug that it had.
    """

    class Kind(models.TextChoices):
        MERGE = "merge"
        MOVE = "move"
        RENAME = "rename"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    source = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="changes_from")
    target = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="changes_to")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    old_name = models.CharField(max_length=200, default="", db_default="", blank=True)
    old_slug = models.CharField(max_length=220, default="", db_default="", blank=True)
    new_name = models.CharField(max_length=200, default="", db_default="", blank=True)
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
            models.CheckConstraint(
                name="change_kind_known", condition=models.Q(kind__in=("merge", "move", "rename"))
            ),
            models.CheckConstraint(
                name="change_between_two",
                condition=models.Q(kind="rename", source=models.F("target"))
                | ~models.Q(kind="rename") & ~models.Q(source=models.F("target")),
            ),
        )

    def __str__(self) -> str:
        if self.kind == self.Kind.RENAME:
            return f"{self.kind}: {self.old_name} → {self.new_name}"
        return f"{self.kind}: {self.source} → {self.target}"

    @property
    def urn(self) -> str:
        """The permanent id of the step."""
        return self.public_id.urn


class Distinction(models.Model):
    """An editor's word that two speakers are not the same, `first` the one with the lower key.

    It binds: they are not merged, not suggested as one, and a name that fits both tells neither by itself.
    """

    first = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Speaker, on_delete=models.PROTECT, related_name="+")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    change = models.ForeignKey(  # the split that said so
        SpeakerChange, on_delete=models.CASCADE, null=True, blank=True, related_name="distinctions"
    )

    class Meta:
        verbose_name = "not the same"
        verbose_name_plural = "not the same"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("first", "second"), name="told_apart_once"),
            models.CheckConstraint(
                name="told_apart_in_order", condition=models.Q(first__lt=models.F("second"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.first} ({self.first.slug}) is not {self.second} ({self.second.slug})"
