"""Which mention speaks which span, or nobody, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Candidate, Rule, SpanContext
from quotes.extraction.attribution.cases import Cases
from quotes.extraction.attribution.decoding import Decision, Given, Ranker, decode
from quotes.extraction.attribution.denials import is_denied, uttering
from quotes.extraction.attribution.exchanges import is_asked_of_its_speaker, spoken_of_before
from quotes.extraction.attribution.finding import Finding
from quotes.extraction.attribution.joint import partners_of, second_of
from quotes.extraction.attribution.messages import author_of
from quotes.extraction.attribution.nonspeech import SpanType
from quotes.extraction.attribution.relays import relayed
from quotes.extraction.attribution.rule_scores import rule_reason
from quotes.extraction.attribution.transcripts import label
from quotes.extraction.attribution.turns import Turn
from quotes.extraction.mentions.clauses import CueKind
from quotes.extraction.mentions.finder import Mention, MentionKind
from quotes.extraction.mentions.subjects import whose_words
from quotes.extraction.text.stream import Stream


@dataclass(frozen=True, slots=True)
class Attribution:
    """The reading chosen for one span; `mention` is None when nobody is found.

    partners  further mentions that speak the same words jointly
    score     0..1, how sure it is that this person speaks (not yet who it is)
    doubt     the share of the confidence that is left, where the sentence denies or shares the words
    """

    context: SpanContext
    mention: Mention | None = None
    partners: tuple[Mention, ...] = ()
    cue: tuple[int, int] | None = None
    rule: Rule | None = None
    score: float = 0.0
    reason: str = ""
    doubt: float = 1.0


def attribute(cases: Cases, ranker: Ranker, labels: Sequence[Given | None]) -> list[Attribution]:
    """One attribution a case, in order."""
    decisions = decode(cases, ranker, labels)
    moved: dict[int, Mention] = {}
    return [
        Attribution(cases.contexts[case], reason="a question that the next quote answers")
        if is_asked_of_its_speaker(cases, case, decisions)
        else _attribution(cases, case, decision, moved)
        for case, decision in enumerate(decisions)
    ]


_LABEL_SCORE = 0.97
_FOUND_SCORE = 0.98
_BEFORE_SCORE = 0.8
_OUTRIGHT = 0.9


def _attribution(cases: Cases, case: int, decision: Decision, moved: dict[int, Mention]) -> Attribution:
    """`moved`: spans that are another's than the decision says, and whose they are; added to here."""
    stream, context = cases.stream, cases.contexts[case]
    speaker = label(stream, context.span)
    if speaker is not None:
        return Attribution(
            context, speaker, rule=Rule.LABEL, score=_LABEL_SCORE, reason=rule_reason(Rule.LABEL)
        )
    signed = cases.signers[context.span]
    if signed is not None and signed.mention is not None:
        rule = Rule.CONTINUED if stream.spans[context.span].continues else Rule.SIGNED
        reason = rule_reason(Rule.SIGNED)
        return Attribution(context, signed.mention, rule=rule, score=signed.score, reason=reason)
    finding = cases.findings[case]
    if finding is not None:
        return _found(context, finding)
    if decision.mention is None:
        return _outright(cases, case) or Attribution(context, reason=_why_nobody(cases, case))
    mention = cases.mentions.all[decision.mention]
    quoted = relayed(stream, cases.readings[case], mention) or _gone_on(cases, case, decision, moved)
    if quoted is not None:
        moved[context.span] = quoted
    mention = _whose_words(cases, case) or quoted or mention
    candidate = _explain(cases, case, decision, mention)
    speaker = second_of(stream, cases.mentions, candidate) or mention
    partners = partners_of(stream, cases.mentions, speaker)
    found = Attribution(
        context=context,
        mention=speaker,
        partners=partners,
        cue=candidate.cue,
        rule=candidate.rule,
        score=decision.probability,
        reason=rule_reason(candidate.rule, candidate.lemma),
    )
    author = author_of(stream, cases.mentions, speaker)
    if author is not None:
        reason = f"whose '{speaker.name}' it is; {found.reason}"
        return replace(
            found, mention=author, partners=(), score=min(found.score, _FOUND_SCORE), reason=reason
        )
    earlier = spoken_of_before(cases, case, decision) if candidate.rule is Rule.CONTEXT else None
    if earlier is not None:
        rule, before = earlier
        moved[context.span] = before
        return replace(found, mention=before, rule=rule, score=_BEFORE_SCORE, reason=rule_reason(rule))
    if is_denied(stream, cases.mentions, context, candidate):
        return replace(found, doubt=_DENIED, reason=f"denied, asked or supposed, not said: {found.reason}")
    if not partners and (
        _may_be_another(stream, candidate) or _has_another_subject(stream, candidate, context)
    ):
        return replace(found, doubt=_SHARED, reason=f"somebody else may speak: {found.reason}")
    return found


def _found(context: SpanContext, finding: Finding) -> Attribution:
    candidate = finding.candidate
    if candidate is None:
        return Attribution(context, reason=finding.reason)
    return Attribution(
        context,
        candidate.mention,
        cue=candidate.cue,
        rule=candidate.rule,
        score=_FOUND_SCORE,
        reason=finding.reason,
    )


