"""Webhooks: made, changed, disabled, and told, one event after the other."""

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from quotes.alerts.events import body_of, headers, new_secret
from quotes.alerts.matching import Changes
from quotes.ingestion import FetchError, FetchPolicy
from quotes.ingestion.post import Posted, post, postable
from quotes.models import Delivery, Message, Quote, Source, Speaker, Subscription, Webhook
from quotes.selectors import reviewed_quotes, speakers_now
from quotes.services.backoff import growing
from quotes.services.durable import waiting_for_the_disk
from quotes.services.leases import free, lease_from
from quotes.services.publications import change_counter, number_all_changes
from quotes.services.subscribing import check_question

logger = logging.getLogger(__name__)

Event, State = Delivery.Event, Delivery.State

OVERLAP = timedelta(days=1)  # for which events are signed with the former secret, too
DISABLED_AFTER = timedelta(days=3)  # of nothing but failures
MOST_WEBHOOKS = 50  # of an account
_FIRST_PAUSE, _FACTOR, _LONGEST_PAUSE = 5, 4, 6 * 3600.0
_VISIT = 60.0  # seconds that are spent at one webhook before others have their turn
_AT_ONCE = 50
_MOST_ANSWERED = 16_384  # bytes of an answer that are read
_GONE = 410
_NOTED_EVERY = timedelta(minutes=1)
_RESENT = 120


class WebhookError(ValueError):
    """It cannot be made or changed so; the message says what to do."""


def checked_address(url: str) -> str:
    """The address as it is kept. Raises WebhookError for one that may not be posted to.

    Where it leads is looked at when something is posted, each time.
    """
    try:
        return postable(url, insecure_hosts=_insecure_hosts(), allow_http=settings.DEBUG)
    except FetchError as error:
        raise WebhookError(f"This address cannot be posted to: {error}.") from error


def make_webhook(
    *,
    owner: User,
    name: str,
    url: str,
    speaker: Speaker | None = None,
    source: Source | None = None,
    q: str = "",
) -> Webhook:
    """A webhook, told of what changes from now on. Raises WebhookError, SubscriptionError."""
    url, q, name = checked_address(url), check_question(q), name.strip()
    if not name:
        raise WebhookError("A webhook needs a name that says what it is for.")
    number_all_changes()  # what is there already is not told as if it came later
    return _make(owner, name, url, speaker, source, q)


@transaction.atomic
def _make(
    owner: User, name: str, url: str, speaker: Speaker | None, source: Source | None, q: str
) -> Webhook:
    User.objects.select_for_update().get(pk=owner.pk)
    if owner.webhooks.count() >= MOST_WEBHOOKS:
        raise WebhookError(f"This account has {MOST_WEBHOOKS} webhooks, which are the most: delete one.")
    webhook = Webhook.objects.create(owner=owner, name=name, url=url, secret=new_secret())
    Subscription.objects.create(
        webhook=webhook,
        speaker=speaker,
        source=source,
        q=q,
        since=timezone.now(),
        matched_to=change_counter().last,
    )
    return webhook


@transaction.atomic
def change_webhook(*, webhook: Webhook, name: str, url: str) -> Webhook:
    """Another name or address. For something else to be told of make another. Raises WebhookError."""
    if not name.strip():
        raise WebhookError("A webhook needs a name that says what it is for.")
    webhook.name, webhook.url = name.strip(), checked_address(url)
    webhook.save(update_fields=["name", "url"])
    return webhook


@transaction.atomic
def rotate_secret(*, webhook: Webhook) -> Webhook:
    """A new secret; for a day events are signed with the former one, too."""
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    locked.former_secret, locked.former_until = locked.secret, timezone.now() + OVERLAP
    locked.secret = new_secret()
    locked.save(update_fields=["secret", "former_secret", "former_until"])
    return locked


def delete_webhook(*, webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk).delete()


def enable(*, webhook_ids: Sequence[int]) -> int:
    """Go on where it was disabled: all that happened meanwhile is told. Returns how many were disabled."""
    return Webhook.objects.filter(pk__in=webhook_ids, disabled_at__isnull=False).update(
        disabled_at=None,
        disabled_because="",
        failures=0,
        failing_since=None,
        last_error="",
        next_attempt_at=timezone.now(),
        asked_for_at=None,
    )


