"""The endpoints of /api/v1/: reading, open to all, public records only."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponsePermanentRedirect
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.serializers import BaseSerializer
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.changes import (
    CHANGED_SINCE,
    QUOTES_OR_CHANGES,
    WITHDRAWN_PROBLEM,
    as_listed,
    changes,
    refuse_withdrawn,
)
from api.conditional import Versioned
from api.editing import SpeakerEditing
from api.errors import MEDIA_TYPE, PROBLEM
from api.filters import ArticleFilters, QuoteFilters, SpeakerFilters
from api.pagination import Pages
from api.serializers import (
    ArticleDetailSerializer,
    ArticleSerializer,
    QuoteDetailSerializer,
    QuoteSerializer,
    SourceSerializer,
    SpeakerDetailSerializer,
    SpeakerSerializer,
)
from quotes.models import Article, Quote, Source, Speaker
from quotes.selectors import (
    public_quotes,
    public_speakers,
    speaker_at,
    stored_articles,
    with_quote_count,
)


def _documented(
    serializer: type[BaseSerializer[Any]],
    what: str,
    order: str,
    detail: type[BaseSerializer[Any]] | None = None,
    page: Any = None,
    gone: dict[str, OpenApiResponse] | None = None,
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
            responses={
                200: page or serializer(many=True),
                (400, MEDIA_TYPE): refused("A filter that does not exist, or a value that makes no sense."),
                (401, MEDIA_TYPE): refused("A login that is wrong."),
                (404, MEDIA_TYPE): refused("A cursor that is not one of ours."),
                **also("list"),
            },
        ),
        retrieve=extend_schema(
            summary=f"One {what}",
            responses={
                200: detail or serializer,
                (400, MEDIA_TYPE): refused("A parameter that does not exist, or a format that does not."),
                (401, MEDIA_TYPE): refused("A login that is wrong."),
                (404, MEDIA_TYPE): refused(f"There is no such public {what}."),
                **also("retrieve"),
            },
        ),
    )


@_documented(
    QuoteSerializer,
    "quote",
    "Newest first.",
    QuoteDetailSerializer,
    page=QUOTES_OR_CHANGES,
    gone={
        "list": OpenApiResponse(PROBLEM, description="The changes were begun anew since the given place."),
        "retrieve": OpenApiResponse(WITHDRAWN_PROBLEM, description="The quote was withdrawn."),
    },
)
class QuoteViewSet(Versioned, ReadOnlyModelViewSet[Quote]):
    """Public quotes: approved by an editor, or given to a speaker with confidence and not yet reviewed."""

    queryset = Quote.objects.none()
    serializer_class = QuoteSerializer
    pagination_class = Pages
    filterset_class = QuoteFilters
    lookup_field = "public_id"
    ordering = ("-dated_at", "-id")
    dated_by = (
        "updated_at", "speaker.updated_at", "revision.article.updated_at",
        "revision.article.current_revision.fetched_at",
    )  # fmt: skip

    def get_serializer_class(self) -> type[QuoteSerializer]:
        return QuoteDetailSerializer if self.action == "retrieve" else QuoteSerializer

    def get_queryset(self) -> QuerySet[Quote]:
        return as_listed(public_quotes())

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if CHANGED_SINCE in request.query_params:
            return Response(changes(request, self.get_serializer_context()))
        return super().list(request, *args, **kwargs)

    def get_object(self) -> Quote:
        try:
            quote: Quote = super().get_object()
        except Http404:
            refuse_withdrawn(self.kwargs[self.lookup_field])
            raise
        return quote


@_documented(SpeakerSerializer, "speaker", "By slug.", SpeakerDetailSerializer)
class SpeakerViewSet(SpeakerEditing, Versioned, ReadOnlyModelViewSet[Speaker]):
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

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        try:
            now = speaker_at(kwargs["slug"]).slug
        except Speaker.DoesNotExist:
            now = kwargs["slug"]
        if now != kwargs["slug"]:
            return HttpResponsePermanentRedirect(reverse("speaker-detail", args=[now], request=request))
        return super().retrieve(request, *args, **kwargs)


@_documented(ArticleSerializer, "article", "Latest collected first.", ArticleDetailSerializer)
class ArticleViewSet(Versioned, ReadOnlyModelViewSet[Article]):
    """Where quotes come from."""

    queryset = Article.objects.none()
    serializer_class = ArticleSerializer
    pagination_class = Pages
    filterset_class = ArticleFilters
    lookup_field = "public_id"
    ordering = ("-id",)
    dated_by = ("updated_at", "current_revision.fetched_at")

    def get_serializer_class(self) -> type[ArticleSerializer]:
        return ArticleDetailSerializer if self.action == "retrieve" else ArticleSerializer

    def get_queryset(self) -> QuerySet[Article]:
        return stored_articles()


@_documented(SourceSerializer, "source", "By slug.")
class SourceViewSet(Versioned, ReadOnlyModelViewSet[Source]):
    """The outlets."""

    queryset = Source.objects.all()
    serializer_class = SourceSerializer
    pagination_class = Pages
    lookup_field = "slug"
    ordering = ("slug",)
