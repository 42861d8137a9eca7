"""How much each construction is worth by itself: a feature of the ranker, and its reason in words."""

from quotes.extraction.attribution.candidates import Candidate, Rule, SpanContext
from quotes.extraction.mentions.clauses import CueKind
from quotes.extraction.mentions.finder import MentionKind

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
    Rule.TOPIC: 0.66,
    Rule.AHEAD: 0.85,
    Rule.SIGNED: 0.92,
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
    Rule.CONTEXT: "the words around the quote, with no verb of saying that leads to it",
    Rule.SIGNED: "name after a dash at the end of the quote",
}
_KIND_FACTOR = {CueKind.SAY: 1.0, CueKind.ACT: 0.97, CueKind.THINK: 0.93, CueKind.ACCORDING: 1.0}
_VAGUE = frozenset({"it", "they"})  # often what is spoken of, seldom who speaks


def rule_score(context: SpanContext, candidate: Candidate) -> float:
    """0..1: a hand-set value for the construction, lowered by distance and doubt."""
    score = _BASE[candidate.rule]
    if candidate.cue_kind is not None and candidate.rule is not Rule.TOPIC:
        score *= _KIND_FACTOR[candidate.cue_kind]
    score *= max(0.3, 1.0 - 0.05 * candidate.cost)
    score *= 0.9**candidate.rank
    if candidate.mention.name in _VAGUE and candidate.rule in (Rule.GOVERNED, Rule.BEFORE):
        score *= 0.85
    if candidate.rule is Rule.GOVERNED:
        argued = candidate.cue_kind is CueKind.SAY or candidate.argument
        score *= (1.0 if argued else 0.74) * max(0.6, 1.0 - 0.008 * candidate.distance)
    return score * _topic_factor(context, candidate) if candidate.rule is Rule.TOPIC else score


def rule_reason(rule: Rule, lemma: str = "") -> str:
    """The construction in words."""
    return _REASON[rule].replace("{cue}", lemma or "says")


def _topic_factor(context: SpanContext, candidate: Candidate) -> float:
    factor = 1.0 if candidate.distance == 0 else 0.85
    if candidate.cue_kind is CueKind.SAY and candidate.cost < 1.0:
        factor *= 1.15
    if candidate.mention.kind is MentionKind.ROLE:
        factor *= 0.9
    return factor if len(context.words.split()) > 3 else factor * 0.5
