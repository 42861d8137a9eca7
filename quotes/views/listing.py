"""Quotes in a list: pages that begin after a row, however far down, and how a quote is shown in one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from quotes.models import Quote
from quotes.paging import beyond
from quotes.search import Question, Scope
from quotes.search.highlighting import pieces
from quotes.search.ranking import ranked
from quotes.selectors import public_quotes, with_copies_count
from quotes.wordings import Carried, carried_of

ON_PAGE = 25
_SHOWN = 700  # characters of a quote in a list; its own page has all of it
_PLACE = re.compile(r"(-?[0-9]{1,18}(?:\.[0-9]{1,9})?)_([0-9]{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Piece = tuple[str, bool]  # what it says, whether it was searched for
Part = tuple[list[Piece], bool]  # and whether it is quoted


class PlaceError(ValueError):
    """An address that leads to no place of a list."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote in a list: its sentence in parts, cut where it is long, with what was searched for marked.

    `carried` tells how far its words are carried, None where they stand nowhere else.
    """

    quote: Quote
    parts: Sequence[Part]
    is_cut: bool
    carried: Carried | None = None


def by_date(quotes: QuerySet[Quote], after: str, *, oldest_first: bool = False) -> tuple[list[int], str]:
    """Keys of a page of `quotes`, the newest first, and where the next page begins.

    Raises PlaceError.
    """
    names, sign = ("dated_at", "id"), "" if oldest_first else "-"
    if after:
        number, key = _place(after)
        quotes = quotes.filter(beyond(names, (_moment(number), key), "gt" if oldest_first else "lt"))
    rows = quotes.select_related(None).order_by(*(f"{sign}{name}" for name in names))
    found = list(rows.values_list(*names)[: ON_PAGE + 1])
    return _page(found, lambda moment: str((moment - _EPOCH) // _MICROSECOND))


def in_order_of_text(quotes: QuerySet[Quote], after: str, most: int) -> tuple[list[int], str]:
    """The same of the quotes of one article, as they stand in it."""
    names = ("start", "id")
    if after:
        number, key = _place(after)
        quotes = quotes.filter(beyond(names, (int(float(number)), key), "gt"))
    found = list(quotes.select_related(None).order_by(*names).values_list(*names)[: most + 1])
    return _page(found, str, most)


def by_relevance(
    quotes: QuerySet[Quote], question: Question, scope: Scope, after: str
) -> tuple[list[int], str]:
    """The same of those of `quotes` that answer best."""
    found = ranked(quotes, question, scope)[::-1]
    if after:
        number, key = _place(after)
        found = [one for one in found if one < (float(number), key)]
    return _page(found[: ON_PAGE + 1], lambda score: f"{score:.6f}")


def shown(
    keys: Sequence[int], question: Question | None = None, scope: Scope = "words", most: int = _SHOWN
) -> list[Shown]:
    """The quotes of these keys in their order; of those of one saying in copies of a story the first."""
    rows = with_copies_count(public_quotes()).order_by().in_bulk(list(keys))
    carried = carried_of(rows)
    seen: set[tuple[int, int | None]] = set()
    found = []
    for quote in (rows[key] for key in keys if key in rows):
        if quote.saying_id is not None:
            if (saying := (quote.saying_id, quote.speaker_id)) in seen:
                continue
            seen.add(saying)
        found.append(replace(_shown(quote, question, scope, most), carried=carried.get(quote.pk)))
    return found


def whole(quote: Quote) -> Shown:
    """All of a quote."""
    return Shown(quote, [([(piece, False)], quoted) for piece, quoted in quote.context_parts], is_cut=False)


def shortened(text: str, most: int) -> str:
    """At most so many characters of a text, cut between words, with an ellipsis where it was cut."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words = cut.rpartition(" ")[0] if not text[most - 1].isspace() else cut
    # One word without end is cut where it has to be.
    return f"{(words if len(words) > most // 2 else cut).rstrip(' ,;:–—-')}…"


def _shown(quote: Quote, question: Question | None, scope: Scope, most: int) -> Shown:
    parts, left = [], most
    for piece, quoted in quote.context_parts:
        if left <= 0:
            break
        parts.append((shortened(piece, left), quoted))
        left -= len(piece)
    marked = [
        (
            pieces(question, text)
            if question is not None and (quoted or scope == "sentence")
            else [(text, False)],
            quoted,
        )
        for text, quoted in parts
    ]
    return Shown(quote, marked, is_cut=len(quote.context) > most)


def _page(
    found: Sequence[tuple[Any, int]], written: Callable[[Any], str], most: int = ON_PAGE
) -> tuple[list[int], str]:
    page = found[:most]
    after = f"{written(page[-1][0])}_{page[-1][1]}" if len(found) > most else ""
    return [key for _, key in page], after


def _place(after: str) -> tuple[str, int]:
    match = _PLACE.fullmatch(after)
    if match is None:
        raise PlaceError("This address leads to no page of the list: begin with the first one.")
    return match[1], int(match[2])


def _moment(number: str) -> datetime:
    try:
        return _EPOCH + int(float(number) if "." in number else number) * _MICROSECOND
    except OverflowError as error:
        raise PlaceError("This address leads to no page of the list: begin with the first one.") from error
