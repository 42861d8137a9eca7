"""What the review desk reads of an article, and who a name typed there may mean."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Subquery

from quotes.models import Article, Quote, RoleStatement, Speaker
from quotes.search.speakers import find_speakers

_SUGGESTED = 12


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
