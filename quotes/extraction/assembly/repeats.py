"""Words quoted again with no verb of saying: they belong to whoever the article says spoke them.

Unless it is a term that the article repeats, and nobody surely says.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from quotes.extraction.attribution.attribute import Attribution
from quotes.extraction.attribution.candidates import Rule
from quotes.extraction.attribution.cases import Cases
from quotes.extraction.attribution.nonspeech import SpanType
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.mentions.subjects import main_subject
from quotes.extraction.text.headings import folded, repeats

_SURE = 0.8  # the subject of the sentence is one of those who spoke the words elsewhere
_REPORTED = 0.72  # somebody else is
_HEADED = 0.95  # a heading has them
_TERM_WORDS = 3
_SAID = 0.6  # how surely somebody says a few words that are repeated, and no term


def add_repeats(
    cases: Cases, coreference: Coreference, attributions: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions, with a speaker for the words that another quote of the article attributes."""
    attributions = without_terms(attributions)
    spoken = {_folded(a): a for a in reversed(attributions) if a.mention is not None}
    found = [
        _repeat(cases, coreference, a, spoken.get(_folded(a))) if span_type is SpanType.SPEECH else a
        for a, span_type in zip(attributions, cases.span_types, strict=True)
    ]
    if not cases.headings:
        return found
    said = [(folded(a.context.words), a) for a in attributions if a.mention is not None]
    return [
        _headed(coreference, a, said) if a.context.span in cases.headings and b.rule is not Rule.SIGNED else b
        for a, b in zip(attributions, found, strict=True)
    ]


def _folded(attribution: Attribution) -> str:
    return " ".join(attribution.context.words.casefold().strip(" ,.!?").split())


def without_terms(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, with nobody for a few words that stand more than once and that nobody surely says."""
    scores: dict[str, list[float]] = defaultdict(list)
    for each in attributions:
        scores[_folded(each)].append(each.score * each.doubt)
    terms = {
        words
        for words, found in scores.items()
        if len(found) > 1 and len(words.split()) <= _TERM_WORDS and max(found) < _SAID
    }
    reason = "a term that the article repeats, and nobody surely says"
    return [
        Attribution(each.context, reason=reason)
        if each.mention is not None and _folded(each) in terms
        else each
        for each in attributions
    ]


def _headed(
    coreference: Coreference, here: Attribution, said: Sequence[tuple[list[str], Attribution]]
) -> Attribution:
    """A heading with the speaker of the words that it repeats, if that is one person."""
    heading = folded(here.context.words)
    there = [a for words, a in said if repeats(heading, words)]
    names = {_name(coreference, mention) for a in there if (mention := a.mention) is not None}
    if len(names) != 1:
        return here
    surest = max(there, key=lambda a: a.score)
    score = min(_HEADED, surest.score)
    reason = "a heading: the same words are attributed elsewhere in the article"
    return replace(
        here,
        mention=surest.mention,
        partners=surest.partners,
        rule=Rule.ECHO,
        score=score,
        doubt=surest.doubt,
        reason=reason,
    )


def _repeat(
    cases: Cases, coreference: Coreference, here: Attribution, there: Attribution | None
) -> Attribution:
    if here.mention is not None or there is None or there.mention is None or " " not in _folded(here):
        return here
    speakers = (*there.partners, there.mention)
    subject = main_subject(cases.stream, cases.mentions, cases.stream.sentences[here.context.sentence])
    names = {_name(coreference, mention) for mention in speakers} - {""}
    reason = "the same words are attributed elsewhere in the article"
    if subject is not None and _name(coreference, subject) in names:
        return replace(here, mention=subject, rule=Rule.ECHO, score=min(_SURE, there.score), reason=reason)
    score = min(_REPORTED, there.score * 0.9)
    return replace(
        here, mention=there.mention, partners=there.partners, rule=Rule.ECHO, score=score, reason=reason
    )


def _name(coreference: Coreference, mention: Mention) -> str:
    found = coreference.speaker(mention)
    return found[0].name if found else ""
