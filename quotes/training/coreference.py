"""Trains the ranker of antecedents: pronouns and role phrases choose among the entities of an article.

Learns from coreference chains (GUM) and from articles whose speakers are known by name.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from quotes.english.name_forms import lowered, name_form
from quotes.extraction.coreference.antecedent_model import AntecedentModel
from quotes.extraction.coreference.antecedents import Case
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind, find_mentions
from quotes.extraction.text.marks import MarksResult, find_spans
from quotes.extraction.text.stream import Stream, build_stream

from .gold import GoldArticle, GoldQuote
from .gum import Chained, Document

Array = NDArray[np.float64]
Weights = dict[str, float]
_NEWS_WEIGHT = 5.0  # of a case from an article with known speakers: there are few of them
_LOST_WEIGHT = 0.05  # of a pronoun whose antecedent is no mention of ours
GENRES = frozenset({"news", "bio", "fiction", "interview", "speech", "essay", "court", "letter", "podcast"})
_ROUNDS = 2  # after the first, the articles are read with the weights found so far
_EPOCHS = 200
_RATE = 0.06
_DECAY = 20.0  # L2, over the whole sum of losses
_RARE = 3  # features seen less often are left out
_NEAR = 40  # characters by which a chain's words may be longer than our mention


@dataclass(frozen=True, slots=True)
class Article:
    """A text whose speakers are known.

    speakers   where a mention starts -> where it ends, and whom it stands for ("Ann Lee", "Ann Lee | Bo Ek")
    """

    name: str
    text: str
    speakers: Mapping[int, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A case with its right options; `source` is the document it is from."""

    features: tuple[tuple[str, ...], ...]
    right: frozenset[int]
    weight: float
    source: str


@dataclass(slots=True)
class Recorder:
    """Stands in for the ranker while a document is read: writes down what the right choice would be."""

    source: str
    right: "Chains | Names"
    model: AntecedentModel | None = None
    examples: list[Example] = field(default_factory=list)

    def __call__(self, case: Case) -> Sequence[float]:
        gold, weight = self.right.options(case)
        if gold and weight:
            flat = tuple(tuple(chain.from_iterable(blocks)) for blocks in case.features)
            self.examples.append(Example(flat, gold, weight, self.source))
        if self.model is not None:
            return self.model(case)
        best = min(gold) if gold else 0
        return [1.0 if option == best else 0.0 for option in range(len(case.options))]


class Chains:
    """The right options by coreference chains."""

    def __init__(self, document: Document, mentions: MentionIndex) -> None:
        self._starts: dict[int, list[Chained]] = {}
        self._ends: dict[int, list[Chained]] = {}
        for chained in document.mentions:
            self._starts.setdefault(chained.start, []).append(chained)
            self._ends.setdefault(chained.end, []).append(chained)
        self._chains = [self._chain(mention) for mention in mentions.all]
        self._by_token = {m.first: chain for m, chain in zip(mentions.all, self._chains, strict=True)}

    def _chain(self, mention: Mention) -> str | None:
        near = [*self._starts.get(mention.start, ()), *self._ends.get(mention.end, ())]
        exact = [c for c in near if (c.start, c.end) == (mention.start, mention.end)]
        if exact or mention.kind is MentionKind.PRONOUN:
            return exact[0].chain if exact else None
        fits = [c for c in near if abs(c.start - mention.start) + abs(c.end - mention.end) <= _NEAR]
        best = min(fits, key=lambda c: abs(c.start - mention.start) + abs(c.end - mention.end), default=None)
        return best.chain if best else None

    def options(self, case: Case) -> tuple[frozenset[int], float]:
        chain = self._chain(case.mention)
        role = case.mention.kind is MentionKind.ROLE
        if chain is None:
            return frozenset({0}), 0.0 if role else 1.0
        right = frozenset(i for i, e in enumerate(case.options) if e is not None and self._of(e) == chain)
        return (right, 1.0) if right else (frozenset({0}), 1.0 if role else _LOST_WEIGHT)

    def _of(self, entity: Entity) -> str | None:
        if not entity.seen:
            return self._by_token.get(entity.first)
        counts = Counter(chain for index in entity.seen if (chain := self._chains[index]) is not None)
        return counts.most_common(1)[0][0] if counts else None


class Names:
    """The right options by the names of speakers."""

    def __init__(self, article: Article) -> None:
        self._speakers = article.speakers

    def options(self, case: Case) -> tuple[frozenset[int], float]:
        end, name = self._speakers.get(case.mention.start, (0, ""))
        if not name or (case.mention.kind is MentionKind.PRONOUN and end != case.mention.end):
            return frozenset(), 0.0  # the "his" of "his mother" is not she
        names = {name_form(part).words for part in name.split("|")}
        right = [i for i, e in enumerate(case.options) if e is not None and _named(e, names)]
        if right:
            return frozenset(right), _NEWS_WEIGHT
        own = lowered(case.mention.name)
        if case.mention.kind is MentionKind.ROLE and any(lowered(p.strip()) in own for p in name.split("|")):
            return frozenset({0}), _NEWS_WEIGHT
        return frozenset(), 0.0


def _named(entity: Entity, names: set[tuple[str, ...]]) -> bool:
    known = entity.author or entity
    return name_form(known.name).words in names


