"""Steps with several quotes at once, and steps taken back."""

from collections.abc import Callable, Sequence

from rest_framework.request import Request
from rest_framework.response import Response

from api.review_base import Reviewing, editor_of, given, guard_of, refuse_retracted, speaker_of, step
from api.review_serializers import (
    AllDecidedSerializer,
    AllGivenSerializer,
    JoinSerializer,
    SeveralDecidedSerializer,
    SplitSerializer,
    TakingBackSerializer,
)
from quotes.models import Quote
from quotes.services.deadlocks import in_transaction
from quotes.services.reassigning import Same, attribute_all
from quotes.services.splitting import join_quotes, split_quote
from quotes.services.undoing import redo, undo


class SeveralQuotes(Reviewing):
    """What is answered by the quote of the address, and by the others that were changed with it."""

    @step(
        "split",
        "Let the words from an offset on be a quote of their own",
        SplitSerializer,
        SeveralDecidedSerializer,
    )
    def split(self, request: Request, public_id: str) -> Response:
        told, quote = given(SplitSerializer, request), self.get_object()
        with self.refusals():
            parts = split_quote(quote=quote, editor=editor_of(request), guard=guard_of(request), **told)
        return self._answer_all(quote, parts)

    @step("join", "Let this and other quotes be one", JoinSerializer, SeveralDecidedSerializer)
    def join(self, request: Request, public_id: str) -> Response:
        told, quote = given(JoinSerializer, request), self.get_object()
        others = told.pop("quotes")
        with self.refusals():
            joined = join_quotes(
                quote=quote, others=others, editor=editor_of(request), guard=guard_of(request), **told
            )
        return self._answer_all(quote, joined)

    @step(
        "attribute-all",
        "Say who said it, and all that the article gives to the same somebody",
        AllGivenSerializer,
        AllDecidedSerializer,
    )
    def attribute_all(self, request: Request, public_id: str) -> Response:
        told, quote = given(AllGivenSerializer, request), self.get_object()
        same, speaker = Same(told.pop("same")), speaker_of(told)
        editor, guard = editor_of(request), guard_of(request)
        with self.refusals():
            done = in_transaction(
                lambda: attribute_all(
                    quote=quote, speaker=speaker(), same=same, editor=editor, guard=guard, **told
                )
            )
        others = [one for one in done.changed if one.pk != quote.pk]
        return self.answer(quote, serializer=AllDecidedSerializer, others=others, unchanged=done.kept)

    @step("undo", "Take back the last decision about it", TakingBackSerializer, SeveralDecidedSerializer)
    def undo(self, request: Request, public_id: str) -> Response:
        return self._take_back(undo, request)

    @step("redo", "Take again what was taken back last", TakingBackSerializer, SeveralDecidedSerializer)
    def redo(self, request: Request, public_id: str) -> Response:
        return self._take_back(redo, request)

    def _take_back(self, turn: Callable[..., list[Quote]], request: Request) -> Response:
        told, quote = given(TakingBackSerializer, request), self.get_object()
        editor, guard = editor_of(request), guard_of(request)

        def take_back() -> list[Quote]:
            changed = turn(quote=quote, editor=editor, guard=guard, **told)
            for one in changed:
                refuse_retracted(request, one)
            return changed

        with self.refusals():
            changed = in_transaction(take_back)
        return self._answer_all(quote, changed)

    def _answer_all(self, quote: Quote, changed: Sequence[Quote]) -> Response:
        others = [one for one in changed if one.pk != quote.pk]
        return self.answer(quote, serializer=SeveralDecidedSerializer, others=others)
