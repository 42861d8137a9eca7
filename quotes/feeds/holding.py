"""What stands on a page of a feed, quotes and notices of withdrawn ones: values, nothing written yet.

All that a feed shows is in these values, so who has the same ones has the same feed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import is_aware, make_aware

from quotes.feeds.prepared import Prepared, prepared
from quotes.models import Quote
from quotes.paging import beyond
from quotes.selectors import compared, public_quotes, reviewed_quotes, shown_as, with_steps, without_copies
from quotes.withdrawals import withdrawal_of

ENTRIES = 100  # of a page
_ORDER = ("dated_at", "id")  # the newest first: as lists of quotes are indexed
_TOGETHER = timedelta(minutes=5)


class Place(NamedTuple):
    """Where in a feed something stands: the newest come first."""

    dated_at: datetime
    quote: int


class Shown(NamedTuple):
    """What is shown of a public quote."""

    quote: int
    dated_at: datetime
    revision: int
    start: int
    public_id: UUID
    speaker: str
    outlet: str
    title: str
    url: str
    fragment: str
    published_at: datetime | None
    text: str
    context: str
    context_start: int
    segments: list[tuple[int, int]]
    updated_at: datetime


_PATHS = (
    "id", "dated_at", "revision_id", "start", "public_id", "speaker__name", "revision__article__source__name",
    "revision__title", "revision__article__canonical_url", "fragment", "revision__article__published_at",
    "text", "context", "context_start", "segments", "updated_at",
)  # fmt: skip


class Notice(NamedTuple):
    """What is told of a withdrawn quote, but what it said. `speaker` is whose words it was shown as."""

    quote: int
    dated_at: datetime
    revision: int
    start: int
    public_id: UUID
    speaker: str
    outlet: str
    title: str
    url: str
    is_corrected: bool
    why: str
    note: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Selection:
    """What a feed is made of.

    parts   of `keys` makes the quotes that it shows, then what may have been seen in it and is shown no
            longer, or as others' words; each in parts that are read out of an index, in whatever order
    family  keys of those whose words alone it has, with whom were merged into them; none for everybody's
    shape   by which its queries are known again, with other keys; None for one that is made once
    """

    parts: Callable[..., Sequence[QuerySet[Quote]]]
    keys: tuple[int, ...] = ()
    family: frozenset[int] = frozenset()
    has_copies: bool = False
    shape: str | None = None
    shown: int = 1  # how many of the parts show quotes
    count: int = 2  # of parts


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page: of quotes the rows as the database gives them, which `held` reads.

    next  behind what the next page begins; None on the last one
    """

    rows: tuple[tuple[Any, ...], ...]
    notices: tuple[Notice, ...]
    next: Place | None

    def held(self) -> list[Shown | Notice]:
        shown = map(Shown._make, _of_keys([]).read(self.rows)) if self.rows else ()
        return sorted([*shown, *self.notices], key=_in_text)


def read_page(selection: Selection, after: Place | None = None) -> Page:
    """The first `ENTRIES` of a feed, or of what comes after a place. A withdrawn quote keeps its place."""
    found = chain.from_iterable(_places(selection, part, after) for part in range(selection.shown))
    shown = sorted(found, reverse=True)[: ENTRIES + 1]
    # What is withdrawn is rare, and not looked for further back than the page goes.
    since = shown[-1].dated_at if len(shown) > ENTRIES else None
    parts = range(selection.shown, selection.count)
    withdrawn = {place for part in parts for place in _places(selection, part, after, since)}
    places = sorted({*shown, *withdrawn}, reverse=True)
    page = places[:ENTRIES]
    keys = sorted(place.quote for place in page if place not in withdrawn)
    rows = sorted(_of_keys(keys).ask(_padded(keys))) if keys else []
    notices = tuple(_notices(withdrawn.intersection(page), selection))
    return Page(tuple(rows), notices, _read(page[-1]) if len(places) > ENTRIES else None)