def examples_of_document(document: Document, model: AntecedentModel | None = None) -> list[Example]:
    """Every pronoun and role phrase of a document with coreference chains."""
    stream, mentions = _read(document.text)
    recorder = Recorder(document.name, Chains(document, mentions), model)
    Coreference(stream, mentions, recorder)
    return recorder.examples


def examples_of_article(article: Article, model: AntecedentModel | None = None) -> list[Example]:
    """The pronouns and role phrases of an article whose speakers are known."""
    stream, mentions = _read(article.text)
    recorder = Recorder(article.name, Names(article), model)
    Coreference(stream, mentions, recorder)
    return recorder.examples


def _read(text: str) -> tuple[Stream, MentionIndex]:
    stream = build_stream(text, find_spans(text))
    return stream, find_mentions(stream)


def known_speakers(article: GoldArticle) -> Article:
    """Who the mentions of the article's quotes are; what careful readers differ about is left out."""
    marks = find_spans(article.text)
    speakers: dict[int, tuple[int, str]] = {}
    for quote in article.quotes:
        place = _nearest(article.text, marks, quote) if quote.speech and not quote.unsure else None
        if place is not None:
            speakers[place] = (place + len(quote.mention), quote.speaker)
    return Article(article.id, article.text, speakers)


def _nearest(text: str, marks: MarksResult, quote: GoldQuote) -> int | None:
    """Where the quote's mention stands: outside quotes and as near to it as possible."""
    found = [
        match.span()
        for match in re.finditer(rf"(?<!\w){re.escape(quote.mention)}(?!\w)", text)
        if not any(span.outer.start <= match.start() < span.outer.end for span in marks.spans)
    ]
    if not found:
        return None
    return min(found, key=lambda at: max(at[0] - quote.span.end, quote.span.start - at[1]))[0]


def fit(examples: Sequence[Example]) -> Weights:
    """Weights by which the right options are the likeliest: deterministic, Adam on all examples at once."""
    counts = Counter(name for e in examples for option in e.features for name in option)
    names = sorted(name for name, count in counts.items() if count >= _RARE)
    ids = {name: number for number, name in enumerate(names)}
    data = _Arrays.of(examples, ids)
    weights: Array = np.zeros(len(names))
    first: Array = np.zeros(len(names))
    second: Array = np.zeros(len(names))
    for epoch in range(1, _EPOCHS + 1):
        gradient = data.gradient(weights) + _DECAY * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        step = (first / (1 - 0.9**epoch)) / (np.sqrt(second / (1 - 0.999**epoch)) + 1e-8)
        weights -= _RATE * (1 - 0.9 * epoch / _EPOCHS) * step
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


@dataclass(frozen=True, slots=True)
class _Arrays:
    """All options of all examples laid end to end."""

    features: NDArray[np.int64]  # ids of the features of every option
    option_of: NDArray[np.int64]  # feature -> option
    case_of: NDArray[np.int64]  # option -> example
    starts: NDArray[np.int64]  # first option of every example
    right: Array  # option -> 1.0 if right
    weight: Array  # option -> weight of its example

    @classmethod
    def of(cls, examples: Sequence[Example], ids: Mapping[str, int]) -> "_Arrays":
        features: list[int] = []
        option_of: list[int] = []
        case_of: list[int] = []
        starts: list[int] = []
        right: list[float] = []
        weight: list[float] = []
        for number, example in enumerate(examples):
            starts.append(len(case_of))
            for option, words in enumerate(example.features):
                known = [ids[word] for word in words if word in ids]
                features += known
                option_of += [len(case_of)] * len(known)
                case_of.append(number)
                right.append(float(option in example.right))
                weight.append(example.weight)
        return cls(
            np.array(features),
            np.array(option_of),
            np.array(case_of),
            np.array(starts),
            np.array(right),
            np.array(weight),
        )

    def gradient(self, weights: Array) -> Array:
        """Of the sum over examples of -log P(any right option)."""
        sums = np.bincount(self.option_of, weights[self.features], len(self.case_of))
        scores = np.asarray(sums, dtype=np.float64)
        scores -= np.maximum.reduceat(scores, self.starts)[self.case_of]
        powers = np.exp(scores)
        chance = powers / np.add.reduceat(powers, self.starts)[self.case_of]
        hit = chance * self.right
        among = hit / np.maximum(np.add.reduceat(hit, self.starts), 1e-9)[self.case_of]
        slope = (chance - among) * self.weight
        return np.asarray(np.bincount(self.features, slope[self.option_of], len(weights)), dtype=np.float64)


def train(documents: Sequence[Document], articles: Sequence[Article]) -> Weights:
    """Weights from everything given; the second round reads the texts with the weights of the first."""
    documents = [document for document in documents if document.genre in GENRES]
    model: AntecedentModel | None = None
    weights: Weights = {}
    for _ in range(_ROUNDS):
        examples = collect(documents, articles, model)
        weights = fit(examples)
        model = AntecedentModel(weights)
    return weights


def collect(
    documents: Iterable[Document], articles: Iterable[Article], model: AntecedentModel | None
) -> list[Example]:
    """All examples, in order."""
    found = [e for document in documents for e in examples_of_document(document, model)]
    found += [e for article in articles for e in examples_of_article(article, model)]
    return found


def save(weights: Weights, path: Path, *, note: str) -> None:
    """As JSON that a person can read: the weights, and what they were trained on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"note": note, "weights": dict(sorted(weights.items()))}
    path.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
