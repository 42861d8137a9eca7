"""What editors decide about quotes by API: the same services as in the admin site, each step kept.

A decision is about what was seen: `If-Match` takes the `ETag` of the quote, and a quote that has changed
since is not touched.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
    inline_serializer,
)
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.conditional import Versioned
from api.errors import MEDIA_TYPE, PROBLEM, Changed, problem_fields, sentence
from api.filters import ReviewFilters
from api.pagination import Pages
from api.permissions import MayReview
from api.review_serializers import (
    BoundsSerializer,
    DecisionSerializer,
    MissedQuoteSerializer,
    RejectionSerializer,
    RetractionSerializer,
    ReviewListSerializer,
    ReviewQuoteSerializer,
    SpeakerGivenSerializer,
)
from quotes.models import Quote, Speaker
from quotes.selectors import reviewed_quotes, speaker_at, with_copies_count
from quotes.services.corrections import add_quote, reopen, set_bounds
from quotes.services.deadlocks import in_transaction
from quotes.services.review import Guard, ReviewError, attribute, decide, no_guard
from quotes.services.speakers import save_speaker
from quotes.versions import version_of


class _ChangedMeanwhileError(Exception):
    """The quote is not what it was when it was looked at."""

    def __init__(self, quote: Quote) -> None:
        super().__init__()
        self.quote = quote


_CHANGED_PROBLEM = inline_serializer(
    "ChangedProblem",
    {
        **problem_fields(),
        "etag": serializers.CharField(help_text="For the next `If-Match`."),
        "current": ReviewQuoteSerializer(help_text="What the quote is now."),
    },
)
_READING_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(
        PROBLEM, description="A parameter that does not exist or makes no sense."
    ),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may not review quotes."),
    (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="There is no such quote, or no such page."),
}
_REFUSED = {
    **_READING_REFUSED,
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="The step makes no sense; nothing was changed."),
    (413, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="More was sent than is taken."),
    (415, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was sent is not JSON."),
}
_MATCHED = {
    (412, MEDIA_TYPE): OpenApiResponse(
        _CHANGED_PROBLEM, description="It has changed since it was looked at; nothing was decided."
    ),
}
_IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The `ETag` of the quote that was looked at: one that has changed since is not touched.",
)

Method = TypeVar("Method", bound=Callable[..., Response])


def _step(name: str, summary: str, takes: type[Any]) -> Callable[[Method], Method]:
    """A POST for reviewers at `name` below a quote, with its place in the schema."""

    def decorate(method: Method) -> Method:
        posted = action(detail=True, methods=["post"], url_path=name)
        described = extend_schema(
            summary=summary,
            description="The decision is kept, with who took it and why; no later reading overrules it.",
            parameters=[_IF_MATCH],
            request=takes,
            responses={200: ReviewQuoteSerializer, **_REFUSED, **_MATCHED},
        )
        return cast(Method, described(posted(method)))

    return decorate


@extend_schema_view(
    list=extend_schema(
        summary="List quotes, public or not",
        description="Latest collected first.",
        responses={200: ReviewListSerializer(many=True), **_READING_REFUSED},
    ),
    retrieve=extend_schema(
        summary="One quote, public or not", responses={200: ReviewQuoteSerializer, **_READING_REFUSED}
    ),
)
class ReviewQuoteViewSet(Versioned, ReadOnlyModelViewSet[Quote]):
    """Every quote, with what was decided about it, and what may be decided. For reviewers."""

    queryset = Quote.objects.none()
    serializer_class = ReviewQuoteSerializer
    pagination_class = Pages
    filterset_class = ReviewFilters
    permission_classes = (MayReview,)
    lookup_field = "public_id"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Quote]:
        return _listed() if self.action == "list" else _shown()

    def get_serializer_class(self) -> type[ReviewListSerializer | ReviewQuoteSerializer]:
        return ReviewListSerializer if self.action == "list" else ReviewQuoteSerializer

    @extend_schema(
        summary="Add a quote that no reading found, approved",
        description="Where its words stand in the text of an article, and who said them.",
        request=MissedQuoteSerializer,
        responses={201: ReviewQuoteSerializer, **_REFUSED},
    )
    def create(self, request: Request) -> Response:
        given = _given(MissedQuoteSerializer, request)
        speaker = _speaker_of(given)
        with self._refusals():
            added = in_transaction(lambda: add_quote(speaker=speaker(), editor=_editor(request), **given))
        return self._answer(added, status.HTTP_201_CREATED)

    @_step("approve", "Approve this quote as it is", DecisionSerializer)
    def approve(self, request: Request, public_id: str) -> Response:
        return self._decide(request, DecisionSerializer, Quote.Status.APPROVED)

    @_step("reject", "Reject this quote: it is none, or not as it stands", RejectionSerializer)
    def reject(self, request: Request, public_id: str) -> Response:
        return self._decide(request, RejectionSerializer, Quote.Status.REJECTED)

    @_step("dispute", "Mark this quote as disputed", DecisionSerializer)
    def dispute(self, request: Request, public_id: str) -> Response:
        return self._decide(request, DecisionSerializer, Quote.Status.DISPUTED)

    @_step("retract", "Retract this quote, with a note for readers", RetractionSerializer)
    def retract(self, request: Request, public_id: str) -> Response:
        return self._decide(request, RetractionSerializer, Quote.Status.RETRACTED)

    @_step("reopen", "Take back what editors decided, the speaker and the words too", DecisionSerializer)
    def reopen(self, request: Request, public_id: str) -> Response:
        given, quote = _given(DecisionSerializer, request), self.get_object()
        with self._refusals():
            reopen(quotes=[quote], editor=_editor(request), guard=_guard(request), **given)
        return self._answer(quote)

    @_step("attribute", "Say who said it, and approve it", SpeakerGivenSerializer)
    def attribute(self, request: Request, public_id: str) -> Response:
        given, quote = _given(SpeakerGivenSerializer, request), self.get_object()
        speaker, editor, guard = _speaker_of(given), _editor(request), _guard(request)
        with self._refusals():
            in_transaction(
                lambda: attribute(quote=quote, speaker=speaker(), editor=editor, guard=guard, **given)
            )
        return self._answer(quote)

    @_step("bounds", "Say where the words begin and end, and approve it", BoundsSerializer)
    def bounds(self, request: Request, public_id: str) -> Response:
        given, quote = _given(BoundsSerializer, request), self.get_object()
        with self._refusals():
            set_bounds(quote=quote, editor=_editor(request), guard=_guard(request), **given)
        return self._answer(quote)

    def _decide(self, request: Request, serializer: type[DecisionSerializer], to: Quote.Status) -> Response:
        given, quote = _given(serializer, request), self.get_object()
        with self._refusals():
            decide(quotes=[quote], status=to, editor=_editor(request), guard=_guard(request), **given)
        return self._answer(quote)

    def _answer(self, quote: Quote, code: int = status.HTTP_200_OK) -> Response:
        body, etag = self._current(quote)
        where = "Location" if code == status.HTTP_201_CREATED else "Content-Location"
        return Response(body, status=code, headers={"ETag": etag, where: str(body["url"])})

    def _current(self, quote: Quote) -> tuple[Any, str]:
        """What the quote is now, and by which ETag that is known."""
        now = _shown().get(pk=quote.pk)
        return ReviewQuoteSerializer(now, context=self.get_serializer_context()).data, f'"{version_of(now)}"'

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except ReviewError as error:
            raise ValidationError(sentence(error)) from error
        except _ChangedMeanwhileError as error:
            current, etag = self._current(error.quote)
            raise Changed(
                "The quote has changed since you looked at it: see what it is now, then decide.",
                etag=etag,
                current=current,
            ) from error


def _listed() -> QuerySet[Quote]:
    current = "revision__article__current_revision"
    return with_copies_count(reviewed_quotes()).select_related(current).defer(f"{current}__text")


def _shown() -> QuerySet[Quote]:
    return _listed().prefetch_related("decisions__editor", "decisions__from_speaker", "decisions__to_speaker")


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _speaker_of(given: dict[str, Any]) -> Callable[[], Speaker]:
    """Takes the speaker out of what was given: it is looked up, or saved, in the transaction of the step."""
    if new := given.pop("new_speaker", None):
        return lambda: save_speaker(speaker=Speaker(**new))
    return partial(_known_speaker, given.pop("speaker"))


def _known_speaker(slug: str) -> Speaker:
    try:
        return speaker_at(slug)
    except Speaker.DoesNotExist as error:
        raise ValidationError(
            {"speaker": [f"There is no speaker {slug!r}: take a slug from /api/v1/speakers/."]}
        ) from error


def _editor(request: Request) -> User:
    return cast(User, request.user)


def _guard(request: Request) -> Guard:
    """Refuses a quote that is not any more what the `If-Match` of the request names."""
    wanted = request.headers.get("If-Match", "").strip()
    if wanted in {"", "*"}:
        return no_guard
    versions = {tag.strip().removeprefix("W/").strip('"').split(".")[0] for tag in wanted.split(",")}

    def check(quote: Quote) -> None:
        if version_of(quote) not in versions:
            raise _ChangedMeanwhileError(quote)

    return check
