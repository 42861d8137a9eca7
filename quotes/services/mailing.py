"""Mail: what is due to a reader becomes a message, and a message is sent until a server takes it.

One that was taken by the server while its sender died is sent again, with the same Message-ID: what a server
took cannot be asked of it.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from quotes.alerts import mails
from quotes.alerts.digests import Digest, digest_of, words_told
from quotes.models import Delivery, Message, Quote, Reader
from quotes.selectors import compared, public
from quotes.services.backoff import growing
from quotes.services.durable import waiting_for_the_disk
from quotes.services.leases import free, lease_from

logger = logging.getLogger(__name__)

State = Delivery.State

MOST_IN_A_MESSAGE = 100
_READERS_AT_ONCE = 500
# It is not waited longer than this to know whether a quote is wire copy.
_COMPARED_WITHIN = timedelta(hours=1)
_FIRST_PAUSE, _FACTOR, _LONGEST_PAUSE = 60, 3, 6 * 3600.0
_GIVEN_UP_AFTER = timedelta(days=3)
_KEPT = timedelta(days=30)
_DELETED_AT_ONCE = 1000
_RESENT = 120  # seconds after which a message of the queue is taken for lost


def make_digests() -> int:
    """Put what is due to readers into messages. Returns how many were made."""
    now = timezone.now()
    pairs = _due(now).values_list("subscription__reader", "subscription__pace").distinct()
    return sum(_make_digest(reader, pace, now) for reader, pace in list(pairs[:_READERS_AT_ONCE]))


def _due(now: datetime) -> QuerySet[Delivery]:
    """What may be sent: not beside a message that was not sent yet, and not while copies are looked for."""
    unsent = Message.objects.filter(
        kind=Message.Kind.DIGEST,
        reader=OuterRef("subscription__reader"),
        pace=OuterRef("subscription__pace"),
        next_attempt_at__isnull=False,
    )
    quote = Quote.objects.filter(pk=OuterRef("quote"))
    is_open = Exists(quote.filter(public())) & ~Exists(compared(quote))
    waits = is_open & Q(due_at__gt=now - _COMPARED_WITHIN)
    due = Delivery.objects.filter(state=State.PENDING, message__isnull=True, due_at__lte=now)
    return due.filter(~Exists(unsent)).exclude(waits)


@transaction.atomic
def _make_digest(reader_id: int, pace: str, now: datetime) -> bool:
    # One at a time makes messages for a reader; the other finds nothing left.
    reader = Reader.objects.select_for_update().filter(pk=reader_id).first()
    if reader is None:
        return False
    theirs = _due(now).filter(subscription__reader=reader, subscription__pace=pace).order_by("pk")
    keys = list(theirs.values_list("pk", flat=True)[:MOST_IN_A_MESSAGE])
    if not keys:
        return False
    message = Message.objects.create(kind=Message.Kind.DIGEST, reader=reader, pace=pace, next_attempt_at=now)
    Delivery.objects.filter(pk__in=keys).update(message=message)
    return True


def to_send(*, limit: int = 500) -> list[int]:
    """Messages that are due and that nobody was sent for, or long ago; they count as sent for from now on."""
    now = timezone.now()
    lost = now - timedelta(seconds=min(_RESENT, settings.RESEND_SECONDS))
    waiting = Message.objects.filter(
        free(now), Q(asked_for_at=None) | Q(asked_for_at__lt=lost), next_attempt_at__lte=now
    )
    found = list(waiting.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])
    Message.objects.filter(pk__in=found).update(asked_for_at=now)
    return found


def mark_unsent(*, message_ids: Sequence[int]) -> None:
    """The broker could not be reached: the next round sends somebody."""
    Message.objects.filter(pk__in=message_ids).update(asked_for_at=None)


@waiting_for_the_disk()
def send_message(*, message_id: int) -> bool:
    """Send a message, if it is due and nobody else is at it. Returns whether a server took it."""
    now = timezone.now()
    due = Message.objects.filter(free(now), pk=message_id, next_attempt_at__lte=now)
    if not due.update(claimed_until=lease_from(now), attempts=F("attempts") + 1):
        return False
    message = Message.objects.select_related("reader", "webhook__owner", "subscription").get(pk=message_id)
    held = digest_of(message) if message.kind == Message.Kind.DIGEST else Digest()
    mail = _composed(message, held)
    if mail is not None:
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            _keep_failure(message, str(error) or type(error).__name__)
            return False
    _keep_sent(message, held, is_sent=mail is not None)
    return mail is not None


def forget_old_messages() -> int:
    """Delete what was sent or given up a month ago: what a reader was told stays with what he follows."""
    before = timezone.now() - _KEPT
    done = Message.objects.filter(next_attempt_at__isnull=True, created_at__lt=before)
    return done.filter(pk__in=list(done.values_list("pk", flat=True)[:_DELETED_AT_ONCE])).delete()[0]


def send_again(*, message_ids: Sequence[int]) -> int:
    """Try at once what was not sent, or was given up. Returns how many."""
    unsent = Message.objects.filter(pk__in=message_ids, sent_at__isnull=True)
    return unsent.update(next_attempt_at=timezone.now(), asked_for_at=None, created_at=timezone.now())


def _composed(message: Message, held: Digest) -> EmailMultiAlternatives | None:
    """The mail; None where there is nothing to say any more."""
    if message.kind == Message.Kind.CONFIRM:
        return mails.confirmation(message, message.subscription) if message.subscription else None
    if message.kind == Message.Kind.NOTICE:
        webhook = message.webhook
        return mails.notice(message, webhook) if webhook and webhook.owner.email else None
    if message.reader is None or not held.entries:
        return None
    return mails.digest(message, message.reader, held)


@transaction.atomic
def _keep_sent(message: Message, held: Digest, *, is_sent: bool) -> None:
    now = timezone.now()
    Message.objects.filter(pk=message.pk).update(
        sent_at=now if is_sent else None, next_attempt_at=None, claimed_until=None, last_error=""
    )
    theirs = Delivery.objects.filter(message=message, state=State.PENDING)
    for pk, said in held.said.items():
        theirs.filter(pk=pk).update(
            state=State.SENT,
            event=said.event,
            sent_at=now,
            told=words_told(said.quote),
            told_speaker=said.quote.speaker_id,
        )
    theirs.exclude(pk__in=held.said).update(state=State.DROPPED)


def _keep_failure(message: Message, error: str) -> None:
    """Tried again later, for some days; then an administrator sees that it was given up."""
    now = timezone.now()
    if message.reader is not None:  # servers name whom they refuse
        error = error.replace(message.reader.address, message.reader.hidden)
    is_given_up = message.created_at < now - _GIVEN_UP_AFTER
    pause = growing(_FIRST_PAUSE, message.attempts, factor=_FACTOR, most=_LONGEST_PAUSE)
    Message.objects.filter(pk=message.pk).update(
        next_attempt_at=None if is_given_up else now + timedelta(seconds=pause),
        claimed_until=None,
        asked_for_at=None,
        last_error=error.replace("\0", "")[:500],
    )
    logger.warning(
        "the message %s was not sent%s", message.public_id, ", and is given up" if is_given_up else ""
    )
