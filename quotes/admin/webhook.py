"""Webhooks: made here, their secret shown once; what they were told, and that again."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from quotes.admin.lists import ListAdmin
from quotes.models import Delivery, Source, Speaker, Webhook
from quotes.selectors import speaker_at
from quotes.services.subscribing import SubscriptionError, check_question
from quotes.services.webhooks import (
    WebhookError,
    change_webhook,
    checked_address,
    delete_webhook,
    disable,
    enable,
    make_webhook,
    replay,
    rotate_secret,
)


class WebhookForm(forms.ModelForm[Webhook]):
    """Where to, and, when it is made, what it asks for."""

    url = forms.URLField(
        label="address",
        max_length=500,
        assume_scheme="https",
        help_text="Where events are posted to, by https.",
    )
    speaker = forms.SlugField(required=False, max_length=220, help_text="The slug of one. Empty: all.")
    source = forms.SlugField(required=False, max_length=100, help_text="The slug of an outlet. Empty: all.")
    q = forms.CharField(label="words", required=False, help_text="As in the search. Empty: all.")

    class Meta:
        model = Webhook
        fields = ("name", "url")

    def clean_url(self) -> str:
        return _or_invalid(checked_address, self.cleaned_data["url"])

    def clean_q(self) -> str:
        return _or_invalid(check_question, self.cleaned_data["q"])

    def clean_source(self) -> Source | None:
        slug = self.cleaned_data["source"]
        source = Source.objects.filter(slug=slug).first() if slug else None
        if slug and source is None:
            raise ValidationError(f"There is no outlet {slug}.")
        return source

    def clean_speaker(self) -> Speaker | None:
        slug = self.cleaned_data["speaker"]
        try:
            return speaker_at(slug) if slug else None
        except Speaker.DoesNotExist as error:
            raise ValidationError(f"There is no speaker {slug}.") from error


def _or_invalid(check: Callable[[str], str], value: str) -> str:
    try:
        return check(value)
    except (WebhookError, SubscriptionError) as error:
        raise ValidationError(str(error)) from error


def _self(request: HttpRequest) -> QuerySet[User]:
    return User.objects.filter(username=request.user.get_username())


@admin.register(Webhook)
class WebhookAdmin(ListAdmin[Webhook]):
    """One's own; a superuser sees those of all."""

    form = WebhookForm
    list_display = ("name", "owner", "url", "follows", "state", "failures", "last_success_at", "last_error")
    list_filter = (("disabled_at", admin.EmptyFieldListFilter),)
    list_select_related = ("owner", "subscription__speaker", "subscription__source")
    search_fields = ("name", "url", "owner__username")
    actions = ("rotate", "enable", "disable")
    _shown = (
        "follows", "owner", "state", "failures", "failing_since", "last_error", "last_success_at",
        "next_attempt_at", "disabled_at", "disabled_because", "former_until", "public_id", "created_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        webhooks = super().get_queryset(request)
        return webhooks if request.user.is_superuser else webhooks.filter(owner__in=_self(request))

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> tuple[str, ...]:
        return ("name", "url", *self._shown) if obj else ("name", "url", "speaker", "source", "q")

    def get_readonly_fields(self, request: HttpRequest, obj: Webhook | None = None) -> tuple[str, ...]:
        return self._shown if obj else ()

    @admin.display(description="asks for")
    def follows(self, webhook: Webhook) -> str:
        return webhook.subscription.title

    @admin.display(description="state")
    def state(self, webhook: Webhook) -> str:
        return webhook.state

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        given = form.cleaned_data
        if change:
            change_webhook(webhook=obj, name=given["name"], url=given["url"])
            return
        made = make_webhook(
            owner=_self(request).get(),
            name=given["name"],
            url=given["url"],
            speaker=given["speaker"],
            source=given["source"],
            q=given["q"],
        )
        obj.pk, obj.secret, obj.owner = made.pk, made.secret, made.owner

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What was told goes with them, however much it is: not listed, and not asked for."""
        return [str(one) for one in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Webhook) -> None:
        delete_webhook(webhook=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        for webhook in queryset:
            delete_webhook(webhook=webhook)

    def response_add(
        self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._told(request, [obj])

    def _told(self, request: HttpRequest, webhooks: list[Webhook]) -> HttpResponse:
        """The secrets, on a page that no cache keeps, and nowhere else."""

        def told(request: HttpRequest) -> TemplateResponse:
            context = {**self.admin_site.each_context(request), "title": "Secret", "webhooks": webhooks}
            return TemplateResponse(request, "admin/quotes/webhook/secret.html", context)

        return never_cache(told)(request)

    @admin.action(description="Make another secret", permissions=["change"])
    def rotate(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> HttpResponse:
        return self._told(request, [rotate_secret(webhook=webhook) for webhook in queryset])

    @admin.action(description="Enable", permissions=["change"])
    def enable(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        count = enable(webhook_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Webhooks that are told again: {count}", messages.SUCCESS)

    @admin.action(description="Disable", permissions=["change"])
    def disable(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        count = sum(
            disable(webhook=webhook, because=f"By {request.user}.", notify=False) for webhook in queryset
        )
        self.message_user(request, f"Webhooks that are told nothing for now: {count}", messages.SUCCESS)


@admin.register(Delivery)
class DeliveryAdmin(ListAdmin[Delivery]):
    """What webhooks were told, and what waits."""

    list_display = ("webhook", "event", "quote", "state", "attempts", "status_code", "sent_at", "last_error")
    list_filter = ("state", "event")
    list_select_related = ("subscription__webhook", "quote")
    fields = readonly_fields = (
        "webhook", "event", "quote", "number", "state", "attempts", "status_code", "last_error", "public_id",
        "created_at", "sent_at",
    )  # fmt: skip
    actions = ("replay",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        theirs = super().get_queryset(request).filter(subscription__webhook__isnull=False)
        if request.user.is_superuser:
            return theirs
        return theirs.filter(subscription__webhook__owner__in=_self(request))

    @admin.display(description="webhook")
    def webhook(self, delivery: Delivery) -> str:
        return str(delivery.subscription.webhook)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Send once more", permissions=["change"])
    def replay(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        count = replay(deliveries=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Events to be sent once more: {count}", messages.SUCCESS)
