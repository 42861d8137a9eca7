"""The likeliest speakers of all spans of an article together: beam search over who had the word before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .cases import Cases
from .features import Features
from .network import Floats
from .turns import History, Turn, turn_values
from .vocabulary import Ints, Vocabulary

_WIDTH = 4  # histories kept
_BRANCHES = 3  # speakers tried for each history
_LEAST = 0.02  # probability of a speaker worth trying


class Ranker(Protocol):
    """What scores the candidates of a span: the shipped network, or another kind to compare it with."""

    @property
    def vocabulary(self) -> Vocabulary: ...

    def first_layer(self, features: Features) -> tuple[Floats, Floats]:
        """A row for each pair and, for nobody, one for each span: what holds whoever spoke before."""
        ...

    def scores(self, first: Floats, turns: Ints) -> Floats:
        """(candidates,) of one span: `first` is its rows, nobody last. A softmax makes probabilities."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """What is known beforehand: the speaker that the label of a transcript names, or nobody for a term."""

    entity: int | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Which mention speaks a span (None for nobody), and the probability of that person, or of nobody."""

    mention: int | None
    probability: float
    history: History


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    history: History
    choice: int  # of this span; -1 for a speaker known beforehand

    before: "_Path | None"


def decode(cases: Cases, ranker: Ranker, given: Sequence[Given | None]) -> list[Decision]:
    """One decision a span."""
    if not cases.contexts:
        return []
    pairs, nobody = ranker.first_layer(cases.features)
    starts = cases.features.starts
    paths = [_Path(0.0, History(), -1, None)]
    chances: list[Floats] = []
    for case in range(len(cases.contexts)):
        known = given[case]
        if known is not None:
            chances.append(np.ones(0, np.float32))
            paths = [_Path(p.score, _told(cases, case, p.history, known), -1, p) for p in paths]
            continue
        first = np.concatenate((pairs[starts[case] : starts[case + 1]], nobody[case : case + 1]))
        paths, chance = _extend(cases, case, ranker, first, paths)
        chances.append(chance)
    return _follow(cases, max(paths, key=lambda path: path.score), chances)


def _extend(
    cases: Cases, case: int, ranker: Ranker, first: Floats, paths: Sequence[_Path]
) -> tuple[list[_Path], Floats]:
    """The best paths one span further, and the probability of each candidate over all paths."""
    mentions = cases.candidates(case)
    entities = cases.entities[mentions]
    weights = np.exp([path.score - paths[0].score for path in paths])
    weights /= weights.sum()
    ruled = cases.ruled(case)
    found: dict[tuple[int, ...], _Path] = {}
    chance = np.zeros(len(first), np.float32)
    for path, weight in zip(paths, weights.tolist(), strict=True):
        turns = turn_values(cases.stream, cases.contexts[case], mentions, entities, path.history, ruled=ruled)
        probability = _softmax(ranker.scores(first, turns))
        chance += weight * probability
        for choice in np.argsort(-probability)[:_BRANCHES].tolist():
            if probability[choice] < _LEAST:
                break
            score = path.score + float(np.log(probability[choice]))
            history = _after(cases, case, path.history, mentions.tolist(), choice)
            new = _Path(score, history, choice, path)
            key = _key(history)
            if key not in found or found[key].score < score:
                found[key] = new
    best = sorted(found.values(), key=lambda path: -path.score)
    return best[:_WIDTH], chance


def _softmax(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def _paragraph(cases: Cases, case: int) -> int:
    return cases.stream.sentences[cases.contexts[case].sentence].paragraph


def _told(cases: Cases, case: int, history: History, known: Given) -> History:
    if known.entity is None:
        return history.unspoken()
    return history.spoken(Turn(cases.contexts[case], _paragraph(cases, case), -1, known.entity))


def _after(cases: Cases, case: int, history: History, mentions: list[int], choice: int) -> History:
    if choice == len(mentions):
        return history.unspoken()
    mention = mentions[choice]
    entity = int(cases.entities[mention])
    return history.spoken(Turn(cases.contexts[case], _paragraph(cases, case), mention, entity))


def _key(history: History) -> tuple[int, ...]:
    """Histories that are the same to all spans to come."""
    last, other = history.last, history.other
    return (
        last.context.span if last else -1,
        last.mention if last else -2,
        last.entity if last else -2,
        other.context.span if other else -1,
        other.entity if other else -2,
        history.gap,
    )


def _follow(cases: Cases, path: _Path, chances: Sequence[Floats]) -> list[Decision]:
    found: list[Decision] = []
    for case in range(len(cases.contexts) - 1, -1, -1):
        before = path.before
        if before is None:
            break
        found.append(_decision(cases, case, path.choice, chances[case], before.history))
        path = before
    return found[::-1]


def _decision(cases: Cases, case: int, choice: int, chance: Floats, history: History) -> Decision:
    if choice < 0:
        return Decision(None, 1.0, history)
    mentions = cases.candidates(case)
    if choice == len(mentions):
        return Decision(None, float(chance[choice]), history)
    entities = cases.entities[mentions]
    probability = float(chance[:-1][entities == entities[choice]].sum())
    return Decision(int(mentions[choice]), min(probability, 1.0), history)
