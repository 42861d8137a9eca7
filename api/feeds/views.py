"""`/feeds/`: quotes by the API's filters and its search, in all formats of feeds; lists of feeds as OPML."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from api.feeds.filters import QuoteFeedFilters, SpeakerFeedFilters, checked
from api.filters import refuse_odd_parameters
from api.limits import bounded
from api.searching import Search, search_of
from quotes.feeds import FORMATS, Selection, feed_answer, site_of
from quotes.feeds.content import CURSOR, Topic, latest
from quotes.feeds.opml import MEDIA_TYPE, Outline, opml
from quotes.feeds.topics import guid_of, hub_of, path_of
from quotes.models import Source, Speaker
from quotes.selectors import (
    family_of,
    public_quotes,
    public_speakers,
    quotes_withdrawn,
    withdrawn_from,
)

MOST_FEEDS = 1000  # of a list: what readers take in at once
_MOST_NAMES = 5  # in a title
_FEW = 20  # speakers of a list
_SUFFIX = next(iter(FORMATS))
_SEARCHED = ("q", "in", "kind", "published_from", "published_to")  # of our filters by the page of a search


class _AsNamed(BaseContentNegotiation):
    """The address says in which format; a problem is told as the API tells it."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        return None

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class _Open(APIView):
    """Open to everybody, as all feeds are, and counted as requests to the API are."""

    schema = None
    permission_classes = (AllowAny,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = _AsNamed


class QuotesFeed(_Open):
    """All public quotes, or those that the filters and `q` leave."""

    def get(self, request: Request, suffix: str) -> HttpResponse:
        if suffix not in FORMATS:
            raise NotFound(f"A feed ends in {', '.join(f'.{known}' for known in FORMATS)}.")
        filters = checked(request, QuoteFeedFilters, public_quotes(), {"q", "in", CURSOR})
        search = search_of(request)
        speakers = filters.speakers()
        with bounded():
            topic = _topic(request, filters, search, speakers)
            return feed_answer(request._request, topic, _selection(filters, search, speakers), suffix)


class SpeakersList(_Open):
    """The feeds of the speakers that the filters leave."""

    def get(self, request: Request) -> HttpResponse:
        speakers = public_speakers().order_by("slug")
        with bounded():
            found = checked(request, SpeakerFeedFilters, speakers, ()).qs[: MOST_FEEDS + 1]
            return _list(request, "Speakers", "speaker", found)


class SourcesList(_Open):
    """The feeds of the outlets."""

    def get(self, request: Request) -> HttpResponse:
        refuse_odd_parameters(request._request, ())
        found = Source.objects.order_by("slug")[: MOST_FEEDS + 1]
        return _list(request, "Sources", "source", found)


def _selection(filters: QuoteFeedFilters, search: Search | None, speakers: list[Speaker] | None) -> Selection:
    family = frozenset(family_of(*speakers)) if speakers else frozenset()
    keys = [speaker.pk for speaker in speakers or ()]
    # Of few speakers each by itself: of all together there is no index by date.
    shown = [filters.qs.filter(speaker=key) for key in keys] if 1 < len(keys) <= _FEW else [filters.qs]
    withdrawn = [quotes_withdrawn()] if speakers is None else withdrawn_from(keys, family)
    parts = [
        search.narrow(quotes) if search else quotes
        for quotes in (*shown, *(filters.withdrawn(part) for part in withdrawn))
    ]
    return Selection(lambda: parts, (), family, filters.has_copies, shown=len(shown), count=len(parts))


def _topic(
    request: Request, filters: QuoteFeedFilters, search: Search | None, speakers: list[Speaker] | None
) -> Topic:
    given = {name: ",".join(values) for name, values in request.query_params.lists() if name != CURSOR}
    parameters = tuple(sorted(given.items()))
    site, path = site_of(request._request), path_of("quotes-feed")
    # Who is asked for is known whatever he or she is called by.
    who = sorted(speaker.urn for speaker in speakers or ())
    kept = tuple(one for one in parameters if one[0] not in {"speaker", "wikidata"})
    title = _title(filters, search, speakers, dict(kept))
    return Topic(
        guid=guid_of(site, path, (*kept, ("speaker", ",".join(who)))),
        title=title,
        about=f"{title}, with links to the words in the source.",
        site=site,
        page=_page(filters, speakers, given),
        path=path,
        parameters=parameters,
        changed_at=latest(speaker.updated_at for speaker in speakers or ()),
        hub=hub_of(is_whole=not parameters),
    )


def _title(
    filters: QuoteFeedFilters, search: Search | None, speakers: list[Speaker] | None, others: dict[str, str]
) -> str:
    """Whose quotes, where, about what, and what else they are narrowed down by."""
    told = [f"{_named(speakers)}: quotes" if speakers is not None else "Quotes" if others else "All quotes"]
    if sources := filters.sources():
        told.append(f"in {_named(sources)}")
    if search:
        told.append(f"about {others['q']}")
    beside = {name: value for name, value in others.items() if name not in {"source", "q", "in"}}
    return ", ".join([*told, *(f"{name.replace('_', ' ')} {value}" for name, value in beside.items())])


def _named(records: list[Speaker] | list[Source]) -> str:
    names = sorted(record.name for record in records)
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES]) or "Nobody"
    return f"{shown} and {more} more" if more > 0 else shown


def _page(filters: QuoteFeedFilters, speakers: list[Speaker] | None, given: dict[str, str]) -> str:
    """The search for the same, as far as it knows these filters."""
    asked = [(name, given[name]) for name in _SEARCHED if name in given]
    asked += [("speaker", one.slug) for one in speakers or ()]
    asked += [("source", one.slug) for one in filters.sources()]
    return f"{reverse('search')}?{urlencode(asked)}" if asked else reverse("home")


def _list(request: Request, what: str, kind: str, found: Any) -> HttpResponse:
    """Of more than `MOST_FEEDS` the first, and the title says so."""
    site = site_of(request._request)
    records = list(found)
    more = f" (the first {MOST_FEEDS:,} of more)" if len(records) > MOST_FEEDS else ""
    outlines = (
        Outline(
            title=f"{record.name}: quotes",
            feed=f"{site}{path_of(f'{kind}-feed', record.slug)}.{_SUFFIX}",
            page=f"{site}{reverse(kind, args=[record.slug])}",
        )
        for record in records[:MOST_FEEDS]
    )
    answer = HttpResponse(opml(f"{what}{more}", outlines), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{what.lower()}.opml"'
    answer["Cache-Control"] = "public, max-age=300"
    return answer
