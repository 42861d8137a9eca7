"""Which mention speaks which span, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import lexicon
from .candidates import (
    Candidate,
    Clauses,
    Rule,
    SpanContext,
    ahead_candidates,
    lead_in_candidates,
    local_candidates,
    span_context,
)
from .mentions import Mention, MentionIndex, MentionKind
from .nonspeech import Verdict, judge
from .ranking import LEAST, Ranked, Ranker
from .stream import Stream
from .transcripts import label


@dataclass(frozen=True, slots=True)
class Attribution:
    """The reading chosen for one span; `mention` is None when nobody is found.

    partners  further mentions that speak the same words jointly
    score     0..1, how sure the mention is (not yet who it is)
    """

    context: SpanContext
    mention: Mention | None = None
    partners: tuple[Mention, ...] = ()
    cue: tuple[int, int] | None = None
    rule: Rule | None = None
    score: float = 0.0
    reason: str = ""
    term: bool = False


def attribute(stream: Stream, mentions: MentionIndex, ranker: Ranker) -> list[Attribution]:
    """One attribution a span, in order; spans that are no quotes at all are left out."""
    clauses = Clauses(stream, mentions)
    done: list[Attribution] = []
    for span in range(len(stream.spans)):
        context = span_context(stream, span)
        verdict = judge(stream, context)
        if verdict is Verdict.DROP:
            continue
        if verdict is Verdict.TERM:
            done.append(Attribution(context, reason="a term, a title or a sign, not speech", term=True))
            continue
        before = next((a for a in reversed(done[-4:]) if not a.term), None)
        candidates = [*_candidates(clauses, context, before), *_turn(stream, context, done)]
        done.append(_decide(stream, mentions, context, ranker.rank(context, candidates)))
    return done


def _turn(stream: Stream, context: SpanContext, done: Sequence[Attribution]) -> list[Candidate]:
    """In a dialogue of paragraphs that only quote, the speaker before last has the word."""
    if len(done) < 2 or not context.alone or stream.spans[context.span].continues:
        return []
    last, other = done[-1], done[-2]
    numbers = [
        stream.sentences[a.context.sentence].paragraph
        for a in (
            other,
            last,
        )
    ]
    here = stream.sentences[context.sentence].paragraph
    adjacent = here - numbers[1] == 1 and numbers[1] - numbers[0] == 1
    if not adjacent or other.mention is None or last.mention is None or not _opens_paragraph(stream, last):
        return []
    if _same_words(other.mention, last.mention):
        return []
    return [Candidate(Rule.TURN, other.mention)]


def _opens_paragraph(stream: Stream, attribution: Attribution) -> bool:
    sentence = attribution.context.sentence
    return sentence == 0 or stream.sentences[sentence - 1].paragraph < stream.sentences[sentence].paragraph


def _same_words(one: Mention, other: Mention) -> bool:
    return one.name.lower().split()[-1] == other.name.lower().split()[-1]


def _decide(
    stream: Stream, mentions: MentionIndex, context: SpanContext, ranked: Sequence[Ranked]
) -> Attribution:
    best = ranked[0] if ranked else None
    if best is None or best.score < LEAST:
        return Attribution(context, reason="nobody is said to speak these words")
    candidate = best.candidate
    mention = _second(stream, mentions, candidate) or candidate.mention
    if _is_denied(stream, candidate):
        best = replace(best, score=best.score * _DENIED, reason=f"denied or asked, not said: {best.reason}")
    partners = _partners(stream, mentions, mention)
    if not partners and _may_be_another(stream, candidate):
        best = replace(best, score=best.score * _SHARED, reason=f"somebody else may speak: {best.reason}")
    return Attribution(
        context=context,
        mention=mention,
        partners=partners,
        cue=candidate.cue,
        rule=candidate.rule,
        score=best.score,
        reason=best.reason,
    )


def _candidates(clauses: Clauses, context: SpanContext, before: Attribution | None) -> list[Candidate]:
    speaker = label(clauses.stream, context.span)
    if speaker is not None:
        return [Candidate(Rule.LABEL, speaker)]
    found = list(local_candidates(clauses, context))
    if before is not None and before.mention is not None:
        found.extend(_carried(clauses.stream, context, before, bool(found)))
    if not context.alone:
        return found
    found.extend(ahead_candidates(clauses, context))
    if not any(c.rule in (Rule.FOLLOW_ON, Rule.CONTINUED) for c in found):
        found.extend(lead_in_candidates(clauses, context))
    return found


def _carried(stream: Stream, context: SpanContext, before: Attribution, has_local: bool) -> list[Candidate]:
    """The speaker of the span before goes on."""
    mention = before.mention
    if mention is None:
        return []
    rule = _carry_rule(stream, context, before, has_local)
    if rule is None:
        return []
    inherited = min(1.0, before.score / 0.95)
    return [Candidate(rule, mention, before.cue if rule is Rule.SHARED else None, inherited=inherited)]


def _carry_rule(stream: Stream, context: SpanContext, before: Attribution, has_local: bool) -> Rule | None:
    span = stream.spans[context.span]
    if span.continues and before.context.span == context.span - 1:
        return Rule.CONTINUED
    if has_local:
        return None
    if before.context.sentence == context.sentence:
        return Rule.SHARED
    if not context.alone:
        return None
    here = stream.sentences[context.sentence]
    there = stream.sentences[before.context.sentence]
    if here.paragraph == there.paragraph:
        return Rule.FOLLOW_ON if context.sentence - before.context.sentence == 1 else None
    adjacent = here.paragraph == there.paragraph + 1 and before.context.sentence == context.sentence - 1
    return Rule.NEXT_PARAGRAPH if adjacent else None


_SHARED = 0.7  # of the confidence in one of several who seem to speak
_DENIED = 0.6  # of the confidence in words that are said not to have been said
_NEGATIONS = frozenset({"never", "not", "neither", "nor", "nobody", "denied", "denies", "didn't", "wouldn't"})


def _is_denied(stream: Stream, candidate: Candidate) -> bool:
    """Lee never said "...", not Lee said, neither Lee nor Ek would say, did Lee say "..."?"""
    mention = candidate.mention
    before = mention.begin - 1
    if stream.lower(before) in ("not", "nor", "neither"):
        return True
    if mention.name == "who" and any(
        stream.lower(index) == "not" and stream.lower(index - 1) == "," for index in range(before - 6, before)
    ):
        return True  # Lee, not Ek, who said
    if candidate.cue is None or candidate.cue[0] < mention.last:
        return False
    between = {stream.lower(index) for index in range(mention.last, candidate.cue[0])}
    asked = stream.lower(mention.begin - 1) in ("did", "does", "do") and len(between) <= 1
    return asked or bool(between & _NEGATIONS)


def _may_be_another(stream: Stream, candidate: Candidate) -> bool:
    """Wexmouth and Lee said, Lee, whose party said, Lee held a sign that said."""
    mention, cue = candidate.mention, candidate.cue
    before = mention.begin - 1
    if stream.lower(before) == "the":
        before -= 1
    if mention.kind is MentionKind.NAME and stream.lower(before) == "and" and before > 0:
        return stream.tokens[before - 1].is_capital
    if cue is None or cue[0] <= mention.last:
        return False
    between = [stream.lower(index) for index in range(mention.last, cue[0])]
    return "whose" in between or (len(between) > 1 and between[-1] in ("that", "which"))


def _second(stream: Stream, mentions: MentionIndex, candidate: Candidate) -> Mention | None:
    """The B of "said A and B"."""
    first = candidate.mention
    inverted = candidate.cue is not None and candidate.cue[1] <= first.begin
    if not inverted or first.kind is not MentionKind.NAME or stream.lower(first.last) != "and":
        return None
    other = mentions.at(first.last + 1)
    if other is None or other.kind is not first.kind or other.speaker_kind is not first.speaker_kind:
        return None
    ends = stream.lower(other.last) in (".", ",", ";", "") or stream.lower(other.last) in lexicon.PREPOSITIONS
    return other if ends else None


def _partners(stream: Stream, mentions: MentionIndex, mention: Mention) -> tuple[Mention, ...]:
    """The A of "A and B said", the A and B of "A, B and C said"."""
    if mention.kind is MentionKind.PRONOUN:
        return ()
    found: list[Mention] = []
    link, last = "and", mention
    while (other := _linked(stream, mentions, last, link)) and _can_join(stream, other, mention):
        found.insert(0, other)
        link, last = ",", other
    return tuple(found) if found and _opens(stream, found[0]) else ()


def _linked(stream: Stream, mentions: MentionIndex, mention: Mention, link: str) -> Mention | None:
    """The mention that ends just before `link` and `mention`."""
    before = mention.begin - 1
    if stream.lower(before) == "the":
        before -= 1
    return mentions.ending_at(before) if stream.lower(before) == link else None


_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "another"})


def _can_join(stream: Stream, other: Mention, mention: Mention) -> bool:
    if mention.kind is MentionKind.ROLE and stream.lower(mention.first) not in _ARTICLES:
        return False  # "the mayor and candidate" is one person
    same = other.kind is mention.kind and other.speaker_kind is mention.speaker_kind
    return same and not other.oblique and stream.sentence_of[other.first] == stream.sentence_of[mention.first]


def _opens(stream: Stream, mention: Mention) -> bool:
    before = mention.first - 1
    if before < 0 or stream.sentence_of[before] != stream.sentence_of[mention.first]:
        return True
    return (
        stream.tokens[before].is_quote
        or stream.lower(before)
        in (
            ",",
            "the",
            "said",
            "that",
            "when",
            "both",
        )
        or stream.lower(before) in lexicon.SAY_VERBS
    )
