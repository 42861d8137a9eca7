"""Trains the tagger of names on articles whose names are marked by hand: the same weights from one seed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from quotes.extraction.names.tagger import (
    EDGE,
    FLAGS,
    LABELS,
    NEAR,
    QUOTE,
    TYPES,
    WINDOW,
    Floats,
    Ints,
    NameTagger,
    Words,
    elsewhere,
    softmax,
    word_features,
    words_of,
)
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import Stream, build_stream

from .learning import Adam, Progress, rate

_Features = tuple[str, ...]
Entity = tuple[int, int, str]  # start, end, type; code points
_LEAST = 3  # articles with a feature that is kept
_LEAST_WORD = 5  # the same, of a word by itself


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train."""

    epochs: int = 6
    batch: int = 8  # articles
    rate: float = 3e-3
    decay: float = 0.01
    drop_word: float = 0.25  # of the words, told by their letters alone
    drop: float = 0.2  # of the hidden numbers
    size: int = 48  # numbers of a word
    hidden: int = 64
    second: int = 48
    average: float = 0.995


@dataclass(frozen=True, slots=True)
class Example:
    """An article's words with the right label of each place."""

    words: Words
    labels: Ints


def example(text: str, entities: Iterable[Entity]) -> Example | None:
    """None for a text without capitals. Of entities within one another the longest counts."""
    stream = build_stream(text, find_spans(text))
    words = words_of(stream)
    return None if words is None else Example(words, labels(stream, words, entities))


def labels(stream: Stream, words: Words, entities: Iterable[Entity]) -> Ints:
    found = np.zeros(len(words.places), np.int64)
    rows = {index: row for row, index in enumerate(words.places)}
    starts = {token.start: index for index, token in enumerate(stream.tokens)}
    taken: set[int] = set()
    for start, end, kind in sorted(entities, key=lambda e: e[0] - e[1]):
        index = starts.get(start)
        if index is None or kind not in TYPES:
            continue
        span = []
        while index < len(stream.tokens) and stream.tokens[index].start < end:
            span.append(index)
            index += 1
        if taken.intersection(span) or not all(place in rows for place in span):
            continue
        taken.update(span)
        for number, place in enumerate(span):
            found[rows[place]] = LABELS.index(f"{'I' if number else 'B'}-{kind}")
    return found


