"""Readers who follow speakers and searches by mail: asked for, confirmed, changed, ended, forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from quotes.alerts.links import CONFIRM_SECONDS
from quotes.models import Delivery, Message, Reader, Source, Speaker, Subscription
from quotes.models.subscription import LONGEST_QUESTION
from quotes.search import QuestionError, read_question
from quotes.services.due import due_from
from quotes.services.publications import change_counter

Pace = Subscription.Pace

MOST_FOLLOWED = 100  # by one reader
MOST_ASKED = 5  # questions to confirm that an address is sent in a day
_DAY = timedelta(days=1)
_FORGOTTEN_AFTER = timedelta(seconds=CONFIRM_SECONDS)

Send = Callable[[int], None]  # has a message sent, by its key


class SubscriptionError(ValueError):
    """It cannot be followed so; the message says what to do."""


def check_question(q: str) -> str:
    """The words of a search, as they are kept. Raises SubscriptionError."""
    q = " ".join(q.split())
    if not q:
        return ""
    if len(q) > LONGEST_QUESTION:
        raise SubscriptionError(f"The words are {len(q)} characters long: {LONGEST_QUESTION} are the most.")
    try:
        read_question(q)
    except QuestionError as error:
        raise SubscriptionError(f"What you search for cannot be searched for: {error}.") from error
    return q


@transaction.atomic
def request_alert(
    *,
    address: str,
    pace: str,
    speaker: Speaker | None = None,
    source: Source | None = None,
    q: str = "",
    send: Send,
) -> None:
    """Ask the owner of `address` whether he wants it. Raises SubscriptionError for what makes no sense.

    Whoever asks learns nothing of the address: not whether it is known, and not whether it was asked too
    often and is left alone today.
    """
    address, q = _checked(address), check_question(q)
    if pace not in Pace.values:
        raise SubscriptionError("Choose how often.")
    if speaker is None and not q:
        raise SubscriptionError("Choose a speaker, or give words to search for.")
    reader, _ = Reader.objects.get_or_create(folded=address.casefold(), defaults={"address": address})
    Reader.objects.select_for_update().get(pk=reader.pk)
    asked = Message.objects.filter(
        reader=reader, kind=Message.Kind.CONFIRM, created_at__gt=timezone.now() - _DAY
    )
    if asked.count() >= MOST_ASKED or reader.subscriptions.count() >= MOST_FOLLOWED:
        return
    subscription, _ = Subscription.objects.get_or_create(
        reader=reader, speaker=speaker, source=source, q=q, defaults={"pace": pace}
    )
    message = Message.objects.create(
        kind=Message.Kind.CONFIRM,
        reader=reader,
        subscription=subscription,
        pace=pace,
        next_attempt_at=timezone.now(),
    )
    transaction.on_commit(lambda: send(message.pk))


def _checked(address: str) -> str:
    address = address.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise SubscriptionError("This is not a mail address.") from error
    if len(address) > 254 or not address.isascii():
        raise SubscriptionError("Only addresses in plain letters, up to 254 of them, can be written to.")
    return address


@transaction.atomic
def confirm(*, subscription_id: UUID, pace: str) -> Reader | None:
    """The reader said that it is him: from now on he is told. None where it was asked for too long ago."""
    found = Subscription.objects.select_for_update(of=("self",)).filter(
        public_id=subscription_id, reader__isnull=False
    )
    subscription = found.select_related("reader").first()
    if subscription is None or subscription.reader is None:
        return None
    now = timezone.now()
    if subscription.since is None:
        subscription.since, subscription.matched_to = now, change_counter().last
        subscription.save(update_fields=["since", "matched_to"])
    _set_pace(subscription, pace, now)
    Reader.objects.filter(pk=subscription.reader.pk, confirmed_at__isnull=True).update(confirmed_at=now)
    return subscription.reader


@transaction.atomic
def change_pace(*, reader: Reader, subscription_id: UUID, pace: str) -> bool:
    """Tell a reader of this at another pace, of what waits already, too. Returns whether he follows it."""
    theirs = Subscription.objects.select_for_update().filter(reader=reader, public_id=subscription_id)
    subscription = theirs.first()
    if subscription is None or pace not in Pace.values:
        return False
    _set_pace(subscription, pace, timezone.now())
    return True


def _set_pace(subscription: Subscription, pace: str, now: datetime) -> None:
    subscription.pace = pace
    subscription.save(update_fields=["pace"])
    waiting = Delivery.objects.filter(
        subscription=subscription, state=Delivery.State.PENDING, message__isnull=True
    )
    waiting.update(due_at=due_from(now, pace))


@transaction.atomic
def remove(*, reader: Reader, subscription_id: UUID) -> bool:
    """Follow this no longer; what was sent of it is forgotten. Returns whether there was such a one."""
    removed, _ = Subscription.objects.filter(reader=reader, public_id=subscription_id).delete()
    _forget_without_subscriptions(reader)
    return bool(removed)


@transaction.atomic
def unsubscribe(*, reader_id: UUID, pace: str) -> None:
    """No more mail of this pace. Done again it does nothing."""
    reader = Reader.objects.select_for_update().filter(public_id=reader_id).first()
    if reader is not None:
        reader.subscriptions.filter(pace=pace).delete()
        _forget_without_subscriptions(reader)


@transaction.atomic
def forget(*, reader: Reader) -> None:
    """Delete the address, and all that is kept of it."""
    Reader.objects.filter(pk=reader.pk).delete()


def _forget_without_subscriptions(reader: Reader) -> None:
    if not reader.subscriptions.filter(since__isnull=False).exists():
        Reader.objects.filter(pk=reader.pk).delete()


def forget_unconfirmed() -> int:
    """Delete what nobody confirmed in time. Returns how many rows."""
    before = timezone.now() - _FORGOTTEN_AFTER
    old = Subscription.objects.filter(reader__isnull=False, since__isnull=True, created_at__lt=before)
    subscriptions, _ = old.delete()
    readers, _ = Reader.objects.filter(
        confirmed_at__isnull=True, created_at__lt=before, subscriptions__isnull=True
    ).delete()
    return subscriptions + readers
