"""Quotes of our own making, each in an article of its own, for tests about what is the same words."""

from datetime import UTC, datetime, timedelta
from itertools import count

from quotes.models import Article, ArticleRevision, By, Quote, Source, Speaker
from quotes.services import publications
from quotes.services.same_words import group_waiting

_NUMBER = count(1)
BEGIN = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def person(name: str) -> Speaker:
    slug = name.lower().replace(" ", "-")
    return Speaker.objects.get_or_create(slug=slug, defaults={"name": name, "kind": "person"})[0]


def stored(
    text: str, *, by: str | None = "Oona Marlowe", outlet: str = "", days: float = 0, confidence: float = 0.95
) -> Quote:
    """A quote that nobody has grouped yet, in an article that is the copy of none."""
    number = next(_NUMBER)
    outlet = outlet or f"outlet-{number}"
    source = Source.objects.get_or_create(slug=outlet, defaults={"name": outlet.title()})[0]
    dated_at = BEGIN + timedelta(days=days)
    article = Article.objects.create(
        source=source,
        canonical_url=f"https://{outlet}.example/{number}",
        published_at=dated_at,
        status=Article.Status.EXTRACTED,
        extractor_version="test",
    )
    revision = ArticleRevision.objects.create(
        article=article,
        number=1,
        title=f"Article {number}",
        text=f"“{text}”",
        content_hash=str(number),
        fetched_at=dated_at,
    )
    article.current_revision = revision
    article.save()
    quote = Quote.objects.create(
        revision=revision,
        source=source,
        speaker=person(by) if by else None,
        text=text,
        folded=text.lower(),
        kind="direct",
        segments=[[1, 1 + len(text)]],
        start=1,
        end=1 + len(text),
        context=f"“{text}”",
        context_start=0,
        confidence=confidence if by else 0.0,
        extractor_version="test",
        dated_at=dated_at,
    )
    publications.refresh(quotes=Quote.objects.filter(pk=quote.pk), by=By.EXTRACTOR)
    return quote


def said(*texts: str, by: str | None = "Oona Marlowe") -> list[Quote]:
    """Quotes that were grouped in the order in which they came."""
    quotes = [stored(text, by=by) for text in texts]
    group_waiting()
    return quotes


def groups() -> list[set[str]]:
    """The texts of each group, the group first that was made first."""
    rows = Quote.objects.filter(wording__isnull=False).order_by("wording__same_words", "pk")
    found: dict[int, set[str]] = {}
    for group, text in rows.values_list("wording__same_words", "text"):
        found.setdefault(group, set()).add(text)
    return list(found.values())
