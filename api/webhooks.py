"""Webhooks by API: made, changed, deleted; what they were told, and that again. One's own alone."""

from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from api.conditional import Versioned
from api.errors import MEDIA_TYPE, PROBLEM
from api.fields import uuid_of
from api.pagination import Pages
from api.permissions import MayHaveWebhooks
from api.rules import one_of
from quotes.models import Delivery, Source, Speaker, Webhook
from quotes.selectors import speaker_at
from quotes.services import webhooks
from quotes.services.subscribing import SubscriptionError
from quotes.services.webhooks import WebhookError

_REFUSED = {
    (400, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="It makes no sense; nothing was changed."),
    (401, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Nobody is logged in, or the login is wrong."),
    (403, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="Who is logged in may have no webhooks."),
    (404, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="You have no such webhook, or no such page."),
}
_WRITING_REFUSED = _REFUSED | {
    (413, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="More was sent than is taken."),
    (415, MEDIA_TYPE): OpenApiResponse(PROBLEM, description="What was sent is not JSON."),
}
_MOST_REPLAYED = 1000


class WebhookSerializer(serializers.Serializer[Webhook]):
    """A webhook: where events go, what it asks for, and how it goes."""

    url = serializers.SerializerMethodField()
    id = serializers.CharField(source="urn", help_text="Permanent.")
    name = serializers.CharField()
    address = serializers.CharField(source="url", help_text="Where events are posted to.")
    speaker = serializers.SlugField(source="subscription.speaker.slug", default=None, allow_null=True)
    q = serializers.CharField(source="subscription.q", allow_blank=True)
    state = serializers.ChoiceField(choices=Webhook.State.choices)
    failures = serializers.IntegerField(help_text="In a row.")
    last_error = serializers.CharField(allow_blank=True)
    last_success_at = serializers.DateTimeField(allow_null=True)
    disabled_at = serializers.DateTimeField(allow_null=True)
    disabled_because = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    deliveries = serializers.SerializerMethodField(help_text="The address of what it was told.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Not declared above, because `source` is a field's own word for where its value comes from.
        outlet = serializers.SlugField(source="subscription.source.slug", default=None, allow_null=True)
        return {**super().get_fields(), "source": outlet}

    def get_url(self, webhook: Webhook) -> str:
        return reverse("webhook-detail", args=[webhook.public_id], request=self.context["request"])

    def get_deliveries(self, webhook: Webhook) -> str:
        return reverse("webhook-deliveries", args=[webhook.public_id], request=self.context["request"])


class NewWebhookSerializer(WebhookSerializer):
    """A webhook with its secret, which is told this once."""

    secret = serializers.CharField(help_text="`whsec_…`, by which events are signed. Told this once.")


class WebhookInSerializer(serializers.Serializer[Any]):
    """What a webhook is made of; without `speaker`, `source` and `q` it is told of all quotes."""

    name = serializers.CharField(max_length=100, help_text="What it is for.")
    address = serializers.CharField(max_length=500, help_text="Where events are posted to, by https.")
    speaker = serializers.SlugField(required=False, max_length=220, help_text="The slug of a speaker.")
    q = serializers.CharField(required=False, max_length=200, help_text="Words, as in `q` of quotes.")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        outlet = serializers.SlugField(required=False, max_length=100, help_text="The slug of an outlet.")
        return {**super().get_fields(), "source": outlet}


class WebhookChangeSerializer(serializers.Serializer[Any]):
    """Another name or address; `enabled` to end or go on telling it."""

    name = serializers.CharField(required=False, max_length=100)
    address = serializers.CharField(required=False, max_length=500)
    enabled = serializers.BooleanField(required=False)


class DeliverySerializer(serializers.Serializer[Delivery]):
    """What a webhook is told of a change of a quote."""

    id = serializers.UUIDField(source="public_id", help_text="The `webhook-id` of the event.")
    type = serializers.SerializerMethodField()
    quote = serializers.CharField(source="quote.urn")
    state = serializers.ChoiceField(
        choices=Delivery.State.choices,
        help_text="pending, sent; dropped: there was nothing to tell any more; lapsed: it may have arrived, "
        "and was not tried again since the quote was withdrawn.",
    )
    attempts = serializers.IntegerField()
    status_code = serializers.IntegerField(allow_null=True, help_text="What the receiver answered last.")
    last_error = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)

    def get_type(self, delivery: Delivery) -> str:
        return f"quote.{delivery.event}"


class ReplayInSerializer(serializers.Serializer[Any]):
    """Which events are sent once more: those of these ids, or all that were sent since a moment."""

    rules = one_of("deliveries", "since")

    deliveries = serializers.ListField(
        child=serializers.UUIDField(), required=False, min_length=1, max_length=_MOST_REPLAYED
    )
    since = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("deliveries" in attrs) == ("since" in attrs):
            raise serializers.ValidationError("Give either `deliveries` or `since`.")
        return attrs


class ReplayedSerializer(serializers.Serializer[Any]):
    replayed = serializers.IntegerField(help_text="How many events are sent once more.")


class NothingSerializer(serializers.Serializer[Any]):
    """Nothing has to be given."""


@extend_schema_view(
    list=extend_schema(
        summary="List your webhooks",
        responses={(200, "application/json"): WebhookSerializer(many=True), **_REFUSED},
    ),
    retrieve=extend_schema(summary="One webhook", responses={200: WebhookSerializer, **_REFUSED}),
)
class WebhookViewSet(Versioned, mixins.ListModelMixin, mixins.RetrieveModelMixin, GenericViewSet[Webhook]):
    """Programs that are told of new, changed and withdrawn quotes."""

    queryset = Webhook.objects.none()
    serializer_class = WebhookSerializer
    pagination_class = Pages
    permission_classes = (MayHaveWebhooks,)
    lookup_field = "public_id"
    ordering: tuple[str, ...] = ("-id",)

    def get_queryset(self) -> QuerySet[Any]:
        theirs = Webhook.objects.filter(owner=self.request.user.pk)
        return theirs.select_related("subscription__speaker", "subscription__source")

    def get_object(self) -> Webhook:
        self.kwargs[self.lookup_field] = uuid_of(self.kwargs[self.lookup_field])
        found: Webhook = super().get_object()
        return found

    @extend_schema(
        summary="Make a webhook",
        description="It is told of what changes from now on. The answer tells its secret, this once.",
        request=WebhookInSerializer,
        responses={201: NewWebhookSerializer, **_WRITING_REFUSED},
    )
    def create(self, request: Request) -> Response:
        given = _given(WebhookInSerializer, request)
        try:
            made = webhooks.make_webhook(
                owner=cast(User, request.user),
                name=given["name"],
                url=given["address"],
                speaker=_speaker(given.get("speaker", "")),
                source=_source(given.get("source", "")),
                q=given.get("q", ""),
            )
        except WebhookError as error:
            raise ValidationError({"address": [str(error)]}) from error
        except SubscriptionError as error:
            raise ValidationError({"q": [str(error)]}) from error
        body = self._with_secret(made)
        return Response(body, status=status.HTTP_201_CREATED, headers={"Location": body["url"]})

    @extend_schema(
        summary="Change a webhook, end telling it, or go on",
        request=WebhookChangeSerializer,
        responses={200: WebhookSerializer, **_WRITING_REFUSED},
    )
    def partial_update(self, request: Request, public_id: str) -> Response:
        given, webhook = _given(WebhookChangeSerializer, request), self.get_object()
        try:
            if given.keys() & {"name", "address"}:
                webhooks.change_webhook(
                    webhook=webhook,
                    name=given.get("name", webhook.name),
                    url=given.get("address", webhook.url),
                )
        except WebhookError as error:
            raise ValidationError({"address": [str(error)]}) from error
        if given.get("enabled") is True:
            webhooks.enable(webhook_ids=[webhook.pk])
        elif given.get("enabled") is False:
            webhooks.disable(webhook=webhook, because="By its owner.", notify=False)
        return Response(self._body(webhook))

    @extend_schema(summary="Delete a webhook", responses={204: None, **_REFUSED})
    def destroy(self, request: Request, public_id: str) -> Response:
        webhooks.delete_webhook(webhook=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="Make another secret",
        description="For a day events are signed with the former one, too. The answer tells it this once.",
        request=NothingSerializer,
        responses={200: NewWebhookSerializer, **_WRITING_REFUSED},
    )
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, public_id: str) -> Response:
        _given(NothingSerializer, request)
        return Response(self._with_secret(webhooks.rotate_secret(webhook=self.get_object())))

    @extend_schema(
        summary="Have events sent once more",
        description="Under the ids that they had, with the quotes as they are now.",
        request=ReplayInSerializer,
        responses={200: ReplayedSerializer, **_WRITING_REFUSED},
    )
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, public_id: str) -> Response:
        given, webhook = _given(ReplayInSerializer, request), self.get_object()
        if "since" in given:
            count = webhooks.replay_since(webhook=webhook, since=given["since"])
        else:
            theirs = Delivery.objects.filter(subscription__webhook=webhook, public_id__in=given["deliveries"])
            count = webhooks.replay(deliveries=list(theirs.values_list("pk", flat=True)))
        return Response({"replayed": count})

    @extend_schema(
        summary="List what a webhook was told, and what waits",
        description="The latest first.",
        responses={(200, "application/json"): DeliverySerializer(many=True), **_REFUSED},
    )
    @action(detail=True, methods=["get"], serializer_class=DeliverySerializer)
    def deliveries(self, request: Request, public_id: str) -> Response:
        webhook = get_object_or_404(self.get_queryset(), public_id=uuid_of(public_id))
        self.detail = False  # a list below a record, with the parameters of one
        theirs = Delivery.objects.filter(subscription__webhook=webhook).select_related("quote")
        page = self.paginate_queryset(self.filter_queryset(theirs))
        return self.get_paginated_response([DeliverySerializer(one).data for one in page or ()])

    def _body(self, webhook: Webhook) -> Any:
        fresh = self.get_queryset().get(pk=webhook.pk)
        return WebhookSerializer(fresh, context={"request": self.request}).data

    def _with_secret(self, webhook: Webhook) -> Any:
        fresh = self.get_queryset().get(pk=webhook.pk)
        return NewWebhookSerializer(fresh, context={"request": self.request}).data


def _given(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    checked = serializer(data=request.data)
    checked.is_valid(raise_exception=True)
    return dict(checked.validated_data)


def _speaker(slug: str) -> Speaker | None:
    try:
        return speaker_at(slug) if slug else None
    except Speaker.DoesNotExist as error:
        raise ValidationError({"speaker": [f"There is no speaker {slug!r}."]}) from error


def _source(slug: str) -> Source | None:
    source = Source.objects.filter(slug=slug).first() if slug else None
    if slug and source is None:
        raise ValidationError({"source": [f"There is no source {slug!r}."]})
    return source
