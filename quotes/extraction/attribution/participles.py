"""Participles in the passive: "was called", "booed and called", "Lee, branded"."""

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Clauses, SpanContext
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.text.stream import Stream

_BE = lexicon.words("is are was were be been being get gets got getting")
_WHEN = frozenset({"for", "on", "in", "at"})
_BETWEEN = lexicon.words("also not never once often being been even then later now still again since ever")
BEFORE_PARTICIPLES = _BE | _BETWEEN | {"has", "have", "had"}
CLAUSE_ENDS = frozenset({".", ",", ";", ":", "(", ")", "—", "–", "-"})
CLAUSE_OPENERS = frozenset({"when", "if", "while", "though", "although"})


def is_done_to(clauses: Clauses, context: SpanContext, index: int) -> bool:
    """Whether the word says what is done to somebody, and no active verb: called, branded, asked."""
    stream = clauses.stream
    if stream.lower(index) not in lexicon.DONE_TO:
        return False
    whole = is_passive(stream, stream.sentence(context.token).first, index)
    return whole or _is_reduced(clauses, context, index) or _is_coordinated(clauses, context, index)


def is_passive(stream: Stream, first: int, index: int) -> bool:
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
    stream, first = clauses.stream, clauses.stream.sentence(context.token).first
    before = index - 1 - (stream.lower(index - 1).endswith("ly"))
    if stream.lower(before) not in ("and", "or", "then") or not _is_close(stream, context, index):
        return False
    earlier = range(before - 1, max(first, before - _COORDINATED) - 1, -1)
    found = next(
        (i for i in earlier if stream.lower(i) in lexicon.DONE_TO or stream.lower(i) in CLAUSE_ENDS), None
    )
    return found is not None and stream.lower(found) not in CLAUSE_ENDS and is_passive(stream, first, found)


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
    stream, first = clauses.stream, clauses.stream.sentence(context.token).first
    place = index - (stream.lower(index - 1) in _ADVERBS)
    before = stream.lower(place - 1)
    if place <= first or before in CLAUSE_OPENERS:
        named = clauses.mentions.between(index + 1, index + 3)
        return not any(stream.lower(mention.last) in (":", ",") for mention in named if not mention.oblique)
    if before not in (",", "(", "—", "–"):
        return _is_of_a_thing(clauses, context, place, index)
    owner = clauses.mentions.ending_at(place - 1)
    if owner is None or owner.oblique or stream.lower(_before(stream, owner)) in _WHAT:
        return False
    closed = stream.lower(context.token + 1) in CLAUSE_ENDS | {"by", ""}
    return closed and _is_close(stream, context, index)


def _is_of_a_thing(clauses: Clauses, context: SpanContext, place: int, index: int) -> bool:
    """ "a show described as "..." ": nobody before the participle who could describe anything."""
    stream, noun = clauses.stream, clauses.stream.tokens[place - 1]
    if not noun.text.islower() or not noun.is_word or stream.lower(index + 1) != "as":
        return False
    if stream.lower(place - 2) not in lexicon.DETERMINERS or clauses.mentions.ending_at(place) is not None:
        return False
    return _is_close(stream, context, index) and stream.lower(context.token + 1) in CLAUSE_ENDS | {"by", ""}


_ADVERBS = frozenset({"once", "later", "also", "long", "often", "widely"})
_WHAT = frozenset({",", "what", "that", "which", "whom"})  # what the referee, Ann Lee, called


def _before(stream: Stream, mention: Mention) -> int:
    """The token before a mention and its article."""
    return mention.begin - 1 - (stream.lower(mention.begin - 1) in lexicon.DETERMINERS)


def auxiliaries_start(stream: Stream, participle: int) -> int:
    """The first token of "has been widely" before a participle."""
    index = participle
    while (word := stream.lower(index - 1)) in BEFORE_PARTICIPLES or word.endswith("ly"):
        index -= 1
    return index
