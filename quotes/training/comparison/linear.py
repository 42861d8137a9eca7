"""A linear ranker: one weight for each value of each field and for each word at each place.

What is the same for all mentions of a span weighs for nobody alone: a sum cannot tie it to a mention.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from quotes.extraction.attribution.features import MENTION_FIELDS, SPAN_FIELDS, Features
from quotes.extraction.attribution.network import Floats, Parameters, between_words, offsets
from quotes.extraction.attribution.pairs import PAIR_FIELDS
from quotes.extraction.attribution.turns import TURN_FIELDS, Turning
from quotes.extraction.attribution.vocabulary import Categories, Ints, Vocabulary

from ..examples import Example
from ..inputs import indicators
from ..learning import Adam, Batch, Progress, Schedule, batches, likelihood, rate
from .histories import by_span, turn_rows

_SCHEDULE = Schedule(rate=1e-2)


class LinearRanker:
    """A Ranker; `parameters` has a weight for each row of the tables and for each word at each place."""

    def __init__(self, vocabulary: Vocabulary, parameters: Parameters) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters

    def first_layer(self, features: Features) -> Iterator[Floats]:
        p = self.parameters
        mention = _fields(p["mention"], features.mention_values, MENTION_FIELDS)
        mention += _words(p["mention_words"], features.mention_words)
        pair = _fields(p["pair"], features.pair_values, PAIR_FIELDS) + mention[features.mention]
        pair += between_words(p["between"][features.words, None], features.low, features.high)[:, 0]
        nobody = _fields(p["span"], features.span_values, SPAN_FIELDS)
        nobody += _words(p["span_words"], features.span_words)
        return by_span(features, pair, nobody)

    def scores(self, first: Floats, turns: Sequence[tuple[Turning, Sequence[int]]]) -> Floats:
        return np.stack([self._scores(first, rows) for rows in turn_rows(turns)])

    def _scores(self, first: Floats, turns: Ints) -> Floats:
        return first + _fields(self.parameters["turn"], turns, TURN_FIELDS)


def _fields(weights: Floats, values: Ints | Categories, fields: dict[str, int]) -> Floats:
    found: Floats = weights[values + offsets(fields)].sum(axis=1)
    return found


def _words(weights: Floats, ids: Ints) -> Floats:
    found: Floats = weights[np.arange(ids.shape[1]), ids].sum(axis=1)
    return found


def fit(
    vocabulary: Vocabulary, examples: Sequence[Example], seed: int, progress: Progress | None
) -> LinearRanker:
    """By Adam, on the loss and with the schedule of the network, with longer steps."""
    parameters = _zeros(len(vocabulary), examples[0].cases.features)
    optimiser = Adam(parameters, _SCHEDULE.decay)
    total = 0.0
    for done, steps, batch in batches(examples, _SCHEDULE, np.random.default_rng(seed)):
        loss, gradients = _pass(parameters, batch)
        optimiser.step(parameters, gradients, rate(done, steps) * _SCHEDULE.rate)
        total += loss
        if progress:
            progress(done + 1, steps, total / (done + 1))
    return LinearRanker(vocabulary, parameters)


def _zeros(words: int, like: Features) -> Parameters:
    shapes = {
        "span": (sum(SPAN_FIELDS.values()),),
        "mention": (sum(MENTION_FIELDS.values()),),
        "pair": (sum(PAIR_FIELDS.values()),),
        "turn": (sum(TURN_FIELDS.values()),),
        "between": (words,),
        "span_words": (like.span_words.shape[1], words),
        "mention_words": (like.mention_words.shape[1], words),
    }
    return {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}


def _pass(p: Parameters, batch: Batch) -> tuple[float, Parameters]:
    """The loss and its gradient."""
    inputs, turns = batch.inputs, indicators(batch.turns, TURN_FIELDS)
    mention = inputs.mention @ p["mention"] + _words(p["mention_words"], inputs.mention_words)
    pair = inputs.pair @ p["pair"] + mention[inputs.pair_mention]
    pair += between_words(p["between"][inputs.words, None], inputs.low, inputs.high)[:, 0]
    nobody = inputs.span @ p["span"] + _words(p["span_words"], inputs.span_words)
    first = np.concatenate((pair, nobody))
    loss, back = likelihood(first[batch.rows] + turns @ p["turn"], batch.segments, batch.right)

    back_first = np.zeros_like(first)
    back_first[batch.rows] = back
    back_pair, back_nobody = back_first[: len(pair)], back_first[len(pair) :]
    back_mention = np.bincount(inputs.pair_mention, back_pair, len(mention)).astype(np.float32)
    gradients = {
        "span": inputs.span.T @ back_nobody,
        "mention": inputs.mention.T @ back_mention,
        "pair": inputs.pair.T @ back_pair,
        "turn": turns.T @ back,
        "between": _to_between(p["between"], inputs.words, inputs.low, inputs.high, back_pair, inputs.weight),
        "span_words": _to_words(p["span_words"], inputs.span_words, back_nobody),
        "mention_words": _to_words(p["mention_words"], inputs.mention_words, back_mention),
    }
    return loss, gradients


def _to_words(weights: Floats, ids: Ints, back: Floats) -> Floats:
    found = np.zeros_like(weights)
    np.add.at(found, (np.arange(ids.shape[1]), ids), back[:, None])
    return found


def _to_between(weights: Floats, words: Ints, low: Ints, high: Ints, back: Floats, share: Floats) -> Floats:
    running = np.zeros(len(words) + 1, np.float32)
    np.add.at(running, high, back * share[:, 0])
    np.add.at(running, low, -back * share[:, 0])
    found = np.zeros_like(weights)
    np.add.at(found, words, np.cumsum(running[:0:-1])[::-1])
    return found
