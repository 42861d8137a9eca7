"""The queues that an editor may choose from, each with how much waits in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User

from quotes.desk.queues import TOLD, Name, Queue
from quotes.desk.ranking import COUNTED, Left, left_in, most_useful
from quotes.models import Quote, Source, Speaker

_SUGGESTED = 4
_FEW = 100  # quotes that are counted of what is suggested


@dataclass(frozen=True, slots=True)
class Row:
    """A queue that is offered."""

    label: str
    told: str
    query: str
    left: Left


@dataclass(frozen=True, slots=True)
class Overview:
    """All that is offered; of outlets and speakers those behind what is most useful now."""

    queues: list[Row]
    kinds: list[Row]
    sources: list[Row]
    speakers: list[Row]


def overview_for(editor: User | AnonymousUser) -> Overview:
    waiting = most_useful(Queue(), editor)
    outlets = _most_common(one.source for one in waiting)
    people = _most_common(one.speaker for one in waiting)
    sources, speakers = Source.objects.in_bulk(outlets), Speaker.objects.in_bulk(people)
    return Overview(
        queues=[_row(Queue(name), COUNTED) for name in Name],
        kinds=[_row(Queue(kind=kind), _FEW) for kind in Quote.Kind.values],
        sources=[_row(Queue(source=one), _FEW) for one in map(sources.__getitem__, outlets)],
        speakers=[_row(Queue(speaker=one), _FEW) for one in map(speakers.__getitem__, people)],
    )


def _row(queue: Queue, most: int) -> Row:
    told = TOLD[queue.name] if queue == Queue(queue.name) else ""
    return Row(queue.title, told, str(queue), left_in(queue, most))


def _most_common(keys: Iterable[int | None]) -> list[int]:
    counted = Counter(key for key in keys if key is not None)
    return [key for key, _ in counted.most_common(_SUGGESTED)]
