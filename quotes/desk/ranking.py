"""What waits in a queue, how much, and which article is the most useful to look at next.

Most useful is where a mistake would do the most harm: how likely one is, which the confidence tells, by how
many would read it. To look at all that waits would take too long among a million: of each step of confidence
the latest are compared, by indexes that have them in that order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from quotes.desk.queues import Name, Queue
from quotes.models import ArticleRevision, DeskLease, Link, PassedOver, Quote
from quotes.models.quote import STEPS, step_of_confidence, waits

_COUNTED = 1000
_OF_EACH = 40  # quotes of a step that are compared
_OFTEN_QUOTED = (10, 100)  # a speaker with so many quotes is read by more
_MONTH = 30  # days after which news is half as new


@dataclass(frozen=True, slots=True)
class Left:
    """How many quotes wait, as far as they are counted."""

    quotes: int

    def __str__(self) -> str:
        return f"{_COUNTED:,}+" if self.quotes > _COUNTED else f"{self.quotes:,}"


class Waiting(NamedTuple):
    """A quote that is compared with others."""

    quote: int
    article: int
    address: UUID
    source: int
    speaker: int | None
    confidence: float | None
    dated_at: datetime
    copies: int
    fame: int

    def worth(self, now: datetime) -> float:
        """How much harm a mistake may do: its chance, times readers, times news.

        Words that are given to nobody are half as likely to harm anybody.
        """
        chance = 1.0 if self.confidence is None else 1.0 - self.confidence
        if self.speaker is None:
            chance /= 2
        age = max((now - self.dated_at).days, 0)
        return chance * (1 + self.copies + self.fame) * (1 + _MONTH / (_MONTH + age))


def left_in(queue: Queue) -> Left:
    """How much waits, whoever is at it."""
    found: set[int] = set()
    for part in _parts(queue):
        found |= set(part.order_by().values_list("pk", flat=True)[: _COUNTED + 1])
    return Left(len(found))


def most_useful(queue: Queue, editor: User | AnonymousUser) -> list[Waiting]:
    """The quotes that are compared, the most useful first.

    Without those of articles that others are at, or that this editor passed over.
    """
    now = timezone.now()
    taken = DeskLease.objects.filter(until__gt=now).exclude(editor=editor.pk).values("article")
    passed = PassedOver.objects.filter(editor=editor.pk, queue=str(queue)).values("article")
    found = _compared(queue, Q(revision__article__in=taken) | Q(revision__article__in=passed))
    return sorted(found, key=lambda one: (-one.worth(now), one.quote))


def first_of(queue: Queue, revision: ArticleRevision) -> Quote | None:
    """The first quote of a text that waits in this queue; None where it may be any that nobody reviewed."""
    if queue == Queue():
        return None
    waiting = [part.filter(revision=revision).order_by("start", "pk").first() for part in _parts(queue)]
    return min(filter(None, waiting), key=lambda quote: (quote.start, quote.pk), default=None)


def others_at(queue: Queue, editor: User | AnonymousUser) -> list[str]:
    """Who else has articles in which something of this queue waits."""
    theirs = DeskLease.objects.filter(until__gt=timezone.now()).exclude(editor=editor.pk)
    leases = dict(theirs.values_list("article", "editor__username"))
    here: set[int] = set()
    for part in _parts(queue) if leases else ():
        waiting = part.filter(revision__article__in=leases).order_by()
        here |= set(waiting.values_list("revision__article", flat=True))
    return sorted({leases[article] for article in here})


def _compared(queue: Queue, besides: Q) -> Iterator[Waiting]:
    for part in _parts(queue):
        told: QuerySet[Any] = part.exclude(besides).annotate(copies=_copies(), fame=_fame())
        for some in _slices(queue, told):
            for row in some.values_list(
                "pk", "revision__article", "revision__article__public_id", "source", "speaker",
                "confidence", "dated_at", "copies", "fame",
            )[:_OF_EACH]:  # fmt: skip
                yield Waiting(*row)


def _slices(queue: Queue, quotes: QuerySet[Any]) -> Iterator[QuerySet[Any]]:
    latest = quotes.order_by("-dated_at", "-pk")
    if queue.name in {Name.DISPUTED, Name.CONFLICTS}:
        yield quotes.order_by("-pk")
        return
    for step in range(_steps(queue)):
        yield latest.filter(step=step)


def _steps(queue: Queue) -> int:
    """How many steps of confidence, from below, have quotes of this queue."""
    if queue.name != Name.DOUBTFUL:
        return len(STEPS) + 1
    return 1 + sum(end < settings.PUBLISH_THRESHOLD for end in STEPS)


def _parts(queue: Queue) -> list[QuerySet[Quote]]:
    """What waits in a queue, in texts that are current; one that is in two parts is in the queue once."""
    if queue.name == Name.DISPUTED:
        found = [Quote.objects.filter(review_status=Quote.Status.DISPUTED)]
    else:
        open_ = Quote.objects.filter(waits()).alias(step=step_of_confidence())
        match queue.name:
            case Name.DOUBTFUL:
                doubtful = {"confidence__lt": settings.PUBLISH_THRESHOLD, "step__lt": _steps(queue)}
                found = [open_.filter(**doubtful)]
            case Name.COPIED:
                found = [open_.filter(saying__isnull=False)]
            case Name.CONFLICTS:
                found = [_of_unclear_names(open_), open_.filter(saying__in=_given_to_several())]
            case _:
                found = [open_]
    limits: dict[str, Any] = {"source": queue.source, "speaker": queue.speaker, "kind": queue.kind}
    limits = {name: value for name, value in limits.items() if value}
    return [part.filter(revision__current_of__isnull=False, **limits) for part in found]


def _of_unclear_names(quotes: QuerySet[Quote]) -> QuerySet[Quote]:
    """Those whose speaker is a name of the article that may mean several who are known."""
    unclear = Link.objects.filter(
        outcome=Link.Outcome.AMBIGUOUS, article=OuterRef("revision__article"), speaker=OuterRef("speaker")
    )
    return quotes.filter(Exists(unclear))


def _given_to_several() -> QuerySet[Quote, Any]:
    """Sayings that are given to one here and to another there, while some of it waits."""
    named = Quote.objects.filter(saying__isnull=False, speaker__isnull=False, gone_at__isnull=True)
    waiting = Max(Case(When(review_status=Quote.Status.UNREVIEWED, then=1), default=0))
    told = named.order_by().values("saying").annotate(one=Min("speaker"), other=Max("speaker"), open=waiting)
    return told.filter(one__lt=F("other"), open=1).values("saying")


def _copies() -> Coalesce:
    same = Quote.objects.filter(saying=OuterRef("saying")).exclude(pk=OuterRef("pk")).order_by()
    return Coalesce(Subquery(same.values("saying").annotate(n=Count("pk")).values("n")), 0)


def _fame() -> Case:
    """How many of the numbers the speaker's quotes reach: no more are counted than that takes."""
    theirs = Quote.objects.filter(speaker=OuterRef("speaker")).order_by()
    whens = [
        When(Exists(theirs[number - 1 : number]), then=Value(place))
        for place, number in reversed(list(enumerate(_OFTEN_QUOTED, start=1)))
    ]
    return Case(*whens, default=Value(0), output_field=IntegerField())
