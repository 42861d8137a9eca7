"""Speakers and the names they go by."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class Speaker(models.Model):
    """Who can be quoted. A merged speaker stays, as a redirect, so that no link or feed ever breaks."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANIZATION = "organization"
        GROUP = "group"
        DOCUMENT = "document"
        UNNAMED = "unnamed"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=220, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    description = models.CharField(max_length=300, blank=True)
    wikidata_id = models.CharField(
        "Wikidata id",
        max_length=20,
        null=True,
        blank=True,
        unique=True,
        validators=[RegexValidator(r"^Q[1-9][0-9]*$", "A Wikidata id looks like Q42.")],
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_speakers"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="speaker_kind_known",
                condition=Q(kind__in=("person", "organization", "group", "document", "unnamed")),
            ),
            models.CheckConstraint(name="speaker_name_not_empty", condition=~Q(name="")),
            models.CheckConstraint(
                name="speaker_wikidata_form",
                condition=Q(wikidata_id__isnull=True) | Q(wikidata_id__startswith="Q"),
            ),
            models.CheckConstraint(
                name="speaker_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])

    @property
    def urn(self) -> str:
        """The permanent id: it outlives renames, merges and moves of the site."""
        return self.public_id.urn


class SpeakerAlias(models.Model):
    """A name that a speaker goes by, the main name among them: the one table that names are looked up in."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=250, db_index=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "speaker aliases"
        constraints = (
            models.UniqueConstraint(fields=("speaker", "folded"), name="one_alias_a_speaker"),
            models.CheckConstraint(name="alias_not_empty", condition=~Q(folded="")),
        )

    def __str__(self) -> str:
        return self.name
