"""What ranking needs of an article, worked out once: the spans to attribute and who could speak them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotes.extraction.attribution.candidates import (
    Clauses,
    SpanContext,
    ahead_candidates,
    lead_in_candidates,
    local_candidates,
    span_context,
)
from quotes.extraction.attribution.features import Features, build
from quotes.extraction.attribution.finding import Finding
from quotes.extraction.attribution.messages import message
from quotes.extraction.attribution.nonspeech import SpanType, judge
from quotes.extraction.attribution.pairs import Reading
from quotes.extraction.attribution.passives import passive
from quotes.extraction.attribution.rule_scores import rule_score
from quotes.extraction.attribution.signatures import Signature, signers
from quotes.extraction.attribution.vocabulary import Ints, Vocabulary
from quotes.extraction.mentions.finder import MentionIndex
from quotes.extraction.text.headings import headings
from quotes.extraction.text.stream import Stream

_RULED = 0.35  # of a rule's score: from here it is taken for a finding


@dataclass(frozen=True, slots=True)
class Cases:
    """The spans of an article that can be quotes, in order, with the features of all their pairs.

    signers    span -> whose name stands below it
    findings   whose each span is, where the text says so plainly
    headings   spans that are crossheads
    entities   mention -> number of the person or organisation that it stands for
    """

    stream: Stream
    mentions: MentionIndex
    contexts: tuple[SpanContext, ...]
    span_types: tuple[SpanType, ...]
    readings: tuple[tuple[Reading, ...], ...]
    signers: tuple[Signature | None, ...]
    findings: tuple[Finding | None, ...]
    headings: frozenset[int]
    entities: Ints
    features: Features

    def ruled(self, case: int) -> bool:
        """Whether a rule finds a speaker for the span."""
        return any(score >= _RULED for _, score in self.readings[case])

    def candidates(self, case: int) -> Ints:
        """Numbers of the mentions that could speak the span."""
        starts = self.features.starts
        return self.features.mention[starts[case] : starts[case + 1]]


def find_cases(
    stream: Stream, mentions: MentionIndex, entities: Sequence[int], vocabulary: Vocabulary
) -> Cases:
    """Every quoted span but those that can be no quote at all."""
    clauses = Clauses(stream, mentions)
    judged = [(context, judge(stream, context)) for context in _contexts(stream)]
    kept = [(context, span_type) for context, span_type in judged if span_type is not SpanType.DROP]
    contexts, span_types = tuple(c for c, _ in kept), tuple(v for _, v in kept)
    readings = tuple(_readings(clauses, context) for context in contexts)
    features = build(stream, mentions, vocabulary, contexts, span_types, readings, entities)
    return Cases(
        stream,
        mentions,
        contexts,
        span_types,
        readings,
        signers(stream, mentions),
        tuple(message(clauses, context) or passive(clauses, context) for context in contexts),
        headings(stream),
        np.array(entities, np.int32),
        features,
    )


def _contexts(stream: Stream) -> list[SpanContext]:
    return [span_context(stream, span) for span in range(len(stream.spans))]


def _readings(clauses: Clauses, context: SpanContext) -> tuple[Reading, ...]:
    found = [*local_candidates(clauses, context), *lead_in_candidates(clauses, context)]
    if context.alone:
        found.extend(ahead_candidates(clauses, context))
    return tuple((candidate, rule_score(context, candidate)) for candidate in found)
