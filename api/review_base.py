"""What all that reviewers do by API has in common: how it is described, refused and answered.

A decision is about what was seen: `If-Match` takes the `ETag` of the quote, and a quote that has changed
since is not touched.
"""

from collections.abc import Callable, Iterator, Sequence
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
    inline_serializer,
)
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.conditional import Versioned
from api.errors import MEDIA_TYPE, PROBLEM, Changed, problem_fields, sentence
from api.permissions import MayReview
from api.review_serializers import ReviewQuoteSerializer
from quotes.models import Quote, Speaker
from quotes.reviewing import open_reports, with_proposals
from quotes.selectors import reviewed_quotes, speaker_at, with_copies_count
from quotes.services.review import DecidedSinceError, Guard, ReviewError
from quotes.services.speakers import save_speaker
from quotes.versions import version_of

_CHANGED_PROBLEM = inline_serializer(
    "ChangedProblem",
    {
        **problem_fields(),
        "etag": serializers.CharField(help_text="For the next `If-Match`."),
        "current": ReviewQuoteSerializer(help_text="What the quote is now."),
    },
)
READING_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(
        PROBLEM, description="A parameter that does not exist or makes no sense."
    ),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may not review quotes."),
    (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="There is no such quote, or no such page."),
}
REFUSED = {
    **READING_REFUSED,
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


def step(
    name: str,
    summary: str,
    takes: type[Any],
    gives: type[Any] = ReviewQuoteSerializer,
    who: type[BasePermission] = MayReview,
) -> Callable[[Method], Method]:
    """A POST for reviewers at `name` below a quote, with its place in the schema."""

    def decorate(method: Method) -> Method:
        posted = action(detail=True, methods=["post"], url_path=name, permission_classes=[who])
        described = extend_schema(
            summary=summary,
            description="The decision is kept, with who took it and why; no later reading overrules it.",
            parameters=[_IF_MATCH],
            request=takes,
            responses={200: gives, **REFUSED, **_MATCHED},
        )
        return cast(Method, described(posted(method)))

    return decorate


class Reviewing(Versioned, GenericViewSet[Quote]):
    """Quotes as reviewers have them. For reviewers."""

    permission_classes: tuple[type[BasePermission], ...] = (MayReview,)

    def answer(
        self,
        quote: Quote,
        code: int = status.HTTP_200_OK,
        serializer: type[ReviewQuoteSerializer] = ReviewQuoteSerializer,
        others: Sequence[Quote] = (),
        **more: Any,
    ) -> Response:
        """The quote as it is now; with a `serializer` for it, the `others` that a step changed, too."""
        if others:
            now = {one.pk: one for one in shown().filter(pk__in=[other.pk for other in others])}
            more["others"] = [now[other.pk] for other in others]
        body, etag = self.current(quote, serializer, **{"others": (), **more})
        where = "Location" if code == status.HTTP_201_CREATED else "Content-Location"
        return Response(body, status=code, headers={"ETag": etag, where: str(body["url"])})

    def current(
        self, quote: Quote, serializer: type[ReviewQuoteSerializer] = ReviewQuoteSerializer, **more: Any
    ) -> tuple[Any, str]:
        """What the quote is now, and by which ETag that is known."""
        now = shown().get(pk=quote.pk)
        context = self.get_serializer_context() | more
        return serializer(now, context=context).data, f'"{version_of(now)}"'

    @contextmanager
    def refusals(self) -> Iterator[None]:
        try:
            yield
        except DecidedSinceError as error:
            current, etag = self.current(error.quote)
            raise Changed(sentence(error), etag=etag, current=current) from error
        except ReviewError as error:
            raise ValidationError(sentence(error)) from error


def listed() -> QuerySet[Quote]:
    """Every quote, with what lists show of it."""
    current = "revision__article__current_revision"
    return with_copies_count(reviewed_quotes()).select_related(current).defer(f"{current}__text")


def shown() -> QuerySet[Quote]:
    """Every quote, with all that is shown of it."""
    steps = ("decisions__editor", "decisions__from_speaker", "decisions__to_speaker")
    return with_proposals(listed()).prefetch_related(*steps, open_reports())


def given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, checked."""
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def speaker_of(given: dict[str, Any]) -> Callable[[], Speaker]:
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


def editor_of(request: Request) -> User:
    """Who decides."""
    return cast(User, request.user)


def guard_of(request: Request) -> Guard:
    """Refuses a quote that is not any more what the `If-Match` of the request names.

    And one that is retracted, to who may not take that back.
    """
    wanted = request.headers.get("If-Match", "").strip()
    versions = {tag.strip().removeprefix("W/").strip('"').split(".")[0] for tag in wanted.split(",")}

    def check(quote: Quote) -> None:
        refuse_retracted(request, quote)
        if wanted not in {"", "*"} and version_of(quote) not in versions:
            raise DecidedSinceError(
                "the quote has changed since you looked at it: see what it is now, then decide", quote
            )

    return check


def refuse_retracted(request: Request, quote: Quote) -> None:
    """Raises PermissionDenied for a retracted quote, where the account may not retract."""
    if quote.review_status == Quote.Status.RETRACTED and not request.user.has_perm("quotes.retract_quote"):
        raise PermissionDenied("It is retracted: log in as an editor who may retract quotes.")
