"""Training of the ranker's network: plain numpy, the same weights from the same seed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.extraction.attribution.network import Floats, Network, Parameters, between_words, shapes
from quotes.extraction.attribution.turns import TURN_FIELDS
from quotes.extraction.attribution.vocabulary import Ints, Vocabulary

from .examples import Example
from .inputs import Inputs, indicators


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how hard to train.

    rate   the highest step of Adam: reached after a tenth of the steps, then lowered to nothing
    """

    epochs: int = 3
    batch: int = 6  # articles
    rate: float = 3e-3
    decay: float = 0.01
    drop: float = 0.3  # of the hidden numbers
    drop_input: float = 0.15  # of the numbers of words
    unknown: float = 0.1  # of the words, read as rare ones
    average: float = 0.998  # of the running mean of the weights that is kept at each step


Progress = Callable[[int, int, float], None]  # steps done, of how many, mean loss so far


def train(
    vocabulary: Vocabulary,
    examples: Sequence[Example],
    seed: int,
    schedule: Schedule | None = None,
    progress: Progress | None = None,
) -> Network:
    """A network, its weights averaged over the last steps."""
    schedule = schedule or Schedule()
    chance = np.random.default_rng(seed)
    parameters = initial(len(vocabulary), chance)
    mean = {name: array.copy() for name, array in parameters.items()}
    optimiser = Adam(parameters, schedule.decay)
    total = 0.0
    for done, steps, batch in batches(examples, schedule, chance):
        loss, gradients = Pass(parameters, batch, schedule, chance).run()
        optimiser.step(parameters, gradients, rate(done, steps) * schedule.rate)
        step = done + 1
        keep = min(schedule.average, step / (step + 10))
        for name, array in parameters.items():
            mean[name] += np.float32(1 - keep) * (array - mean[name])
        total += loss
        if progress:
            progress(step, steps, total / step)
    return Network(vocabulary, mean)


