"""For each quoted span: who could have said it, and by which construction of the text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from quotes.english import lexicon
from quotes.extraction.attribution.signatures import DASHES
from quotes.extraction.mentions.clauses import CueKind, Predicate, predicates
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.mentions.subjects import main_subject
from quotes.extraction.text.stream import Sentence, Stream, Token
from quotes.extraction.types import SpeakerKind


class Rule(StrEnum):
    """The construction that ties a mention to a span."""

    AFTER = "after"  # "...," Lee said / said Lee
    BEFORE = "before"  # Lee said, "..."
    TAIL = "tail"  # The plan is "...", Lee said.
    AS = "as"  # Lee attacked it as a "..."
    GOVERNED = "governed"  # Lee said the plan was "..."
    ACCORDING = "according"  # "...," according to Lee
    COLON = "colon"  # Lee: "..."
    LEAD_IN = "lead-in"  # Lee was blunt: "..." / Lee said this:<new paragraph>"..."
    SHARED = "shared"  # "..." and "..." under one verb
    FOLLOW_ON = "follow-on"  # "...," Lee said. "..."
    NEXT_PARAGRAPH = "next-paragraph"  # a paragraph of only a quote after one of Lee's
    TURN = "turn"  # dialogue: the other speaker's paragraph
    CONTINUED = "continued"  # the mark reopened, never closed before
    TOPIC = "topic"  # Lee was defiant. "..."
    AHEAD = "ahead"  # "..." "...," Lee said
    SIGNED = "signed"  # "..." - Lee
    LABEL = "label"  # "LEE: ..."
    CONTEXT = "context"  # none of these: the words around say so
    ECHO = "echo"  # the same words are attributed elsewhere


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a span.

    distance   tokens between the cue or the mention and the span
    cost       doubt about the verb's subject, 0 for none
    rank       how many other verbs stand between
    argument   "as", "a" or "an" ties the span to the verb ("called him a ...")
    """

    rule: Rule
    mention: Mention
    cue: tuple[int, int] | None = None
    cue_kind: CueKind | None = None
    lemma: str = ""
    cost: float = 0.0
    distance: int = 0
    rank: int = 0
    argument: bool = False


@dataclass(frozen=True, slots=True)
class SpanContext:
    """What is known of a span apart from its candidates.

    alone        the span is the whole sentence
    opens        the span starts the sentence or follows a comma or colon
    """

    span: int
    token: int
    sentence: int
    words: str
    alone: bool
    opens: bool
    single: bool


class Clauses:
    """Predicates of each sentence, worked out once."""

    def __init__(self, stream: Stream, mentions: MentionIndex) -> None:
        self.stream = stream
        self.mentions = mentions
        self._cached = lru_cache(maxsize=64)(self._find)

    def of(self, sentence: int) -> list[Predicate]:
        return self._cached(sentence)

    def _find(self, sentence: int) -> list[Predicate]:
        return predicates(self.stream, self.mentions, self.stream.sentences[sentence])


def span_context(stream: Stream, span: int) -> SpanContext:
    token = stream.quote_token[span]
    number = stream.sentence_of[token]
    sentence = stream.sentences[number]
    others = (stream.tokens[i] for i in range(sentence.first, sentence.last) if i != token)
    alone = not any(other.is_word or other.is_quote for other in others)
    before = stream.lower(token - 1) if token > sentence.first else ""
    return SpanContext(
        span=span,
        token=token,
        sentence=number,
        words=stream.spans[span].inner.of(stream.text),
        alone=alone,
        opens=before in ("", ",", ":", "-", "—", "–", "―") or stream.tokens[token - 1].is_quote,
        single=stream.spans[span].single,
    )


def local_candidates(clauses: Clauses, context: SpanContext) -> Iterator[Candidate]:
    """Readings from the span's own sentence."""
    stream = clauses.stream
    sentence = stream.sentences[context.sentence]
    yield from _signed(clauses, context)
    found = clauses.of(context.sentence)
    said = any(p.kind is CueKind.SAY and p.first < context.token for p in found)
    yield from _colon(clauses, context, sentence, said=said)
    for predicate in found:
        candidate = _after(clauses, predicate, context) if predicate.first > context.token else None
        candidate = candidate or _tail(stream, predicate, context, sentence)
        if candidate is not None:
            yield candidate
            break
    yield from _attacked_as(clauses, context, sentence)
    rank = 0
    for predicate in reversed(found):
        if predicate.first < context.token:
            yield replace(_before(stream, predicate, context), rank=rank)
            rank += 1
            if (predicate.kind is CueKind.SAY and predicate.cost < _SURE_SUBJECT) or rank == _RANKS:
                break


_SURE_SUBJECT = 3.0
_RANKS = 3  # verbs looked at before a span
_NEAR = 6  # tokens of modifiers between the quote and the attribution


