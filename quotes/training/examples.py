"""Annotated articles -> what the ranker learns from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from quotes.extraction.attribution.candidates import SpanContext
from quotes.extraction.attribution.cases import Cases, find_cases
from quotes.extraction.attribution.turns import History, Turn, turn_values
from quotes.extraction.attribution.vocabulary import Ints, Vocabulary
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.finder import MentionIndex, MentionKind, find_mentions
from quotes.extraction.pipeline import People
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import Stream, build_stream
from quotes.extraction.types import Span

from .gold import GoldArticle
from .polnear import AnnotatedArticle, Stretch, overlap

_LEAST = 6  # times a word stands in the reporter's own text to be known
_REACH = 1500  # characters between a quote and its mention
Answer = tuple[int, ...] | None  # mentions that are right, () for nobody, None where it is not known


@dataclass(frozen=True, slots=True)
class Example:
    """An article with the right answers.

    right   case -> places among its candidates that are right (the last place is nobody), None to skip
    turns   case -> its turn values, the speakers before being the right ones
    """

    cases: Cases
    right: tuple[tuple[int, ...] | None, ...]
    turns: tuple[Ints, ...]


def known_words(texts: Iterable[str]) -> list[str]:
    """Words of the reporters' own, names left out, most frequent first."""
    counts: Counter[str] = Counter()
    for text in texts:
        stream, mentions = _read(text)
        named = {t for m in mentions.all if m.kind is MentionKind.NAME for t in range(m.first, m.last)}
        counts.update(t.lower for i, t in enumerate(stream.tokens) if not t.is_quote and i not in named)
    return [word for word, count in counts.most_common() if count >= _LEAST and not word[0].isdigit()]


def from_polnear(article: AnnotatedArticle, vocabulary: Vocabulary) -> Example:
    cases = _cases(article.text, vocabulary)
    return _example(cases, [_source(article, cases, context) for context in cases.contexts])


def from_gold(article: GoldArticle, vocabulary: Vocabulary) -> Example:
    cases = _cases(article.text, vocabulary)
    return _example(cases, [_mention(article, cases, context) for context in cases.contexts])


def _read(text: str) -> tuple[Stream, MentionIndex]:
    stream = build_stream(text, find_spans(text))
    return stream, find_mentions(stream)


def _cases(text: str, vocabulary: Vocabulary) -> Cases:
    stream, mentions = _read(text)
    people = People(Coreference(stream, mentions))
    return find_cases(stream, mentions, [people.number(m) for m in mentions.all], vocabulary)


def _source(article: AnnotatedArticle, cases: Cases, context: SpanContext) -> Answer:
    """The mentions in the source of the attribution whose content the span is.

    The corpus misses follow-on quotes and swaps source and cue here and there: whole sentences that
    nobody speaks are not learnt from, and a cue that holds a mention stands in for a source that does not.
    """
    inner = cases.stream.spans[context.span].inner
    here = (inner.start, inner.end)
    best = max(article.attributions, key=lambda a: overlap(here, a.content), default=None)
    if best is None or overlap(here, best.content) * 2 < inner.end - inner.start:
        return None if context.alone else ()
    if not best.source:
        return None if context.alone else ()
    return _found(cases.mentions, best.source) or _found(cases.mentions, best.cue) or None


def _found(mentions: MentionIndex, stretches: Sequence[Stretch]) -> tuple[int, ...]:
    found = [n for n, m in enumerate(mentions.all) if overlap((m.start, m.end), stretches)]
    free = [n for n in found if not mentions.all[n].oblique and not mentions.all[n].embedded]
    return tuple(free or found)


def _mention(article: GoldArticle, cases: Cases, context: SpanContext) -> Answer:
    """The mention that the gold names, where it stands nearest."""
    outer = cases.stream.spans[context.span].outer
    gold = next(
        (q for q in article.quotes if 2 * _shared(q.span, outer) > max(_size(q.span), _size(outer))), None
    )
    if gold is None:
        return ()
    if gold.unsure:
        return None
    if not gold.speech:
        return ()
    quoted = [(s.outer.start, s.outer.end) for s in cases.stream.spans]
    places = [
        (m.start(), m.end())
        for m in re.finditer(rf"(?<!\w){re.escape(gold.mention)}(?!\w)", article.text)
        if not overlap(m.span(), quoted)
    ]
    if not places:
        return None
    nearest = min(places, key=lambda p: max(p[0] - outer.end, outer.start - p[1]))
    return _found(cases.mentions, [nearest]) or None


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _size(span: Span) -> int:
    return span.end - span.start


def _example(cases: Cases, answers: Sequence[Answer]) -> Example:
    right: list[tuple[int, ...] | None] = []
    turns: list[Ints] = []
    history = History()
    for case, answer in enumerate(answers):
        context, candidates = cases.contexts[case], cases.candidates(case)
        entities = cases.entities[candidates]
        turns.append(
            turn_values(cases.stream, context, candidates, entities, history, ruled=cases.ruled(case))
        )
        places = _places(candidates, answer)
        right.append(places)
        if places is None:
            history = history.unspoken(2)
        elif places[0] == len(candidates):
            history = history.unspoken()
        else:
            mention = int(candidates[places[0]])
            paragraph = cases.stream.sentences[context.sentence].paragraph
            history = history.spoken(Turn(context, paragraph, mention, int(cases.entities[mention])))
    return Example(cases, tuple(right), tuple(turns))


def _places(candidates: Ints, answer: Answer) -> tuple[int, ...] | None:
    if answer is None:
        return None
    if not answer:
        return (len(candidates),)
    return tuple(np.flatnonzero(np.isin(candidates, answer)).tolist()) or None