def _outright(cases: Cases, case: int) -> Attribution | None:
    """“No,” said the Grain Council: whatever the words, a title does not end so before a verb of saying."""
    context = cases.contexts[case]
    opens = cases.stream.sentences[context.sentence].first == context.token
    if not opens or context.words[-1] not in ",!?" or cases.span_types[case] is not SpanType.SPEECH:
        return None
    for reading, _ in cases.readings[case]:
        if reading.rule is Rule.AFTER and reading.cue_kind is CueKind.SAY and not reading.distance:
            reason = rule_reason(reading.rule, reading.lemma)
            return Attribution(
                context, reading.mention, cue=reading.cue, rule=reading.rule, score=_OUTRIGHT, reason=reason
            )
    return None


def _why_nobody(cases: Cases, case: int) -> str:
    if cases.span_types[case] is SpanType.TERM:
        return "a term, a title or a sign, not speech"
    if cases.signers[cases.contexts[case].span] is not None:
        return "signed by somebody whom the article does not name"
    if cases.contexts[case].span in cases.headings:
        return "a heading, and nobody says these words in the article"
    return "nobody is said to speak these words"


def _whose_words(cases: Cases, case: int) -> Mention | None:
    """The X of "quoted X as saying", "recalled X telling": too plain to be weighed, too rare to be learnt."""
    stream = cases.stream
    for reading, _ in cases.readings[case]:
        cue = reading.cue[0] if reading.cue else 0
        plain = stream.lower(cue).endswith("ing") and reading.rule in (Rule.BEFORE, Rule.GOVERNED)
        if plain and whose_words(stream, cases.mentions, cue) is reading.mention:
            return reading.mention
    return None


def _gone_on(cases: Cases, case: int, decision: Decision, moved: dict[int, Mention]) -> Mention | None:
    """Whose the span before is, where this one goes on after it."""
    last = decision.history.last
    if last is None or last.mention != decision.mention or last.context.span not in moved:
        return None
    return (
        moved[last.context.span] if _reading(cases, case, cases.mentions.all[last.mention]) is None else None
    )


def _explain(cases: Cases, case: int, decision: Decision, mention: Mention) -> Candidate:
    """The construction that ties the chosen mention to the span."""
    last = decision.history.last
    carried = last is not None and last.mention == decision.mention
    if carried and last is not None:
        rule = _carried(cases, case, last)
        if rule is Rule.CONTINUED:
            return Candidate(rule, mention)
    reading = _reading(cases, case, mention)
    if reading is not None and reading.rule not in (Rule.TOPIC, Rule.AHEAD):
        return reading
    if carried and last is not None:
        return Candidate(_carried(cases, case, last), mention)
    if reading is not None:
        return reading
    other = decision.history.other
    if other is not None and other.mention == decision.mention and cases.contexts[case].alone:
        return Candidate(Rule.TURN, mention)
    return Candidate(Rule.CONTEXT, mention)


def _reading(cases: Cases, case: int, mention: Mention) -> Candidate | None:
    found = [reading for reading in cases.readings[case] if reading[0].mention.first == mention.first]
    return max(found, key=lambda reading: reading[1])[0] if found else None


def _carried(cases: Cases, case: int, last: Turn) -> Rule:
    context, stream = cases.contexts[case], cases.stream
    if stream.spans[context.span].continues and last.context.span == context.span - 1:
        return Rule.CONTINUED
    if last.context.sentence == context.sentence:
        return Rule.SHARED
    if stream.sentences[context.sentence].paragraph == last.paragraph:
        return Rule.FOLLOW_ON
    return Rule.NEXT_PARAGRAPH


_SHARED = 0.7  # of the confidence in one of several who seem to speak
_DENIED = 0.6  # of the confidence in words that are said not to have been said


_GOVERNING = lexicon.PREPOSITIONS - {"as", "than", "like", "before", "after", "since"}


def _has_pronoun_as_object(stream: Stream, index: int) -> bool:
    """called her "...", described him as; not "described her offending" """
    following = stream.lower(index + 1)
    owns = stream.lower(index) == "her" and not stream.tokens[index + 1].is_quote
    return stream.lower(index) in ("him", "her", "them") and not (owns and following not in ("a", "an", "as"))


def _has_another_subject(stream: Stream, candidate: Candidate, context: SpanContext) -> bool:
    """ "Labour called her remarks "..."": the verb's subject is nobody known, and anybody else is a guess."""
    if candidate.rule not in (Rule.CONTEXT, Rule.TOPIC):
        return False
    verb, first = uttering(stream, context, -1), stream.sentences[context.sentence].first
    if verb is None or verb == first or stream.lower(verb).endswith("ing"):
        return False
    return not first <= candidate.mention.first < verb


def _may_be_another(stream: Stream, candidate: Candidate) -> bool:
    """Wexmouth and Lee said; Lee, whose party said; Lee held a sign that said; letters to Lee called her."""
    mention, cue = candidate.mention, candidate.cue
    apposed = any(stream.lower(index) == "," for index in range(mention.begin, mention.first))
    governed = stream.lower(mention.begin - 1) in _GOVERNING and not apposed
    of_another = cue is not None and governed and mention.last <= cue[0]
    if of_another and cue is not None and _has_pronoun_as_object(stream, cue[1]):
        return True
    before = mention.begin - 1
    if stream.lower(before) == "the":
        before -= 1
    if mention.kind is MentionKind.NAME and stream.lower(before) == "and" and before > 0:
        return stream.tokens[before - 1].is_capital
    if cue is None or cue[0] <= mention.last:
        return False
    between = [stream.lower(index) for index in range(mention.last, cue[0])]
    return "whose" in between or (len(between) > 1 and between[-1] in ("that", "which"))