def _after(clauses: Clauses, predicate: Predicate, context: SpanContext) -> Candidate | None:
    stream = clauses.stream
    first = min(predicate.first, _joint_begin(clauses, predicate.subject))
    if first <= context.token and predicate.kind is not CueKind.ACCORDING:
        return None
    gap = stream.tokens[context.token + 1 : predicate.first if predicate.kind is CueKind.ACCORDING else first]
    if predicate.kind is CueKind.ACCORDING:
        return _candidate(Rule.ACCORDING, predicate, len(gap)) if len(gap) <= _ACCORDING_REACH else None
    if len(gap) > _NEAR or any(token.is_quote or token.lower in _NO_MODIFIER for token in gap):
        return None
    if not _ends_open(stream, context) or _introduces(stream, predicate, context):
        return None
    return _candidate(Rule.AFTER, predicate, len(gap))


def _introduces(stream: Stream, predicate: Predicate, context: SpanContext) -> bool:
    """Whether words of another kind follow the verb: he had called her "a coward", Lee said it was over."""
    if stream.sentences[context.sentence].first == context.token or context.words[-1] in ",?!":
        return False
    following = stream.lower(max(predicate.last, predicate.subject.last))
    ends = following in ("", ".", ",", ";", ")", "-", "—", "–") or following in lexicon.PREPOSITIONS
    return not ends and following not in _DAYS


_DAYS = lexicon.words("monday tuesday wednesday thursday friday saturday sunday yesterday today later")


def _joint_begin(clauses: Clauses, subject: Mention) -> int:
    """Where the subject begins, with the A of "A and B"."""
    if clauses.stream.lower(subject.begin - 1) == "and":
        partner = clauses.mentions.ending_at(subject.begin - 1)
        if partner is not None and partner.kind is subject.kind:
            return partner.begin
    return subject.begin


_ACCORDING_REACH = 25  # tokens
_NO_MODIFIER = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.AUXILIARIES
    | lexicon.SUBJECT_PRONOUNS
    | {";", ":", "."}
) - {"as", "but", "so"}


def _tail(stream: Stream, predicate: Predicate, context: SpanContext, sentence: Sentence) -> Candidate | None:
    """The attribution that closes the sentence the span stands in: "..., Lee said." """
    first = min(predicate.first, predicate.subject.begin)
    last = max(predicate.last, predicate.subject.last)
    if first <= context.token or predicate.kind is not CueKind.SAY or stream.lower(first - 1) != ",":
        return None
    following = stream.lower(last)
    if last < sentence.last and following not in (".", ",") and following not in lexicon.PREPOSITIONS:
        return None
    return _candidate(Rule.TAIL, predicate, first - context.token)


def _attacked_as(clauses: Clauses, context: SpanContext, sentence: Sentence) -> Iterator[Candidate]:
    """ "Lee went after the plan as a "..." ", whatever the verb."""
    stream, token = clauses.stream, context.token
    article = 1 if stream.lower(token - 1) in ("a", "an") else 0
    if stream.lower(token - 1 - article) == "as" and context.words[0].islower():
        subject = main_subject(stream, clauses.mentions, sentence)
        if subject is not None and subject.last <= token:
            yield Candidate(Rule.AS, subject, distance=token - subject.last)


def _ends_open(stream: Stream, context: SpanContext) -> bool:
    """Whether the span waits for an attribution: it opens the sentence, ends with a comma, or one follows."""
    if stream.sentences[context.sentence].first == context.token:
        return True
    return context.words[-1] in ",?!—–-…" or stream.lower(context.token + 1) in (",", "-", "—", "–")


def _before(stream: Stream, predicate: Predicate, context: SpanContext) -> Candidate:
    end = predicate.last
    if predicate.inverted or predicate.kind is CueKind.ACCORDING:
        end = max(end, predicate.subject.last)
    gap = stream.tokens[end : context.token]
    light = all(not token.is_word or token.lower in _TO_QUOTE for token in gap)
    if predicate.kind is CueKind.ACCORDING:
        return _candidate(Rule.ACCORDING, predicate, len(gap))
    direct = light and not any(token.is_quote for token in gap)
    if not direct and gap and gap[-1].text in (",", ":") and predicate.kind is CueKind.SAY and len(gap) <= 14:
        direct = not any(token.is_quote for token in gap)
    if any(token.is_quote for token in gap):
        return _candidate(Rule.SHARED, predicate, len(gap))
    candidate = _candidate(Rule.BEFORE if direct else Rule.GOVERNED, predicate, len(gap))
    return replace(candidate, argument=_is_argument(predicate, gap))


def _is_argument(predicate: Predicate, gap: Sequence[Token]) -> bool:
    """described it as "...", called the idea "..." """
    if predicate.lemma in _NAMING or predicate.lemma in lexicon.SPEECH_NOUNS:
        return True
    return bool(gap) and gap[-1].lower in ("as", "a", "an")


