"""Boosted trees over the same integers, by LightGBM (Ke et al., 2017), which nothing else here needs.

They see the words around span and mention, and not those between, which have no fixed number of columns.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quotes.extraction.attribution.features import Features
from quotes.extraction.attribution.network import Floats
from quotes.extraction.attribution.turns import Turning
from quotes.extraction.attribution.vocabulary import Ints, Vocabulary

from ..examples import Example
from ..learning import Progress, likelihood, prepare
from .histories import by_span, turn_rows

if TYPE_CHECKING:
    import lightgbm

_ROUNDS = 300
_FLOOR = 0.01  # of the curvature: it is nothing where all is learnt, and a step over it has no end
_PARAMETERS = {
    "learning_rate": 0.1,
    "num_leaves": 31,
    "min_data_in_leaf": 50,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "feature_fraction": 0.5,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


class TreeRanker:
    """A Ranker; the columns are all fields of pair, span and mention, their words, and the turn."""

    def __init__(self, vocabulary: Vocabulary, booster: "lightgbm.Booster") -> None:
        self.vocabulary = vocabulary
        self._booster = booster

    def first_layer(self, features: Features) -> Iterator[Floats]:
        return by_span(features, *columns(features))

    def scores(self, first: Floats, turns: Sequence[tuple[Turning, Sequence[int]]]) -> Floats:
        return np.stack([self._scores(first, rows) for rows in turn_rows(turns)])

    def _scores(self, first: Floats, turns: Ints) -> Floats:
        found = self._booster.predict(np.hstack((first, turns)), raw_score=True, num_threads=1)
        return np.asarray(found, np.float32)


def columns(features: Features) -> tuple[Floats, Floats]:
    """(pairs, columns) and, for nobody, (spans, columns), where what a mention would have is missing."""
    span = np.hstack((features.span_values, features.span_words))
    mention = np.hstack((features.mention_values, features.mention_words))
    pair = np.hstack((span[features.span], features.pair_values, mention[features.mention]))
    nobody = np.full((len(span), pair.shape[1]), np.nan, np.float32)
    nobody[:, : span.shape[1]] = span
    return pair.astype(np.float32), nobody


def fit(
    vocabulary: Vocabulary, examples: Sequence[Example], seed: int, progress: Progress | None
) -> TreeRanker:
    """On the loss of the network. Raises ModuleNotFoundError, with what to do, without LightGBM."""
    try:
        import lightgbm
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError("boosted trees need lightgbm: install requirements-dev.txt") from error
    rows, segments, right = _table(examples)
    losses: list[float] = []

    def objective(scores: NDArray[Any], _: lightgbm.Dataset) -> tuple[NDArray[Any], NDArray[Any]]:
        """Slope and curvature: chance * (1 - chance) with one right answer, doubled for careful steps."""
        loss, back = likelihood(scores.astype(np.float32), segments, right)
        losses.append(loss)
        slope = back * (len(segments) - 1)
        return slope, np.maximum(2 * np.abs(slope) * (1 - np.abs(slope)), _FLOOR)

    def told(environment: Any) -> None:
        if progress:
            progress(environment.iteration + 1, _ROUNDS, losses[-1])

    booster = lightgbm.train(
        {**_PARAMETERS, "objective": objective, "seed": seed},
        lightgbm.Dataset(rows, right),
        num_boost_round=_ROUNDS,
        callbacks=[told],
    )
    return TreeRanker(vocabulary, booster)


def _table(examples: Sequence[Example]) -> tuple[Floats, Ints, NDArray[np.bool_]]:
    """Candidates with all their columns, span -> its first candidate, candidate -> whether it is right."""
    rows, segments, right = [], [np.zeros(1, np.int32)], []
    for example in examples:
        batch = prepare(example)
        if len(batch.segments) == 1:
            continue
        first = np.concatenate(columns(example.cases.features))
        rows.append(np.hstack((first[batch.rows], batch.turns.astype(np.float32))))
        segments.append(batch.segments[1:] + segments[-1][-1])
        right.append(batch.right)
    return np.concatenate(rows), np.concatenate(segments), np.concatenate(right)
