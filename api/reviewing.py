"""What editors decide about quotes by API: the same services as in the admin site, each step kept."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.filters import ReviewFilters
from api.pagination import Pages
from api.permissions import MayRetract
from api.review_base import (
    READING_REFUSED,
    REFUSED,
    editor_of,
    given,
    guard_of,
    listed,
    shown,
    speaker_of,
    step,
)
from api.review_serializers import (
    BoundsSerializer,
    DecisionSerializer,
    KindSerializer,
    MissedQuoteSerializer,
    NoteSerializer,
    PublicNoteSerializer,
    RejectionSerializer,
    ReviewListSerializer,
    ReviewQuoteSerializer,
    SpeakerGivenSerializer,
)
from api.review_several import SeveralQuotes
from quotes.models import Quote
from quotes.services.corrections import add_note, add_quote, reopen, set_bounds, set_kind
from quotes.services.deadlocks import in_transaction
from quotes.services.review import attribute, decide


@extend_schema_view(
    list=extend_schema(
        summary="List quotes, public or not",
        description="Latest collected first.",
        responses={200: ReviewListSerializer(many=True), **READING_REFUSED},
    ),
    retrieve=extend_schema(
        summary="One quote, public or not", responses={200: ReviewQuoteSerializer, **READING_REFUSED}
    ),
)
class ReviewQuoteViewSet(SeveralQuotes, ReadOnlyModelViewSet[Quote]):
    """Every quote, with what was decided about it, and what may be decided. For reviewers."""

    queryset = Quote.objects.none()
    serializer_class = ReviewQuoteSerializer
    pagination_class = Pages
    filterset_class = ReviewFilters
    lookup_field = "public_id"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Quote]:
        return listed() if self.action == "list" else shown()

    def get_serializer_class(self) -> type[ReviewListSerializer | ReviewQuoteSerializer]:
        return ReviewListSerializer if self.action == "list" else ReviewQuoteSerializer

    @extend_schema(
        summary="Add a quote that no reading found, approved",
        description="Where its words stand in the text of an article, and who said them.",
        request=MissedQuoteSerializer,
        responses={201: ReviewQuoteSerializer, **REFUSED},
    )
    def create(self, request: Request) -> Response:
        told, editor = given(MissedQuoteSerializer, request), editor_of(request)
        speaker = speaker_of(told)
        with self.refusals():
            added = in_transaction(lambda: add_quote(speaker=speaker(), editor=editor, **told))
        return self.answer(added, status.HTTP_201_CREATED)

    @step("approve", "Approve this quote as it is", DecisionSerializer)
    def approve(self, request: Request, public_id: str) -> Response:
        return self._decide(request, DecisionSerializer, Quote.Status.APPROVED)

    @step("reject", "Reject this quote: it is none, or not as it stands", RejectionSerializer)
    def reject(self, request: Request, public_id: str) -> Response:
        return self._decide(request, RejectionSerializer, Quote.Status.REJECTED)

    @step("dispute", "Mark this quote as disputed, with a note for readers", PublicNoteSerializer)
    def dispute(self, request: Request, public_id: str) -> Response:
        return self._decide(request, PublicNoteSerializer, Quote.Status.DISPUTED)

    @step("retract", "Retract this quote, with a note for readers", PublicNoteSerializer, who=MayRetract)
    def retract(self, request: Request, public_id: str) -> Response:
        return self._decide(request, PublicNoteSerializer, Quote.Status.RETRACTED)

    @step("reopen", "Take back what editors decided, the speaker and the words too", DecisionSerializer)
    def reopen(self, request: Request, public_id: str) -> Response:
        told, quote = given(DecisionSerializer, request), self.get_object()
        with self.refusals():
            reopen(quotes=[quote], editor=editor_of(request), guard=guard_of(request), **told)
        return self.answer(quote)

    @step("attribute", "Say who said it, and approve it", SpeakerGivenSerializer)
    def attribute(self, request: Request, public_id: str) -> Response:
        told, quote = given(SpeakerGivenSerializer, request), self.get_object()
        speaker, editor, guard = speaker_of(told), editor_of(request), guard_of(request)
        with self.refusals():
            in_transaction(
                lambda: attribute(quote=quote, speaker=speaker(), editor=editor, guard=guard, **told)
            )
        return self.answer(quote)

    @step("bounds", "Say where the words begin and end, and approve it", BoundsSerializer)
    def bounds(self, request: Request, public_id: str) -> Response:
        told, quote = given(BoundsSerializer, request), self.get_object()
        with self.refusals():
            set_bounds(quote=quote, editor=editor_of(request), guard=guard_of(request), **told)
        return self.answer(quote)

    @step("kind", "Say of what kind it is", KindSerializer)
    def set_kind(self, request: Request, public_id: str) -> Response:
        told, quote = given(KindSerializer, request), self.get_object()
        with self.refusals():
            set_kind(quote=quote, editor=editor_of(request), guard=guard_of(request), **told)
        return self.answer(quote)

    @step("note", "Keep a note about it, for editors", NoteSerializer)
    def note(self, request: Request, public_id: str) -> Response:
        told, quote = given(NoteSerializer, request), self.get_object()
        with self.refusals():
            add_note(quote=quote, editor=editor_of(request), guard=guard_of(request), **told)
        return self.answer(quote)

    def _decide(self, request: Request, serializer: type[DecisionSerializer], to: Quote.Status) -> Response:
        told, quote = given(serializer, request), self.get_object()
        with self.refusals():
            decide(quotes=[quote], status=to, editor=editor_of(request), guard=guard_of(request), **told)
        return self.answer(quote)