_NAMING = lexicon.words("call label brand dub describe term deem characterize characterise")
_TO_QUOTE = lexicon.words("that as the a an his her their is was it how to")


def _candidate(rule: Rule, predicate: Predicate, distance: int) -> Candidate:
    return Candidate(
        rule=rule,
        mention=predicate.subject,
        cue=(predicate.first, predicate.last),
        cue_kind=predicate.kind,
        lemma=predicate.lemma,
        cost=predicate.cost,
        distance=distance,
    )


def _colon(clauses: Clauses, context: SpanContext, sentence: Sentence, *, said: bool) -> Iterator[Candidate]:
    """Ann Lee: "..." and Minister: "..."."""
    stream = clauses.stream
    if sentence.paragraph == 0:  # Lee: harbour needs "..."
        opening = next(
            iter(clauses.mentions.between(sentence.first, sentence.first + _LABEL_REACH + 1)), None
        )
        if opening is not None and stream.lower(opening.last) == ":" and opening.last < context.token - 1:
            yield Candidate(Rule.COLON, opening, cost=1.0, distance=context.token - opening.last)
    if stream.lower(context.token - 1) != ":" or context.token - 1 <= sentence.first:
        return
    mention = clauses.mentions.ending_at(context.token - 1)
    if mention is not None and _is_label(mention, sentence):
        yield Candidate(Rule.COLON, mention, distance=context.token - mention.last)
    subject = None if said else main_subject(stream, clauses.mentions, sentence)
    if subject is not None and subject.last <= context.token:
        yield Candidate(Rule.LEAD_IN, subject, distance=context.token - subject.last)


def _is_label(mention: Mention, sentence: Sentence) -> bool:
    if mention.kind is MentionKind.PRONOUN or mention.speaker_kind is SpeakerKind.DOCUMENT or mention.oblique:
        return False
    return mention.begin <= sentence.first + _LABEL_REACH


_LABEL_REACH = 2  # tokens before the name of a "name: quote"


def _signed(clauses: Clauses, context: SpanContext) -> Iterator[Candidate]:
    """ "..." - Jorge Falcon"""
    stream = clauses.stream
    after = context.token + 1
    if stream.lower(after) not in DASHES or after + 1 >= len(stream.tokens):
        return
    if (
        stream.sentences[stream.sentence_of[after]].paragraph
        > stream.sentences[context.sentence].paragraph + 1
    ):
        return
    mention = next(iter(clauses.mentions.between(after + 1, after + 8)), None)
    if mention is None or mention.kind is MentionKind.PRONOUN:
        return
    last = stream.sentences[stream.sentence_of[after]].last
    rest = [stream.lower(index) for index in range(mention.last, last)]
    verbs = (lexicon.AUXILIARIES | lexicon.COMMON_VERBS) - {"'s"}
    if not any(word in verbs for word in rest[:6]):
        yield Candidate(Rule.SIGNED, mention, distance=mention.first - after)


def lead_in_candidates(clauses: Clauses, context: SpanContext) -> Iterator[Candidate]:
    """Readings of a span that is a sentence of its own, from the sentence before it."""
    stream = clauses.stream
    if context.sentence == 0:
        return
    before = stream.sentences[context.sentence - 1]
    here = stream.sentences[context.sentence]
    colon = stream.lower(before.last - 1) == ":"
    same = before.paragraph == here.paragraph
    if not same and not colon and before.paragraph != here.paragraph - 1:
        return
    found = [p for p in clauses.of(context.sentence - 1) if p.kind is CueKind.SAY or p.kind is CueKind.ACT]
    distance = 0 if same or colon else 1
    rule = Rule.LEAD_IN if colon else Rule.TOPIC
    if found:
        best = min(reversed(found), key=lambda predicate: predicate.cost) if not colon else found[-1]
        cue = (best.first, best.last) if colon else None
        yield Candidate(rule, best.subject, cue, best.kind, best.lemma, best.cost, distance)
        return
    subject = main_subject(stream, clauses.mentions, before)
    if subject is not None:
        yield Candidate(rule, subject, cost=1.0, distance=distance)


def ahead_candidates(clauses: Clauses, context: SpanContext) -> Iterator[Candidate]:
    """ "..." "...," Lee said: the attribution of the next sentence, when it starts with a span too."""
    stream = clauses.stream
    number = context.sentence + 1
    if number >= len(stream.sentences):
        return
    following, here = stream.sentences[number], stream.sentences[context.sentence]
    if following.paragraph != here.paragraph or not stream.tokens[following.first].is_quote:
        return
    for predicate in clauses.of(number):
        candidate = _after(clauses, predicate, span_context(stream, stream.tokens[following.first].quote))
        if candidate is not None and candidate.rule is Rule.AFTER:
            yield _candidate(Rule.AHEAD, predicate, 0)
            return