@transaction.atomic
def disable(*, webhook: Webhook, because: str, notify: bool) -> bool:
    """Tell it nothing until it is enabled again. Returns whether it was enabled."""
    now = timezone.now()
    disabled = Webhook.objects.filter(pk=webhook.pk, disabled_at__isnull=True).update(
        disabled_at=now, disabled_because=because[:200], claimed_until=None
    )
    if disabled and notify:
        Message.objects.create(kind=Message.Kind.NOTICE, webhook=webhook, next_attempt_at=now)
        logger.warning("the webhook %s was disabled: %s", webhook.public_id, because)
    return bool(disabled)


def replay(*, deliveries: Sequence[int]) -> int:
    """Have these sent once more, under the ids that they had. Returns how many did not wait already."""
    theirs = Delivery.objects.filter(pk__in=deliveries, subscription__webhook__isnull=False)
    return theirs.exclude(state=State.PENDING).update(state=State.PENDING)


def replay_since(*, webhook: Webhook, since: datetime) -> int:
    """Have all that was sent since a moment sent once more, under the ids that it had. Returns how many."""
    theirs = Delivery.objects.filter(subscription__webhook=webhook, sent_at__gte=since, state=State.SENT)
    return theirs.update(state=State.PENDING)


def to_deliver(*, limit: int = 500) -> list[int]:
    """Webhooks that are to be told something, and to which nobody is nor was sent; they count as sent to."""
    now = timezone.now()
    lost = now - timedelta(seconds=min(_RESENT, settings.RESEND_SECONDS))
    waiting = Delivery.objects.filter(subscription__webhook=OuterRef("pk"), state=State.PENDING)
    due = Webhook.objects.filter(
        free(now),
        Q(asked_for_at=None) | Q(asked_for_at__lt=lost),
        Exists(waiting),
        disabled_at__isnull=True,
        next_attempt_at__lte=now,
    )
    found = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:limit])
    Webhook.objects.filter(pk__in=found).update(asked_for_at=now)
    return found


def mark_unsent(*, webhook_ids: Sequence[int]) -> None:
    """The broker could not be reached: the next round sends somebody."""
    Webhook.objects.filter(pk__in=webhook_ids).update(asked_for_at=None)


@waiting_for_the_disk()
def deliver(*, webhook_id: int, seconds: float = _VISIT) -> int:
    """Tell a webhook what it is to be told, in order, until one fails or `seconds` are over.

    Nobody else tells it anything meanwhile: what is told is told by whoever holds the lease, which is longer
    than a request may take. Returns how many events were taken.
    """
    now = timezone.now()
    due = Webhook.objects.filter(free(now), pk=webhook_id, disabled_at__isnull=True, next_attempt_at__lte=now)
    lease = lease_from(now)
    if not due.update(claimed_until=lease):
        return 0
    until, taken = time.monotonic() + seconds, 0
    webhook = Webhook.objects.select_related("owner", "subscription").get(pk=webhook_id)
    while some := _waiting(webhook):
        for delivery in some:
            renewed = lease_from(timezone.now())
            mine = Webhook.objects.filter(pk=webhook_id, claimed_until=lease, disabled_at__isnull=True)
            if not mine.update(claimed_until=renewed):
                return taken  # it took too long, and somebody else is at it; or it was disabled
            lease = renewed
            if not _tell(webhook, delivery):
                _leave(webhook_id, lease)
                return taken
            taken += 1
            if time.monotonic() > until:
                _leave(webhook_id, lease)
                return taken
    _leave(webhook_id, lease)
    return taken


def _leave(webhook_id: int, lease: datetime) -> None:
    Webhook.objects.filter(pk=webhook_id, claimed_until=lease).update(claimed_until=None, asked_for_at=None)


def _waiting(webhook: Webhook) -> list[Delivery]:
    theirs = Delivery.objects.filter(subscription=webhook.subscription, state=State.PENDING)
    return list(theirs.order_by("pk")[:_AT_ONCE])


