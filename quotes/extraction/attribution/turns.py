"""Who had the word before: what ties a span to the speakers of the spans before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from quotes.extraction.attribution.candidates import SpanContext
from quotes.extraction.attribution.vocabulary import Ints
from quotes.extraction.text.stream import Stream

_PLACES = 9
_SHORT = 40  # characters of an answer or a question
_RELATIONS = 4  # nobody before or nobody now, the same mention, the same person, somebody else
TURN_FIELDS: dict[str, int] = {
    "relation": _RELATIONS * _PLACES,
    "relation_alone": _RELATIONS * _PLACES * 2,
    "relation_ruled": _RELATIONS * _PLACES * 2,
    "relation_before_alone": _RELATIONS * _PLACES * 2,
    "return": 3 * _PLACES,
    "return_alone": 3 * _PLACES * 2,
    "gap": 3,
    "relation_opens": _RELATIONS * _PLACES * 2,
    "relation_asked": _RELATIONS * _PLACES * 4,
    "relation_dialogue": _RELATIONS * _PLACES * 4,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A span that was given a speaker: `mention` and `entity` are numbers."""

    context: SpanContext
    paragraph: int
    mention: int
    entity: int


@dataclass(frozen=True, slots=True)
class History:
    """The last turn, the last turn of somebody else, and whether a span without speaker came since.

    gap   0 for none, 1 for a span that nobody speaks, 2 for one that is not known
    """

    last: Turn | None = None
    other: Turn | None = None
    gap: int = 0

    def spoken(self, turn: Turn) -> "History":
        changed = self.last is not None and self.last.entity != turn.entity
        return History(turn, self.last if changed else self.other)

    def unspoken(self, gap: int = 1) -> "History":
        return History(self.last, self.other, gap)


class Turning(NamedTuple):
    """What a span and a history have in common for all candidates; few enough to remember what follows.

    place, far   where the span stands, seen from the last turn and from the last of somebody else
    ruled        a rule finds a speaker in the span's own neighbourhood
    """

    place: int
    far: int
    gap: int
    alone: bool
    ruled: bool
    before_alone: bool
    opens: bool
    asked: int
    dialogue: int


def turning(stream: Stream, context: SpanContext, history: History, *, ruled: bool) -> Turning:
    """Of a span, after a history."""
    last, other = history.last, history.other
    return Turning(
        _place(stream, context, last),
        _place(stream, context, other),
        history.gap,
        context.alone,
        ruled,
        last is not None and last.context.alone,
        context.token == stream.sentences[context.sentence].first,
        2 * (last is not None and last.context.words.endswith("?")) + context.words.endswith("?"),
        2 * _in_dialogue(history) + (len(context.words) <= _SHORT),
    )


# How a candidate is tied to the history, as numbers: its relation to the last turn, whether it returns.
_TIES = ((0, 0), (0, 2), (1, 2), (2, 2), (3, 1), (3, 2))
_NOBODY, _FIRST, _SAME_MENTION, _SAME_PERSON, _RETURNS, _OTHER = range(len(_TIES))


def ties(mentions: Sequence[int], entities: Sequence[int], history: History) -> list[int]:
    """How each candidate mention and, last, nobody is tied to the history: rows of `tie_values`."""
    last, other = history.last, history.other
    if last is None:
        return [*([_FIRST] * len(mentions)), _NOBODY]
    before = None if other is None or other.entity == last.entity else other.entity
    mention, person = last.mention, last.entity
    found = [
        (_SAME_MENTION if m == mention else _SAME_PERSON)
        if e == person
        else (_RETURNS if e == before else _OTHER)
        for m, e in zip(mentions, entities, strict=True)
    ]
    found.append(_NOBODY)
    return found


def tie_values(at: Turning) -> Ints:
    """(ties, TURN_FIELDS)"""
    relation, returns = np.array(_TIES, np.int32).T
    here, there = relation * _PLACES + at.place, returns * _PLACES + at.far
    columns = (
        here,
        here * 2 + at.alone,
        here * 2 + at.ruled,
        here * 2 + at.before_alone,
        there,
        there * 2 + at.alone,
        np.full(len(here), at.gap, np.int32),
        here * 2 + at.opens,
        here * 4 + at.asked,
        here * 4 + at.dialogue,
    )
    return np.stack(columns, axis=1).astype(np.int32)


def turn_values(
    stream: Stream, context: SpanContext, mentions: Ints, entities: Ints, history: History, *, ruled: bool
) -> Ints:
    """(candidates + 1, TURN_FIELDS) for the candidate mentions of a span and, last, for nobody.

    entities   of the candidates
    ruled      a rule finds a speaker in the span's own neighbourhood
    """
    values = tie_values(turning(stream, context, history, ruled=ruled))
    return values[ties(mentions.tolist(), entities.tolist(), history)]


def _in_dialogue(history: History) -> bool:
    """Whether the last two turns are two people's, a paragraph each."""
    last, other = history.last, history.other
    return last is not None and other is not None and last.paragraph == other.paragraph + 1


def _place(stream: Stream, context: SpanContext, before: Turn | None) -> int:
    """Where the span stands, seen from the earlier turn."""
    if before is None:
        return 0
    if stream.spans[context.span].continues and context.span == before.context.span + 1:
        return 1
    steps = context.sentence - before.context.sentence
    if not steps:
        return 2
    paragraphs = stream.sentences[context.sentence].paragraph - before.paragraph
    if not paragraphs:
        return 3 if steps == 1 else 4
    if paragraphs == 1:
        return 5 if steps == 1 else 6
    return 7 if paragraphs == 2 else 8
