"""Articles that somebody hands in by API: what is asked about afterwards."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from quotes.models.article import Article
from quotes.models.page import Page

_JUST_BEFORE = timedelta(minutes=1)


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
    def state(self) -> "Submission.State":
        """How far it is."""
        page, article = self.page, self.its_article
        if page is not None:
            if not self._is_fetched(page):
                return self.State.QUEUED if page.next_fetch_at else self.State.FAILED
            if page.status == Page.Status.REFUSED:
                return self.State.FAILED
        if article is None or article.status == Article.Status.FAILED:
            return self.State.FAILED
        return self.State.READING if article.status == Article.Status.PENDING else self.State.DONE

    def _is_fetched(self, page: Page) -> bool:
        """Whether it was fetched since, or just before: clocks of two machines differ."""
        if page.status == Page.Status.WAITING or page.fetched_at is None:
            return False
        return page.fetched_at > self.created_at - _JUST_BEFORE

    @property
    def detail(self) -> str:
        """What went wrong, or why it waits; empty where there is nothing to say."""
        if self.page and self.page.last_error:
            return self.page.last_error
        article = self.its_article
        if article is None:
            return "" if self.state == self.State.QUEUED else "it was removed"
        return article.last_error