def _tell(webhook: Webhook, delivery: Delivery) -> bool:
    """Tell a webhook of one change, or nothing where there is nothing to tell; False where that failed."""
    quote = reviewed_quotes().prefetch_related("decisions").get(pk=delivery.quote_id)
    if delivery.event == Event.WITHDRAWN:
        if not _may_have_it(delivery):
            return _keep(delivery, State.DROPPED)
    elif not _is_shown(webhook.subscription, quote):
        # Its words are sent no more. Whoever may have them is told by the next change.
        return _keep(delivery, State.LAPSED if delivery.attempts else State.DROPPED)
    Delivery.objects.filter(pk=delivery.pk).update(attempts=F("attempts") + 1)
    body, event_id, now = body_of(delivery, quote), str(delivery.public_id), timezone.now()
    try:
        signed = headers(event_id, body, signed_with=_secrets(webhook, now), at=now)
        answer = post(checked_address(webhook.url), body, signed, _policy())
    except (FetchError, WebhookError) as error:
        return _keep_failure(webhook, delivery, str(error))
    if not answer.is_taken:
        return _keep_refusal(webhook, delivery, answer)
    _keep(delivery, State.SENT, status_code=answer.status)
    _note_success(webhook, now)
    return True


def _note_success(webhook: Webhook, now: datetime) -> None:
    """What failed before is forgotten; that all goes well is noted once a minute."""
    last = webhook.last_success_at
    if webhook.failures or last is None or last < now - _NOTED_EVERY:
        webhook.failures, webhook.failing_since, webhook.last_success_at = 0, None, now
        webhook.last_error = ""
        webhook.save(update_fields=["failures", "failing_since", "last_error", "last_success_at"])


def _is_shown(subscription: Subscription, quote: Quote) -> bool:
    changes = Changes([quote], speakers_now([subscription.speaker_id]))
    return bool(getattr(quote, "is_public", False) and changes.followed_by(subscription))


def _may_have_it(delivery: Delivery) -> bool:
    """Whether the receiver may have the quote: it was told of it, or never, and has it from elsewhere."""
    before = Delivery.objects.filter(
        subscription=delivery.subscription_id, quote=delivery.quote_id, pk__lt=delivery.pk
    )
    told = before.filter(state__in=(State.SENT, State.LAPSED)).exclude(event=Event.WITHDRAWN)
    return told.exists() or not before.exists()


def _secrets(webhook: Webhook, now: datetime) -> list[str]:
    known = Webhook.objects.only("secret", "former_secret", "former_until").get(pk=webhook.pk)
    is_overlapping = known.former_until is not None and known.former_until > now
    return [known.secret, known.former_secret] if is_overlapping else [known.secret]


def _keep(delivery: Delivery, state: str, *, status_code: int | None = None) -> bool:
    now = timezone.now() if state == State.SENT else delivery.sent_at
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, sent_at=now, status_code=status_code, last_error=""
    )
    return True


def _keep_refusal(webhook: Webhook, delivery: Delivery, answer: Posted) -> bool:
    error = f"it answered {answer.status}" + (f": {answer.beginning}" if answer.beginning else "")
    _keep_failure(webhook, delivery, error, status_code=answer.status, retry_after=answer.retry_after)
    if answer.status == _GONE:
        disable(webhook=webhook, because="It answered 410: it wants no more events.", notify=True)
    return False


def _keep_failure(
    webhook: Webhook,
    delivery: Delivery,
    error: str,
    *,
    status_code: int | None = None,
    retry_after: float | None = None,
) -> bool:
    """Tried again later and later; after days of nothing but failures no more."""
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(last_error=error[:500], status_code=status_code)
    webhook.refresh_from_db(fields=["failures", "failing_since"])
    since = webhook.failing_since or now
    pause = growing(_FIRST_PAUSE, webhook.failures + 1, factor=_FACTOR, most=_LONGEST_PAUSE)
    Webhook.objects.filter(pk=webhook.pk).update(
        failures=F("failures") + 1,
        failing_since=since,
        last_error=error[:500],
        next_attempt_at=now + timedelta(seconds=max(pause, retry_after or 0.0)),
    )
    if now - since > DISABLED_AFTER:
        because = (
            f"All that was sent to it since {since:%Y-%m-%d} failed, {webhook.failures + 1} times in a row."
        )
        disable(webhook=webhook, because=because, notify=True)
    return False


def _policy() -> FetchPolicy:
    # The lease outlasts a request.
    timeout = min(float(settings.WEBHOOK_TIMEOUT_SECONDS), settings.LEASE_SECONDS * 0.8)
    return FetchPolicy(settings.USER_AGENT, timeout, _MOST_ANSWERED, _insecure_hosts())


def _insecure_hosts() -> frozenset[str]:
    return frozenset(settings.WEBHOOK_INSECURE_HOSTS)
