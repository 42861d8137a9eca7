"""Attributed spans -> utterances: parts joined over an interrupting clause or a paragraph break."""

from collections.abc import Sequence

from quotes.english import lexicon
from quotes.extraction.attribution.attribute import Attribution
from quotes.extraction.attribution.candidates import Rule
from quotes.extraction.attribution.transcripts import label_length
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import QuoteKind, Span

_CLAUSE = 25  # tokens of an attribution clause inside one utterance
_TERMINAL = ".!?…"
_STARTS_CLAUSE = lexicon.words(
    """
    i we you he she it they there this that these those i'm i've we're we've it's he's she's they're
    you're that's don't if when what let's my our no yes
    """
)


def group_utterances(stream: Stream, attributions: Sequence[Attribution]) -> list[list[Attribution]]:
    """Runs of attributions that are one utterance, in order."""
    groups: list[list[Attribution]] = []
    for attribution in attributions:
        if groups and _goes_on(stream, groups[-1][-1], attribution):
            groups[-1].append(attribution)
        else:
            groups.append([attribution])
    return groups


def _goes_on(stream: Stream, first: Attribution, second: Attribution) -> bool:
    if second.context.span != first.context.span + 1 or first.mention is None:
        return False
    if stream.spans[second.context.span].continues:
        return second.rule is Rule.CONTINUED
    return _is_interrupted(stream, first, second)


def _is_interrupted(stream: Stream, first: Attribution, second: Attribution) -> bool:
    """ "X," he said, "y": the first part waits, the clause between is only an attribution."""
    if first.context.sentence != second.context.sentence or first.rule not in (Rule.AFTER, Rule.ACCORDING):
        return False
    if first.cue is None or not first.context.token < first.cue[0] < second.context.token:
        return False
    if first.context.words[-1] in _TERMINAL and not second.context.words[0].islower():
        return False
    between = range(first.context.token + 1, second.context.token)
    if len(between) > _CLAUSE or not between:
        return False
    if stream.tokens[between[-1]].text in (",", "—", "–", "-"):
        return _only_attribution(stream, first, between)
    end = max(first.cue[1], first.mention.last if first.mention else 0)
    return second.context.words[0].islower() and between[-1] + 1 == end


def _only_attribution(stream: Stream, first: Attribution, between: range) -> bool:
    """No second verb of speaking ("he said, calling it") stands between the parts."""
    end = max(first.cue[1] if first.cue else 0, first.mention.last if first.mention else 0)
    return all(not stream.lower(index).endswith("ing") for index in range(end, between[-1]))


def segments(stream: Stream, group: Sequence[Attribution]) -> tuple[Span, ...]:
    """Where the words stand, marks left out; the last segment without the comma before an attribution."""
    spans = [stream.spans[a.context.span].inner for a in group]
    skipped = label_length(stream, group[0].context.span)
    spans[0] = Span(spans[0].start + skipped, spans[0].end)
    last = spans[-1]
    end = last.end
    while end > last.start + 1 and (stream.text[end - 1] == "," or stream.text[end - 1].isspace()):
        end -= 1
    return (*spans[:-1], Span(last.start, end))


def quote_kind(stream: Stream, group: Sequence[Attribution]) -> QuoteKind:
    """Direct for whole clauses and sentences, partial for words in the reporter's sentence."""
    first = group[0]
    context = first.context
    words = context.words.split()
    if context.alone or len(group) > 1:
        return QuoteKind.DIRECT
    whole = words[0].strip("\"'“‘[(").lower() in _STARTS_CLAUSE or words[0][:1].isupper()
    opens = stream.sentences[context.sentence].first == context.token
    introduced = stream.lower(context.token - 1) in (",", ":") and not opens
    if opens and first.rule in (Rule.AFTER, Rule.ACCORDING, Rule.SIGNED):
        return QuoteKind.DIRECT
    if introduced and first.rule in (Rule.BEFORE, Rule.COLON, Rule.LEAD_IN) and (whole or len(words) > 4):
        return QuoteKind.DIRECT
    return QuoteKind.DIRECT if whole and len(words) >= 5 else QuoteKind.PARTIAL


def context_span(stream: Stream, group: Sequence[Attribution]) -> Span:
    """The reporter's sentences from the first to the last part."""
    first = stream.sentences[group[0].context.sentence]
    last = stream.sentences[group[-1].context.sentence]
    return Span(stream.tokens[first.first].start, stream.tokens[last.last - 1].end)
