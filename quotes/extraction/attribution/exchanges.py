"""Quotes that stand side by side: a question and its answer, words between two people."""

from collections.abc import Sequence

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Rule, SpanContext
from quotes.extraction.attribution.cases import Cases
from quotes.extraction.attribution.decoding import Decision
from quotes.extraction.mentions.finder import Mention


def is_asked_of_its_speaker(cases: Cases, case: int, decisions: Sequence[Decision]) -> bool:
    """ "Is it open?" "Not yet," said Lee: the answer is Lee's, the question is not.

    Two who speak in turn have every other quote. Not so if Lee had the word just before.
    """
    contexts, here = cases.contexts, decisions[case]
    if here.mention is None or not contexts[case].alone or not contexts[case].words.endswith("?"):
        return False
    end = case + 1 if _is_answered_in_time(cases, case) else _last_of_row(cases, case)
    answer = decisions[end].mention
    if (end - case) % 2 == 0 or answer is None or cases.entities[answer] != cases.entities[here.mention]:
        return False
    last = here.history.last
    if last is None or last.entity != cases.entities[answer]:
        return True
    in_row = last.context.token == contexts[case].token - 1 and _in_one_paragraph(cases, contexts[case])
    return in_row or contexts[case].sentence - last.context.sentence > 1


def _is_answered_in_time(cases: Cases, case: int) -> bool:
    """ "Did you pay?" Lee paused. "I did," he said: one sentence between, of somebody who is asked."""
    here = cases.contexts[case].sentence
    following = cases.contexts[case + 1] if case + 1 < len(cases.contexts) else None
    if following is None or following.alone or following.sentence != here + 2:
        return False
    between = cases.stream.sentences[here + 1]
    return any(cases.stream.lower(index) in _PAUSES for index in range(between.first, between.last))


_PAUSES = lexicon.words(
    "paused pauses hesitated hesitates thought thinks considered nodded nods blinked blinks"
)


def _last_of_row(cases: Cases, case: int) -> int:
    """The last of the quotes that follow each other with no word between, if it has its own attribution."""
    contexts, spans = cases.contexts, cases.stream.spans
    last = case
    while last + 1 < len(contexts) and contexts[last + 1].token == contexts[last].token + 1:
        last += 1
        if spans[contexts[last].span].continues:
            return case
    return case if contexts[last].alone else last


def spoken_of_before(cases: Cases, case: int, decision: Decision) -> tuple[Rule, Mention] | None:
    """Who has the word or is spoken of just before a quote whose speaker was sought in the next sentence.

    Moss shook her head. "We cannot wait." The skipper Finn disagreed.
    """
    context, mention = cases.contexts[case], decision.mention
    if mention is None or not context.alone or cases.mentions.all[mention].first < context.token:
        return None
    if not _in_one_paragraph(cases, context) or _is_known_here(cases, context, decision):
        return None
    before, rule = _before(cases, case, decision)
    if before is None or cases.entities[before] == cases.entities[mention]:
        return None
    return rule, cases.mentions.all[before]


def _in_one_paragraph(cases: Cases, context: SpanContext) -> bool:
    sentences = cases.stream.sentences
    number = context.sentence
    return number > 0 and sentences[number - 1].paragraph == sentences[number].paragraph


def _is_known_here(cases: Cases, context: SpanContext, decision: Decision) -> bool:
    """Whether the speaker had the word last, or is spoken of earlier in the paragraph."""
    last, speaker = decision.history.last, cases.entities[decision.mention or 0]
    if last is not None and last.entity == speaker:
        return True
    first, sentences = context.sentence, cases.stream.sentences
    while first and sentences[first - 1].paragraph == sentences[context.sentence].paragraph:
        first -= 1
    nearby = cases.mentions.numbers(sentences[first].first, context.token)
    return bool((cases.entities[nearby.start : nearby.stop] == speaker).any())


def _before(cases: Cases, case: int, decision: Decision) -> tuple[int | None, Rule]:
    """The number of a mention, and how it is tied to the span."""
    last = decision.history.last
    if last is not None and last.mention >= 0 and last.context.sentence == cases.contexts[case].sentence - 1:
        return last.mention, Rule.FOLLOW_ON
    for reading, _ in cases.readings[case]:
        if reading.rule is Rule.TOPIC and not reading.mention.plural:
            return cases.mentions.numbers(reading.mention.first, reading.mention.last).start, Rule.TOPIC
    return None, Rule.TOPIC
