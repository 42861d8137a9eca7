"""Addresses that mail leads to: signed, so that nobody else's alerts can be guessed at."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from quotes.models import Reader, Subscription

CONFIRM_SECONDS = 2 * 86_400  # that a link to confirm is good for
_CONFIRM, _MANAGE, _UNSUBSCRIBE = "alerts.confirm", "alerts.manage", "alerts.unsubscribe"


class LinkError(ValueError):
    """The link was cut off, made up, or is too old."""


def absolute(path: str) -> str:
    """The full address of a path of this site."""
    return f"{settings.SITE_IN_MAIL}{path}"


def follow_address(**asked: str) -> str:
    """Where one begins to follow what is asked for."""
    given = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('alert-new')}?{given}" if given else reverse("alert-new")


def confirm_link(subscription: Subscription, pace: str) -> str:
    token = signing.dumps([subscription.public_id.hex, pace], salt=_CONFIRM)
    return absolute(reverse("alert-confirm", args=[token]))


def read_confirm(token: str) -> tuple[UUID, str]:
    """Which subscription is confirmed, and at which pace. Raises LinkError."""
    key, pace = _read(token, _CONFIRM, CONFIRM_SECONDS)
    return UUID(key), pace


def manage_path(reader: Reader) -> str:
    return reverse("alert-manage", args=[signing.dumps(reader.public_id.hex, salt=_MANAGE)])


def manage_link(reader: Reader) -> str:
    return absolute(manage_path(reader))


def read_manage(token: str) -> UUID:
    """Whose alerts these are. Raises LinkError."""
    return UUID(_read(token, _MANAGE))


def unsubscribe_link(reader: Reader, pace: str) -> str:
    token = signing.dumps([reader.public_id.hex, pace], salt=_UNSUBSCRIBE)
    return absolute(reverse("alert-unsubscribe", args=[token]))


def read_unsubscribe(token: str) -> tuple[UUID, str]:
    """Whose alerts of which pace are to end. Raises LinkError."""
    key, pace = _read(token, _UNSUBSCRIBE)
    return UUID(key), pace


def _read(token: str, salt: str, seconds: int | None = None) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=seconds)
    except signing.BadSignature as error:
        raise LinkError("This link is not good, or no longer") from error
