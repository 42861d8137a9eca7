"""Words in the passive: “Lee was called “a fraud” by Ek” are Ek's, and without Ek nobody's.

Whoever is called, told or asked something is the subject of the sentence and the last to have said it.
"""

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Candidate, Clauses, Rule, SpanContext
from quotes.extraction.attribution.finding import Finding
from quotes.extraction.attribution.participles import (
    BEFORE_PARTICIPLES,
    CLAUSE_ENDS,
    CLAUSE_OPENERS,
    auxiliaries_start,
    is_done_to,
    is_passive,
)
from quotes.extraction.mentions.clauses import CueKind, Predicate, is_noun
from quotes.extraction.mentions.finder import Mention, MentionKind
from quotes.extraction.text.stream import Sentence, Stream
from quotes.extraction.types import SpeakerKind

_REACH = 24  # tokens between the participle and the span
_AGENT_REACH = 14  # tokens between the participle and "by"
_NEAR = 8  # tokens between a span and the participle after it
_LISTED = frozenset({"and", "or", ",", "a", "an", "the", "as", "both", "either", "to", "of"})


def passive(clauses: Clauses, context: SpanContext) -> Finding | None:
    """Whose the span is if a verb in the passive governs it, before it or after it."""
    participle = _participle_before(clauses, context)
    if participle is None:
        participle = _participle_after(clauses, context)
    elif _is_told_by_another(clauses, context, participle):
        return None
    return _of(clauses, participle, context) if participle is not None else None


def _of(clauses: Clauses, participle: int, context: SpanContext) -> Finding:
    word = clauses.stream.tokens[participle].text.lower()
    agent = _agent(clauses, participle)
    if _is_negated(clauses.stream, participle):
        return Finding(None, f"'{word}' in the passive, and denied")
    if agent is None:
        return Finding(None, f"'{word}' in the passive: not said by whom")
    rule = Rule.BEFORE if participle < context.token else Rule.AFTER
    reason = f"'{word}' in the passive, by the one named"
    return Finding(Candidate(rule, agent, (participle, participle + 1), CueKind.ACT, word), reason)


def _is_negated(stream: Stream, participle: int) -> bool:
    """was never called, wasn't called"""
    group = [stream.lower(index) for index in range(participle - 3, participle)]
    return any(word in ("not", "never") or word.endswith("n't") for word in group)


def _participle_before(clauses: Clauses, context: SpanContext) -> int | None:
    """The verb that is the nearest one left of the span, if it is in the passive."""
    stream = clauses.stream
    sentence = stream.sentences[context.sentence]
    for index in range(context.token - 1, max(sentence.first, context.token - _REACH) - 1, -1):
        word = stream.lower(index)
        if is_done_to(clauses, context, index):
            return index if _may_be_of(stream, index, word, context.token) else None
        if word in lexicon.CUE_VERBS and _is_verb(stream, sentence, index):
            return None
        if _parts(stream, index, context.token) or _is_own(stream, index):
            return None
    return None


def _is_verb(stream: Stream, sentence: Sentence, index: int) -> bool:
    """ "for saying", not "the judge"."""
    if stream.lower(index).endswith("ing"):
        return True
    if stream.lower(index) in lexicon.THINK_VERBS and stream.lower(index - 1) == "to":
        return False  # was told to expect
    return stream.lower(index - 1) not in lexicon.DETERMINERS and not is_noun(stream, sentence, index)


_OWN_WORDS = lexicon.SPEECH_NOUNS | lexicon.DOCUMENT_NOUNS | {"prediction", "predictions"}
_LEADS = frozenset({"that", "which", "in", ":"})


def _is_own(stream: Stream, index: int) -> bool:
    """ "criticised for his claim that" and "for a tweet:" bring his words; "described in a report as" not."""
    if stream.lower(index) not in _OWN_WORDS:
        return False
    owned = any(stream.lower(back) in lexicon.POSSESSIVES for back in (index - 1, index - 2))
    return owned or stream.lower(index + 1) in _LEADS


def _parts(stream: Stream, index: int, token: int) -> bool:
    """Whether the clause ends here: a comma or an "and" that no quote stands beside."""
    word = stream.lower(index)
    if word not in CLAUSE_ENDS and word not in ("and", "but", "or", "who", "which", "while", "because"):
        return False
    near = index + 1
    while near < token and stream.lower(near) in _LISTED:
        near += 1
    return not stream.tokens[near].is_quote


def _may_be_of(stream: Stream, index: int, word: str, token: int) -> bool:
    """Verbs of saying and thinking tell of somebody only with "to be" or "as": is said to be "..."."""
    if word not in lexicon.THOUGHT_OF:
        return True
    following = " ".join(stream.lower(position) for position in range(index + 1, min(index + 4, token)))
    begin = token - (stream.lower(token - 1) in ("a", "an", "the")) - 1
    return following.startswith(("to be", "to have been")) or stream.lower(begin) == "as"


