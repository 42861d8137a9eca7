"""Quotes of one utterance, in articles that need not be copies, and what editors said about that.

Beside `Quote.saying`, which is of copies of one article alone.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from quotes.models.quote import Quote


class SameWords(models.Model):
    """What was said once and stands in several quotes, its wordings; `fullest` stands for all of them.

    Every other wording was found to be the same as the fullest, so no chain leads from one utterance to
    another. `speakers_differ` when two people are named; what is public of it is looked at when it is read.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fullest = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+", db_index=False)
    speakers_differ = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = (
            models.Index(fields=("-id",), condition=Q(speakers_differ=True), name="same_words_differ"),
        )

    def __str__(self) -> str:
        return str(self.fullest)

    @property
    def urn(self) -> str:
        """The id of the group: it holds as long as the group does."""
        return self.public_id.urn


class Wording(models.Model):
    """A quote as one of the wordings of the same words, the fullest among them.

    `is_contrary` when it says the contrary: the same but for a "not", so one outlet misquotes.
    """

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, primary_key=True, related_name="wording")
    same_words = models.ForeignKey(
        SameWords, on_delete=models.CASCADE, related_name="wordings", db_index=False
    )
    is_contrary = models.BooleanField(default=False)

    class Meta:
        indexes = (models.Index(fields=("same_words", "quote"), name="wording_by_same_words"),)

    def __str__(self) -> str:
        return str(self.quote)


class WordsKey(models.Model):
    """A number that the same words share (`quotes.same_words.keys`): a quote is found by it.

    Of a quote that stands for itself or is the fullest wording, and of those it once was. One narrow table
    with one index: no key of its own, and no constraint to be checked for each of ten rows a quote.
    """

    pk = models.CompositePrimaryKey("key", "quote_id")
    key = models.BigIntegerField()
    quote = models.ForeignKey(
        Quote, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    def __str__(self) -> str:
        return f"{self.key:x}"


class QuoteToGroup(models.Model):
    """A quote that is to be looked at, because it is new or not as it was. The outbox of grouping.

    Asked again while it is looked at, it has another `asked_at`, and is looked at again.
    """

    quote = models.OneToOneField(Quote, on_delete=models.CASCADE, primary_key=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.quote_id)


class GroupingTurn(models.Model):
    """One row, which whoever groups quotes has locked: one process at a time."""

    def __str__(self) -> str:
        return "the turn"


class SameWordsDecision(models.Model):
    """An editor's word that two quotes are the same words, or are not: the latest that stands binds.

    Kept for ever; one that is undone says by whom. Those that were said at once have a `batch`.
    """

    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="same_words_decisions")
    other = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    is_same = models.BooleanField("the same words")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    batch = models.UUIDField(default=uuid.uuid4, db_index=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "decision about the same words"
        verbose_name_plural = "decisions about the same words"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="same_words_decided_of_two", condition=~Q(quote=F("other"))),
            models.CheckConstraint(
                name="same_words_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"“{self.quote}” {'is' if self.is_same else 'is not'} the same as “{self.other}”"
