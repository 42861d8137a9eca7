"""Mail to readers, and to owners of webhooks: its words, and the headers by which one gets out of it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from quotes.alerts.digests import NEW, Digest
from quotes.alerts.links import absolute, confirm_link, manage_link, unsubscribe_link
from quotes.models import Message, Reader, Subscription, Webhook

_LONGEST_SUBJECT = 90


def confirmation(message: Message, subscription: Subscription) -> EmailMultiAlternatives:
    """Asks whether an address is the reader's who is to follow something."""
    context = {
        "subscription": subscription,
        "pace": Subscription.Pace(message.pace).label,
        "confirm": confirm_link(subscription, message.pace),
        "site": settings.SITE_IN_MAIL,
    }
    return _mail(message, "confirm", f"Please confirm: quotes by mail, {subscription.title}", context)


def digest(message: Message, reader: Reader, held: Digest) -> EmailMultiAlternatives:
    """What is new, by speaker, and what was wrong with what came before."""
    unsubscribe = unsubscribe_link(reader, message.pace)
    context = {
        "digest": held,
        "pace": Subscription.Pace(message.pace).label,
        "manage": manage_link(reader),
        "unsubscribe": unsubscribe,
        "site": settings.SITE_IN_MAIL,
    }
    mail = _mail(message, "digest", subject_of(held), context)
    mail.extra_headers |= {
        "List-Id": f"Quotes {Subscription.Pace(message.pace).label} <{message.pace}.alerts.{_host()}>",
        # One click, without a login: RFC 8058.
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return mail


def notice(message: Message, webhook: Webhook) -> EmailMultiAlternatives:
    """That a webhook was disabled, to its owner."""
    admin = reverse("admin:quotes_webhook_change", args=[webhook.pk])
    context = {"webhook": webhook, "admin": absolute(admin), "site": settings.SITE_IN_MAIL}
    return _mail(message, "notice", f"The webhook {webhook.name} was disabled", context)


def subject_of(held: Digest) -> str:
    """Who said something, or that something is corrected."""
    names = [speaker.name for speaker, _ in held.groups]
    count = sum(entry.kind == NEW for entry in held.entries)
    corrections = len(held.entries) - count
    if not count:
        return "Correction of a quote" if corrections == 1 else f"Corrections of {corrections} quotes"
    if count == 1:
        subject = f"{names[0]}: “{held.groups[0][1][0].quote}”"
    else:
        who = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        subject = f"{count} quotes: {who}"
    subject = " ".join(subject.split())
    if len(subject) > _LONGEST_SUBJECT:
        subject = f"{subject[:_LONGEST_SUBJECT].rpartition(' ')[0]}…"
    return f"{subject}, and a correction" if corrections else subject


def _mail(message: Message, name: str, subject: str, context: Mapping[str, Any]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=render_to_string(f"alerts/mail/{name}.txt", dict(context)),
        to=[_address_of(message)],
        headers={
            "Message-ID": f"<{message.public_id}@{_host()}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"alerts/mail/{name}.html", dict(context)), "text/html")
    return mail


def _address_of(message: Message) -> str:
    if message.reader is not None:
        return message.reader.address
    return message.webhook.owner.email if message.webhook else ""


def _host() -> str:
    return urlsplit(settings.SITE_IN_MAIL).hostname or "localhost"