def _is_told_by_another(clauses: Clauses, context: SpanContext, participle: int) -> bool:
    """ "Ek said Lee was called "..."", "Lee was called "...", Ek said", "according to Ek"."""
    if _goes_by_the_name(clauses.stream, participle):
        return False
    return any(_governs(clauses.stream, each, context, participle) for each in clauses.of(context.sentence))


def _goes_by_the_name(stream: Stream, participle: int) -> bool:
    """ "in what has been dubbed", "who is known as": a name that is about, whoever mentions it."""
    subject = stream.lower(auxiliaries_start(stream, participle) - 1)
    return stream.lower(participle) in lexicon.NAMING and subject in ("what", "which", "who", "that")


def _governs(stream: Stream, predicate: Predicate, context: SpanContext, participle: int) -> bool:
    if predicate.kind is CueKind.ACCORDING:
        return True
    if predicate.kind is not CueKind.SAY or predicate.first == participle:
        return False
    if predicate.last <= participle:
        return not _is_clause_of_its_own(stream, predicate.last, participle)
    opens = (
        participle == stream.sentences[context.sentence].first
        or stream.lower(participle - 1) in CLAUSE_OPENERS
    )
    begin = min(predicate.first, predicate.subject.begin)
    tail = begin > context.token and stream.lower(begin - 1) == ","
    return tail and not opens and stream.lower(max(predicate.last, predicate.subject.last)) in (".", ",", "")


def _is_clause_of_its_own(stream: Stream, first: int, participle: int) -> bool:
    """ "said little, but was called" and "said little and was called", not "said Lee and Ek were called"."""
    linked = auxiliaries_start(stream, participle) - 1
    parted = any(stream.lower(index) in (",", ";") for index in range(first, participle))
    return parted or (linked >= first and stream.lower(linked) in ("and", "but"))


_UTTERED = lexicon.words(
    "mentioned used coined cited quoted voiced expressed uttered promised tweeted posted written"
)
_LEADS_ON = lexicon.DETERMINERS | {",", "—", "–"}


def _participle_after(clauses: Clauses, context: SpanContext) -> int | None:
    """ "...," Lee was told; "...?" the mayor was asked."""
    stream, mentions = clauses.stream, clauses.mentions
    first = context.token + 1
    if stream.lower(first) in _UTTERED and stream.lower(first + 1) == "by":
        return first
    subject = next(iter(mentions.between(first, first + 3 + _NEAR)), None)
    if subject is None or subject.begin > first + (stream.lower(first) in _LEADS_ON):
        return None
    if stream.paragraph(subject.first) != stream.paragraph(context.token):
        return None
    for index in range(subject.last, subject.last + 5):
        word = stream.lower(index)
        if word in lexicon.DONE_TO and word not in lexicon.THOUGHT_OF:
            return index if is_passive(stream, subject.last, index) and _closes(stream, index) else None
        if word not in BEFORE_PARTICIPLES and not word.endswith("ly"):
            return None
    return None


def _closes(stream: Stream, participle: int) -> bool:
    """ "Lee was asked." and "was asked in Hull.", not "was asked about the fire"."""
    following = stream.lower(participle + 1)
    if following in (".", ",", "by", ""):
        return True
    last = stream.sentence(participle).last
    told = any(stream.lower(index) in _TOLD_OF for index in range(participle + 1, last))
    return following in lexicon.PREPOSITIONS and not told


_TOLD_OF = lexicon.words("about that to if whether why how what of over")


def _agent(clauses: Clauses, participle: int) -> Mention | None:
    """The X of "was described by X as" and "was called "..." by X"; the report of "described in a report"."""
    stream = clauses.stream
    last = stream.sentence(participle).last
    for position in range(participle + 1, min(last, participle + 1 + _AGENT_REACH)):
        word = stream.lower(position)
        if word == "by":
            return _named_next(clauses, position + 1)
        if word == "in" and position == participle + 1:
            document = _named_next(clauses, position + 1)
            if document is not None and document.speaker_kind is SpeakerKind.DOCUMENT:
                return document
        acts = word in lexicon.CUE_VERBS or (word.endswith("ed") and not stream.tokens[position].is_quote)
        if acts or word in (";", ":", "who", "which", "while"):
            return None
    return None


def _named_next(clauses: Clauses, first: int) -> Mention | None:
    stream = clauses.stream
    for mention in clauses.mentions.between(first, first + _AGENT_WORDS):
        between = {stream.lower(index) for index in range(first, mention.begin)}
        if not mention.embedded and not between & _NO_AGENT:
            return _apposed(clauses, mention) or mention
    return None


_AGENT_WORDS = 6  # tokens from "by" to a name
_NO_AGENT = lexicon.PREPOSITIONS | lexicon.CUE_VERBS.keys() | CLAUSE_ENDS


def _apposed(clauses: Clauses, role: Mention) -> Mention | None:
    """The Rosa Fell of "by his deputy, Rosa Fell"."""
    name = clauses.mentions.at(role.last + 1)
    if name is None or role.kind is not MentionKind.ROLE or clauses.stream.lower(role.last) != ",":
        return None
    return name if clauses.stream.lower(name.last) in CLAUSE_ENDS else None
