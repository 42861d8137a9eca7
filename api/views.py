"""The endpoints of /api/v1/: reading, open to all, public records only."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer

from api.changes import (
    CHANGED_SINCE,
    QUOTES_OR_CHANGES,
    WITHDRAWN_PROBLEM,
    as_listed,
    changes,
    refuse_withdrawn,
)
from api.conditional import Versioned
from api.deprecations import TEXT_FILTER, announce
from api.editing import SpeakerEditing
from api.errors import MEDIA_TYPE, PROBLEM
from api.facets import PARAMETERS as FACETS
from api.facets import facets_of
from api.filters import ArticleFilters, QuoteFilters, SpeakerFilters
from api.formats.records import quote_records, records_in_text
from api.formats.renderers import RowsRenderer
from api.formats.schema import LIMITED, in_all_formats
from api.formats.views import ArticleFormats, QuoteFormats, SourceFormats, SpeakerFormats
from api.limits import StillNumbered, bounded
from api.ordering import ORDERS, Order, order_of
from api.ordering import PARAMETER as ORDER
from api.pagination import Pages, QuotePages
from api.searching import PARAMETERS as SEARCHING
from api.searching import Search, ranked_pages, search_of
from api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    QuoteDetailSerializer,
    QuoteSerializer,
    SourceSerializer,
    SpeakerDetailSerializer,
    SpeakerSerializer,
)
from api.shaping import shape_parameters
from quotes.facets import count_facets
from quotes.models import Article, Quote, Source, Speaker
from quotes.search import find_speakers
from quotes.selectors import (
    public_quotes,
    public_speakers,
    speaker_at,
    stored_articles,
    with_certainty,
    with_change,
    with_quote_count,
    with_whole_speakers,
)
from quotes.services.publications import number_all_changes

QUOTES_OF_AN_ARTICLE = 200  # that are shown within it


def _documented(
    serializer: type[BaseSerializer[Any]],
    what: str,
    order: str,
    detail: type[BaseSerializer[Any]] | None = None,
    page: Any = None,
    gone: dict[str, OpenApiResponse] | None = None,
    moved: dict[Any, OpenApiResponse] | None = None,
    expandable: Sequence[str] = (),
    expanded: str = "",
    parameters: Sequence[OpenApiParameter] = (),
) -> Any:
    """The two operations of a view set with their errors, for the schema."""

    def also(operation: str) -> dict[Any, OpenApiResponse]:
        return {(410, MEDIA_TYPE): gone[operation]} if gone else {}

    def refused(text: str) -> OpenApiResponse:
        return OpenApiResponse(PROBLEM, description=text)

    return extend_schema_view(
        list=extend_schema(
            summary=f"List {what}s",
            description=f"{order} Follow `next` for more.",
            parameters=[*parameters, *shape_parameters(serializer, expandable, expanded), LIMITED],
            responses={
                **in_all_formats(page or serializer(many=True)),
                (400, MEDIA_TYPE): refused("A filter that does not exist, or a value that makes no sense."),
                (401, MEDIA_TYPE): refused("A login that is wrong."),
                (404, MEDIA_TYPE): refused("A cursor that is not one of ours."),
                **({(503, MEDIA_TYPE): refused("It takes longer than it may.")} if parameters else {}),
                **also("list"),
            },
        ),
        retrieve=extend_schema(
            summary=f"One {what}",
            parameters=shape_parameters(detail or serializer, expandable, expanded),
            responses={
                **in_all_formats(detail or serializer),
                (400, MEDIA_TYPE): refused("A parameter that does not exist, or a format that does not."),
                (401, MEDIA_TYPE): refused("A login that is wrong."),
                (404, MEDIA_TYPE): refused(f"There is no such public {what}."),
                **(moved or {}),
                **also("retrieve"),
            },
        ),
    )


def _order_of_download(order: Order, request: Request) -> Order:
    """All that is found is sent, of which the best are put in order only up to a number."""
    if order.is_by_relevance and ORDER.name in request.query_params:
        raise ValidationError({ORDER.name: ["A list that is sent whole has no best: take date, say."]})
    return ORDERS["date"] if order.is_by_relevance else order


@_documented(
    QuoteSerializer,
    "quote",
    "Newest first; those that are searched for, best first.",
    QuoteDetailSerializer,
    page=QUOTES_OR_CHANGES,
    gone={
        "list": OpenApiResponse(PROBLEM, description="The changes were begun anew since the given place."),
        "retrieve": OpenApiResponse(WITHDRAWN_PROBLEM, description="The quote was withdrawn."),
    },
    expandable=("article", "speaker"),
    expanded="Each with all that its own list has of it.",
    parameters=[*SEARCHING, ORDER, *FACETS],
)
class QuoteViewSet(Versioned, QuoteFormats):
    """Public quotes: approved by an editor, or given to a speaker with confidence and not yet reviewed."""

    queryset = Quote.objects.none()
    serializer_class = QuoteSerializer
    pagination_class: Any = QuotePages
    filterset_class = QuoteFilters
    lookup_field = "public_id"
    ordering: tuple[str, ...] = ("-dated_at", "-id")
    expandable = ("article", "speaker")
    list_parameters = ("q", "in", "highlight", "order", "facets", "facet_size")
    search: Search | None = None
    paginator: QuotePages

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if "highlight" in (self.wanted or ()) and request.query_params.get("highlight") != "true":
            raise ValidationError({"fields": ["highlight is there with q and highlight=true."]})

    def get_serializer_class(self) -> type[QuoteSerializer]:
        return QuoteDetailSerializer if self.action == "retrieve" else QuoteSerializer

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "search": self.search}

    def get_queryset(self) -> QuerySet[Quote]:
        return as_listed(public_quotes())

    def get_object(self) -> Quote:
        try:
            found: Quote = super().get_object()
        except Http404:
            refuse_withdrawn(self.kwargs[self.lookup_field])
            raise
        return found

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        if order_of(request).is_by_change and not number_all_changes():
            raise StillNumbered
        answer = super().list(request, *args, **kwargs)
        return announce(answer, *TEXT_FILTER) if "text" in request.query_params else answer

    def listed(self, request: Request) -> Response:
        if CHANGED_SINCE in request.query_params:
            return Response(changes(request, self.get_serializer_context()))
        keys = self.keys_of_page(public_quotes())
        records = self.records(keys)
        return self.get_paginated_response([records[key] for key in keys if key in records])

    def page_of(self, records: QuerySet[Quote]) -> Sequence[Quote]:
        keys = self.keys_of_page(records)
        quotes = records.in_bulk(keys)
        return [quotes[key] for key in keys if key in quotes]

    def keys_of_page(self, records: QuerySet[Quote]) -> Sequence[int]:
        """Which of `records` stand on the page that is asked for; counts them all where that is asked for."""
        facets = facets_of(self.request)
        with bounded():
            quotes = self.narrowed(records)
            page = self.paginate_queryset(quotes) or ()
            self.paginator.counts = count_facets(quotes, *facets) if facets else None
        return [row.pk for row in page]

    def narrowed(self, records: QuerySet[Quote]) -> QuerySet[Quote]:
        self.search = search_of(self.request)
        order = order_of(self.request)
        records = with_change(records) if order.is_by_change else with_certainty(records)
        if isinstance(self.request.accepted_renderer, RowsRenderer):
            order = _order_of_download(order, self.request)
        elif self.search and order.is_by_relevance:
            self.pagination_class = ranked_pages(self.search)
        self.ordering = order.fields
        # Before the filters: the last of them is of what all others leave.
        return self.filter_queryset(self.search.narrow(records) if self.search else records)

    def records(self, keys: Sequence[int]) -> Mapping[int, Any]:
        if self._expanded or (self.search and self.search.is_highlighted):
            return super().records(keys)
        return quote_records(keys, self.request, self.wanted)

    def expand(self, records: Sequence[Quote], names: Collection[str]) -> dict[str, Any]:
        if "speaker" in names:
            with_whole_speakers(records)
        return {}


@_documented(
    SpeakerSerializer,
    "speaker",
    "By slug.",
    SpeakerDetailSerializer,
    moved={301: OpenApiResponse(description="The speaker has another slug by now: `Location` leads there.")},
)
class SpeakerViewSet(Versioned, SpeakerEditing, SpeakerFormats):
    """Who is quoted in public quotes. The slug of a merged or renamed speaker redirects."""

    queryset = Speaker.objects.none()
    serializer_class = SpeakerSerializer
    pagination_class = Pages
    filterset_class = SpeakerFilters
    lookup_field = "slug"
    ordering = ("slug",)

    def get_queryset(self) -> QuerySet[Speaker]:
        return with_quote_count(public_speakers()).prefetch_related("aliases")

    def get_serializer_class(self) -> type[SpeakerSerializer]:
        return SpeakerDetailSerializer if self.action == "retrieve" else SpeakerSerializer

    def get_object(self) -> Speaker:
        try:
            found: Speaker = super().get_object()
        except Http404 as error:
            slug = self.kwargs["slug"][:100]
            alike = find_speakers(public_speakers(), slug.replace("-", " "), most=3)
            hint = f" Did you mean {' or '.join(one.slug for one in alike)}?" if alike else ""
            raise Http404(f"There is no speaker {slug!r} with a public quote.{hint}") from error
        return found

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        try:
            now = speaker_at(kwargs["slug"]).slug
        except Speaker.DoesNotExist:
            now = kwargs["slug"]
        if now != kwargs["slug"]:
            there = reverse("speaker-detail", kwargs={**kwargs, "slug": now}, request=request)
            return HttpResponsePermanentRedirect(there)
        return super().retrieve(request, *args, **kwargs)


@_documented(
    ArticleSerializer,
    "article",
    "Latest collected first.",
    ArticleDetailSerializer,
    expandable=("quotes",),
    expanded="The quotes themselves, in the order of the text.",
)
class ArticleViewSet(Versioned, ArticleFormats):
    """Where quotes come from."""

    queryset = Article.objects.none()
    serializer_class = ArticleSerializer
    pagination_class = Pages
    filterset_class = ArticleFilters
    lookup_field = "public_id"
    ordering = ("-id",)
    expandable = ("quotes",)

    def expand(self, records: Sequence[Article], names: Collection[str]) -> dict[str, Any]:
        if "quotes" not in names:
            return {}
        return {"quotes_in_text": records_in_text(records, QUOTES_OF_AN_ARTICLE, self.request)}

    def get_serializer_class(self) -> type[ArticleSerializer]:
        return ArticleDetailSerializer if self.action == "retrieve" else ArticleSerializer

    def get_queryset(self) -> QuerySet[Article]:
        return stored_articles()


@_documented(SourceSerializer, "source", "By slug.")
class SourceViewSet(Versioned, SourceFormats):
    """The outlets."""

    queryset = Source.objects.all()
    serializer_class = SourceSerializer
    pagination_class = Pages
    lookup_field = "slug"
    ordering = ("slug",)
