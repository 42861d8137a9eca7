"""The seam between finding candidates and trusting one: rules today, a trained model by the same door."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from .candidates import Candidate, Rule, SpanContext
from .clauses import CueKind
from .mentions import MentionKind


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with the probability that its mention is the span's speaker, and why."""

    candidate: Candidate
    score: float
    reason: str


class Ranker(Protocol):
    """Orders the candidates of one span."""

    def rank(self, context: SpanContext, candidates: Sequence[Candidate]) -> list[Ranked]:
        """Best first. An empty list, or a best score under `LEAST`, means that nobody is found."""


LEAST = 0.35

_BASE: dict[Rule, float] = {
    Rule.AFTER: 0.98,
    Rule.BEFORE: 0.96,
    Rule.GOVERNED: 0.9,
    Rule.TAIL: 0.87,
    Rule.AS: 0.55,
    Rule.ACCORDING: 0.93,
    Rule.COLON: 0.93,
    Rule.LEAD_IN: 0.88,
    Rule.SHARED: 0.9,
    Rule.FOLLOW_ON: 0.95,
    Rule.NEXT_PARAGRAPH: 0.68,
    Rule.TURN: 0.69,
    Rule.CONTINUED: 0.97,
    Rule.TOPIC: 0.66,
    Rule.AHEAD: 0.85,
    Rule.SIGNED: 0.92,
    Rule.LABEL: 0.95,
}
_REASON: dict[Rule, str] = {
    Rule.AFTER: "'{cue}' next to the quote",
    Rule.BEFORE: "'{cue}' leads to the quote",
    Rule.TAIL: "'{cue}' at the end of the sentence",
    Rule.AS: "subject of the sentence, the quote follows 'as'",
    Rule.GOVERNED: "the quote stands in a clause that '{cue}' governs",
    Rule.ACCORDING: "'according to' in the same sentence",
    Rule.COLON: "name and colon before the quote",
    Rule.LEAD_IN: "the words before the quote lead up to it",
    Rule.SHARED: "one '{cue}' for several quotes",
    Rule.FOLLOW_ON: "goes on after a quote of the same speaker",
    Rule.TURN: "the speakers take turns, paragraph by paragraph",
    Rule.NEXT_PARAGRAPH: "a paragraph of only a quote after one of the same speaker",
    Rule.CONTINUED: "the quote before is carried over the paragraph break",
    Rule.TOPIC: "subject of the sentence before, no verb of saying beside the quote",
    Rule.AHEAD: "goes before a quote of the same speaker",
    Rule.LABEL: "the quote opens with the name and a colon, as in a transcript",
    Rule.SIGNED: "name after a dash at the end of the quote",
}
_KIND_FACTOR = {CueKind.SAY: 1.0, CueKind.ACT: 0.97, CueKind.THINK: 0.93, CueKind.ACCORDING: 1.0}
_VAGUE = frozenset({"it", "they"})  # often what is spoken of, seldom who speaks


class RuleRanker:
    """Hand-set probabilities for each construction, lowered by distance and doubt."""

    def rank(self, context: SpanContext, candidates: Sequence[Candidate]) -> list[Ranked]:
        ranked = [Ranked(c, self._score(context, c), self._reason(c)) for c in candidates]
        return sorted(ranked, key=lambda r: -r.score)

    def _score(self, context: SpanContext, candidate: Candidate) -> float:
        score = _BASE[candidate.rule] * candidate.inherited
        if candidate.cue_kind is not None and candidate.rule is not Rule.TOPIC:
            score *= _KIND_FACTOR[candidate.cue_kind]
        score *= max(0.3, 1.0 - 0.05 * candidate.cost)
        score *= 0.9**candidate.rank
        if candidate.mention.name in _VAGUE and candidate.rule in (Rule.GOVERNED, Rule.BEFORE):
            score *= 0.85
        if (
            candidate.rule is Rule.GOVERNED
            and candidate.cue_kind is not CueKind.SAY
            and not candidate.argument
        ):
            score *= 0.74
        if candidate.rule is Rule.GOVERNED:
            score *= max(0.6, 1.0 - 0.008 * candidate.distance)
        if candidate.rule is Rule.TOPIC:
            score *= _topic_factor(context, candidate)
        return score

    def _reason(self, candidate: Candidate) -> str:
        return _REASON[candidate.rule].replace("{cue}", candidate.lemma or "says")


def _topic_factor(context: SpanContext, candidate: Candidate) -> float:
    factor = 1.0 if candidate.distance == 0 else 0.85
    if candidate.cue_kind is CueKind.SAY and candidate.cost < 1.0:
        factor *= 1.15
    if candidate.mention.kind is MentionKind.ROLE:
        factor *= 0.9
    return factor if len(context.words.split()) > 3 else factor * 0.5
