"""Who had the word before: what ties a span to the speakers of the spans before it."""

from dataclasses import dataclass

import numpy as np

from .candidates import SpanContext
from .stream import Stream
from .vocabulary import Ints

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


def turn_values(
    stream: Stream, context: SpanContext, mentions: Ints, entities: Ints, history: History, *, ruled: bool
) -> Ints:
    """(candidates + 1, TURN_FIELDS) for the candidate mentions of a span and, last, for nobody.

    entities   of the candidates
    ruled      a rule finds a speaker in the span's own neighbourhood
    """
    last, other = history.last, history.other
    place, far = _place(stream, context, last), _place(stream, context, other)
    relation = np.zeros(len(mentions) + 1, np.int32)
    returns = np.zeros(len(mentions) + 1, np.int32)
    returns[:-1] = 2
    if last is not None:
        relation[:-1] = np.where(mentions == last.mention, 1, np.where(entities == last.entity, 2, 3))
    if other is not None and (last is None or last.entity != other.entity):
        returns[:-1] = np.where(entities == other.entity, 1, 2)
    here = relation * _PLACES + place
    there = returns * _PLACES + far
    opens = context.token == stream.sentences[context.sentence].first
    before_alone = last is not None and last.context.alone
    asked = 2 * (last is not None and last.context.words.endswith("?")) + context.words.endswith("?")
    short = len(context.words) <= _SHORT
    dialogue = 2 * _in_dialogue(history) + short
    columns = (
        here,
        here * 2 + context.alone,
        here * 2 + ruled,
        here * 2 + before_alone,
        there,
        there * 2 + context.alone,
        np.full(len(here), history.gap, np.int32),
        here * 2 + opens,
        here * 4 + asked,
        here * 4 + dialogue,
    )
    return np.stack(columns, axis=1).astype(np.int32)


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