def batches(
    examples: Sequence[Example], schedule: Schedule, chance: np.random.Generator
) -> Iterator[tuple[int, int, "Batch"]]:
    """Steps done, of how many, and the articles to learn from next: in each epoch in another order."""
    usable = [prepare(example) for example in examples]
    usable = [item for item in usable if len(item.segments) > 1]
    steps = schedule.epochs * -(-len(usable) // schedule.batch)
    done = 0
    for _ in range(schedule.epochs):
        order = chance.permutation(len(usable)).tolist()
        for start in range(0, len(order), schedule.batch):
            yield done, steps, join([usable[number] for number in order[start : start + schedule.batch]])
            done += 1


def initial(words: int, chance: np.random.Generator) -> Parameters:
    found: Parameters = {}
    for name, shape in shapes(words).items():
        if len(shape) == 1 and name != "out":
            found[name] = np.zeros(shape, np.float32)
            continue
        scale = {"word": 0.3}.get(name, 0.05 if name in _TABLES else 1 / np.sqrt(shape[0]))
        found[name] = (chance.standard_normal(shape) * scale).astype(np.float32)
    return found


_TABLES = frozenset({"span", "mention", "pair", "turn", "nobody"})


def rate(step: int, steps: int) -> float:
    warm = max(1, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return float(0.5 * (1 + np.cos(np.pi * (step - warm) / max(1, steps - warm))))


class Adam:
    """AdamW, after Loshchilov and Hutter (2019)."""

    def __init__(self, parameters: Parameters, decay: float) -> None:
        self._first = {name: np.zeros_like(array) for name, array in parameters.items()}
        self._second = {name: np.zeros_like(array) for name, array in parameters.items()}
        self._decay = decay
        self._count = 0

    def step(self, parameters: Parameters, gradients: Parameters, rate: float) -> None:
        self._count += 1
        norm = float(np.sqrt(sum(float((g * g).sum()) for g in gradients.values())))
        scale = np.float32(min(1.0, _LONGEST / (norm + 1e-9)))
        one, two = 1 - 0.9**self._count, 1 - 0.999**self._count
        for name, array in parameters.items():
            gradient = gradients[name] * scale
            first, second = self._first[name], self._second[name]
            first += np.float32(0.1) * (gradient - first)
            second += np.float32(0.001) * (gradient * gradient - second)
            array -= np.float32(rate) * (first / one / (np.sqrt(second / two) + 1e-8) + self._decay * array)


_LONGEST = 5.0  # of a gradient


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles laid end to end.

    rows       candidate -> its row of (pairs, then nobody of each span)
    segments   case -> its first candidate; one more entry closes the last
    right      candidate -> whether it is right
    turns      (candidates, rows of the turn table)
    """

    inputs: Inputs
    rows: Ints
    segments: Ints
    right: NDArray[np.bool_]
    turns: Ints


def prepare(example: Example) -> Batch:
    """One article as a batch; cases whose answer is not known are left out."""
    inputs = Inputs.of(example.cases.features)
    starts, pairs = example.cases.features.starts, len(example.cases.features.span)
    rows: list[int] = []
    right: list[bool] = []
    segments, turns = [0], []
    for case, places in enumerate(example.right):
        if places is None:
            continue
        own = [*range(int(starts[case]), int(starts[case + 1])), pairs + case]
        rows += own
        right += [place in places for place in range(len(own))]
        segments.append(len(rows))
        turns.append(example.turns[case])
    joined = np.concatenate(turns) if turns else np.zeros((0, len(TURN_FIELDS)), np.int32)
    return Batch(
        inputs, np.array(rows, np.int32), np.array(segments, np.int32), np.array(right, bool), joined
    )


def join(items: Sequence[Batch]) -> Batch:
    parts: dict[str, list[NDArray[Any]]] = {name: [] for name in Inputs.__slots__}
    words = mentions = spans = 0
    for item in items:
        moved = {"pair_span": spans, "pair_mention": mentions}
        moved |= dict.fromkeys(("low", "high", "span_token", "mention_token"), words)
        for name, found in parts.items():
            array = getattr(item.inputs, name)
            found.append(array + moved[name] if name in moved else array)
        words += len(item.inputs.words)
        mentions += len(item.inputs.mention)
        spans += len(item.inputs.span)
    inputs = Inputs(**{name: np.concatenate(found) for name, found in parts.items()})
    pairs = len(inputs.pair)
    rows, segments, done_pairs, done_spans, done_rows = [], [np.zeros(1, np.int32)], 0, 0, 0
    for item in items:
        own = len(item.inputs.pair)
        rows.append(np.where(item.rows < own, item.rows + done_pairs, item.rows - own + pairs + done_spans))
        segments.append(item.segments[1:] + done_rows)
        done_pairs, done_spans, done_rows = (
            done_pairs + own,
            done_spans + len(item.inputs.span),
            done_rows + len(item.rows),
        )
    return Batch(
        inputs,
        np.concatenate(rows),
        np.concatenate(segments),
        np.concatenate([item.right for item in items]),
        np.concatenate([item.turns for item in items]),
    )


class Pass:
    """One forward and backward pass: the mean negative log-likelihood of the right candidates."""

    def __init__(
        self,
        parameters: Parameters,
        batch: Batch,
        schedule: Schedule,
        chance: np.random.Generator,
    ) -> None:
        self.p = parameters
        self.batch = batch
        self.schedule = schedule
        self.chance = chance

    def run(self) -> tuple[float, Parameters]:
        p, batch = self.p, self.batch
        inputs = self._with_unknown(batch.inputs)
        span_words = self._dropped(_flat(p["word"][inputs.span_words]))
        mention_words = self._dropped(_flat(p["word"][inputs.mention_words]))
        between = between_words(p["word"][inputs.words], inputs.low, inputs.high)
        span = inputs.span @ p["span"] + span_words.kept @ p["span_words"] + p["bias"]
        mention = inputs.mention @ p["mention"] + mention_words.kept @ p["mention_words"]
        pair = inputs.pair @ p["pair"] + between @ p["between"]
        pair += span[inputs.pair_span] + mention[inputs.pair_mention]
        nobody = span + inputs.span @ p["nobody"] + p["nobody_bias"]
        first = np.concatenate((pair, nobody))
        turns = indicators(batch.turns, TURN_FIELDS)
        before = first[batch.rows] + turns @ p["turn"]
        hidden = self._dropped(np.maximum(before, 0), self.schedule.drop)
        second_before = hidden.kept @ p["second"] + p["second_bias"]
        second = self._dropped(np.maximum(second_before, 0), self.schedule.drop)
        scores = second.kept @ p["out"]
        loss, back = likelihood(scores, batch.segments, batch.right)

        g: Parameters = {"out": second.kept.T @ back}
        back_second = back[:, None] * p["out"] * second.mask * (second_before > 0)
        g["second"], g["second_bias"] = hidden.kept.T @ back_second, back_second.sum(axis=0)
        back_hidden = (back_second @ p["second"].T) * hidden.mask * (before > 0)
        g["turn"] = turns.T @ back_hidden
        back_first = np.zeros_like(first)
        back_first[batch.rows] = back_hidden
        back_pair, back_nobody = back_first[: len(pair)], back_first[len(pair) :]
        g["nobody"], g["nobody_bias"] = inputs.span.T @ back_nobody, back_nobody.sum(axis=0)
        back_span, back_mention = back_nobody.copy(), np.zeros_like(mention)
        np.add.at(back_span, inputs.pair_span, back_pair)
        np.add.at(back_mention, inputs.pair_mention, back_pair)
        g["pair"], g["between"] = inputs.pair.T @ back_pair, between.T @ back_pair
        g["span"], g["bias"] = inputs.span.T @ back_span, back_span.sum(axis=0)
        g["mention"] = inputs.mention.T @ back_mention
        g["span_words"] = span_words.kept.T @ back_span
        g["mention_words"] = mention_words.kept.T @ back_mention
        g["word"] = np.zeros_like(p["word"])
        self._to_words(g["word"], inputs.span_words, back_span @ p["span_words"].T * span_words.mask)
        self._to_words(
            g["word"], inputs.mention_words, back_mention @ p["mention_words"].T * mention_words.mask
        )
        self._between(g["word"], inputs, back_pair @ p["between"].T * inputs.weight)
        return loss, {name: array.astype(np.float32) for name, array in g.items()}

    def _with_unknown(self, inputs: Inputs) -> Inputs:
        """Some words are not known, as some of a new article's will not be."""
        changed = {
            name: with_unknown(getattr(inputs, name), self.schedule.unknown, self.chance)
            for name in ("words", "span_words", "mention_words")
        }
        return Inputs(**{name: changed.get(name, getattr(inputs, name)) for name in Inputs.__slots__})

    def _dropped(self, values: Floats, share: float | None = None) -> "_Dropped":
        share = self.schedule.drop_input if share is None else share
        kept = self.chance.random(values.shape, np.float32) >= share
        mask = kept.astype(np.float32) / np.float32(1 - share)
        return _Dropped(values * mask, mask)

    def _to_words(self, gradient: Floats, ids: Ints, back: Floats) -> None:
        np.add.at(gradient, ids.reshape(-1), back.reshape(-1, gradient.shape[1]))

    def _between(self, gradient: Floats, inputs: Inputs, back: Floats) -> None:
        running = np.zeros((len(inputs.words) + 1, gradient.shape[1]), np.float32)
        np.add.at(running, inputs.high, back)
        np.add.at(running, inputs.low, -back)
        np.add.at(gradient, inputs.words, np.cumsum(running[:0:-1], axis=0)[::-1])


def with_unknown(words: Ints, share: float, chance: np.random.Generator) -> Ints:
    """The words, some of them read as rare ones."""
    lost = (chance.random(words.shape) < share) & (words >= len(Vocabulary.SPECIAL))
    return np.where(lost, np.int32(_RARE), words)


_RARE = Vocabulary.SPECIAL.index("<rare>")


@dataclass(frozen=True, slots=True)
class _Dropped:
    kept: Floats
    mask: Floats


def _flat(rows: Floats) -> Floats:
    return rows.reshape(len(rows), -1)


def likelihood(scores: Floats, segments: Ints, right: NDArray[np.bool_]) -> tuple[float, Floats]:
    """The mean loss over the cases, and its gradient by candidate."""
    starts = segments[:-1]
    sizes = np.diff(segments)
    top = np.repeat(np.maximum.reduceat(scores, starts), sizes)
    powers = np.exp(scores - top)
    chance = powers / np.repeat(np.add.reduceat(powers, starts), sizes)
    share = np.where(right, chance, 0)
    total = np.add.reduceat(share, starts)
    loss = float(-np.log(np.maximum(total, 1e-9)).mean())
    back = chance - share / np.repeat(np.maximum(total, 1e-9), sizes)
    return loss, (back / len(starts)).astype(np.float32)
