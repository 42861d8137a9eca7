"""The ranker's network: sums of table rows, two small layers, one score for each candidate.

    hidden    = relu(span + mention + pair + words around and between + turn + bias)
    score     = out . relu(hidden @ second + second_bias)

"Nobody" is a candidate too, with a row of its own in place of mention and pair. Everything is
float32; the arrays are those of a .npz file, so nothing is ever unpickled.
"""

import json
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from quotes.extraction.attribution.features import (
    MENTION_FIELDS,
    MENTION_WORDS,
    OWN_WORDS,
    SPAN_FIELDS,
    SPAN_WORDS,
    Features,
)
from quotes.extraction.attribution.pairs import PAIR_FIELDS
from quotes.extraction.attribution.turns import TURN_FIELDS, Turning, tie_values
from quotes.extraction.attribution.vocabulary import Categories, Ints, Vocabulary

Floats = NDArray[np.float32]
Parameters = dict[str, Floats]
WORD = 32  # numbers a word
HIDDEN, SECOND = 96, 48
_TOGETHER = 64  # spans whose pairs are put together at once, so that a long text needs no more memory
_TURNS_KEPT = 2048  # kinds of turns whose rows are kept added up: 5 MB


def offsets(fields: dict[str, int]) -> Ints:
    """Field -> its first row in a table of all fields."""
    return np.cumsum([0, *fields.values()], dtype=np.int32)[:-1]


_SPAN, _MENTION, _PAIR, _TURN = (
    offsets(fields) for fields in (SPAN_FIELDS, MENTION_FIELDS, PAIR_FIELDS, TURN_FIELDS)
)


def shapes(words: int) -> dict[str, tuple[int, ...]]:
    """The parameters of a network that knows so many words."""
    return {
        "word": (words, WORD),
        "span": (sum(SPAN_FIELDS.values()), HIDDEN),
        "mention": (sum(MENTION_FIELDS.values()), HIDDEN),
        "pair": (sum(PAIR_FIELDS.values()), HIDDEN),
        "turn": (sum(TURN_FIELDS.values()), HIDDEN),
        "nobody": (sum(SPAN_FIELDS.values()), HIDDEN),
        "span_words": ((len(SPAN_WORDS) + OWN_WORDS) * WORD, HIDDEN),
        "mention_words": (len(MENTION_WORDS) * WORD, HIDDEN),
        "between": (WORD, HIDDEN),
        "bias": (HIDDEN,),
        "nobody_bias": (HIDDEN,),
        "second": (HIDDEN, SECOND),
        "second_bias": (SECOND,),
        "out": (SECOND,),
    }


