"""What the review desk reads: which article is next, and all that an editor sees of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from quotes.models import Article, ArticleRevision, Quote, RoleStatement, Speaker
from quotes.search.speakers import find_speakers

_LOOKED_AT = 200  # open quotes, to find an article that was not passed over
_SUGGESTED = 12


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may have said it, with what tells namesakes apart: the latest role, the latest outlet."""

    speaker: Speaker
    quotes: int
    role: str
    outlet: str


def speakers_like(name: str) -> list[Candidate]:
    """Who `name` may mean, the likeliest first, whether readers know of them or not."""
    found = find_speakers(Speaker.objects.filter(merged_into__isnull=True), name, most=_SUGGESTED)
    roles = RoleStatement.objects.filter(speaker=OuterRef("pk")).order_by("-dated_at", "-pk")
    quotes = Quote.objects.filter(speaker=OuterRef("pk")).order_by("-dated_at", "-pk")
    latest = {
        speaker: (role or "", outlet or "")
        for speaker, role, outlet in Speaker.objects.filter(pk__in=[one.pk for one in found]).values_list(
            "pk", Subquery(roles.values("role")[:1]), Subquery(quotes.values("source__name")[:1])
        )
    }
    return [Candidate(one, getattr(one, "quote_count", 0), *latest.get(one.pk, ("", ""))) for one in found]
