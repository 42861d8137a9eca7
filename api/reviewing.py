"""What editors decide about quotes by API: the same services as in the admin site, each step kept.

A decision is about what was seen: `If-Match` takes the `ETag` of the quote, and a quote that has changed
since is not touched.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from quotes.models import Article, Quote, ReviewDecision, Speaker
from quotes.services.corrections import add_quote, reopen, set_bounds
from quotes.services.review import ReviewError, attribute, decide
from quotes.services.speakers import save_speaker


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
        max_length=50,
        help_text="Half-open code-point offsets into the text of the quote's revision, in order.",
    )


class MissedQuoteSerializer(SpeakerGivenSerializer, BoundsSerializer):
    kind = serializers.ChoiceField(choices=Quote.Kind.choices, default=Quote.Kind.DIRECT)


class ChangedMeanwhileError(APIException):
    """412: the quote is not what it was when it was looked at."""

    status_code = status.HTTP_412_PRECONDITION_FAILED


_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="The step makes no sense; nothing was changed."),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may not review quotes."),
    (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="There is no such record."),
    (412, MEDIA_TYPE): OpenApiResponse(
        PROBLEM, description="It has changed since it was looked at; `current` is what it is now."
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
            responses={200: ReviewedQuoteSerializer, **_REFUSED},
        )
        return cast(Method, described(posted(method)))

    return decorate


class QuoteReviewing(GenericViewSet[Quote]):
    """What may be decided about the quote of an address, public or not."""

    @_step("approve", "Approve this quote as it is", DecisionSerializer)
    def approve(self, request: Request, public_id: str) -> Response:
        return self._decide(request, public_id, DecisionSerializer, Quote.Status.APPROVED)

    @_step("reject", "Reject this quote: it is none, or not as it stands", RejectionSerializer)
    def reject(self, request: Request, public_id: str) -> Response:
        return self._decide(request, public_id, RejectionSerializer, Quote.Status.REJECTED)

    @_step("dispute", "Mark this quote as disputed", DecisionSerializer)
    def dispute(self, request: Request, public_id: str) -> Response:
        return self._decide(request, public_id, DecisionSerializer, Quote.Status.DISPUTED)

    @_step("retract", "Retract this quote, with a note for readers", RetractionSerializer)
    def retract(self, request: Request, public_id: str) -> Response:
        return self._decide(request, public_id, RetractionSerializer, Quote.Status.RETRACTED)

    @_step("reopen", "Take back what editors decided, the speaker and the words too", DecisionSerializer)
    def reopen(self, request: Request, public_id: str) -> Response:
        given, quote = _given(DecisionSerializer, request), _quote(public_id)
        with _refusals():
            reopen(quotes=[quote], editor=_editor(request), note=given["note"], guard=_guard(request))
        return _answer(quote, request)

    @_step("attribute", "Say who said it, and approve it", SpeakerGivenSerializer)
    def attribute(self, request: Request, public_id: str) -> Response:
        given, quote = _given(SpeakerGivenSerializer, request), _quote(public_id)
        with _refusals(), transaction.atomic():
            attribute(
                quote=quote,
                speaker=_speaker(given),
                editor=_editor(request),
                note=given["note"],
                guard=_guard(request),
            )
        return _answer(quote, request)

    @_step("bounds", "Say where the words begin and end, and approve it", BoundsSerializer)
    def bounds(self, request: Request, public_id: str) -> Response:
        given, quote = _given(BoundsSerializer, request), _quote(public_id)
        with _refusals():
            set_bounds(
                quote=quote,
                segments=given["segments"],
                editor=_editor(request),
                note=given["note"],
                guard=_guard(request),
            )
        return _answer(quote, request)

    def _decide(
        self, request: Request, public_id: str, serializer: type[DecisionSerializer], to: Quote.Status
    ) -> Response:
        given, quote = _given(serializer, request), _quote(public_id)
        with _refusals():
            decide(quotes=[quote], status=to, editor=_editor(request), guard=_guard(request), **given)
        return _answer(quote, request)


class ArticleReviewing(GenericViewSet[Article]):
    """What may be added to the article of an address."""

    @extend_schema(
        summary="Add a quote that no reading found, approved",
        request=MissedQuoteSerializer,
        responses={201: ReviewedQuoteSerializer, **_REFUSED},
    )
    @action(detail=True, methods=["post"], url_path="missed", permission_classes=[MayReview])
    def missed(self, request: Request, public_id: str) -> Response:
        given = _given(MissedQuoteSerializer, request)
        article = get_object_or_404(stored_articles(), public_id=public_id)
        with _refusals(), transaction.atomic():
            added = add_quote(
                article=article,
                segments=given["segments"],
                speaker=_speaker(given),
                kind=given["kind"],
                editor=_editor(request),
                note=given["note"],
            )
        return _answer(added, request, status.HTTP_201_CREATED)


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _quote(public_id: str) -> Quote:
    try:
        return get_object_or_404(Quote, public_id=public_id)
    except DjangoValidationError as error:  # no uuid
        raise Http404 from error


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


def _answer(quote: Quote, request: Request, code: int = status.HTTP_200_OK) -> Response:
    now = reviewed_quotes().get(pk=quote.pk)
    body = ReviewedQuoteSerializer(now, context={"request": request}).data
    return Response(body, status=code, headers={"ETag": f'"{version_of(now)}"', "Content-Location": body["url"]})