def train(
    examples: Sequence[Example],
    seed: int = 1,
    schedule: Schedule | None = None,
    progress: Progress | None = None,
) -> NameTagger:
    """A tagger, its weights averaged over the last steps."""
    schedule = schedule or Schedule()
    chance = np.random.default_rng(seed)
    features = known_features(examples)
    corpus = _Corpus(features, examples)
    weights = initial(len(features), schedule, chance)
    mean = {name: array.copy() for name, array in weights.items()}
    optimiser = Adam(weights, schedule.decay)
    steps = schedule.epochs * -(-len(examples) // schedule.batch)
    done, total = 0, 0.0
    for _ in range(schedule.epochs):
        order = chance.permutation(len(examples)).tolist()
        for start in range(0, len(order), schedule.batch):
            batch = corpus.batch(order[start : start + schedule.batch])
            loss, gradients = _Pass(weights, batch, schedule, chance).run()
            optimiser.step(weights, gradients, rate(done, steps) * schedule.rate)
            done += 1
            keep = min(schedule.average, done / (done + 10))
            for name, array in weights.items():
                mean[name] += np.float32(1 - keep) * (array - mean[name])
            total += loss
            if progress:
                progress(done, steps, total / done)
    return NameTagger(features, mean)


def known_features(examples: Sequence[Example]) -> list[str]:
    counts: Counter[str] = Counter()
    for one in examples:
        counts.update({feature for text in one.words.types for feature in word_features(text)})
    kept = [
        feature
        for feature, count in counts.items()
        if count >= (_LEAST_WORD if feature.startswith("word=") else _LEAST)
    ]
    return [EDGE, QUOTE, *sorted(set(kept) - {EDGE, QUOTE})]


def initial(features: int, schedule: Schedule, chance: np.random.Generator) -> dict[str, Floats]:
    outputs = len(LABELS)
    beside = (schedule.hidden + 2 * outputs) * (2 * NEAR + 1)
    shapes = {
        "table": (features, schedule.size),
        "window": (schedule.size, (2 * WINDOW + 1) * schedule.hidden),
        "flags": (FLAGS, schedule.hidden),
        "bias": (schedule.hidden,),
        "first": (schedule.hidden, outputs),
        "near": (beside, schedule.second),
        "near_bias": (schedule.second,),
        "second": (schedule.second, outputs),
        "direct": (schedule.hidden, outputs),
    }
    found: dict[str, Floats] = {}
    for name, shape in shapes.items():
        scale = 0.1 if name in ("table", "flags") else 0.0 if len(shape) == 1 else 1 / np.sqrt(shape[0])
        found[name] = (chance.standard_normal(shape) * scale).astype(np.float32)
    return found


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles laid end to end.

    flat, starts   features of the types of all articles, and where each type's begin
    own            type -> where the feature of the word itself stands in `flat`, -1 where it is not known
    """

    flat: Ints
    starts: Ints
    own: Ints
    windows: Ints
    flags: Ints
    near: Ints
    labels: Ints


class _Corpus:
    """Examples with their features as numbers."""

    def __init__(self, features: Sequence[str], examples: Sequence[Example]) -> None:
        self.rows = {name: number for number, name in enumerate(features)}
        self.examples = examples
        self._known: dict[_Features, tuple[list[int], bool]] = {}
        self._features = cache(word_features)

    def _numbers(self, features: _Features) -> tuple[list[int], bool]:
        """Rows of the features of a word, and whether the first is that of the word itself."""
        found = self._known.get(features)
        if found is None:
            rows = [self.rows[feature] for feature in features if feature in self.rows]
            own = features[0].startswith("word=") and features[0] in self.rows
            found = self._known[features] = (rows or [0], own)
        return found

    def batch(self, chosen: Sequence[int]) -> _Batch:
        types: dict[_Features, int] = {}  # words of the same features are one
        windows, near, rows = [], [], 0
        for number in chosen:
            words = self.examples[number].words
            found = map(self._features, words.types)
            known = np.array([types.setdefault(features, len(types)) for features in found], np.int64)
            windows.append(known[words.windows])
            size = len(words.places)
            near.append(np.where(words.near == size, -1, words.near + rows))
            rows += size
        flat: list[int] = []
        starts: list[int] = []
        own: list[int] = []
        for features in types:
            numbers, is_known = self._numbers(features)
            starts.append(len(flat))
            own.append(len(flat) if is_known else -1)
            flat += numbers
        joined = np.concatenate(near)
        return _Batch(
            np.array(flat),
            np.array(starts),
            np.array(own),
            np.concatenate(windows),
            np.concatenate([self.examples[number].words.flags for number in chosen]),
            np.where(joined < 0, rows, joined),
            np.concatenate([self.examples[number].labels for number in chosen]),
        )


class _Pass:
    """One forward and backward pass: the mean negative log-likelihood of the right labels, of both layers."""

    def __init__(
        self, weights: dict[str, Floats], batch: _Batch, schedule: Schedule, chance: np.random.Generator
    ) -> None:
        self.w, self.batch, self.schedule, self.chance = weights, batch, schedule, chance

    def run(self) -> tuple[float, dict[str, Floats]]:
        w, batch = self.w, self.batch
        told = np.ones(len(batch.flat), np.float32)
        lost = (self.chance.random(len(batch.own)) < self.schedule.drop_word) & (batch.own >= 0)
        told[batch.own[lost]] = 0
        vectors = np.add.reduceat(w["table"][batch.flat] * told[:, None], batch.starts, axis=0)
        by_offset = vectors @ w["window"]
        before = w["flags"][batch.flags] + w["bias"]
        size = before.shape[1]
        for column in range(batch.windows.shape[1]):
            before += by_offset[:, column * size : (column + 1) * size][batch.windows[:, column]]
        mask = self._mask(before.shape)
        hidden = np.maximum(before, 0) * mask
        first = softmax(hidden @ w["first"])
        # What the first layer says is an input of the second, not taught through it.
        second = np.concatenate((hidden, first, elsewhere(first, batch.windows[:, WINDOW])), axis=1)
        padded = np.concatenate((second, np.zeros((1, second.shape[1]), np.float32)))
        around = padded[batch.near].reshape(len(batch.near), -1)
        beside_before = around @ w["near"] + w["near_bias"]
        beside_mask = self._mask(beside_before.shape)
        beside = np.maximum(beside_before, 0) * beside_mask
        last = softmax(beside @ w["second"] + hidden @ w["direct"])

        count = len(batch.labels)
        rows = np.arange(count)
        loss = float(-np.log(np.maximum(last[rows, batch.labels], 1e-9)).mean())
        back_first, back_last = first.copy(), last.copy()
        back_first[rows, batch.labels] -= 1
        back_last[rows, batch.labels] -= 1
        back_first *= np.float32(_SHARE / count)
        back_last /= np.float32(count)
        g: dict[str, Floats] = {"second": beside.T @ back_last, "direct": hidden.T @ back_last}
        back_beside = (back_last @ w["second"].T) * beside_mask * (beside_before > 0)
        g["near"], g["near_bias"] = around.T @ back_beside, back_beside.sum(axis=0)
        spread = (back_beside @ w["near"].T).reshape(count, 2 * NEAR + 1, -1)[:, :, :size]
        back_padded = np.zeros((count + 1, size), np.float32)
        for column in range(2 * NEAR + 1):
            np.add.at(back_padded, batch.near[:, column], spread[:, column])
        back_hidden = back_padded[:count] + back_last @ w["direct"].T + back_first @ w["first"].T
        g["first"] = hidden.T @ back_first
        back_before = back_hidden * mask * (before > 0)
        g["bias"] = back_before.sum(axis=0)
        g["flags"] = np.zeros_like(w["flags"])
        np.add.at(g["flags"], batch.flags, back_before)
        back_by_offset = np.zeros_like(by_offset)
        for column in range(batch.windows.shape[1]):
            part = np.zeros((len(by_offset), size), np.float32)
            np.add.at(part, batch.windows[:, column], back_before)
            back_by_offset[:, column * size : (column + 1) * size] = part
        g["window"] = vectors.T @ back_by_offset
        back_vectors = back_by_offset @ w["window"].T
        lengths = np.diff(np.append(batch.starts, len(batch.flat)))
        g["table"] = np.zeros_like(w["table"])
        np.add.at(g["table"], batch.flat, np.repeat(back_vectors, lengths, axis=0) * told[:, None])
        return loss, g

    def _mask(self, shape: tuple[int, ...]) -> Floats:
        kept = self.chance.random(shape, np.float32) >= self.schedule.drop
        mask: Floats = kept.astype(np.float32) / np.float32(1 - self.schedule.drop)
        return mask


_SHARE = 0.3  # of the first layer's own loss
