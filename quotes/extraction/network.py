"""The ranker's network: sums of table rows, two small layers, one score for each candidate.

    hidden    = relu(span + mention + pair + words around and between + turn + bias)
    score     = out . relu(hidden @ second + second_bias)

"Nobody" is a candidate too, with a row of its own in place of mention and pair. Everything is
float32; the arrays are those of a .npz file, so nothing is ever unpickled.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Self

import numpy as np
from numpy.typing import NDArray

from .features import MENTION_FIELDS, MENTION_WORDS, OWN_WORDS, SPAN_FIELDS, SPAN_WORDS, Features
from .pairs import PAIR_FIELDS
from .turns import TURN_FIELDS
from .vocabulary import Ints, Vocabulary

Floats = NDArray[np.float32]
Parameters = dict[str, Floats]
WORD = 32  # numbers a word
HIDDEN, SECOND = 96, 48


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


@dataclass(frozen=True, slots=True)
class Inputs:
    """Features as the network takes them: rows of its tables as indicators, places as numbers."""

    span: Floats
    mention: Floats
    pair: Floats
    span_words: Ints
    mention_words: Ints
    words: Ints
    pair_span: Ints
    pair_mention: Ints
    low: Ints
    high: Ints
    weight: Floats  # of the words between: one over the root of their number

    @classmethod
    def of(cls, features: Features) -> Self:
        gap = features.high - features.low
        return cls(
            span=indicators(features.span_values, SPAN_FIELDS),
            mention=indicators(features.mention_values, MENTION_FIELDS),
            pair=indicators(features.pair_values, PAIR_FIELDS),
            span_words=features.span_words,
            mention_words=features.mention_words,
            words=features.words,
            pair_span=features.span,
            pair_mention=features.mention,
            low=features.low,
            high=features.high,
            weight=(1 / np.sqrt(gap + 1)).astype(np.float32)[:, None],
        )


def indicators(values: Ints, fields: dict[str, int]) -> Floats:
    """(n, rows of the table): 1 where a field has its value."""
    found = np.zeros((len(values), sum(fields.values())), np.float32)
    found[np.arange(len(values))[:, None], values + offsets(fields)] = 1
    return found


class Network:
    """Scores the candidates of an article's spans."""

    def __init__(self, vocabulary: Vocabulary, parameters: Parameters) -> None:
        self.vocabulary = vocabulary
        self.parameters = parameters

    def first_layer(self, inputs: Inputs) -> tuple[Floats, Floats]:
        """(pairs, HIDDEN) and, for nobody, (spans, HIDDEN): all but the turn, before the relu."""
        p = self.parameters
        words = p["word"]
        span = inputs.span @ p["span"] + _flat(words[inputs.span_words]) @ p["span_words"] + p["bias"]
        mention = inputs.mention @ p["mention"] + _flat(words[inputs.mention_words]) @ p["mention_words"]
        between = between_words(words[inputs.words], inputs) @ p["between"]
        pair = inputs.pair @ p["pair"] + between
        pair += span[inputs.pair_span]
        pair += mention[inputs.pair_mention]
        return pair, span + inputs.span @ p["nobody"] + p["nobody_bias"]

    def scores(self, first: Floats, turns: Ints) -> Floats:
        """(candidates,) of one span: `first` is its part of the first layer, nobody last."""
        p = self.parameters
        hidden = np.maximum(first + p["turn"][turns + _TURN].sum(axis=1), 0)
        scores: Floats = np.maximum(hidden @ p["second"] + p["second_bias"], 0) @ p["out"]
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


def _flat(rows: Floats) -> Floats:
    return rows.reshape(len(rows), rows.shape[1] * rows.shape[2])


def between_words(words: Floats, inputs: Inputs) -> Floats:
    """(pairs, WORD): what stands between span and mention, as one sum."""
    running = np.concatenate((np.zeros((1, words.shape[1]), np.float32), np.cumsum(words, axis=0)))
    found: Floats = (running[inputs.high] - running[inputs.low]) * inputs.weight
    return found
