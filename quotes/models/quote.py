"""Quotes, and the steps by which they became whose they are."""

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, F, Field, FloatField, Func, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from quotes.fragments import opened_at
from quotes.models.article import ArticleRevision
from quotes.models.source import Source
from quotes.models.speaker import Speaker


def certainty() -> Case:
    """How sure it is who says it: 1 where an editor says so, else as sure as the extractor is."""
    said = When(review_status="approved", then=Value(1.0))
    return Case(said, default=Coalesce(F("confidence"), Value(1.0)), output_field=FloatField())


def _written(constant: str, kind: Field[Any, Any]) -> Func:
    """A constant written out: SQLite takes an index by an expression, or a part of one, for no other."""
    return Func(template=constant, output_field=kind)


def certainty_as_indexed() -> Case:
    """The same with its constants written out: SQLite takes an index by an expression for no other."""

    one = _written("1.0", FloatField())
    said = When(review_status=_written("'approved'", CharField()), then=one)
    return Case(said, default=Coalesce(F("confidence"), one), output_field=FloatField())


# Where the steps of confidence end: within one, the review desk does not ask who is surer.
STEPS = (0.2, 0.4, 0.6, 0.8, 0.9)
_LATEST = (F("dated_at").desc(), F("id").desc())
_WAITS = Q(review_status="unreviewed", gone_at__isnull=True, confidence__isnull=False)


def _step(constant: Callable[[float, Field[Any, Any]], Any]) -> Case:
    number = IntegerField()
    whens = (
        When(confidence__lt=constant(end, FloatField()), then=constant(step, number))
        for step, end in enumerate(STEPS)
    )
    return Case(*whens, default=constant(len(STEPS), number), output_field=number)


_STEP = _step(lambda value, _: value if isinstance(value, float) else Value(value))


def step_of_confidence() -> Case:
    """In which of the steps a confidence is, the most doubtful being 0; as it is indexed."""
    return _step(lambda value, kind: _written(str(value), kind))


def waits() -> Q:
    """The condition under which nobody reviewed a quote that is still found; as it is indexed."""
    unreviewed = _written("'unreviewed'", CharField())
    return Q(review_status=unreviewed, gone_at__isnull=True, confidence__isnull=False)


def _span_in_order(name: str) -> models.CheckConstraint:
    """`NAME_start` and `NAME_end` are both empty, or 0 <= start < end."""
    start, end = f"{name}_start", f"{name}_end"
    empty = Q((f"{start}__isnull", True), (f"{end}__isnull", True))
    # Said outright: a NULL beside a number makes the comparison unknown, and a CHECK lets unknown pass.
    full = Q((f"{start}__isnull", False), (f"{end}__isnull", False))
    in_order = Q((f"{start}__gte", 0), (f"{end}__gt", F(start)))
    return models.CheckConstraint(name=f"quote_{name}_in_order", condition=empty | (full & in_order))


