"""What waits in a queue, how much, and which article is the most useful to look at next.

Most useful is where a mistake would do the most harm: how likely one is, which the confidence tells, by how
many would read it. To look at all that waits would take too long among a million: of each step of confidence
the latest are compared, by indexes that have them in that order.
"""

from collections.abc import Iterator, Sequence
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
from quotes.models import ArticleRevision, DeskLease, Link, PassedOver, Quote, SameWords
from quotes.models.quote import STEPS, step_of_confidence, waits
from quotes.reviewing import is_reported, says_whose

COUNTED = 1000
_IN_QUESTION = 200  # quotes that are looked for, as no index has them
_LOOKED_FOR = {Name.CONFLICTS, Name.DISAGREED}
_OF_EACH = 40  # quotes of a step that are compared
_OFTEN_QUOTED = (10, 100)  # a speaker with so many quotes is read by more
_MONTH = 30  # days after which news is half as new


@dataclass(frozen=True, slots=True)
class Left:
    """How many quotes wait, as far as they are counted."""

    quotes: int
    most: int = COUNTED

    def __str__(self) -> str:
        return f"{self.most:,}+" if self.quotes > self.most else f"{self.quotes:,}"


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


def left_in(queue: Queue, most: int = COUNTED) -> Left:
    """How much waits, whoever is at it; it is not counted further than `most`."""
    most = min(most, _IN_QUESTION) if queue.name in _LOOKED_FOR else most
    return Left(_waiting(queue).order_by()[: most + 1].count(), most)


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
    if queue.name == Name.CONFLICTS:
        here = Quote.objects.filter(_is_in_question(), waits(), revision=revision, **_limits(queue))
    elif queue.name == Name.DISAGREED:
        differ = Quote.objects.filter(wording__same_words__speakers_differ=True)
        here = differ.filter(waits(), revision=revision, **_limits(queue))
    else:
        here = _waiting(queue).filter(revision=revision)
    return here.order_by("start", "pk").first()


def others_at(queue: Queue, editor: User | AnonymousUser) -> list[str]:
    """Who else has articles in which something of this queue waits."""
    theirs = DeskLease.objects.filter(until__gt=timezone.now()).exclude(editor=editor.pk)
    leases = dict(theirs.values_list("article", "editor__username"))
    here = _waiting(queue).filter(revision__article__in=leases).order_by()
    return sorted({leases[article] for article in here.values_list("revision__article", flat=True)})


def _compared(queue: Queue, besides: Q) -> Iterator[Waiting]:
    for some in _slices(queue):
        told: QuerySet[Any] = some.exclude(besides).annotate(copies=_copies(), fame=_fame())
        for row in told.values_list(
            "pk", "revision__article", "revision__article__public_id", "source", "speaker",
            "confidence", "dated_at", "copies", "fame",
        )[:_OF_EACH]:  # fmt: skip
            yield Waiting(*row)


def _slices(queue: Queue) -> Iterator[QuerySet[Quote]]:
    if queue.name in {Name.DISPUTED, Name.REPORTED, Name.PROPOSED, *_LOOKED_FOR}:
        yield _waiting(queue).order_by("-pk")
        return
    for step in _steps(queue):
        yield _waiting(queue, [step]).order_by("-dated_at", "-pk")


def _steps(queue: Queue) -> Sequence[int]:
    """The steps of confidence that have quotes of this queue."""
    most = len(STEPS)
    if queue.name == Name.DOUBTFUL:
        most = sum(end < settings.PUBLISH_THRESHOLD for end in STEPS)
    return range(most + 1)


