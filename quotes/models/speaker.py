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
        indexes = (models.Index(fields=("name", "id"), name="speaker_by_name"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speaker", args=[self.slug])

    @property
    def wikidata_url(self) -> str | None:
        """The page of the speaker's Wikidata item."""
        return f"https://www.wikidata.org/wiki/{self.wikidata_id}" if self.wikidata_id else None

    @property
    def urn(self) -> str:
        """The permanent id: it outlives renames, merges and moves of the site."""
        return self.public_id.urn


class FormerSlug(models.Model):
    """A slug that a speaker had before it was renamed: nobody else ever gets it."""

    slug = models.SlugField(max_length=220, unique=True)
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class SpeakerAlias(models.Model):
    """A name that a speaker goes by, the main name among them: the one table that names are looked up in.

    `count` is the number of articles that use it; an editor's is kept whether any does or not.
    """

    class Origin(models.TextChoices):
        MENTION = "mention"  # "Mr Putin", beside a fuller name: finds the speaker, but says not who it is
        ARTICLE = "article"  # the fullest name in an article
        EDITOR = "editor"

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=250, db_index=True, editable=False)
    origin = models.CharField(
        max_length=10, choices=Origin, default=Origin.ARTICLE, db_default=Origin.ARTICLE, editable=False
    )
    count = models.PositiveIntegerField("articles", default=0, db_default=0, editable=False)
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


class SpeakerKey(models.Model):
    """What a name has in common with all that are like it: likely matches are found by equal keys."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=100)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("key", "speaker"), name="one_key_a_speaker"),)

    def __str__(self) -> str:
        return self.key


class SpeakerWord(models.Model):
    """A word of a name that a speaker goes by, folded: what search by name looks in."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("word", "speaker"), name="one_word_a_speaker"),)

    def __str__(self) -> str:
        return self.word


class WordSlip(models.Model):
    """A word of some name, whole or with a letter left out, by which words nearly the same are found.

    Two processes that meet a word at once may both keep it: nothing is unique here, so neither waits.
    """

    form = models.CharField(max_length=60, db_index=True)
    word = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.form}: {self.word}"


class RoleStatement(models.Model):
    """What one article says that a speaker is: "Kremlin spokesperson"."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="role_statements")
    article = models.ForeignKey("quotes.Article", on_delete=models.CASCADE, related_name="role_statements")
    role = models.CharField(max_length=300)
    folded = models.CharField(max_length=350, editable=False)
    dated_at = models.DateTimeField()  # as the quotes of the article are

    class Meta:
        ordering = ("dated_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("speaker", "article", "folded"), name="one_role_an_article"),
        )
        indexes = (models.Index(fields=("speaker", "-dated_at", "-id"), name="role_by_speaker"),)

    def __str__(self) -> str:
        return self.role


class Link(models.Model):
    """How a name of one article came to be a speaker: kept, so that it is the same at every reading."""

    class Outcome(models.TextChoices):
        LINKED = "linked"  # a known speaker
        NEW = "new"  # nobody known
        AMBIGUOUS = "ambiguous"  # one of several, perhaps: see the candidates

    article = models.ForeignKey("quotes.Article", on_delete=models.CASCADE, related_name="links")
    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=250, editable=False)
    kind = models.CharField(max_length=20, choices=Speaker.Kind)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=500)
    candidates = models.ManyToManyField(Speaker, related_name="links_in_question", blank=True)
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("article", "kind", "folded"), name="one_link_a_name"),)
        indexes = (
            models.Index(fields=("outcome", "-id"), name="link_by_outcome"),
            models.Index(fields=("kind", "-id"), name="link_by_kind"),
        )

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"
