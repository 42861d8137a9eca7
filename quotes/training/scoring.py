"""Extracted quotes against gold: what is found, who is named, how far confidence can be trusted.

speech   a gold span is found when a predicted segment covers over half of it and it over half of the segment
mention  the predicted mention lies on the gold mention, at an occurrence within 1,500 characters of the quote
speaker  the name is right, strictly or leniently (`names.same_speaker`)

Words that nobody said, or that the gold does not know, count against all four when somebody is said to
have said them. Of gold in single marks, what is found counts and what is not found does not. What careful
readers differ about is left out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from quotes.extraction.types import Span

from .gold import GoldArticle, GoldQuote, PredictedQuote, Predictions
from .names import same_speaker

_REACH = 1500  # characters from a quote to an occurrence of its mention
PRECISION = 0.97  # at which `publishable` is measured


class Outcome(StrEnum):
    FOUND = "found"  # speech, and a segment covers it
    MISSED = "missed"  # speech that no segment covers
    INVENTED = "invented"  # somebody is said to have said it, and nobody did
    SILENT = "silent"  # nobody said it, and nobody is said to have
    UNSURE = "unsure"  # readers differ


@dataclass(frozen=True, slots=True)
class Verdict:
    """One gold quote with what was found there, or one find that the gold does not know.

    `mention`, `lenient` and `strict` say what is right; silence where nobody spoke is right.
    """

    article: GoldArticle
    outcome: Outcome
    gold: GoldQuote | None
    predicted: PredictedQuote | None
    span: Span  # of the gold, else of the segment
    mention: bool = False
    lenient: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """True positives, false positives, false negatives."""

    tp: int
    fp: int
    fn: int

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """Of the attributions with a confidence from `low` to under `high`, how many are right."""

    low: float
    high: float
    count: int
    right: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What a table shows.

    persons            of the quotes of named persons, how many name them strictly
    calibration_error  mean distance of confidence and share right over the bands; None without confidences
    publishable        the share of attributions that a threshold at PRECISION would let through
    """

    speech: Counts
    mention: Counts
    lenient: Counts
    strict: Counts
    persons_right: int
    persons: int
    unsure: int
    without_output: int
    bands: tuple[Band, ...]
    calibration_error: float | None
    publishable: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Verdicts in the order of the gold, and how many articles had no output at all."""

    verdicts: tuple[Verdict, ...]
    without_output: int

    def __add__(self, other: "Evaluation") -> "Evaluation":
        return Evaluation(self.verdicts + other.verdicts, self.without_output + other.without_output)


def evaluate(articles: Iterable[GoldArticle], predictions: Predictions) -> Evaluation:
    """Judge every article; the quotes of one that `predictions` does not have are missed."""
    verdicts: list[Verdict] = []
    without_output = 0
    for article in articles:
        verdicts.extend(judge(article, predictions.get(article.id, ())))
        without_output += article.id not in predictions
    return Evaluation(tuple(verdicts), without_output)


def judge(article: GoldArticle, predicted: Sequence[PredictedQuote]) -> Iterator[Verdict]:
    """A verdict on each gold quote in order, then on each attributed segment that overlaps none."""
    parts = [(segment, quote) for quote in predicted for segment in quote.segments]
    for gold in article.quotes:
        match = _match(gold.span, parts)
        if match is not None or gold.unsure or not gold.single:
            yield _verdict(article, gold, match)
    for segment, quote in parts:
        if quote.attributed and not any(segment.overlaps(gold.span) for gold in article.quotes):
            yield Verdict(article, Outcome.INVENTED, None, quote, segment)


def _match(span: Span, parts: Sequence[tuple[Span, PredictedQuote]]) -> PredictedQuote | None:
    """The quote of the segment that overlaps `span` most, by over half of both; of equals the first."""
    best, most = None, 0
    for segment, quote in parts:
        overlap = min(span.end, segment.end) - max(span.start, segment.start)
        longer = max(span.end - span.start, segment.end - segment.start)
        if overlap > longer / 2 and overlap > most:
            best, most = quote, overlap
    return best


def _verdict(article: GoldArticle, gold: GoldQuote, match: PredictedQuote | None) -> Verdict:
    if gold.unsure:
        return Verdict(article, Outcome.UNSURE, gold, match, gold.span)
    if not gold.speech:
        if match is not None and match.attributed:
            return Verdict(article, Outcome.INVENTED, gold, match, gold.span)
        return Verdict(article, Outcome.SILENT, gold, match, gold.span, True, True, True)
    if match is None:
        return Verdict(article, Outcome.MISSED, gold, None, gold.span)
    name = match.speaker or ""
    return Verdict(
        article,
        Outcome.FOUND,
        gold,
        match,
        gold.span,
        mention=match.mention is not None and _mentions(article.text, gold, match.mention),
        lenient=same_speaker(gold.speaker, name, lenient=True),
        strict=same_speaker(gold.speaker, name),
    )


def _mentions(text: str, gold: GoldQuote, mention: Span) -> bool:
    return any(
        Span(*found.span()).overlaps(mention) and abs(found.start() - gold.span.start) < _REACH
        for found in re.finditer(re.escape(gold.mention), text)
    )


def figures(evaluation: Evaluation) -> Figures:
    """The figures of an evaluation."""
    verdicts = evaluation.verdicts
    persons = [v for v in _speech(verdicts) if v.gold and v.gold.type == "person"]
    claims = _claims(verdicts)
    bands = _bands(claims)
    return Figures(
        speech=_counts(verdicts, [(True, True) for _ in _found(verdicts)]),
        mention=_counts(verdicts, [(v.mention, q.mention is not None) for v, q in _found(verdicts)]),
        lenient=_counts(verdicts, [(v.lenient, q.speaker is not None) for v, q in _found(verdicts)]),
        strict=_counts(verdicts, [(v.strict, q.speaker is not None) for v, q in _found(verdicts)]),
        persons_right=sum(v.strict for v in persons),
        persons=len(persons),
        unsure=sum(v.outcome is Outcome.UNSURE for v in verdicts),
        without_output=evaluation.without_output,
        bands=tuple(band for band, _ in bands),
        calibration_error=sum(
            band.count / len(claims) * abs(band.right - confidence) for band, confidence in bands
        )
        if claims
        else None,
        publishable=_publishable(claims) if claims else None,
    )


def _speech(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [v for v in verdicts if v.outcome in (Outcome.FOUND, Outcome.MISSED)]


def _found(verdicts: Iterable[Verdict]) -> list[tuple[Verdict, PredictedQuote]]:
    return [(v, v.predicted) for v in verdicts if v.outcome is Outcome.FOUND and v.predicted]


def _counts(verdicts: Sequence[Verdict], found: Sequence[tuple[bool, bool]]) -> Counts:
    """`found` says of each quote found whether the answer is right, and whether there is one.

    A wrong answer is a false positive and a false negative, no answer only the latter.
    """
    right = sum(ok for ok, _ in found)
    invented = sum(v.outcome is Outcome.INVENTED for v in verdicts)
    return Counts(
        tp=right,
        fp=invented + sum(has and not ok for ok, has in found),
        fn=len(_speech(verdicts)) - right,
    )


def _claims(verdicts: Iterable[Verdict]) -> list[tuple[float, bool]]:
    """The confidence of each attribution, and whether the name is right (leniently)."""
    return [
        (v.predicted.confidence, v.lenient)
        for v in verdicts
        if v.predicted is not None
        and v.predicted.confidence is not None
        and (
            v.outcome is Outcome.INVENTED or (v.outcome is Outcome.FOUND and v.predicted.speaker is not None)
        )
    ]


def _bands(claims: Sequence[tuple[float, bool]]) -> list[tuple[Band, float]]:
    """Ten bands, the empty ones left out, each with its mean confidence."""
    bands = []
    for low in (tenth / 10 for tenth in range(10)):
        # In binary fractions 0.2 + 0.1 is more than 0.3: exactly 0.3 counts in two bands. Left as it
        # is, so that figures stay comparable with those of the outside scorer they are defined by.
        high = low + 0.1
        inside = [(c, ok) for c, ok in claims if low <= c < high or (low == 0.9 and c == 1)]
        if inside:
            right = sum(ok for _, ok in inside) / len(inside)
            bands.append((Band(low, high, len(inside), right), sum(c for c, _ in inside) / len(inside)))
    return bands


def _publishable(claims: Sequence[tuple[float, bool]]) -> float:
    """The share of the most confident claims that together are right often enough; ties keep their order."""
    ranked = sorted(claims, key=lambda claim: -claim[0])
    right = accumulate(ok for _, ok in ranked)
    fit = [count for count, good in enumerate(right, 1) if good / count >= PRECISION]
    return max(fit, default=0) / len(claims)