def _places(
    selection: Selection, part: int, after: Place | None, since: datetime | None = None
) -> list[Place]:
    """The first in a part, one more than a page has: what stands there is read by its key."""
    bounds = [*(after or ()), *([since] if since else [])]
    many = len(selection.keys)

    def build(*values: Any) -> QuerySet[Quote, tuple[Any, ...]]:
        found = selection.parts(*values[:many])[part]
        if part < selection.shown and not selection.has_copies:
            found = without_copies(compared(found))
        if since:
            found = found.filter(dated_at__gte=values[-1])
        if after:
            found = found.filter(beyond(_ORDER, values[many : many + 2], "lt"))
        return found.order_by(*(f"-{name}" for name in _ORDER)).values_list(*_ORDER)[: ENTRIES + 1]

    shape = selection.shape and (selection.shape, part, selection.has_copies, after is None, since is None)
    values = [*selection.keys, *bounds]
    return list(map(Place._make, prepared(shape, build, values).ask(values)))


def _read(place: Place) -> Place:
    """A place as Django reads it, out of a row: reading them all would cost more than asking for them."""
    dated = place.dated_at  # in UTC, without saying so where the engine keeps no zones
    return Place(dated if is_aware(dated) else make_aware(dated, UTC), place.quote)


def _of_keys(keys: Sequence[int]) -> Prepared:
    """What is shown of the quotes of these keys that are public, in no order."""

    def build(*values: Any) -> QuerySet[Quote, tuple[Any, ...]]:
        return public_quotes().filter(pk__in=values).order_by().values_list(*_PATHS)

    return prepared("of keys", build, _padded(keys))


def _padded(keys: Sequence[int]) -> list[int]:
    """As many as a page may have: one statement asks for all pages."""
    return [*keys, *[0] * (ENTRIES - len(keys))]


def _in_text(one: Shown | Notice) -> tuple[float, int, int]:
    """The newest first, what one article says in the order of its text."""
    return -one.dated_at.timestamp(), -one.revision, one.start


def _notices(places: Collection[Place], selection: Selection) -> Iterator[Notice]:
    """Without those of copies that stood in no feed."""
    if not places:
        return iter(())
    quotes = with_steps(reviewed_quotes().filter(pk__in=[place.quote for place in places])).in_bulk()
    if not selection.has_copies:
        sayings = {quote.saying_id for quote in quotes.values() if quote.saying_id}
        withdrawn = selection.parts(*selection.keys)[selection.shown :] if sayings else ()
        parts = (part.filter(saying__in=sayings) for part in withdrawn)
        alike = {one.pk: one for one in chain(quotes.values(), *parts)}
        seen = {one.pk for one in seen_by_readers(alike.values())}
        quotes = {key: quote for key, quote in quotes.items() if key in seen}
    return (_notice(quote, selection.family) for _, quote in sorted(quotes.items()))


def _notice(quote: Quote, family: Collection[int]) -> Notice:
    speaker, article = shown_as(quote, family), quote.revision.article
    is_corrected = bool(getattr(quote, "is_public", False))
    told = withdrawal_of(quote)
    return Notice(
        quote=quote.pk,
        dated_at=quote.dated_at,
        revision=quote.revision_id,
        start=quote.start,
        public_id=quote.public_id,
        speaker=speaker.name if speaker else "",
        outlet=article.source.name,
        title=quote.revision.title,
        url=article.web_url,
        is_corrected=is_corrected,
        why="" if is_corrected else told.why,
        note="" if is_corrected else told.note,
        updated_at=quote.updated_at,
    )


def seen_by_readers(withdrawn: Iterable[Quote]) -> Iterator[Quote]:
    """Of what was withdrawn in copies of one story, the entries that readers had, one after the other.

    One took the place of another only if that was gone before: not of those that were withdrawn together.
    """
    last: dict[Any, datetime] = {}  # when the latest of a saying was withdrawn
    for quote in sorted(withdrawn, key=lambda one: one.pk):
        before = last.get(quote.saying_id) if quote.saying_id else None
        if before is None or quote.updated_at - before > _TOGETHER:
            yield quote
        if quote.saying_id:
            last[quote.saying_id] = max(quote.updated_at, before or quote.updated_at)