def parts_of(context: str, context_start: int, segments: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The sentence around a quote cut at the quoted words: (piece, is it quoted), pieces never empty."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in segments:
        left, right = start - context_start, end - context_start
        parts += [(context[at:left], False), (context[left:right], True)]
        at = right
    parts.append((context[at:], False))
    return [part for part in parts if part[0]]


class By(models.TextChoices):
    """Whose word something is."""

    EXTRACTOR = "extractor"
    EDITOR = "editor"


class Quote(models.Model):
    """Words that an article gives to a speaker.

    `segments` are half-open code-point offsets into `revision.text`, in order; `start` and `end` are
    the first and the last of them. `text` is the segments' words joined by one space.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct"  # a whole clause or sentence
        PARTIAL = "partial"  # words inside the reporter's sentence
        TRANSCRIPT = "transcript"  # a turn of a transcript or an interview, without marks

    class Status(models.TextChoices):
        UNREVIEWED = "unreviewed"
        APPROVED = "approved"
        REJECTED = "rejected"
        DISPUTED = "disputed"
        RETRACTED = "retracted"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.ForeignKey(ArticleRevision, on_delete=models.PROTECT, related_name="quotes")
    speaker = models.ForeignKey(
        Speaker, on_delete=models.PROTECT, null=True, blank=True, related_name="quotes"
    )
    # Its article's, which never changes: by it lists of an outlet are read out of one index.
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, editable=False, related_name="quotes", db_index=False
    )
    text = models.TextField()
    folded = models.TextField(editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    segments = models.JSONField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    mention_text = models.CharField("mention", max_length=500, blank=True)
    mention_start = models.PositiveIntegerField(null=True)
    mention_end = models.PositiveIntegerField(null=True)
    cue_text = models.CharField("cue", max_length=500, blank=True)
    cue_start = models.PositiveIntegerField(null=True)
    cue_end = models.PositiveIntegerField(null=True)
    context = models.TextField()
    context_start = models.PositiveIntegerField()
    # The `text=` directives that open the source at the words; made from the whole article, so kept.
    fragment = models.TextField(blank=True)
    # Whose word the speaker is, and how sure the extractor is of it; of an editor's word there is no figure.
    attributed_by = models.CharField(max_length=10, choices=By, default=By.EXTRACTOR, db_default=By.EXTRACTOR)
    confidence = models.FloatField(null=True)
    # Why, in words, the deciding reason first, and by which construction: the extractor's, as they were when
    # an editor decided. The database fills them in for whoever does not know these columns yet.
    reasons = models.JSONField(default=list, db_default=[], blank=True)
    rule = models.CharField(max_length=100, default="", db_default="", blank=True)
    extractor_version = models.CharField(max_length=50)
    review_status = models.CharField(max_length=20, choices=Status, default=Status.UNREVIEWED)
    # The first quote of the same words in the same story; who says them is looked at when it is read.
    saying = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+", db_index=False
    )
    # When the article was published, else fetched: what lists are ordered by, never empty.
    dated_at = models.DateTimeField()
    # Set when a later reading of the article no longer finds these words.
    gone_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-dated_at", "-id")
        permissions = (("retract_quote", "Can retract quote, and take that back"),)
        constraints = (
            models.UniqueConstraint(fields=("revision", "start", "end"), name="one_quote_a_span"),
            models.CheckConstraint(
                name="quote_offsets_in_order", condition=Q(start__gte=0) & Q(end__gt=F("start"))
            ),
            _span_in_order("mention"),
            _span_in_order("cue"),
            models.CheckConstraint(
                name="quote_context_around_words", condition=Q(context_start__lte=F("start"))
            ),
            models.CheckConstraint(
                name="quote_confidence_fraction", condition=Q(confidence__gte=0) & Q(confidence__lte=1)
            ),
            models.CheckConstraint(
                name="quote_confidence_is_the_extractors",
                condition=Q(attributed_by="extractor", confidence__isnull=False)
                | Q(attributed_by="editor", confidence__isnull=True),
            ),
            models.CheckConstraint(name="quote_text_not_empty", condition=~Q(text="")),
            models.CheckConstraint(
                name="quote_kind_known", condition=Q(kind__in=("direct", "partial", "transcript"))
            ),
            models.CheckConstraint(
                name="quote_status_known",
                condition=Q(
                    review_status__in=("unreviewed", "approved", "rejected", "disputed", "retracted")
                ),
            ),
        )
        indexes = (
            # Whoever is quoted often is counted by it, too: no look at the rows.
            models.Index(
                fields=(
                    "speaker",
                    "-dated_at",
                    "-id",
                    "source",
                    "kind",
                    "review_status",
                    "confidence",
                    "gone_at",
                ),
                name="quote_facts_of_speaker",
            ),
            models.Index(fields=("source", "-dated_at", "-id"), name="quote_by_source"),
            models.Index(fields=("-dated_at", "-id"), name="quote_by_date"),
            models.Index(fields=("-created_at", "-id"), name="quote_by_collected"),
            models.Index(fields=("-updated_at", "-id"), name="quote_by_changed"),
            models.Index(certainty().desc(), F("id").desc(), name="quote_by_certainty"),
            # What tells that a quote is public, its place, what it is counted by: no look at its row.
            models.Index(
                fields=(
                    "id",
                    "dated_at",
                    "speaker",
                    "source",
                    "kind",
                    "review_status",
                    "confidence",
                    "gone_at",
                ),
                name="quote_facts",
            ),
            models.Index(fields=("review_status", "confidence"), name="quote_by_review"),
            models.Index(fields=("saying", "id"), condition=Q(saying__isnull=False), name="quote_by_saying"),
            # What waits at the review desk: the most doubtful first, of these the latest.
            models.Index(_STEP, *_LATEST, "kind", condition=_WAITS, name="quote_waits"),
            models.Index("source", _STEP, *_LATEST, condition=_WAITS, name="quote_waits_by_source"),
            models.Index("speaker", _STEP, *_LATEST, condition=_WAITS, name="quote_waits_by_speaker"),
            models.Index(
                _STEP, *_LATEST, condition=_WAITS & Q(saying__isnull=False), name="quote_waits_copied"
            ),
            # Whether the same words are given to several.
            models.Index(
                fields=("saying", "speaker", "review_status", "gone_at"),
                condition=Q(saying__isnull=False, speaker__isnull=False, gone_at__isnull=True),
                name="quote_speakers_of_saying",
            ),
        )

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.public_id])

    @property
    def urn(self) -> str:
        """The permanent id of the quote and of its feed entries."""
        return self.public_id.urn

    @property
    def is_editors_attribution(self) -> bool:
        """Whether an editor chose the speaker: the extractor's reasons were about somebody else."""
        return self.attributed_by == By.EDITOR

    @property
    def source_url(self) -> str:
        """The article opened at the words; empty when it is not on the web."""
        return opened_at(self.revision.article.canonical_url, self.fragment)

    @property
    def context_parts(self) -> list[tuple[str, bool]]:
        """The reporter's sentence cut at the quoted words: (piece, is it quoted), pieces never empty."""
        return parts_of(self.context, self.context_start, self.segments)


class ReviewDecision(models.Model):
    """One step of an editor's, or one by which the extractor took back what readers had been shown.

    Kept for ever, so that every published attribution can be accounted for. The extractor's steps have no
    editor but the versions that gave the quote to `from_speaker` and that no longer did.
    """

    class Reason(models.TextChoices):
        NO_QUOTE = "not-a-quote"
        WRONG_WORDS = "wrong-words"
        DUPLICATE = "duplicate"
        OTHER = "other"

    class Action(models.TextChoices):
        APPROVE = "approve"
        REJECT = "reject"
        DISPUTE = "dispute"
        RETRACT = "retract"
        ATTRIBUTE = "attribute"
        BOUNDS = "bounds"
        KIND = "kind"
        ADD = "add"
        SPLIT = "split"
        JOIN = "join"
        NOTE = "note"  # changes nothing
        REOPEN = "reopen"
        MOVE = "move"  # with its speaker: a `SpeakerChange`
        UNDO = "undo"
        REDO = "redo"

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="decisions")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    # What was done; empty for the extractor's steps, and those from before this was kept.
    action = models.CharField(max_length=10, choices=Action, default="", db_default="", blank=True)
    from_status = models.CharField(max_length=20, choices=Quote.Status)
    to_status = models.CharField(max_length=20, choices=Quote.Status)
    from_speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, related_name="+")
    to_speaker = models.ForeignKey(Speaker, on_delete=models.PROTECT, null=True, related_name="+")
    # The extractor's in `from_speaker`; none where an editor had chosen that one.
    from_confidence = models.FloatField(null=True)
    from_version = models.CharField(max_length=50, default="", db_default="", blank=True)
    to_version = models.CharField(max_length=50, default="", db_default="", blank=True)
    note = models.TextField(blank=True)
    # Why it was rejected, and what readers are told of a retraction.
    reason = models.CharField(max_length=20, choices=Reason, default="", db_default="", blank=True)
    public_note = models.CharField(max_length=500, default="", db_default="", blank=True)
    # Where the words stood and stand, {"text", "segments"}, of a step that was about the words themselves.
    # Without the first it made the quote, without the second it took back that it was made.
    from_words = models.JSONField(null=True, blank=True)
    to_words = models.JSONField(null=True, blank=True)
    # Of a step that was about the kind.
    from_kind = models.CharField(max_length=20, choices=Quote.Kind, default="", db_default="", blank=True)
    to_kind = models.CharField(max_length=20, choices=Quote.Kind, default="", db_default="", blank=True)
    # Steps with several quotes that were taken as one have this in common.
    batch = models.UUIDField(null=True, editable=False)
    # The step that this one takes back, or that it takes again after it was taken back.
    undoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    redoes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="decision_by_editor_or_extractor",
                condition=Q(editor__isnull=True) | Q(from_version="", to_version=""),
            ),
        )
        indexes = (
            models.Index(fields=("batch",), condition=Q(batch__isnull=False), name="decision_by_batch"),
            models.Index(fields=("editor", "decided_at"), name="decision_by_editor"),
            # Which quotes left a speaker: no look at the many steps that confirmed it.
            models.Index(
                fields=("from_speaker", "to_speaker", "to_status", "quote"), name="decision_from_speaker"
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}" if self.editor_id else "withdrawn by the extractor"

    @property
    def by(self) -> By:
        """Who took the step."""
        return By.EDITOR if self.editor_id else By.EXTRACTOR
