"""How often a quote is right, from what the ranker and the identity step say of it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from quotes.extraction.assembly.confidence import Calibration, log_odds
from quotes.extraction.assembly.labelled import without_turns
from quotes.extraction.attribution.network import Network
from quotes.extraction.mentions.finder import find_mentions
from quotes.extraction.pipeline import assemble
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import build_stream
from quotes.extraction.types import ExtractedQuote

from .gold import GoldArticle, PredictedQuote
from .scoring import evaluate

Reals = NDArray[np.float64]
_RIDGE = 1e-3
_ROUNDS = 200


class _Recorder(Calibration):
    """Keeps what it is asked, in the order of the quotes that have a speaker."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "asked", [])

    asked: list[tuple[float, float, float]]

    def confidence(self, attribution: float, identity: float, name: float) -> float:
        self.asked.append((attribution, identity, name))
        return attribution * identity


def calibrate(network: Network, gold: Sequence[tuple[GoldArticle, float]]) -> Calibration:
    """Fitted on articles that the network has not seen, each with its weight."""
    rows: list[list[float]] = []
    right: list[float] = []
    weights: list[float] = []
    for article, weight in gold:
        for asked, is_right in _claims(network, article):
            one, other, name = map(log_odds, asked)
            rows.append([1.0, one, other, min(one, other), name])
            right.append(float(is_right))
            weights.append(weight)
    found = _fit(np.array(rows), np.array(right), np.array(weights))
    return Calibration(*found.tolist())


def _claims(network: Network, article: GoldArticle) -> Iterable[tuple[tuple[float, float, float], bool]]:
    """What was said of each quote that has a speaker and a sure gold, and whether the speaker is right."""
    recorder = _Recorder()
    marks = replace(find_spans(article.text), nested=())  # they have a confidence of their own
    stream = build_stream(article.text, marks)
    # Turns of transcripts have a confidence of their own.
    quotes = without_turns(assemble(stream, find_mentions(stream), network, recorder)).quotes
    spoken = [quote for quote in quotes if quote.speaker]
    asked = dict(zip(map(_key, spoken), recorder.asked, strict=True))
    predicted = {article.id: tuple(_predicted(quote) for quote in quotes)}
    for verdict in evaluate([article], predicted).verdicts:
        if verdict.predicted is None or not verdict.predicted.attributed:
            continue
        if verdict.gold is not None and verdict.gold.unsure:
            continue
        yield asked[verdict.predicted.segments[0].start], verdict.lenient


def _key(quote: ExtractedQuote) -> int:
    return quote.segments[0].start


def _predicted(quote: ExtractedQuote) -> PredictedQuote:
    return PredictedQuote(quote.segments, quote.speaker.name if quote.speaker else None)


def _fit(rows: Reals, right: Reals, weights: Reals) -> Reals:
    """Logistic regression by Newton's method; a coefficient that would be negative is left out."""
    used = np.ones(rows.shape[1], bool)
    while True:
        found = np.zeros(rows.shape[1])
        found[used] = _newton(rows[:, used], right, weights)
        wrong = (found < 0) & (np.arange(len(found)) > 0)
        if not wrong.any():
            return found
        used &= ~wrong


def _newton(rows: Reals, right: Reals, weights: Reals) -> Reals:
    found = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weights * (right - chance)) - _RIDGE * found
        curve = (rows * (weights * chance * (1 - chance))[:, None]).T @ rows + _RIDGE * np.eye(len(found))
        step = np.linalg.solve(curve, slope)
        found = found + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return found
