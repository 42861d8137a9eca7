"""What editors do with speakers by API: merge, move, rename, tell apart, and undo. Each step is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from api.conditional import Versioned
from api.errors import MEDIA_TYPE, PROBLEM, sentence
from api.pagination import Pages
from api.permissions import MayAdminister
from api.rules import one_of
from quotes.models import Quote, Speaker, SpeakerChange
from quotes.selectors import speaker_of_slug
from quotes.services.merging import (
    MergeError,
    merge_speakers,
    move_quotes,
    rename_speaker,
    tell_apart,
    undo_change,
)

_MOST_QUOTES = 1000

Method = TypeVar("Method", bound=Callable[..., Response])


class NoteSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=500, help_text="Kept with the step."
    )


class MergeSerializer(NoteSerializer):
    into = serializers.SlugField(max_length=220, help_text="The slug of who stays.")


class MoveSerializer(NoteSerializer):
    rules = one_of("to", "new_name")
    quotes = serializers.ListField(
        child=serializers.CharField(max_length=60),
        min_length=1,
        max_length=_MOST_QUOTES,
        help_text="Their ids, with or without `urn:uuid:`.",
    )
    to = serializers.SlugField(required=False, max_length=220, help_text="The slug of who gets them.")
    new_name = serializers.CharField(
        required=False, max_length=200, help_text="Or the name of a new speaker, told apart from this one."
    )

    def validate_quotes(self, values: list[str]) -> list[UUID]:
        try:
            return [UUID(value.removeprefix("urn:uuid:")) for value in values]
        except ValueError as error:
            raise serializers.ValidationError("An id looks like urn:uuid:… of a quote.") from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("to" in attrs) == ("new_name" in attrs):
            raise serializers.ValidationError("Give either `to` or `new_name`.")
        return attrs


class RenameSerializer(NoteSerializer):
    name = serializers.CharField(max_length=200)


class ApartSerializer(NoteSerializer):
    other = serializers.SlugField(max_length=220, help_text="The slug of who is somebody else.")


class UndoSerializer(serializers.Serializer[Any]):
    """Nothing has to be given."""


class DistinctionSerializer(serializers.Serializer[Any]):
    first = serializers.CharField(source="first.slug")
    second = serializers.CharField(source="second.slug")
    note = serializers.CharField()
    made_at = serializers.DateTimeField()


_BY_ID = {"url": {"view_name": "speaker-change-detail", "lookup_field": "public_id"}}


class SpeakerChangeSerializer(serializers.HyperlinkedModelSerializer[SpeakerChange]):
    """A step, with the slugs of both sides."""

    id = serializers.CharField(source="urn", help_text="Permanent.")
    from_speaker = serializers.CharField(source="source.slug")
    to_speaker = serializers.CharField(source="target.slug")
    editor = serializers.CharField(source="editor.username")
    quotes_moved = serializers.SerializerMethodField()

    class Meta:
        model = SpeakerChange
        fields = (
            "url", "id", "kind", "from_speaker", "to_speaker", "old_name", "new_name", "quotes_moved",
            "editor", "note", "made_at", "undone_at",
        )  # fmt: skip
        extra_kwargs = _BY_ID

    def get_quotes_moved(self, change: SpeakerChange) -> int:
        return change.quotes.count()


_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="The step makes no sense; nothing was changed."),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may not change speakers."),
    (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="There is no such record."),
}
_NOT_TAKEN = {
    (413, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="More was sent than is taken."),
    (415, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was sent is not JSON."),
}


def _step(
    name: str, summary: str, takes: type[Any], gives: type[Any] = SpeakerChangeSerializer
) -> Callable[[Method], Method]:
    """A POST for editors at `name` below a record, with its place in the schema."""

    def decorate(method: Method) -> Method:
        posted = action(
            detail=True,
            methods=["post"],
            url_path=name,
            permission_classes=[MayAdminister],
            renderer_classes=api_settings.DEFAULT_RENDERER_CLASSES,  # a step has none of a speaker's formats
        )
        described = extend_schema(
            summary=summary,
            description="The step is kept, with who took it and why.",
            request=takes,
            responses={200: gives, **_REFUSED, **_NOT_TAKEN},
        )
        return cast(Method, described(posted(method)))

    return decorate


class SpeakerEditing(GenericViewSet[Speaker]):
    """The steps that are taken with the speaker of an address."""

    @_step("merge", "Merge this speaker into another", MergeSerializer)
    def merge(self, request: Request, slug: str) -> Response:
        given = _given(MergeSerializer, request)
        source, target = _speaker(slug), _other(given["into"], "into")
        with _refusals():
            change = merge_speakers(source=source, target=target, editor=request.user, note=given["note"])
        return _answer(change, request)

    @_step("move", "Move quotes of this speaker to another, or to a new one", MoveSerializer)
    def move(self, request: Request, slug: str) -> Response:
        given = _given(MoveSerializer, request)
        source = _speaker(slug)
        target = _other(given["to"], "to") if "to" in given else given["new_name"]
        quotes = list(Quote.objects.filter(public_id__in=given["quotes"], speaker=source))
        if len(quotes) != len(set(given["quotes"])):
            raise ValidationError({"quotes": [f"Not all of these are quotes of {source.slug}."]})
        with _refusals():
            change = move_quotes(quotes=quotes, target=target, editor=request.user, note=given["note"])
        return _answer(change, request)

    @_step("rename", "Rename this speaker; the old slug leads on", RenameSerializer)
    def rename(self, request: Request, slug: str) -> Response:
        given = _given(RenameSerializer, request)
        with _refusals():
            change = rename_speaker(
                speaker=_speaker(slug), name=given["name"], editor=request.user, note=given["note"]
            )
        return _answer(change, request)

    @_step(
        "not-the-same",
        "Keep that this speaker is not the same as another",
        ApartSerializer,
        DistinctionSerializer,
    )
    def not_the_same(self, request: Request, slug: str) -> Response:
        given = _given(ApartSerializer, request)
        one, other = _speaker(slug), _other(given["other"], "other")
        with _refusals():
            told = tell_apart(one=one, other=other, editor=request.user, note=given["note"])
        return Response(DistinctionSerializer(told).data)


@extend_schema_view(
    list=extend_schema(
        summary="List what editors did with speakers",
        responses={200: SpeakerChangeSerializer(many=True), **_REFUSED},
    ),
    retrieve=extend_schema(summary="One step", responses={200: SpeakerChangeSerializer, **_REFUSED}),
)
class SpeakerChangeViewSet(Versioned, ReadOnlyModelViewSet[SpeakerChange]):
    """What editors did with speakers, latest first. For editors."""

    queryset = SpeakerChange.objects.select_related("source", "target", "editor")
    serializer_class = SpeakerChangeSerializer
    pagination_class = Pages
    permission_classes = (MayAdminister,)
    lookup_field = "public_id"
    ordering = ("-id",)

    @_step("undo", "Undo this step", UndoSerializer)
    def undo(self, request: Request, public_id: str) -> Response:
        _given(UndoSerializer, request)
        change = self.get_object()
        with _refusals():
            undone = undo_change(change=change, editor=request.user)
        return _answer(undone, request)


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _speaker(slug: str) -> Speaker:
    try:
        return speaker_of_slug(slug)
    except Speaker.DoesNotExist as error:
        raise Http404(f"There is no speaker {slug!r}.") from error


def _other(slug: str, field: str) -> Speaker:
    try:
        return speaker_of_slug(slug)
    except Speaker.DoesNotExist as error:
        raise ValidationError(
            {field: [f"There is no speaker {slug!r}: take a slug from /api/v1/speakers/."]}
        ) from error


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MergeError as error:
        raise ValidationError(sentence(error)) from error


def _answer(change: SpeakerChange, request: Request) -> Response:
    step = SpeakerChangeSerializer(change, context={"request": request}).data
    return Response(step, headers={"Content-Location": step["url"]})
