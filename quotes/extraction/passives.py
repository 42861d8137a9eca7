"""Words in the passive: “Lee was called “a fraud” by Ek” are Ek's, and without Ek nobody's.

Whoever is called, told or asked something is the subject of the sentence and the last to have said it.
"""

from . import lexicon
from .candidates import Candidate, Clauses, Rule, SpanContext
from .clauses import CueKind, Predicate, is_noun
from .finding import Finding
from .mentions import Mention, MentionKind
from .stream import Sentence, Stream
from .types import SpeakerKind

_BE = lexicon.words("is are was were be been being get gets got getting")
_WHEN = frozenset({"for", "on", "in", "at"})
_BETWEEN = lexicon.words("also not never once often being been even then later now still again since ever")
_GROUP = _BE | _BETWEEN | {"has", "have", "had"}
_REACH = 24  # tokens between the participle and the span
_AGENT_REACH = 14  # tokens between the participle and "by"
_NEAR = 8  # tokens between a span and the participle after it
_ENDS = frozenset({".", ",", ";", ":", "(", ")", "—", "–", "-"})
_LISTED = frozenset({"and", "or", ",", "a", "an", "the", "as", "both", "either", "to", "of"})
_OPENERS = frozenset({"when", "if", "while", "though", "although"})


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
        if _is_done_to(clauses, context, index):
            return index if _may_be_of(stream, index, word, context.token) else None
        if word in lexicon.CUE_VERBS and _is_verb(stream, sentence, index):
            return None
        if _parts(stream, index, context.token) or _is_own(stream, index):
            return None
    return None


def _first(clauses: Clauses, context: SpanContext) -> int:
    return clauses.stream.sentences[context.sentence].first


def _paragraph(clauses: Clauses, context: SpanContext) -> int:
    return clauses.stream.sentences[context.sentence].paragraph


def _is_verb(stream: Stream, sentence: Sentence, index: int) -> bool:
    """ "for saying", not "the judge"."""
    if stream.lower(index).endswith("ing"):
        return True
    if stream.lower(index) in lexicon.THINK_VERBS and stream.lower(index - 1) == "to":
        return False  # was told to expect
    return stream.lower(index - 1) not in lexicon.DETERMINERS and not is_noun(stream, sentence, index)


def _is_done_to(clauses: Clauses, context: SpanContext, index: int) -> bool:
    if clauses.stream.lower(index) not in lexicon.DONE_TO:
        return False
    whole = _is_passive(clauses.stream, _first(clauses, context), index)
    return whole or _is_reduced(clauses, context, index) or _is_coordinated(clauses, context, index)


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
    if word not in _ENDS and word not in ("and", "but", "or", "who", "which", "while", "because"):
        return False
    near = index + 1
    while near < token and stream.lower(near) in _LISTED:
        near += 1
    return not stream.tokens[near].is_quote


def _is_passive(stream: Stream, first: int, index: int) -> bool:
    """was called, has been widely called, was being called"""
    position = index - 1
    while position > first and (stream.lower(position).endswith("ly") or stream.lower(position) in _BETWEEN):
        if stream.lower(position) in _BE:
            return True
        position -= 1
    if position >= first and (stream.lower(position) in _BE or _is_what_is(stream, position)):
        return True
    if stream.lower(position) in _SELVES and stream.lower(position - 1) in _FINDS:
        return True
    aside = next((i for i in (index - 2, index - 3) if stream.lower(i) in _WHEN), 0)  # was for years called
    return aside > first and stream.lower(aside - 1) in _BE


def _is_what_is(stream: Stream, index: int) -> bool:
    """ "for what's now called", "what's today often called" """
    index -= stream.lower(index) in _NOWADAYS
    return stream.lower(index) == "'s" and stream.lower(index - 1) == "what"


_NOWADAYS = lexicon.words("today nowadays sometimes generally commonly")
_SELVES = lexicon.words("himself herself itself themselves")
_FINDS = lexicon.words("find finds found hear hears heard see sees saw")


def _is_coordinated(clauses: Clauses, context: SpanContext, index: int) -> bool:
    """was booed and called "...": a second participle, and no object of its own"""
    stream, first = clauses.stream, _first(clauses, context)
    before = index - 1 - (stream.lower(index - 1).endswith("ly"))
    if stream.lower(before) not in ("and", "or", "then") or not _is_close(stream, context, index):
        return False
    earlier = range(before - 1, max(first, before - _COORDINATED) - 1, -1)
    found = next((i for i in earlier if stream.lower(i) in lexicon.DONE_TO or stream.lower(i) in _ENDS), None)
    return found is not None and stream.lower(found) not in _ENDS and _is_passive(stream, first, found)


_COORDINATED = 6  # tokens between two participles


def _is_close(stream: Stream, context: SpanContext, index: int) -> bool:
    """Whether the span, or "as", is all that the participle governs: no noun is its object."""
    following = stream.lower(index + 1)
    if stream.tokens[index + 1].is_quote or following in ("as", "by", "a", "an"):
        return following not in ("a", "an") or index + 2 == context.token
    begin = context.token - 1 - (stream.lower(context.token - 1) in ("a", "an", "the"))
    if following == "of" and stream.lower(begin) in ("of", "being"):  # accused of being a "..."
        return begin - index < _OF_BEING
    return stream.lower(begin) == "as" and following in lexicon.PREPOSITIONS


