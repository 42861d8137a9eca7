"""What is read to review: the quotes of an article and its people, words elsewhere, whose is in question."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, Max, Min, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from quotes.models import (
    Article,
    ArticleRevision,
    Link,
    Proposal,
    Quote,
    Report,
    ReviewDecision,
    RoleStatement,
    Speaker,
    Wording,
)
from quotes.selectors import reviewed_quotes, with_certainty, with_copies_count

_ELSEWHERE = 20  # quotes of the same words that are shown
_FEW = 900  # keys of a query: SQLite took 999 values until 2020


def quotes_to_review(revision: ArticleRevision) -> QuerySet[Quote]:
    """All quotes of a text in its order, public or not, each with what was decided about it."""
    steps = ReviewDecision.objects.select_related("editor", "from_speaker", "to_speaker")
    quotes = with_certainty(with_copies_count(reviewed_quotes())).filter(revision=revision)
    current = "revision__article__current_revision"
    shown = quotes.select_related(current).defer(f"{current}__text").order_by("start", "pk")
    return with_proposals(shown).prefetch_related(Prefetch("decisions", steps), open_reports())


def with_proposals(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Each quote with what `proposal_of` tells."""
    return quotes.select_related("proposal__speaker")


def proposal_of(quote: Quote) -> Proposal | None:
    """What a newer extractor makes of an approved quote, until an editor answers."""
    proposal: Proposal | None = getattr(quote, "proposal", None)
    is_open = proposal is not None and proposal.answer_id is None
    return proposal if is_open and quote.review_status == Quote.Status.APPROVED else None


def open_reports() -> Prefetch[str, QuerySet[Report], str]:
    """Gives each quote as `open_reports` what readers report of it and no editor has answered."""
    waiting = Report.objects.filter(closed_at__isnull=True).order_by("-count", "pk")
    return Prefetch("reports", waiting, to_attr="open_reports")


def is_reported() -> Q:
    """The condition under which readers wait for an answer about a quote, and an editor can give it."""
    waiting = Report.objects.filter(closed_at__isnull=True).values("quote")
    refused = (Quote.Status.REJECTED, Quote.Status.RETRACTED)
    is_there = Q(gone_at__isnull=True) | Q(review_status=Quote.Status.APPROVED)
    return Q(pk__in=waiting) & is_there & ~Q(review_status__in=refused)


def same_words_elsewhere(quotes: Collection[Quote]) -> dict[int, list[Quote]]:
    """For each of these, by its key, quotes of the same words, in copies of the article first."""
    copies, wordings = _in_copies(quotes), _other_wordings(quotes)
    return {
        pk: list({one.pk: one for one in (*copies[pk], *wordings[pk])}.values())[:_ELSEWHERE] for pk in copies
    }


def _other_wordings(quotes: Collection[Quote]) -> dict[int, list[Quote]]:
    """For each of these other wordings of the same words, the first ones."""
    rows = Wording.objects.filter(quote__in=[quote.pk for quote in quotes])
    groups = dict(rows.values_list("quote_id", "same_words_id"))
    place = Window(RowNumber(), partition_by=F("wording__same_words"), order_by=("dated_at", "pk"))
    found: dict[int, list[Quote]] = {group: [] for group in groups.values()}
    others = reviewed_quotes().filter(wording__same_words__in=found).exclude(pk__in=groups)
    placed = others.select_related("wording").annotate(place=place).filter(place__lte=_ELSEWHERE)
    for one in placed.order_by("dated_at", "pk") if found else ():
        found[one.wording.same_words_id].append(one)
    return {quote.pk: found.get(groups.get(quote.pk, 0), []) for quote in quotes}


def _in_copies(quotes: Collection[Quote]) -> dict[int, list[Quote]]:
    sayings = {quote.saying_id for quote in quotes} - {None}
    here = {quote.pk for quote in quotes}
    place = Window(RowNumber(), partition_by=F("saying"), order_by="pk")
    copies = reviewed_quotes().filter(saying__in=sayings, gone_at__isnull=True).exclude(pk__in=here)
    found: dict[int | None, list[Quote]] = {saying: [] for saying in sayings}
    for copy in copies.annotate(place=place).filter(place__lte=_ELSEWHERE).order_by("pk") if sayings else ():
        found[copy.saying_id].append(copy)
    return {quote.pk: found.get(quote.saying_id, []) for quote in quotes}


@dataclass(frozen=True, slots=True)
class PersonInArticle:
    """Somebody an article names, with the role that it, or else our record, gives, and its quotes."""

    speaker: Speaker
    role: str
    quotes: int


def people_of(article: Article, quotes: Collection[Quote]) -> list[PersonInArticle]:
    """Who the article may mean: whom it quotes, the most quoted first, whom else it gives a role, and who
    else a name in it may be."""
    count = Counter(quote.speaker for quote in quotes if quote.speaker is not None)
    told = RoleStatement.objects.filter(article=article, speaker__merged_into__isnull=True)
    roles = {one.speaker: one.role for one in told.select_related("speaker").order_by("pk")}
    maybe = Speaker.objects.filter(links_in_question__article=article, merged_into__isnull=True)
    people = dict.fromkeys([*(one for one, _ in count.most_common()), *roles, *maybe.order_by("pk")])
    return [PersonInArticle(one, roles.get(one) or one.description, count[one]) for one in people]


def of_unclear_names(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those whose speaker is a name of the article that may mean several who are known."""
    unclear = Link.objects.filter(
        outcome=Link.Outcome.AMBIGUOUS, article=OuterRef("revision__article"), speaker=OuterRef("speaker")
    )
    return quotes.filter(Exists(unclear))


def says_whose() -> Q:
    """The condition under which a quote tells whose a saying is: what was refused does not."""
    refused = (Quote.Status.REJECTED, Quote.Status.RETRACTED)
    named = Q(saying__isnull=False, speaker__isnull=False, gone_at__isnull=True)
    return named & ~Q(review_status__in=refused)


def given_to_several(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those whose words some copies of the article give to somebody else; what was refused does not count."""
    told = Quote.objects.filter(says_whose()).order_by()
    named_two = told.values("saying").annotate(one=Min("speaker"), other=Max("speaker"))
    several = named_two.filter(one__lt=F("other")).values_list("saying", flat=True)
    # Few are looked up at once: else all quotes would be gone through for the last of them.
    found = list(several[: _FEW + 1])
    sayings = found if len(found) <= _FEW else several
    return quotes.filter(says_whose(), saying__in=sayings)
