"""Alerts by mail as far as an administrator has to look after them: addresses are hidden in lists."""

from email.message import EmailMessage
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from quotes.admin.lists import ListAdmin
from quotes.mailbox import is_kept_here, kept_mail, kept_message
from quotes.models import Message, Subscription
from quotes.services.mailing import send_again
from quotes.services.subscribing import remove

_SHOWN = 100


@admin.register(Subscription)
class SubscriptionAdmin(ListAdmin[Subscription]):
    """Who follows what by mail. Nobody is subscribed here: only owners of addresses do that."""

    list_display = ("title", "to", "pace", "since")
    list_filter = ("pace",)
    list_select_related = ("speaker", "source", "reader")
    fields = readonly_fields = ("title", "to", "pace", "since", "matched_to", "created_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        return super().get_queryset(request).filter(reader__isnull=False)

    @admin.display(description="to")
    def to(self, subscription: Subscription) -> str:
        return subscription.reader.hidden if subscription.reader else ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What was told goes with them, however much it is: not listed, and not asked for."""
        return [str(one) for one in objs], {}, set(), []

    def delete_model(self, request: HttpRequest, obj: Subscription) -> None:
        if obj.reader:
            remove(reader=obj.reader, subscription_id=obj.public_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Subscription]) -> None:
        for subscription in queryset:
            self.delete_model(request, subscription)


@admin.register(Message)
class MessageAdmin(ListAdmin[Message]):
    """Mail that was sent, waits, or was given up."""

    list_display = ("kind", "to", "created_at", "sent_at", "attempts", "next_attempt_at", "last_error")
    list_filter = ("kind", ("sent_at", admin.EmptyFieldListFilter))
    list_select_related = ("reader", "webhook")
    fields = readonly_fields = (
        "kind", "to", "pace", "public_id", "created_at", "sent_at", "attempts", "next_attempt_at",
        "last_error",
    )  # fmt: skip
    actions = ("again",)

    @admin.display(description="to")
    def to(self, message: Message) -> str:
        return message.reader.hidden if message.reader else f"owner of {message.webhook}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Try again now", permissions=["change"])
    def again(self, request: HttpRequest, queryset: QuerySet[Message]) -> None:
        count = send_again(message_ids=list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"Mail to be tried again: {count}", messages.SUCCESS)


@never_cache
def kept_mail_page(request: HttpRequest, name: str = "") -> HttpResponse:
    """Mail that went into the folder, where there is no mail server: all of it, or one message."""
    if not request.user.is_superuser:
        raise PermissionDenied
    message = kept_message(name) if name else None
    if name and message is None:
        raise Http404("There is no such mail.")
    context = {
        **admin.site.each_context(request),
        "title": "Mail kept here",
        "mail": [] if message else kept_mail(_SHOWN),
        "message": message,
        "parts": _parts(message) if message else (),
        "is_kept_here": is_kept_here(),
    }
    return TemplateResponse(request, "admin/quotes/mail.html", context)


def _parts(message: EmailMessage) -> list[tuple[str, str]]:
    """The kind and the text of each part."""
    parts = (part for part in message.walk() if part.get_content_maintype() == "text")
    return [(part.get_content_type(), str(part.get_content())) for part in parts]
