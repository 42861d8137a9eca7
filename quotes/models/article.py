"""Articles and the texts they have had."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from quotes.fragments import is_on_the_web
from quotes.models.source import Source


def listed_at() -> Coalesce:
    """When an article was published, else stored: never empty."""
    return Coalesce("published_at", "created_at")


class Story(models.Model):
    """One text that several outlets print, cut and edited as they like: wire copy."""

    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"story {self.pk}"


class Article(models.Model):
    """One address at which an outlet published something; its texts are its revisions."""

    class Status(models.TextChoices):
        PENDING = "pending"  # not read yet
        EXTRACTED = "extracted"
        FAILED = "failed"  # the extractor broke on it: see last_error
        SKIPPED = "skipped"  # not in a language that is read

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="articles")
    # Not a URLField: an article that came without an address has urn:sha256:... of its text.
    canonical_url = models.CharField(max_length=2000, unique=True)
    published_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    extractor_version = models.CharField(max_length=50, blank=True)
    last_error = models.TextField(blank=True)
    # While the article is pending: when a task for it was sent, until when a worker has it, how often one has
    # had it. What a lost task or a killed worker leaves behind is found by these.
    sent_at = models.DateTimeField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    current_revision = models.OneToOneField(
        "ArticleRevision", on_delete=models.PROTECT, null=True, related_name="current_of"
    )
    story = models.ForeignKey(
        Story, on_delete=models.SET_NULL, null=True, blank=True, related_name="articles", editable=False
    )
    # Its text was read, and it was not yet looked at whether it is a copy; until when somebody was sent to
    # look, or is at it; and of which moment on its quotes wait for that: what was placed before stays.
    needs_placing = models.BooleanField(default=False, db_default=False, editable=False)
    placing_until = models.DateTimeField(null=True, editable=False)
    held_from = models.DateTimeField(null=True, editable=False)
    # An editor says that it is the copy of none.
    is_no_copy = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="article_status_known",
                condition=Q(status__in=("pending", "extracted", "failed", "skipped")),
            ),
            models.CheckConstraint(name="article_url_not_empty", condition=~Q(canonical_url="")),
        )
        indexes = (
            models.Index(fields=("status", "id"), name="article_by_status"),
            models.Index(fields=("published_at",), name="article_by_published"),
            models.Index(listed_at().desc(), F("id").desc(), name="article_by_listed"),
            models.Index(fields=("id",), condition=Q(needs_placing=True), name="article_to_place"),
            models.Index(fields=("id",), condition=Q(is_no_copy=True), name="article_no_copy"),
        )

    def __str__(self) -> str:
        return (self.current_revision.title if self.current_revision else "") or self.canonical_url

    @property
    def urn(self) -> str:
        """The permanent id of the article."""
        return self.public_id.urn

    @property
    def revision(self) -> "ArticleRevision":
        """The current text; every stored article has one."""
        if self.current_revision is None:
            raise ArticleRevision.DoesNotExist(f"{self.canonical_url} has no text: ingest it again")
        return self.current_revision

    @property
    def text(self) -> str:
        """The current text, verbatim."""
        return self.revision.text

    @property
    def web_url(self) -> str:
        """The address on the web; empty for an article that came without one."""
        return self.canonical_url if is_on_the_web(self.canonical_url) else ""


class ArticleRevision(models.Model):
    """The text of an article as it stood when it was fetched. Never changed: quotes point into it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True)
    byline = models.CharField(max_length=500, blank=True)
    language = models.CharField(max_length=35, blank=True)
    text = models.TextField()
    modified_at = models.DateTimeField("modified by the outlet", null=True, blank=True)
    content_hash = models.CharField("SHA-256 of the text", max_length=64, db_index=True)
    fetched_at = models.DateTimeField()

    class Meta:
        ordering = ("article", "number")
        constraints = (
            models.UniqueConstraint(fields=("article", "number"), name="one_revision_a_number"),
            models.CheckConstraint(name="revision_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="revision_text_not_empty", condition=~Q(text="")),
        )

    def __str__(self) -> str:
        return f"{self.title or self.content_hash[:12]} (revision {self.number})"