class Network:
    """Scores the candidates of an article's spans.

    Words are projected once for each place, so that reading is looking up and adding: no matrix is
    multiplied that would be big enough for a second thread.
    """

    def __init__(self, vocabulary: Vocabulary, parameters: Parameters) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters
        self._span_words = _projected(parameters["word"], parameters["span_words"])
        self._mention_words = _projected(parameters["word"], parameters["mention_words"])
        self._between = parameters["word"] @ parameters["between"]
        self._turns: dict[Turning, Floats] = {}

    def first_layer(self, features: Features) -> Iterator[Floats]:
        """For each span (candidates + 1, HIDDEN), nobody last: all but the turn, before the relu."""
        p = self.parameters
        span = _rows(p["span"], features.span_values, _SPAN) + p["bias"]
        span += _placed(self._span_words, features.span_words)
        nobody = span + _rows(p["nobody"], features.span_values, _SPAN) + p["nobody_bias"]
        mention = _rows(p["mention"], features.mention_values, _MENTION)
        mention += _placed(self._mention_words, features.mention_words)
        starts = features.starts.tolist()
        for low in range(0, len(span), _TOGETHER):
            bounds = starts[low : low + _TOGETHER + 1]
            pair = self._pairs(features, span, mention, slice(bounds[0], bounds[-1]))
            for number, (start, end) in enumerate(pairwise(bounds), low):
                of_span = pair[start - bounds[0] : end - bounds[0]]
                yield np.concatenate((of_span, nobody[number : number + 1]))

    def _pairs(self, features: Features, span: Floats, mention: Floats, some: slice) -> Floats:
        """(some pairs, HIDDEN)"""
        pair = _rows(self.parameters["pair"], features.pair_values[some], _PAIR)
        if not len(pair):
            return pair
        pair += span.take(features.span[some], axis=0)
        pair += mention.take(features.mention[some], axis=0)
        low, high = features.low[some], features.high[some]
        first = int(low.min())
        words = features.words[first : int(high.max())]
        pair += between_words(self._between[words], low - first, high - first)
        return pair

    def _turn_rows(self, at: Turning) -> Floats:
        """(ties, HIDDEN): what the turn adds to the first layer for each tie to the history."""
        found = self._turns.get(at)
        if found is None:
            if len(self._turns) >= _TURNS_KEPT:
                self._turns.clear()
            found = self._turns[at] = self.parameters["turn"][tie_values(at) + _TURN].sum(axis=1)
        return found

    def scores(self, first: Floats, turns: Sequence[tuple[Turning, Sequence[int]]]) -> Floats:
        """(histories, candidates) of one span: `first` is its part of the first layer, nobody last.

        turns   each history, and how each candidate is tied to it
        """
        p = self.parameters
        hidden = np.concatenate([self._turn_rows(at)[chosen] for at, chosen in turns])
        hidden.shape = (len(turns), *first.shape)
        hidden += first
        np.maximum(hidden, 0, out=hidden)
        second = hidden @ p["second"]
        second += p["second_bias"]
        scores: Floats = np.maximum(second, 0, out=second) @ p["out"]
        return scores

    def to_bytes(self) -> bytes:
        file = BytesIO()
        words = np.frombuffer(json.dumps(self.vocabulary.words).encode(), np.uint8)
        half = {name: array.astype(np.float16) for name, array in sorted(self.parameters.items())}
        np.savez(file, allow_pickle=False, vocabulary=words, **half)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        with np.load(BytesIO(data), allow_pickle=False) as arrays:
            words: Sequence[str] = json.loads(arrays["vocabulary"].tobytes())
            vocabulary = Vocabulary(words)
            parameters = {name: arrays[name].astype(np.float32) for name in shapes(len(vocabulary))}
        for name, shape in shapes(len(vocabulary)).items():
            if parameters[name].shape != shape:
                raise ValueError(f"the weights do not fit this version ({name}): make the model again")
        return cls(vocabulary, parameters)


def _projected(words: Floats, weights: Floats) -> Floats:
    """(places, words, HIDDEN)"""
    places: Floats = words @ weights.reshape(-1, words.shape[1], weights.shape[1])
    return places


def _placed(tables: Floats, ids: Ints) -> Floats:
    """(n, HIDDEN): of each row of word ids, one table row for each place, added up."""
    return _added(tables, ids.T)


def _added(tables: Sequence[Floats] | Floats, rows: Ints) -> Floats:
    """Of each table the rows asked for, one after the other: the sum in one array is all that is written."""
    rows = rows.astype(np.intp)
    found: Floats = tables[0].take(rows[0], axis=0)
    some = np.empty_like(found)
    for table, row in zip(tables[1:], rows[1:], strict=True):
        table.take(row, axis=0, out=some, mode="clip")  # every row is there; looking again takes a copy
        found += some
    return found


def _rows(table: Floats, values: Ints | Categories, first: Ints) -> Floats:
    """(n, HIDDEN): of each row of values, one table row for each field, added up field by field."""
    return _added([table] * len(first), (values + first).T)


def between_words(words: Floats, low: Ints, high: Ints) -> Floats:
    """(pairs, n): the sum of what stands between span and mention, over the root of how many they are."""
    running = np.concatenate((np.zeros((1, words.shape[1]), np.float32), np.cumsum(words, axis=0)))
    found: Floats = (running[high] - running[low]) / np.sqrt(high - low + 1, dtype=np.float32)[:, None]
    return found
