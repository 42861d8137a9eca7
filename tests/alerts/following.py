"""Readers who follow, for tests: confirmed, and told when it is time."""

import re
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import TestCase
from django.utils import timezone

from quotes.models import Delivery, Message, Speaker, Subscription
from quotes.services.subscribing import confirm, request_alert
from quotes.tasks import send_alerts

ADDRESS = "rita@reader.example"


def follow(
    address: str = ADDRESS, *, speaker: str = "", q: str = "", pace: str = "at-once", **more: Any
) -> Subscription:
    """A subscription that is confirmed."""
    asked = Speaker.objects.get(slug=speaker) if speaker else None
    request_alert(address=address, speaker=asked, q=q, pace=pace, send=lambda _: None, **more)
    made = Subscription.objects.filter(reader__folded=address.casefold(), speaker=asked, q=q).get()
    confirm(subscription_id=made.public_id, pace=pace)
    Message.objects.filter(kind="confirm").update(next_attempt_at=None)
    made.refresh_from_db()
    return made


def tell(at: datetime | None = None) -> list[EmailMultiAlternatives]:
    """Have everybody told what is due, now or at a moment. Returns the mail."""
    before = len(mail.outbox)
    with patch("django.utils.timezone.now", return_value=at or timezone.now()):
        send_alerts()
    return [one for one in mail.outbox[before:] if isinstance(one, EmailMultiAlternatives)]


def link_in(message: EmailMultiAlternatives, name: str) -> str:
    """The path of a link of ours in a mail."""
    found = re.search(rf"http://localhost:8000(/alerts/{name}/\S+)", str(message.body))
    assert found, message.body
    return found[1]


def waiting() -> int:
    return Delivery.objects.filter(state="pending").count()


on_commit = TestCase.captureOnCommitCallbacks
