"""Which subscription is to be told of which change: the outbox is filled here, and emptied elsewhere.

A subscription has the number of the last change that it was matched to. What it is to be told is written in
the transaction that moves this number on, so nothing is missed and nothing is there twice, whoever dies when.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from quotes.alerts.digests import words_told
from quotes.alerts.matching import Changes
from quotes.models import Delivery, Quote, Subscription
from quotes.selectors import changed_quotes, speakers_now
from quotes.services.due import due_from
from quotes.services.durable import waiting_for_the_disk
from quotes.services.publications import change_counter, number_all_changes

Event, State = Delivery.Event, Delivery.State

CHANGES_AT_ONCE, _SUBSCRIPTIONS_AT_ONCE = 200, 1000
_ROUNDS = 50
# A reader is told of news: what an archive brings that is older when it becomes public is none.
NEWS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Prior:
    """What a subscription was last told of a quote, or is going to be."""

    event: str
    state: str
    told: str
    speaker: int | None

    @property
    def was_shown(self) -> bool:
        return self.event != Event.WITHDRAWN


def match_changes() -> bool:
    """Match all subscriptions to what has changed; False where that takes longer than one should wait for."""
    if not _active().exists():
        return True
    with waiting_for_the_disk():
        is_numbered = number_all_changes()
        last = change_counter().last
        for _ in range(_ROUNDS):
            if not _match_some(last):
                return is_numbered
    return False


def _active() -> QuerySet[Subscription]:
    return Subscription.objects.filter(since__isnull=False, webhook__disabled_at__isnull=True)


@transaction.atomic
def _match_some(last: int) -> bool:
    """Match those that are furthest behind to the next changes. Returns whether there may be more to do."""
    behind = _active().filter(matched_to__lt=last).order_by("matched_to", "pk")
    if connection.features.has_select_for_update_skip_locked:
        behind = behind.select_for_update(of=("self",), skip_locked=True)
    first = behind.first()
    if first is None:
        return False
    group = list(behind.filter(matched_to=first.matched_to)[:_SUBSCRIPTIONS_AT_ONCE])
    changed = changed_quotes(first.matched_to).filter(publication__number__lte=last)
    quotes = list(changed[:CHANGES_AT_ONCE])
    is_all = len(quotes) < CHANGES_AT_ONCE
    for some in _in_parts(list(_deliveries(group, quotes)), 1000):
        Delivery.objects.bulk_create(some, ignore_conflicts=True)
    reached = last if is_all else quotes[-1].publication.number
    Subscription.objects.filter(pk__in=[one.pk for one in group]).update(matched_to=reached)
    return True


def _deliveries(group: Sequence[Subscription], quotes: Sequence[Quote]) -> Iterator[Delivery]:
    """What each of `group` is to be told of these, in the order of the changes."""
    if not quotes:
        return
    prior = _prior(group, quotes)
    speakers = [one.speaker_id for one in group] + [
        one.speaker for some in prior.values() for one in some.values()
    ]
    now = speakers_now(speakers)
    changes = Changes(quotes, now)
    by_key = {quote.pk: quote for quote in quotes}
    moment = timezone.now()
    for subscription in group:
        followed, known = changes.followed_by(subscription), prior.get(subscription.pk, {})
        asked = sorted(followed | known.keys(), key=lambda pk: by_key[pk].publication.number or 0)
        for quote in map(by_key.__getitem__, asked):
            event = _event(subscription, quote, quote.pk in followed, known.get(quote.pk), now)
            if event is not None:
                yield Delivery(
                    subscription=subscription,
                    quote=quote,
                    number=quote.publication.number or 0,
                    event=event,
                    due_at=due_from(moment, subscription.pace) if subscription.reader_id else None,
                )


def _event(
    subscription: Subscription, quote: Quote, is_followed: bool, prior: _Prior | None, now: Mapping[int, int]
) -> str | None:
    """What there is to tell of a quote as it is now; None for nothing."""
    was_shown = prior is not None and prior.was_shown
    if quote.publication.is_public and is_followed:
        if was_shown:
            return None if subscription.reader_id and _is_as_told(quote, prior, now) else Event.CHANGED
        if prior is not None or _is_news(subscription, quote):
            return Event.PUBLISHED
        return None if subscription.reader_id else Event.CHANGED
    if was_shown:
        return Event.WITHDRAWN
    # A program may have it from elsewhere: all that it asks for it is told of.
    is_older = not _is_newer(subscription, quote)
    is_theirs = subscription.reader_id is None and prior is None and is_followed
    return Event.WITHDRAWN if is_theirs and is_older else None


def _is_as_told(quote: Quote, prior: _Prior | None, now: Mapping[int, int]) -> bool:
    """Whether a reader was sent these words as this speaker's."""
    if prior is None or prior.state != State.SENT or prior.speaker is None:
        return False
    return now.get(prior.speaker, prior.speaker) == quote.speaker_id and prior.told == words_told(quote)


def _is_newer(subscription: Subscription, quote: Quote) -> bool:
    """Whether it became public when the subscription was there already."""
    first, since = quote.publication.first_public_at, subscription.since
    return first is not None and since is not None and first >= since


def _is_news(subscription: Subscription, quote: Quote) -> bool:
    if not _is_newer(subscription, quote):
        return False
    first: datetime = quote.publication.first_public_at or timezone.now()
    return subscription.reader_id is None or quote.dated_at >= first - NEWS


def _prior(group: Iterable[Subscription], quotes: Iterable[Quote]) -> dict[int, dict[int, _Prior]]:
    """Of each subscription what it was told last of each of these quotes."""
    subscriptions = {one.pk for one in group}
    rows = (
        Delivery.objects.filter(quote__in=[quote.pk for quote in quotes])
        .exclude(state=State.DROPPED)
        .order_by("pk")
        .values_list("subscription", "quote", "event", "state", "told", "told_speaker")
    )
    found: defaultdict[int, dict[int, _Prior]] = defaultdict(dict)
    for subscription, quote, event, state, told, speaker in rows:
        if subscription in subscriptions:
            found[subscription][quote] = _Prior(event, state, told, speaker)
    return dict(found)


def _in_parts(deliveries: Sequence[Delivery], size: int) -> Iterator[Sequence[Delivery]]:
    return (deliveries[start : start + size] for start in range(0, len(deliveries), size))
