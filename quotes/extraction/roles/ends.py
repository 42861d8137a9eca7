"""Where a role phrase or any noun phrase ends: with its noun, or with what is said of it behind."""

from quotes.english import lexicon
from quotes.extraction.names.titles import NO_NAMES
from quotes.extraction.roles.nouns import STOP, is_verb, noun_kind, noun_of_person
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_LONGEST = 9  # tokens of "of the ..." after the head noun
_PREPOSITIONS = frozenset({"of", "for", "at", "from", "with", "in", "on"})
_TIES = frozenset({("close", "to"), ("loyal", "to"), ("familiar", "with"), ("opposed", "to"), ("near", "to")})


def right_edge(stream: Stream, head: int) -> int:
    """After "of the company", "close to the minister" and the like."""
    end = head + 1
    limit = min(stream.sentence(head).last, head + _LONGEST)
    if (stream.lower(end), stream.lower(end + 1)) in _TIES:
        start = end + 2 + (stream.lower(end + 2) in lexicon.DETERMINERS)
        stop = noun_phrase_end(stream, start, limit)
        end = stop if stop > start else end
    helps = stream.lower(head) in lexicon.HELPERS  # an aide to the mayor
    while end < limit and (stream.lower(end) in _PREPOSITIONS or (helps and stream.lower(end) == "to")):
        if stream.lower(end) == "from" and stream.lower(head) in lexicon.DOCUMENT_NOUNS:
            break  # a letter from the council: whose it is counts
        stop = noun_phrase_end(stream, end + 1, limit)
        if stop == end + 1 or not _is_part(stream, end, stop):
            break
        end = stop
    return end


def _is_part(stream: Stream, preposition: int, stop: int) -> bool:
    """Whether "in the crowd", "on the panel" belongs to the noun: a place to be in, no day or manner."""
    word = stream.lower(preposition)
    if word in ("of", "for"):
        return True
    if word == "to":
        return stream.tokens[stop - 1].is_capital or noun_of_person(stream.lower(stop - 1))
    if word in ("in", "on"):
        place = range(preposition + 1 + (stream.lower(preposition + 1) == "the"), stop)
        speaks = stream.lower(stop) in lexicon.SAY_VERBS or stream.lower(stop + 1) in lexicon.SAY_VERBS
        named = word == "in" and all(stream.tokens[i].is_capital for i in place)
        if speaks and place and named and stream.lower(stop - 1) not in NO_NAMES:
            return True  # the embassy in Kadin said, but "officials in January said"
        placed = stream.lower(preposition + 1) in ("the", "his", "her", "their")
        return placed and not any(stream.lower(i) in lexicon.PLACES for i in range(preposition, stop))
    return stream.tokens[stop - 1].is_capital


def noun_phrase_end(stream: Stream, index: int, limit: int) -> int:
    """Where the noun phrase that begins at `index` ends, at `limit` at the latest."""
    start = index
    while index < limit:
        token = stream.tokens[index]
        if not token.is_word or token.lower in STOP or (index > start and _ends_phrase(stream, index)):
            break
        index += 1
    return index


def _ends_phrase(stream: Stream, index: int) -> bool:
    token = stream.tokens[index]
    if token.lower == "'s":
        return index + 1 >= len(stream.tokens) or not stream.tokens[index + 1].is_word
    if stream.lower(index - 1) in lexicon.DETERMINERS:
        return False  # "for the state department"
    if token.lower.endswith("ed") and token.text.islower() and stream.lower(index + 1) in _COMPLEMENTS:
        return True  # "declined to"
    return not token.is_capital and (
        is_verb(token.lower) or token.lower in lexicon.CUE_VERBS or token.lower.endswith("ly")
    )


_COMPLEMENTS = lexicon.words("to that any the a an its his her their no comment")


def with_participle(stream: Stream, head: int, last: int) -> int:
    """After the "sweeping the market floor" of "a woman sweeping the market floor said"."""
    word = stream.lower(last)
    kind = noun_kind(stream.lower(head))
    if kind is not SpeakerKind.PERSON or not word.endswith("ing") or len(word) < _PARTICIPLE:
        return last
    if word in lexicon.CUE_VERBS or stream.tokens[last].is_capital or last != head + 1:
        return last
    for end in range(last + 1, min(stream.sentence(head).last, last + _LONGEST_TAIL)):
        if stream.lower(end) in lexicon.SAY_VERBS:
            return end
        if not stream.tokens[end].is_word or stream.lower(end) in lexicon.AUXILIARIES:
            return last
    return last


def with_place(stream: Stream, first: int, last: int) -> int:
    """After the "with a megaphone" of "a policeman with a megaphone said", "said a partner at the firm."."""
    if stream.lower(last) not in _TAILS:
        return last
    told = stream.lower(first - 1) in lexicon.SAY_VERBS
    for end in range(last + 1, min(stream.sentence(first).last, last + _LONGEST_TAIL)):
        word = stream.lower(end)
        if word in lexicon.SAY_VERBS and word not in lexicon.NOUN_LIKE:
            return end if end > last + 1 and not told else last
        if not stream.tokens[end].is_word:
            closes = (told and word in (".", ",")) or (word == "," and stream.opens_sentence(first))
            return end if closes and end > last + 1 else last
        if word in _NOT_PLACES or word in lexicon.AUXILIARIES or word in lexicon.SUBJECT_PRONOUNS:
            return last
    return last


_PARTICIPLE = 6  # letters
_LONGEST_TAIL = 9  # tokens
_TAILS = lexicon.words("at from with in near behind ahead beside outside familiar")
_NOT_PLACES = (
    lexicon.SPEECH_NOUNS
    | lexicon.DOCUMENT_NOUNS
    | lexicon.words(
        """
        interview briefing conference monday tuesday wednesday thursday friday saturday sunday court and
        hearing testimony meeting that voice day week month year time response addition
        """
    )
)
