"""What editors decide about quotes by API: the same services as in the admin site, each step kept.

A decision is about what was seen: `If-Match` takes the `ETag` of the quote, and a quote that has changed
since is not touched.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import django_filters
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.conditional import Versioned, version_of
from api.errors import MEDIA_TYPE, PROBLEM
from api.filters import QuoteFilters
from api.pagination import Pages
from api.permissions import MayReview
from api.serializers import QuoteDetailSerializer
from quotes.models import Quote, ReviewDecision, Speaker
from quotes.selectors import reviewed_quotes, speaker_at, stored_articles, with_copies_count
from quotes.services.corrections import add_quote, reopen, set_bounds
from quotes.services.review import Guard, ReviewError, attribute, decide, no_guard
from quotes.services.speakers import save_speaker

_MOST_SEGMENTS = 50


class DecisionSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        max_length=500,
        help_text="Kept with the decision, for editors.",
    )


class RejectionSerializer(DecisionSerializer):
    reason = serializers.ChoiceField(
        choices=ReviewDecision.Reason.choices, required=False, default="", help_text="Why it is none."
    )


class RetractionSerializer(DecisionSerializer):
    public_note = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=500, help_text="What readers are told."
    )


class NewSpeakerSerializer(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
    kind = serializers.ChoiceField(choices=Speaker.Kind.choices, default=Speaker.Kind.PERSON)


class SpeakerGivenSerializer(DecisionSerializer):
    speaker = serializers.SlugField(required=False, max_length=220, help_text="The slug of who said it.")
    new_speaker = NewSpeakerSerializer(required=False, help_text="Or somebody who has no record yet.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("speaker" in attrs) == ("new_speaker" in attrs):
            raise serializers.ValidationError("Give either `speaker` or `new_speaker`.")
        return attrs


class BoundsSerializer(DecisionSerializer):
    segments = serializers.ListField(
        child=serializers.ListField(child=serializers.IntegerField(min_value=0), min_length=2, max_length=2),
        min_length=1,
        max_length=_MOST_SEGMENTS,
        help_text="Half-open code-point offsets into the text of the quote's revision, in order.",
    )


class MissedQuoteSerializer(SpeakerGivenSerializer, BoundsSerializer):
    article = serializers.SlugRelatedField(
        slug_field="public_id", queryset=stored_articles(), help_text="Its id."
    )
    kind = serializers.ChoiceField(choices=Quote.Kind.choices, default=Quote.Kind.DIRECT)


class StepSerializer(serializers.ModelSerializer[ReviewDecision]):
    """What was decided before, by whom and why; without an editor, what the extractor took back."""

    by = serializers.ChoiceField(choices=("editor", "extractor"))
    editor = serializers.CharField(source="editor.username", default=None, allow_null=True)
    from_speaker = serializers.CharField(source="from_speaker.slug", default=None, allow_null=True)
    to_speaker = serializers.CharField(source="to_speaker.slug", default=None, allow_null=True)

    class Meta:
        model = ReviewDecision
        fields = (
            "by", "editor", "decided_at", "from_status", "to_status", "from_speaker", "to_speaker", "from_words",
            "to_words", "reason", "note", "public_note",
        )  # fmt: skip


class ReviewQuoteSerializer(QuoteDetailSerializer):
    """A quote as reviewers see it, public or not, with what was decided about it, latest first."""

    decisions = StepSerializer(many=True)

    class Meta(QuoteDetailSerializer.Meta):
        fields = (*QuoteDetailSerializer.Meta.fields, "decisions")
        extra_kwargs = {"url": {"view_name": "review-quote-detail", "lookup_field": "public_id"}}


class ReviewFilters(QuoteFilters):
    """Those of public quotes, and what is of interest to reviewers alone."""

    status = django_filters.ChoiceFilter(
        "review_status", choices=Quote.Status.choices, help_text="What was decided last."
    )
    max_confidence = django_filters.NumberFilter(
        "confidence", "lte", min_value=0, max_value=1, help_text="From 0 to 1: the doubtful ones."
    )
    is_gone = django_filters.BooleanFilter(
        "gone_at", "isnull", exclude=True, help_text="Whether the words have left the article."
    )


class ChangedMeanwhileError(APIException):
    """412: the quote is not what it was when it was looked at."""

    status_code = status.HTTP_412_PRECONDITION_FAILED


_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="The step makes no sense; nothing was changed."),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may not review quotes."),
    (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="There is no such record."),
    (412, MEDIA_TYPE): OpenApiResponse(
        PROBLEM, description="It has changed since it was looked at; nothing was decided."
    ),
    (415, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was sent is not JSON."),
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
        posted = action(detail=True, methods=["post"], url_path=name, permission_classes=[MayReview])
        described = extend_schema(
            summary=summary,
            parameters=[_IF_MATCH],
            request=takes,
            responses={200: ReviewQuoteSerializer, **_REFUSED},
        )
        return cast(Method, described(posted(method)))

    return decorate


@extend_schema_view(
    list=extend_schema(
        summary="List quotes, public or not",
        description="Latest collected first.",
        responses={200: ReviewQuoteSerializer(many=True), **_REFUSED},
    ),
    retrieve=extend_schema(
        summary="One quote, public or not", responses={200: ReviewQuoteSerializer, **_REFUSED}
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
        return _shown()

    @extend_schema(
        summary="Add a quote that no reading found, approved",
        request=MissedQuoteSerializer,
        responses={201: ReviewQuoteSerializer, **_REFUSED},
    )
    def create(self, request: Request) -> Response:
        given = _given(MissedQuoteSerializer, request)
        with _refusals(), transaction.atomic():
            added = add_quote(
                article=given["article"],
                segments=given["segments"],
                speaker=_speaker(given),
                kind=given["kind"],
                editor=_editor(request),
                note=given["note"],
            )
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
        with _refusals():
            reopen(quotes=[quote], editor=_editor(request), note=given["note"], guard=_guard(request))
        return self._answer(quote)

    @_step("attribute", "Say who said it, and approve it", SpeakerGivenSerializer)
    def attribute(self, request: Request, public_id: str) -> Response:
        given, quote = _given(SpeakerGivenSerializer, request), self.get_object()
        with _refusals(), transaction.atomic():
            attribute(
                quote=quote,
                speaker=_speaker(given),
                editor=_editor(request),
                note=given["note"],
                guard=_guard(request),
            )
        return self._answer(quote)

    @_step("bounds", "Say where the words begin and end, and approve it", BoundsSerializer)
    def bounds(self, request: Request, public_id: str) -> Response:
        given, quote = _given(BoundsSerializer, request), self.get_object()
        with _refusals():
            set_bounds(
                quote=quote,
                segments=given["segments"],
                editor=_editor(request),
                note=given["note"],
                guard=_guard(request),
            )
        return self._answer(quote)

    def _decide(self, request: Request, serializer: type[DecisionSerializer], to: Quote.Status) -> Response:
        given, quote = _given(serializer, request), self.get_object()
        with _refusals():
            decide(quotes=[quote], status=to, editor=_editor(request), guard=_guard(request), **given)
        return self._answer(quote)

    def _answer(self, quote: Quote, code: int = status.HTTP_200_OK) -> Response:
        now = _shown().get(pk=quote.pk)
        body = ReviewQuoteSerializer(now, context=self.get_serializer_context()).data
        where = "Location" if code == status.HTTP_201_CREATED else "Content-Location"
        return Response(body, status=code, headers={"ETag": f'"{version_of(now)}"', where: body["url"]})


def _shown() -> QuerySet[Quote]:
    steps = ("decisions__editor", "decisions__from_speaker", "decisions__to_speaker")
    current = "revision__article__current_revision"
    quotes = with_copies_count(reviewed_quotes()).select_related(current).defer(f"{current}__text")
    return quotes.prefetch_related(*steps)


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _speaker(given: dict[str, Any]) -> Speaker:
    if "new_speaker" in given:
        return save_speaker(speaker=Speaker(**given["new_speaker"]))
    try:
        return speaker_at(given["speaker"])
    except Speaker.DoesNotExist as error:
        raise ValidationError(
            {"speaker": [f"There is no speaker {given['speaker']!r}: take a slug from /api/v1/speakers/."]}
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
            raise ChangedMeanwhileError(
                "The quote has changed since you looked at it: look again, then decide.",
            )

    return check


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except ReviewError as error:
        raise ValidationError({"detail": f"{error}.".capitalize()}) from error