_OF_BEING = 4  # tokens


def _is_reduced(clauses: Clauses, context: SpanContext, index: int) -> bool:
    """ "Asked "...", Lee said", "Lee, branded "...", left": a participle without its "was"."""
    stream, first = clauses.stream, _first(clauses, context)
    place = index - (stream.lower(index - 1) in _ADVERBS)
    before = stream.lower(place - 1)
    if place <= first or before in _OPENERS:
        named = clauses.mentions.between(index + 1, index + 3)
        return not any(stream.lower(mention.last) in (":", ",") for mention in named if not mention.oblique)
    if before not in (",", "(", "—", "–"):
        return _is_of_a_thing(clauses, context, place, index)
    owner = clauses.mentions.ending_at(place - 1)
    if owner is None or owner.oblique or stream.lower(_before(stream, owner)) in _WHAT:
        return False
    closed = stream.lower(context.token + 1) in _ENDS | {"by", ""}
    return closed and _is_close(stream, context, index)


def _is_of_a_thing(clauses: Clauses, context: SpanContext, place: int, index: int) -> bool:
    """ "a show described as "..." ": nobody before the participle who could describe anything."""
    stream, noun = clauses.stream, clauses.stream.tokens[place - 1]
    if not noun.text.islower() or not noun.is_word or stream.lower(index + 1) != "as":
        return False
    if stream.lower(place - 2) not in lexicon.DETERMINERS or clauses.mentions.ending_at(place) is not None:
        return False
    return _is_close(stream, context, index) and stream.lower(context.token + 1) in _ENDS | {"by", ""}


_ADVERBS = frozenset({"once", "later", "also", "long", "often", "widely"})
_WHAT = frozenset({",", "what", "that", "which", "whom"})  # what the referee, Ann Lee, called


def _before(stream: Stream, mention: Mention) -> int:
    """The token before a mention and its article."""
    return mention.begin - 1 - (stream.lower(mention.begin - 1) in lexicon.DETERMINERS)


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
    subject = stream.lower(_auxiliaries(stream, participle) - 1)
    return stream.lower(participle) in lexicon.NAMING and subject in ("what", "which", "who", "that")


def _auxiliaries(stream: Stream, participle: int) -> int:
    """The first token of "has been widely" before a participle."""
    index = participle
    while (word := stream.lower(index - 1)) in _GROUP or word.endswith("ly"):
        index -= 1
    return index


def _governs(stream: Stream, predicate: Predicate, context: SpanContext, participle: int) -> bool:
    if predicate.kind is CueKind.ACCORDING:
        return True
    if predicate.kind is not CueKind.SAY or predicate.first == participle:
        return False
    if predicate.last <= participle:
        return not _is_clause_of_its_own(stream, predicate.last, participle)
    opens = participle == stream.sentences[context.sentence].first or stream.lower(participle - 1) in _OPENERS
    begin = min(predicate.first, predicate.subject.begin)
    tail = begin > context.token and stream.lower(begin - 1) == ","
    return tail and not opens and stream.lower(max(predicate.last, predicate.subject.last)) in (".", ",", "")


def _is_clause_of_its_own(stream: Stream, first: int, participle: int) -> bool:
    """ "said little, but was called" and "said little and was called", not "said Lee and Ek were called"."""
    linked = _auxiliaries(stream, participle) - 1
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
    if stream.sentences[stream.sentence_of[subject.first]].paragraph != _paragraph(clauses, context):
        return None
    for index in range(subject.last, subject.last + 5):
        word = stream.lower(index)
        if word in lexicon.DONE_TO and word not in lexicon.THOUGHT_OF:
            return index if _is_passive(stream, subject.last, index) and _closes(stream, index) else None
        if word not in _GROUP and not word.endswith("ly"):
            return None
    return None


def _closes(stream: Stream, participle: int) -> bool:
    """ "Lee was asked." and "was asked in Hull.", not "was asked about the fire"."""
    following = stream.lower(participle + 1)
    if following in (".", ",", "by", ""):
        return True
    last = stream.sentences[stream.sentence_of[participle]].last
    told = any(stream.lower(index) in _TOLD_OF for index in range(participle + 1, last))
    return following in lexicon.PREPOSITIONS and not told


_TOLD_OF = lexicon.words("about that to if whether why how what of over")


def _agent(clauses: Clauses, participle: int) -> Mention | None:
    """The X of "was described by X as" and "was called "..." by X"; the report of "described in a report"."""
    stream = clauses.stream
    last = stream.sentences[stream.sentence_of[participle]].last
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
_NO_AGENT = lexicon.PREPOSITIONS | lexicon.CUE_VERBS.keys() | _ENDS


def _apposed(clauses: Clauses, role: Mention) -> Mention | None:
    """The Rosa Fell of "by his deputy, Rosa Fell"."""
    name = clauses.mentions.at(role.last + 1)
    if name is None or role.kind is not MentionKind.ROLE or clauses.stream.lower(role.last) != ",":
        return None
    return name if clauses.stream.lower(name.last) in _ENDS else None
