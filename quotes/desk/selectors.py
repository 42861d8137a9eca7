"""What the review desk reads: which article is next, and all that an editor sees of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import Q, QuerySet

from quotes.models import Article, ArticleRevision, Quote, RoleStatement

_LOOKED_AT = 200  # open quotes, to find an article that was not passed over


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: how sure the most doubtful open quote of an article is, and its key."""

    confidence: float
    quote: int

    @classmethod
    def of(cls, quotes: Iterable[Quote]) -> Self | None:
        """Where an article with these quotes stands; None where none of them is open."""
        waiting = [
            (quote.confidence, quote.pk)
            for quote in quotes
            if quote.review_status == Quote.Status.UNREVIEWED
            and quote.gone_at is None
            and quote.confidence is not None
        ]
        return cls(*min(waiting)) if waiting else None

    @classmethod
    def parsed(cls, told: str) -> Self | None:
        """The place that `str` made; None for anything else."""
        confidence, _, quote = told.rpartition("-")
        try:
            return cls(float(confidence), int(quote))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.confidence}-{self.quote}"


def article_to_review(after: Place | None = None) -> UUID | None:
    """The article with the most doubtful open quote; with `after`, the one that comes after that place.

    Articles with an open quote up to there were looked at, and passed over. After the last one it is the
    first again.
    """
    waiting = _open_quotes().order_by("confidence", "pk")
    if after is None:
        return _article_of(waiting.first())
    up_to = Q(confidence__lt=after.confidence) | Q(confidence=after.confidence, pk__lte=after.quote)
    later = list(waiting.filter(confidence__gte=after.confidence).exclude(up_to)[:_LOOKED_AT])
    revisions = {quote.revision_id for quote in later}
    seen = set(_open_quotes().filter(up_to, revision__in=revisions).values_list("revision", flat=True))
    fresh = next((quote for quote in later if quote.revision_id not in seen), None)
    return _article_of(fresh or waiting.first())


def _open_quotes() -> QuerySet[Quote]:
    """Those that nobody reviewed, in texts that are current: what an earlier text had waits for no one."""
    return Quote.objects.filter(
        review_status=Quote.Status.UNREVIEWED,
        gone_at__isnull=True,
        confidence__isnull=False,
        revision__current_of__isnull=False,
    ).only("revision")


def _article_of(quote: Quote | None) -> UUID | None:
    if quote is None:
        return None
    revisions = ArticleRevision.objects.filter(pk=quote.revision_id)
    return revisions.values_list("article__public_id", flat=True).get()


def article_with_text(public_id: UUID) -> Article | None:
    """The article of this id, with its outlet and its text."""
    articles = Article.objects.filter(public_id=public_id, current_revision__isnull=False)
    return articles.select_related("source", "current_revision").first()


def roles_in(article: Article) -> list[RoleStatement]:
    """What the article says that people are, whether it quotes them or not."""
    told = RoleStatement.objects.filter(article=article, speaker__merged_into__isnull=True)
    return list(told.select_related("speaker").order_by("pk"))
