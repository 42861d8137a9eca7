"""What a message to a reader holds: decided when it is sent, by what is public then and what he was told."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from quotes.alerts.links import absolute
from quotes.alerts.matching import Changes
from quotes.models import Delivery, Message, Quote, Speaker
from quotes.selectors import reviewed_quotes, speakers_now
from quotes.withdrawals import Withdrawal, withdrawal_of

Event, State = Delivery.Event, Delivery.State

NEW, REWORDED, MOVED, WITHDRAWN = "new", "reworded", "moved", "withdrawn"


def words_told(quote: Quote) -> str:
    """By what is known which words somebody was sent, without keeping them."""
    return hashlib.sha256(quote.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Told:
    """What a subscription was told of a quote last: the hash of its words, and whose they were."""

    event: str
    words: str
    speaker: Speaker | None


@dataclass(frozen=True, slots=True)
class Entry:
    """What a message says of a quote: `kind` is NEW, REWORDED, MOVED or WITHDRAWN.

    before  as whose words they were sent
    """

    kind: str
    quote: Quote
    before: Speaker | None = None

    @property
    def record(self) -> str:
        return absolute(self.quote.get_absolute_url())

    @property
    def withdrawal(self) -> Withdrawal:
        return withdrawal_of(self.quote)


@dataclass(frozen=True, slots=True)
class Said:
    """What a delivery told: `event`, of `quote` as it was then."""

    event: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Digest:
    """What a message says, and what its deliveries told thereby, by their keys: the others told nothing."""

    entries: Sequence[Entry] = ()
    said: Mapping[int, Said] = field(default_factory=dict)

    @property
    def corrections(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind != NEW]

    @property
    def groups(self) -> list[tuple[Speaker, list[Entry]]]:
        """What is new, by speaker, each the newest first; of one article in the order of the text."""
        new = [entry for entry in self.entries if entry.kind == NEW and entry.quote.speaker]
        new.sort(key=_place)
        by_name = [(entry.quote.speaker, entry) for entry in new if entry.quote.speaker]
        by_name.sort(key=lambda pair: (pair[0].name.casefold(), pair[0].pk))
        return [
            (speaker, [entry for _, entry in some])
            for speaker, some in groupby(by_name, lambda pair: pair[0])
        ]


def _place(entry: Entry) -> tuple[float, int, int]:
    quote = entry.quote
    return -quote.dated_at.timestamp(), -quote.revision_id, quote.start


def digest_of(message: Message) -> Digest:
    """What there is to tell a reader now of what is due to him in `message`."""
    deliveries = list(
        message.deliveries.filter(state=State.PENDING).select_related("subscription").order_by("quote", "pk")
    )
    keys = {delivery.quote_id for delivery in deliveries}
    found = reviewed_quotes().filter(pk__in=keys).prefetch_related("decisions")
    quotes = {quote.pk: quote for quote in found}
    told = _told(deliveries, keys)
    now = speakers_now(
        [one.subscription.speaker_id for one in deliveries]
        + [one.speaker.pk if one.speaker else None for one in told.values()]
    )
    changes = Changes(quotes.values(), now)
    entries: dict[tuple[str, int], Entry] = {}
    said: dict[int, Said] = {}
    copies = _Copies(deliveries, quotes.values())
    for delivery in deliveries:
        quote = quotes[delivery.quote_id]
        pair = (delivery.subscription_id, quote.pk)
        is_followed = quote.pk in changes.followed_by(delivery.subscription)
        entry = _entry(
            quote,
            is_followed=is_followed,
            told=told.get(pair),
            maybe_told=message.attempts > 1,
            now=now,
        )
        if entry and entry.kind == NEW and copies.has_another(delivery.subscription_id, quote):
            entry = None
        if entry is None:
            continue
        entries.setdefault((entry.kind, quote.pk), entry)
        is_shown = getattr(quote, "is_public", False) and quote.pk in changes.followed_by(
            delivery.subscription
        )
        event = Event.WITHDRAWN if not is_shown else Event.PUBLISHED if entry.kind == NEW else Event.CHANGED
        said[delivery.pk] = Said(event, quote)
        told[pair] = Told(event, words_told(quote), quote.speaker)
    return Digest(list(entries.values()), said)


def _entry(
    quote: Quote, *, is_followed: bool, told: Told | None, maybe_told: bool, now: Mapping[int, int]
) -> Entry | None:
    was_shown = told is not None and told.event != Event.WITHDRAWN
    before = told.speaker if told and was_shown else None
    if not getattr(quote, "is_public", False):
        return Entry(WITHDRAWN, quote, before) if was_shown or maybe_told else None
    if not was_shown:
        if is_followed:
            return Entry(NEW, quote)
        return Entry(MOVED, quote) if maybe_told and told is None else None
    if before is None or now.get(before.pk, before.pk) != quote.speaker_id:
        return Entry(MOVED, quote, before)
    if told and told.words != words_told(quote):
        return Entry(REWORDED, quote, before)
    return None


def _told(deliveries: Iterable[Delivery], quotes: Collection[int]) -> dict[tuple[int, int], Told]:
    """What each of these subscriptions was told last of each of these quotes."""
    subscriptions = {delivery.subscription_id for delivery in deliveries}
    sent = Delivery.objects.filter(
        quote__in=quotes, subscription__in=subscriptions, state__in=(State.SENT, State.LAPSED)
    )
    return {
        (one.subscription_id, one.quote_id): Told(one.event, one.told, one.told_speaker)
        for one in sent.select_related("told_speaker").order_by("pk")
    }


class _Copies:
    """Which sayings a subscription was sent: of wire copy in forty papers one is enough, the first stored."""

    def __init__(self, deliveries: Collection[Delivery], quotes: Collection[Quote]) -> None:
        sayings = {quote.saying_id for quote in quotes if quote.saying_id is not None}
        subscriptions = {delivery.subscription_id for delivery in deliveries}
        theirs = Delivery.objects.filter(
            quote__saying__in=sayings, subscription__in=subscriptions, state__in=(State.SENT, State.LAPSED)
        ).exclude(event=Event.WITHDRAWN)
        rows = theirs.values_list("subscription", "quote__saying", "quote__speaker", "quote")
        self._sent: dict[tuple[int, int | None, int | None], int] = {
            (subscription, saying, speaker): quote for subscription, saying, speaker, quote in rows
        }

    def has_another(self, subscription: int, quote: Quote) -> bool:
        """Whether the subscription was sent the same saying, or is sent another of it by this message."""
        if quote.saying_id is None:
            return False
        place = (subscription, quote.saying_id, quote.speaker_id)
        sent = self._sent.setdefault(place, quote.pk)
        return sent != quote.pk
