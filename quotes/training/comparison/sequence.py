"""A sequence model: an encoder reads the article's stream, and its vectors of span and mention are scored.

    vectors   an embedding of each word, then layers that each see a word and its two neighbours, as spaCy's
              own token-to-vector network has them
    hidden    = relu(span + mention + pair + turn), each a projection of its fields and its vector
    score     = a small layer over `hidden`

By thinc, which spaCy brings. What a recurrent encoder would read word by word, half an hour long, a window
of neighbours reads all at once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from thinc.api import (
    Adam,
    Dropout,
    Embed,
    Linear,
    Maxout,
    Model,
    Optimizer,
    Relu,
    chain,
    clone,
    expand_window,
    fix_random_seed,
    residual,
)

from quotes.extraction.attribution.features import MENTION_FIELDS, SPAN_FIELDS, Features
from quotes.extraction.attribution.network import HIDDEN, SECOND, Floats
from quotes.extraction.attribution.pairs import PAIR_FIELDS
from quotes.extraction.attribution.turns import TURN_FIELDS, Turning
from quotes.extraction.attribution.vocabulary import Ints, Vocabulary

from ..examples import Example
from ..inputs import Inputs, indicators
from ..learning import Batch, Progress, Schedule, batches, likelihood, rate, with_unknown
from .histories import by_span, turn_rows

WIDTH, DEPTH = 64, 4  # numbers a word, layers: four words on either side are seen
_SCHEDULE = Schedule(epochs=2, rate=2e-3)
Layer = Model[Any, Any]


class SequenceRanker:
    """A Ranker; `layers` are by name what the module's formulas say."""

    def __init__(self, vocabulary: Vocabulary, layers: dict[str, Layer]) -> None:
        self.vocabulary = vocabulary
        self._layers = layers

    def first_layer(self, features: Features) -> Iterator[Floats]:
        inputs = Inputs.of(features)
        found = {name: layer.predict for name, layer in self._layers.items()}
        vectors = found["vectors"](inputs.words)
        in_span = np.hstack((inputs.span, vectors[inputs.span_token]))
        in_mention = np.hstack((inputs.mention, vectors[inputs.mention_token]))
        span = found["span"](in_span)
        pair = found["pair"](inputs.pair)
        pair += span[inputs.pair_span] + found["mention"](in_mention)[inputs.pair_mention]
        return by_span(features, pair, span + found["nobody"](in_span))

    def scores(self, first: Floats, turns: Sequence[tuple[Turning, Sequence[int]]]) -> Floats:
        return np.stack([self._scores(first, rows) for rows in turn_rows(turns)])

    def _scores(self, first: Floats, turns: Ints) -> Floats:
        before = first + self._layers["turn"].predict(indicators(turns, TURN_FIELDS))
        scores: Floats = self._layers["score"].predict(before)[:, 0]
        return scores


def fit(
    vocabulary: Vocabulary, examples: Sequence[Example], seed: int, progress: Progress | None
) -> SequenceRanker:
    """By thinc's Adam, on the loss of the network: an epoch less, and shorter steps."""
    fix_random_seed(seed)
    chance = np.random.default_rng(seed)
    layers = _layers(len(vocabulary))
    optimiser = Adam(_SCHEDULE.rate, L2=_SCHEDULE.decay, L2_is_weight_decay=True, use_averages=True)
    total = 0.0
    for done, steps, batch in batches(examples, _SCHEDULE, chance):
        optimiser.learn_rate = rate(done, steps) * _SCHEDULE.rate
        total += _learn(layers, batch, chance)
        for layer in layers.values():
            layer.finish_update(optimiser)
        if progress:
            progress(done + 1, steps, total / (done + 1))
    _average(layers, optimiser)
    return SequenceRanker(vocabulary, layers)


def _layers(words: int) -> dict[str, Layer]:
    drop, drop_input = _SCHEDULE.drop, _SCHEDULE.drop_input
    window: Layer = chain(
        expand_window(1), Maxout(WIDTH, 3 * WIDTH, nP=2, normalize=True, dropout=drop_input)
    )
    span, mention = sum(SPAN_FIELDS.values()) + WIDTH, sum(MENTION_FIELDS.values()) + WIDTH
    layers: dict[str, Layer] = {
        "vectors": chain(Embed(WIDTH, words), clone(residual(window), DEPTH)),
        "span": Linear(HIDDEN, span),
        "mention": Linear(HIDDEN, mention),
        "pair": Linear(HIDDEN, sum(PAIR_FIELDS.values())),
        "nobody": Linear(HIDDEN, span),
        "turn": Linear(HIDDEN, sum(TURN_FIELDS.values())),
        "score": chain(_positive(), Dropout(drop), Relu(SECOND, HIDDEN, dropout=drop), Linear(1, SECOND)),
    }
    for layer in layers.values():
        layer.initialize()
    return layers


def _positive() -> Layer:
    """What is above zero, without the weights of thinc's own Relu."""

    def forward(model: Layer, values: Floats, is_train: bool) -> tuple[Floats, Any]:
        above = values > 0
        return values * above, lambda back: back * above

    return Model("positive", forward)


def _learn(layers: dict[str, Layer], batch: Batch, chance: np.random.Generator) -> float:
    """The loss of a batch; its gradient stays in the layers. Articles stand end to end."""
    inputs = batch.inputs
    update = {name: layer.begin_update for name, layer in layers.items()}
    vectors, to_words = update["vectors"](with_unknown(inputs.words, _SCHEDULE.unknown, chance))
    in_span = np.hstack((inputs.span, vectors[inputs.span_token]))
    in_mention = np.hstack((inputs.mention, vectors[inputs.mention_token]))
    span, to_span = update["span"](in_span)
    mention, to_mention = update["mention"](in_mention)
    pair, to_pair = update["pair"](inputs.pair)
    nobody, to_nobody = update["nobody"](in_span)
    turn, to_turn = update["turn"](indicators(batch.turns, TURN_FIELDS))
    first = np.concatenate((pair + span[inputs.pair_span] + mention[inputs.pair_mention], span + nobody))
    scores, to_first = update["score"](first[batch.rows] + turn)
    loss, back = likelihood(scores[:, 0], batch.segments, batch.right)

    back_rows = to_first(back[:, None])
    to_turn(back_rows)
    back_first = np.zeros_like(first)
    back_first[batch.rows] = back_rows
    back_pair, back_nobody = back_first[: len(pair)], back_first[len(pair) :]
    to_pair(back_pair)
    back_span, back_mention = back_nobody.copy(), np.zeros_like(mention)
    np.add.at(back_span, inputs.pair_span, back_pair)
    np.add.at(back_mention, inputs.pair_mention, back_pair)
    back_vectors = np.zeros_like(vectors)
    at_span = (to_span(back_span) + to_nobody(back_nobody))[:, inputs.span.shape[1] :]
    np.add.at(back_vectors, inputs.span_token, at_span)
    np.add.at(back_vectors, inputs.mention_token, to_mention(back_mention)[:, inputs.mention.shape[1] :])
    to_words(back_vectors)
    return loss


def _average(layers: dict[str, Layer], optimiser: Optimizer) -> None:
    """Let the layers have the running mean of their weights."""
    for layer in layers.values():
        with layer.use_params(optimiser.averages or {}):
            mean = layer.to_bytes()
        layer.from_bytes(mean)
