"""Articles that somebody hands in by API: what is asked about afterwards."""

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from quotes.models.article import Article
from quotes.models.page import Page

_JUST_BEFORE = timedelta(minutes=1)


class SubmissionManager(models.Manager["Submission"]):
    """Each with its `state`: how far it is, by how far the page and the article are."""

    def get_queryset(self) -> QuerySet["Submission"]:
        return super().get_queryset().annotate(state=_state())


class Submission(models.Model):
    """One article that was handed in: an address to be fetched (`page`), or its text (`article` at once).

    `key` is the sender's own, by which the same request sent again is known; `digest` that of what was sent.
    """

    class State(models.TextChoices):
        QUEUED = "queued"  # to be fetched
        READING = "reading"  # stored; its quotes are looked for
        DONE = "done"
        FAILED = "failed"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64)
    page = models.ForeignKey(Page, on_delete=models.SET_NULL, null=True, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubmissionManager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("editor", "key"), name="one_submission_a_key", condition=~Q(key="")
            ),
        )

    def __str__(self) -> str:
        return str(self.page or self.article or self.public_id)

    @property
    def urn(self) -> str:
        return self.public_id.urn

    @property
    def its_article(self) -> Article | None:
        """The article, once there is one."""
        return self.article or (self.page.article if self.page else None)

    @property
    def detail(self) -> str:
        """What went wrong, or why it waits; empty where there is nothing to say."""
        if self.page and self.page.last_error:
            return self.page.last_error
        article = self.its_article
        if article is None:
            known: Any = self  # with its state, as the manager has it
            return "" if known.state == self.State.QUEUED else "it was removed"
        return article.last_error


def _state() -> Case:
    state, page = Submission.State, Page.Status
    fetched = Q(
        page__status__in=(page.FETCHED, page.REFUSED, page.FAILED),
        # Since, or just before: clocks of two machines differ.
        page__fetched_at__gt=F("created_at") - _JUST_BEFORE,
    )
    of_article = Coalesce("article__status", "page__article__status")
    read = Case(
        When(Exact(of_article, Value(Article.Status.PENDING)), then=Value(state.READING)),
        When(Exact(of_article, Value(Article.Status.FAILED)), then=Value(state.FAILED)),
        When(IsNull(of_article, True), then=Value(state.FAILED)),
        default=Value(state.DONE),
    )
    return Case(
        When(page__isnull=True, then=read),
        When(fetched & Q(page__status=page.REFUSED), then=Value(state.FAILED)),
        When(fetched, then=read),
        When(page__next_fetch_at__isnull=False, then=Value(state.QUEUED)),
        default=Value(state.FAILED),
        output_field=models.CharField(),
    )
