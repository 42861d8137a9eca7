"""The likeliest speakers of all spans of an article together: beam search over who had the word before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import Protocol

import numpy as np

from quotes.extraction.attribution.cases import Cases
from quotes.extraction.attribution.features import Features
from quotes.extraction.attribution.network import Floats
from quotes.extraction.attribution.turns import History, Turn, Turning, ties, turning
from quotes.extraction.attribution.vocabulary import Vocabulary

_WIDTH = 4  # histories kept
_BRANCHES = 3  # speakers tried for each history
_LEAST = 0.02  # probability of a speaker worth trying


class Ranker(Protocol):
    """What scores the candidates of a span: the shipped network, or another kind to compare it with."""

    @property
    def vocabulary(self) -> Vocabulary: ...

    def first_layer(self, features: Features) -> Iterator[Floats]:
        """For each span its candidates' rows, nobody last: what holds whoever spoke before."""
        ...

    def scores(self, first: Floats, turns: Sequence[tuple[Turning, Sequence[int]]]) -> Floats:
        """(histories, candidates) of one span: `first` is its part of the first layer.

        turns   each history as `turning` tells it, and how each candidate is tied to it, as `ties` tells it
        """
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
    paths = [_Path(0.0, History(), -1, None)]
    chances: list[Floats] = []
    for case, first in enumerate(ranker.first_layer(cases.features)):
        known = given[case]
        if known is not None:
            chances.append(np.ones(0, np.float32))
            paths = [_Path(p.score, _told(cases, case, p.history, known), -1, p) for p in paths]
            continue
        paths, chance = _extend(cases, case, ranker, first, paths)
        chances.append(chance)
    return _follow(cases, max(paths, key=lambda path: path.score), chances)


def _extend(
    cases: Cases, case: int, ranker: Ranker, first: Floats, paths: Sequence[_Path]
) -> tuple[list[_Path], Floats]:
    """The best paths one span further, and the probability of each candidate over all paths."""
    stream, context, ruled = cases.stream, cases.contexts[case], cases.ruled(case)
    candidates = cases.candidates(case)
    mentions, entities = candidates.tolist(), cases.entities[candidates].tolist()
    turns = [
        (turning(stream, context, path.history, ruled=ruled), ties(mentions, entities, path.history))
        for path in paths
    ]
    chances = _softmax(ranker.scores(first, turns))
    likeliest = np.argsort(-chances, axis=1)[:, :_BRANCHES].tolist()
    speakers: dict[int, Turn] = {}
    found: dict[tuple[int, ...], _Path] = {}
    for path, chance, choices in zip(paths, chances.tolist(), likeliest, strict=True):
        for choice in choices:
            if chance[choice] < _LEAST:
                break
            if choice == len(mentions):
                history = path.history.unspoken()
            else:
                if choice not in speakers:
                    speakers[choice] = Turn(
                        context, _paragraph(cases, case), mentions[choice], entities[choice]
                    )
                history = path.history.spoken(speakers[choice])
            score = path.score + log(chance[choice])
            key = _key(history)
            if key not in found or found[key].score < score:
                found[key] = _Path(score, history, choice, path)
    best = sorted(found.values(), key=lambda path: -path.score)
    return best[:_WIDTH], _over_all(paths, chances)


def _over_all(paths: Sequence[_Path], chances: Floats) -> Floats:
    """The mean of the paths' probabilities, each path weighed by its own."""
    if len(paths) == 1:
        whole: Floats = chances[0]
        return whole
    weights = [exp(path.score - paths[0].score) for path in paths]
    mean: Floats = np.array([weight / sum(weights) for weight in weights], np.float32) @ chances
    return mean


def _softmax(scores: Floats) -> Floats:
    """Of each row."""
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers


def _paragraph(cases: Cases, case: int) -> int:
    return cases.stream.sentences[cases.contexts[case].sentence].paragraph


def _told(cases: Cases, case: int, history: History, known: Given) -> History:
    if known.entity is None:
        return history.unspoken()
    return history.spoken(Turn(cases.contexts[case], _paragraph(cases, case), -1, known.entity))


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
