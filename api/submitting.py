"""Articles handed in by API, and texts that are read without being stored."""

import hashlib
import json
from dataclasses import replace
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.generics import GenericAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from api.errors import MEDIA_TYPE, PROBLEM, sentence
from api.fields import uuid_of
from api.filters import SubmissionFilters
from api.pagination import Pages
from api.permissions import MayIngest
from api.rules import one_of
from quotes import tasks
from quotes.extraction import EXTRACTOR_VERSION, ExtractedQuote, QuoteKind, SpeakerKind, extract_quotes
from quotes.ingestion import ArticleDocument, DocumentError, FetchError
from quotes.ingestion.addresses import LONGEST_URL, canonical_url
from quotes.ingestion.isolated import read_isolated
from quotes.ingestion.reading import is_page
from quotes.models import Submission
from quotes.services.submissions import SubmissionError, submit

_LONGEST_KEY = 255


class UsedForAnotherError(APIException):
    """422: the key came with something else before."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY


class ArticleInSerializer(serializers.Serializer[Any]):
    """An article: the `html` of its page or its `text`, and what is known of it; or its `url` alone."""

    rules = one_of("html", "text", "url", alone="url")

    html = serializers.CharField(required=False, trim_whitespace=False, help_text="The page; or `text`.")
    text = serializers.CharField(
        required=False, trim_whitespace=False, help_text="The article's text, kept as it is."
    )
    url = serializers.CharField(required=False, max_length=LONGEST_URL, help_text="The article's address.")
    title = serializers.CharField(required=False, max_length=500)
    byline = serializers.CharField(required=False, max_length=500)
    published_at = serializers.DateTimeField(required=False)
    language = serializers.CharField(required=False, max_length=35)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Not declared above, because `source` is a field's own word for where its value comes from.
        outlet = serializers.CharField(
            required=False, max_length=200, help_text="The outlet's name, where no address says which it is."
        )
        return {**super().get_fields(), "source": outlet}

    def validate_url(self, value: str) -> str:
        try:
            return canonical_url(value)
        except DocumentError as error:
            raise serializers.ValidationError(f"{error}.") from error

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "html" in attrs and "text" in attrs:
            raise serializers.ValidationError("Give either `html` or `text`, not both.")
        if not attrs.keys() & {"html", "text"} and (beside := attrs.keys() - {"url"}):
            raise serializers.ValidationError(
                f"{', '.join(sorted(beside))}: only beside `html` or `text`; a page that is fetched says it."
            )
        if not attrs:
            raise serializers.ValidationError("Give `url`, `html` or `text`.")
        return attrs


class SubmissionSerializer(serializers.Serializer[Submission]):
    """What became of an article that was handed in."""

    url = serializers.SerializerMethodField()
    id = serializers.CharField(source="urn")
    state = serializers.ChoiceField(
        choices=Submission.State.choices,
        help_text="queued (to be fetched), reading (stored, its quotes are looked for), done, failed.",
    )
    detail = serializers.CharField(help_text="What went wrong, or why it waits.")
    address = serializers.SerializerMethodField(help_text="Where the article is; null where it is nowhere.")
    article = serializers.SerializerMethodField(help_text="The address of the article, once there is one.")
    quotes = serializers.SerializerMethodField(help_text="The address of its quotes.")
    submitted_at = serializers.DateTimeField(source="created_at")

    def get_url(self, submission: Submission) -> str:
        return self._address("submission-detail", submission)

    def get_address(self, submission: Submission) -> str | None:
        if submission.page:
            return submission.page.url
        return (submission.article and submission.article.web_url) or None

    def get_article(self, submission: Submission) -> str | None:
        article = submission.its_article
        return self._address("article-detail", article) if article else None

    def get_quotes(self, submission: Submission) -> str | None:
        article = submission.its_article
        listed = reverse("quote-list", request=self.context["request"])
        return f"{listed}?article={article.public_id}" if article else None

    def _address(self, view: str, record: Any) -> str:
        return reverse(view, args=[record.public_id], request=self.context["request"])


class SpeakerFoundSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in SpeakerKind])
    description = serializers.CharField(help_text="The role that the article gives; empty for none.")


class SpanSerializer(serializers.Serializer[Any]):
    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class QuoteFoundSerializer(serializers.Serializer[ExtractedQuote]):
    text = serializers.CharField()
    segments = serializers.SerializerMethodField(
        help_text="Half-open code-point offsets into the answer's `text`."
    )
    kind = serializers.ChoiceField(choices=[kind.value for kind in QuoteKind])
    speaker = SpeakerFoundSerializer(allow_null=True)
    mention = SpanSerializer(allow_null=True)
    cue = SpanSerializer(allow_null=True)
    confidence = serializers.FloatField()
    reasons = serializers.ListField(child=serializers.CharField())
    rule = serializers.CharField()

    def get_segments(self, quote: ExtractedQuote) -> list[list[int]]:
        return [[span.start, span.end] for span in quote.segments]


class FoundSerializer(serializers.Serializer[Any]):
    """The quotes of a text, and the text that their offsets count in."""

    title = serializers.CharField()
    text = serializers.CharField()
    extractor_version = serializers.CharField()
    quotes = QuoteFoundSerializer(many=True)
    warnings = serializers.ListField(child=serializers.CharField(), help_text="What is odd about the text.")


_UNREADABLE = {
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="It is no article; nothing was stored."),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may not do this."),
    (413, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="More was sent than is taken."),
    (415, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was sent is not JSON."),
}
_READING_REFUSED = {key: value for key, value in _UNREADABLE.items() if key[0] in {401, 403}}
_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Yours, of up to 255 characters: the same request sent again with it is not taken in again.",
)


class _ArticlesTaken(APIView):
    """Takes articles as JSON, in which a page may have twice its length."""

    permission_classes = (MayIngest,)

    @property
    def max_body_bytes(self) -> int:
        return 2 * settings.MAX_ARTICLE_BYTES


class _Theirs(GenericAPIView[Submission]):
    """What who asks has handed in, the latest first."""

    permission_classes = (MayIngest,)
    queryset = Submission.objects.none()
    serializer_class = SubmissionSerializer
    pagination_class = Pages
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet[Submission]:
        return _theirs(self.request)


class SubmissionsView(_Theirs, _ArticlesTaken):
    """Hand in articles, and see what became of them."""

    filterset_class = SubmissionFilters

    @extend_schema(
        summary="List the articles that you handed in",
        description="The latest first, each with what became of it.",
        responses={
            (200, "application/json"): SubmissionSerializer(many=True),
            **_READING_REFUSED,
            (400, MEDIA_TYPE): OpenApiResponse(
                PROBLEM, description="A filter that does not exist, or a value that makes no sense."
            ),
            (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="A cursor that is not one of ours."),
        },
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Hand in an article: its address, its page or its text",
        description="It is read by the workers: ask at the address in `Location` what became of it.",
        parameters=[_KEY],
        request=ArticleInSerializer,
        responses={
            202: SubmissionSerializer,
            **_UNREADABLE,
            (422, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="The key was used for something else."),
        },
    )
    def post(self, request: Request) -> Response:
        given = _given(request)
        key = request.headers.get("Idempotency-Key", "")
        if len(key) > _LONGEST_KEY or not key.isprintable():
            raise ValidationError(
                {"Idempotency-Key": [f"Give up to {_LONGEST_KEY} characters that can be printed."]}
            )
        try:
            taken = submit(
                what=_document(given) if "html" in given or "text" in given else given["url"],
                editor=cast(User, request.user),
                key=key,
                digest=_digest(request.data),
                send=tasks.send,
                visit=tasks.visit,
            )
        except SubmissionError as error:
            raise UsedForAnotherError(sentence(error)) from error
        except (DocumentError, FetchError) as error:
            raise ValidationError(sentence(error)) from error
        body = SubmissionSerializer(_theirs(request).get(pk=taken.pk), context={"request": request}).data
        return Response(body, status=status.HTTP_202_ACCEPTED, headers={"Location": body["url"]})


class SubmissionView(_Theirs):
    """What became of an article that was handed in."""

    lookup_field = "public_id"
    detail = True  # of which there are no filters

    @extend_schema(
        summary="What became of an article that was handed in",
        responses={
            200: SubmissionSerializer,
            **_READING_REFUSED,
            (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="A parameter that does not exist."),
            (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="You handed in no such article."),
        },
    )
    def get(self, request: Request, public_id: str) -> Response:
        theirs = self.filter_queryset(self.get_queryset())
        submission = get_object_or_404(theirs, public_id=uuid_of(public_id))
        return Response(self.get_serializer(submission).data)


class ExtractView(_ArticlesTaken):
    """The quotes of a text, of which nothing is stored."""

    throttle_scope = "search"  # it costs as much as one

    @extend_schema(
        summary="Read a text or a page without storing anything",
        request=ArticleInSerializer,
        responses={200: FoundSerializer, **_UNREADABLE},
    )
    def post(self, request: Request) -> Response:
        given = _given(request)
        if "html" not in given and "text" not in given:
            raise ValidationError({"text": ["Give `text` or `html`: no address is fetched here."]})
        try:
            document = _document(given)
        except DocumentError as error:
            raise ValidationError(sentence(error)) from error
        most = settings.EXTRACT_CHARACTERS
        if len(document.text) > most:
            raise ValidationError(
                {"text": [f"It has {len(document.text):,} characters; read here are {most:,} at most."]}
            )
        found = extract_quotes(document.text, transcripts=settings.TRANSCRIPTS)
        body = {
            "title": document.title,
            "text": document.text,
            "extractor_version": EXTRACTOR_VERSION,
            "quotes": found.quotes,
            "warnings": found.warnings,
        }
        return Response(FoundSerializer(body).data)


def _given(request: Request) -> dict[str, Any]:
    checked = ArticleInSerializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _document(given: dict[str, Any]) -> ArticleDocument:
    """The article that was sent. Raises DocumentError."""
    known = {name: value for name, value in given.items() if name not in {"html", "text"}}
    most = settings.MAX_ARTICLE_BYTES
    if "text" in given:
        if len(given["text"].encode()) > most:
            raise DocumentError(f"the text is larger than the {most:,} bytes that an article may have")
        return ArticleDocument(text=given["text"], **known)
    page = given["html"].encode()
    if not is_page(page):
        raise DocumentError("`html` is no page: give what has no markup as `text`")
    return replace(read_isolated(page, max_bytes=most, url=given.get("url", ""), charset="utf-8"), **known)


def _theirs(request: Request) -> QuerySet[Submission]:
    """What who asks has handed in."""
    theirs = Submission.objects.filter(editor=request.user.pk)
    return theirs.select_related("page__article", "article")


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
