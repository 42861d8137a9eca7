"""What readers are told of the same words in other outlets: of public quotes alone."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from quotes.models import Quote, SameWords, Wording
from quotes.same_words import Piece, difference
from quotes.same_words.speakers import Speaker, name_several
from quotes.selectors import public, public_quotes

MOST_WORDINGS = 100


@dataclass(frozen=True, slots=True)
class Carried:
    """How far the same words are carried. `speakers_differ` when outlets name different people."""

    public_id: UUID
    first_at: datetime
    outlets: int
    quotes: int
    speakers_differ: bool

    @property
    def urn(self) -> str:
        return self.public_id.urn


@dataclass(frozen=True, slots=True)
class ShownWording:
    """A quote as a wording of the same words, in pieces beside another."""

    quote: Quote
    is_contrary: bool
    pieces: list[Piece]

    @property
    def is_the_other(self) -> bool:
        return all(piece.change == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Told:
    """The same words, the first `wordings` in the order in which they were published."""

    carried: Carried
    wordings: list[ShownWording]

    @property
    def first(self) -> Quote:
        return self.wordings[0].quote

    @property
    def more(self) -> int:
        return self.carried.quotes - len(self.wordings)


def carried_of(quotes: Collection[int]) -> dict[int, Carried]:
    """By key, of those quotes whose words stand in another public quote, how far they are carried."""
    rows = Wording.objects.filter(quote__in=quotes).values_list("quote_id", "same_words_id")
    groups = dict(rows)
    carried = _carried(set(groups.values()))
    return {quote: carried[group] for quote, group in groups.items() if group in carried}


def _carried(groups: Collection[int]) -> dict[int, Carried]:
    """By key of the group; those that have two public quotes."""
    if not groups:
        return {}
    shown = Quote.objects.filter(public(), wording__same_words__in=groups).order_by()
    counted: QuerySet[Quote, Any] = shown.values_list("wording__same_words").annotate(
        first_at=Min("dated_at"), outlets=Count("source", distinct=True), quotes=Count("pk")
    )
    figures = {group: figures for group, *figures in counted if figures[-1] > 1}
    several = list(figures)
    named: defaultdict[int, set[Speaker]] = defaultdict(set)
    speakers = shown.filter(wording__same_words__in=several).values_list(
        "wording__same_words", "speaker", "speaker__name", "speaker__kind"
    )
    for group, key, name, kind in speakers.distinct():
        named[group].add(Speaker(key, name, kind))
    ids = dict(SameWords.objects.filter(pk__in=several).values_list("pk", "public_id"))
    carried = {}
    for group, (first_at, outlets, quotes) in figures.items():
        if group in ids:  # not, if it has just ended
            differ = name_several(named[group])
            carried[group] = Carried(ids[group], first_at, outlets, quotes, differ)
    return carried


def told_of(group: SameWords) -> Told | None:
    """The public wordings of a group, beside the fullest; None where fewer than two are public."""
    return _told(group, None)


def told_beside(quote: Quote) -> Told | None:
    """The public wordings of the same words, beside those of a quote whose page they are on."""
    group = SameWords.objects.filter(wordings__quote=quote).first()
    return None if group is None else _told(group, quote)


def _told(group: SameWords, beside: Quote | None) -> Told | None:
    carried = _carried([group.pk]).get(group.pk)
    if carried is None:
        return None
    shown = public_quotes().filter(wording__same_words=group).select_related("wording")
    quotes = list(shown.order_by("dated_at", "pk")[:MOST_WORDINGS])
    fullest = next((one for one in quotes if one.pk == group.fullest_id), None)
    text = (beside or fullest or max(quotes, key=lambda one: len(one.text))).text
    return Told(
        carried,
        [ShownWording(one, one.wording.is_contrary, difference(text, one.text)) for one in quotes],
    )


def with_carried(rows: Collection[dict[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Rows of quotes, by `pk`, each with how far its words are `carried`; None where they are not."""
    carried = carried_of([row["pk"] for row in rows])
    for row in rows:
        yield {**row, "carried": carried.get(row["pk"])}
