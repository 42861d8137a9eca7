"""Kinds of model for the ranker, trained on the same articles and judged by the same gold.

Only the scores differ: candidates, features, order of reading, decoding and all after it are the same.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from quotes.extraction.assembly.confidence import Calibration
from quotes.extraction.attribution.decoding import Ranker, decode
from quotes.extraction.attribution.network import Network
from quotes.extraction.attribution.vocabulary import Vocabulary
from quotes.extraction.mentions.finder import find_mentions
from quotes.extraction.pipeline import assemble
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import build_stream
from quotes.extraction.types import Span

from ..examples import Example, from_gold
from ..gold import GoldArticle, PredictedQuote
from ..learning import Progress, train
from ..model import build_vocabulary, examples
from ..scoring import Counts, evaluate, figures
from ..sources import Sources
from . import linear, sequence, trees

Fit = Callable[[Vocabulary, Sequence[Example], int, Progress | None], Ranker]


def _fit_network(
    vocabulary: Vocabulary, articles: Sequence[Example], seed: int, progress: Progress | None
) -> Network:
    """Rounded, as the shipped one is read."""
    return Network.from_bytes(train(vocabulary, articles, seed, progress=progress).to_bytes())


KINDS: dict[str, Fit] = {
    "linear": linear.fit,
    "trees": trees.fit,
    "network": _fit_network,
    "sequence": sequence.fit,
}


@dataclass(frozen=True, slots=True)
class Material:
    """What every kind learns from, and the gold that judges it; the first gold is timed as well."""

    vocabulary: Vocabulary
    examples: tuple[Example, ...]
    gold: dict[str, tuple[GoldArticle, ...]]

    @classmethod
    def read(cls, sources: Sources, seed: int) -> Self:
        """With the shipped kinds of names and the shipped identity step, whatever the corpora hold."""
        vocabulary = build_vocabulary(sources)
        gold = sources.dev() | {"demo": sources.demo(), "tuning": sources.tuning()}
        return cls(vocabulary, tuple(examples(sources, vocabulary, seed)), gold)


@dataclass(frozen=True, slots=True)
class Row:
    """What a kind gave.

    mention        gold -> how many mentions are right, wrong and missing, as `evaluate` counts them
    seconds        of training: of the processor, whatever else the machine does
    milliseconds   the same, an article, of scoring its candidates and choosing among them, features aside
    """

    kind: str
    mention: dict[str, Counts]
    seconds: float
    milliseconds: float


def compare(kind: str, material: Material, seed: int, progress: Progress | None = None) -> Row:
    """Train a kind of KINDS and judge it."""
    start = time.process_time()
    ranker = KINDS[kind](material.vocabulary, material.examples, seed, progress)
    seconds = time.process_time() - start
    mention = {name: _mention(ranker, articles) for name, articles in material.gold.items()}
    timed = next(iter(material.gold.values()))
    return Row(kind, mention, seconds, _milliseconds(ranker, timed))


def _mention(ranker: Ranker, articles: Sequence[GoldArticle]) -> Counts:
    found = {article.id: _predictions(ranker, article.text) for article in articles}
    return figures(evaluate(articles, found)).mention


def _predictions(ranker: Ranker, text: str) -> list[PredictedQuote]:
    stream = build_stream(text, find_spans(text))
    return [
        PredictedQuote(
            quote.segments,
            quote.speaker.name if quote.speaker else None,
            Span(quote.mention.start, quote.mention.end) if quote.mention else None,
        )
        for quote in assemble(stream, find_mentions(stream), ranker, Calibration()).quotes
    ]


def _milliseconds(ranker: Ranker, articles: Sequence[GoldArticle]) -> float:
    read = [from_gold(article, ranker.vocabulary).cases for article in articles]
    start = time.process_time()
    for cases in read:
        decode(cases, ranker, [None] * len(cases.contexts))
    return 1000 * (time.process_time() - start) / len(read)
