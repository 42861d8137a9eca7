"""The gold of who is who across articles, read through the whole service: B-cubed of the speakers made."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from quotes.extraction.types import Span
from quotes.ingestion import ArticleDocument
from quotes.linking.scoring import BCubed, b_cubed
from quotes.models import Link, Quote
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.training.gold import GoldError, read_records

_LIKELY = 0.5  # confidence
Item = tuple[str, str]  # article, who the gold says is named there


@dataclass(frozen=True, slots=True)
class IdentityArticle:
    """`people`: (span of a quote, the speaker's name in this article, who that is across articles, tags)."""

    id: str
    text: str
    outlet: str
    published: datetime
    people: tuple[tuple[Span, str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class IdentityFigures:
    """`apart` and `together`: what is wrongly kept apart or put together, for reading."""

    names: int
    clusters: int
    missed: int
    score: BCubed
    apart: tuple[str, ...]
    together: tuple[str, ...]


def read_identity_gold(path: Path) -> list[IdentityArticle]:
    """Articles in the order of the file. Raises GoldError."""
    return [_article(record, where) for where, record in read_records(path)]


def _article(record: dict[str, Any], where: str) -> IdentityArticle:
    try:
        people = tuple(
            (Span(q["start"], q["end"]), q["speaker"], q["person"], tuple(q.get("tags", ())))
            for q in record["quotes"]
            if q.get("person")
        )
        published = datetime.fromisoformat(record["published"]).replace(tzinfo=UTC)
        return IdentityArticle(str(record["id"]), record["text"], record["outlet"], published, people)
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError(
            f'{where}: it is not {{"id", "text", "outlet", "published", "quotes": [{{"start", "end", '
            f'"speaker", "person"}}]}} ({error!r})'
        ) from error


def link_articles(articles: Iterable[IdentityArticle]) -> dict[Item, int]:
    """Store and read each article, as `ingest` does.

    Returns the speaker of the surest quote of each name of the gold; what is more likely somebody else's
    is nobody's.
    """
    found: dict[Item, int] = {}
    for article in articles:
        document = ArticleDocument(
            text=article.text,
            url=f"https://{'-'.join(article.outlet.lower().split())}.example/{article.id}",
            source=article.outlet,
            published_at=article.published,
        )
        stored = store_article(document=document).article
        extract_article(article_id=stored.pk)
        sure = Quote.objects.filter(revision__article=stored, confidence__gte=_LIKELY, speaker__isnull=False)
        quotes = list(sure.order_by("-confidence", "start"))
        for span, _, person, _ in article.people:
            speakers = [q.speaker_id for q in quotes if any(Span(*s).overlaps(span) for s in q.segments)]
            if speakers and speakers[0] is not None:
                found.setdefault((article.id, person), speakers[0])
    return found


def identity_figures(articles: Iterable[IdentityArticle], found: dict[Item, int]) -> IdentityFigures:
    """How the speakers found agree with the gold."""
    names = {(a.id, person): name for a in articles for _, name, person, _ in a.people}
    gold = {item: item[1] for item in names}
    return IdentityFigures(
        names=len(gold),
        clusters=len(set(gold.values())),
        missed=len(gold) - len(found),
        score=b_cubed(gold, found),
        apart=tuple(_apart(names, found)),
        together=tuple(_together(names, found)),
    )


def _apart(names: dict[Item, str], found: dict[Item, int]) -> Iterator[str]:
    people: defaultdict[str, defaultdict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (article, person), speaker in found.items():
        people[person][speaker].append(f"{names[article, person]} ({article})")
    for person, speakers in people.items():
        if len(speakers) > 1:
            yield f"{person}: " + " | ".join(", ".join(group) for group in speakers.values())


def _together(names: dict[Item, str], found: dict[Item, int]) -> Iterator[str]:
    speakers: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (article, person), speaker in found.items():
        speakers[speaker][person].append(f"{names[article, person]} ({article})")
    for people in speakers.values():
        if len(people) > 1:
            yield " | ".join(f"{person}: {', '.join(group)}" for person, group in people.items())


def describe_identity(title: str, found: IdentityFigures) -> Iterator[str]:
    """What `evaluate --identity` prints."""
    score = found.score
    yield title
    yield f"  names {found.names}, people and bodies {found.clusters}, names not found {found.missed}"
    yield f"  B-cubed precision {score.precision:.4f}  recall {score.recall:.4f}  F1 {score.f1:.4f}"
    yield f"  decisions {json.dumps(_outcomes())}"
    for what, rows in (("Wrongly together", found.together), ("Wrongly apart", found.apart)):
        if rows:
            yield f"{what}: {len(rows)}"
            yield from (f"  {row}" for row in rows)


def _outcomes() -> dict[str, int]:
    outcomes = list(Link.objects.values_list("outcome", flat=True))
    return {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}