def _waiting(queue: Queue, steps: Sequence[int] = ()) -> QuerySet[Quote]:
    """What waits in a queue, in texts that are current; only that of some steps, where they are told."""
    found = Quote.objects.filter(revision__current_of__isnull=False, **_limits(queue))
    match queue.name:
        case Name.DISPUTED:
            return found.filter(review_status=Quote.Status.DISPUTED)
        case Name.REPORTED:
            return found.filter(is_reported())
        case Name.PROPOSED:
            approved = found.filter(review_status=Quote.Status.APPROVED)
            return approved.filter(proposal__isnull=False, proposal__answer__isnull=True)
        case Name.CONFLICTS:
            return found.filter(waits(), pk__in={*_of_unclear_names(queue), *_given_to_several(queue)})
        case Name.DISAGREED:
            return found.filter(waits(), pk__in=list(_of_outlets_that_disagree(queue)))
    found = found.filter(waits())
    # The steps are named because the indexes that have them are taken for nothing else; what is doubtful of
    # all has an index without.
    if steps or queue.name != Name.DOUBTFUL or queue.source or queue.speaker:
        found = found.alias(step=step_of_confidence()).filter(step__in=steps or _steps(queue))
    if queue.name == Name.COPIED:
        found = found.filter(saying__isnull=False)
    # Beside a step that is told SQLite would take the index by status and confidence, and sort.
    if queue.name == Name.DOUBTFUL and not (steps and settings.PUBLISH_THRESHOLD in STEPS):
        found = found.filter(confidence__lt=settings.PUBLISH_THRESHOLD)
    return found


def _limits(queue: Queue, of: str = "") -> dict[str, Any]:
    limits = {"source": queue.source, "speaker": queue.speaker, "kind": queue.kind}
    return {f"{of}{name}": value for name, value in limits.items() if value}


def _is_in_question() -> Q:
    """The condition under which one of few quotes is in the queue for its speaker."""
    name = Link.objects.filter(article=OuterRef("revision__article"), speaker=OuterRef("speaker"))
    return Q(Exists(name.filter(outcome=Link.Outcome.AMBIGUOUS))) | Q(Exists(_given_to_others()))


def _given_to_others() -> QuerySet[Quote]:
    """The same words in copies, given to somebody else."""
    return Quote.objects.filter(says_whose(), saying=OuterRef("saying")).exclude(speaker=OuterRef("speaker"))


def _of_unclear_names(queue: Queue) -> QuerySet[Any, int]:
    """Keys of quotes whose speaker is a name of the article that may mean several who are known."""
    waiting = Quote.objects.filter(waits(), **_limits(queue)).order_by()
    # Asked of one name after the other, the latest first, until there are enough.
    its = waiting.filter(speaker=OuterRef("speaker"), revision__article=OuterRef("article")).values("pk")[:1]
    names: QuerySet[Any] = Link.objects.filter(outcome=Link.Outcome.AMBIGUOUS).alias(quote=Subquery(its))
    some = names.filter(quote__isnull=False).order_by("-pk").values_list("pk", flat=True)[: _IN_QUESTION + 1]
    theirs = Q(speaker__links__in=list(some), speaker__links__article=F("revision__article"))
    return waiting.filter(theirs).values_list("pk", flat=True)[: _IN_QUESTION + 1]


def _given_to_several(queue: Queue) -> QuerySet[Any, int]:
    """Keys of quotes whose words are given to somebody else in a copy."""
    copied = Quote.objects.filter(waits(), saying__isnull=False, speaker__isnull=False, **_limits(queue))
    if queue.source or queue.speaker:
        found = copied.filter(Exists(_given_to_others()))
    else:  # all sayings are gone through, by an index that has all that is asked about
        waiting = Max(Case(When(review_status=Quote.Status.UNREVIEWED, then=1), default=0))
        told = (
            Quote.objects.filter(says_whose())
            .values("saying")
            .annotate(one=Min("speaker"), other=Max("speaker"), open=waiting)
        )
        some = told.filter(one__lt=F("other"), open=1).order_by("-saying_id").values_list("saying", flat=True)
        found = copied.filter(saying__in=list(some[: _IN_QUESTION + 1]))
    return found.values_list("pk", flat=True)[: _IN_QUESTION + 1]


def _of_outlets_that_disagree(queue: Queue) -> QuerySet[Any, int]:
    """Keys of quotes whose words other outlets give to somebody else, those that were grouped last first."""
    waiting = Quote.objects.filter(waits(), speaker__isnull=False, **_limits(queue)).order_by()
    theirs = waiting.filter(wording__same_words=OuterRef("pk"))
    groups = SameWords.objects.filter(Exists(theirs), speakers_differ=True).order_by("-pk")
    some = list(groups.values_list("pk", flat=True)[: _IN_QUESTION + 1])
    return waiting.filter(wording__same_words__in=some).values_list("pk", flat=True)[: _IN_QUESTION + 1]


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
