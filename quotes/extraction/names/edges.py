"""Where the tagger's names begin and end: parts of one name as one, and what belongs to a person's name."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quotes.english import lexicon
from quotes.extraction.names.runs import is_nickname
from quotes.extraction.names.tagger import TaggedName, has_capital
from quotes.extraction.names.titles import opens_person
from quotes.extraction.text.stream import Stream


def joined(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """Names that begin and end with a capital; parts of one name that stand side by side as one."""
    found: list[TaggedName] = []
    for one in tagged:
        trimmed = _trimmed(stream, _without_field(stream, one))
        before = found[-1] if found else None
        if trimmed is not None and before is not None and _goes_on(stream, before, trimmed):
            found[-1] = replace(before, last=trimmed.last, type=trimmed.type)
        elif trimmed is not None:
            found.append(trimmed)
    return found


def _trimmed(stream: Stream, one: TaggedName) -> TaggedName | None:
    """From its first word to its last capital, and no further than quoted words that are no nickname."""
    last = one.last
    for index in range(one.first, one.last):
        token = stream.tokens[index]
        if token.text == "of" and index > one.first + 1 and one.is_person:
            last = index  # Ann Lee of Kadin
            break
        if token.is_quote and not (index + 1 < one.last and is_nickname(stream, token, index + 1)):
            last = index
            break
    while last > one.first and not has_capital(stream.tokens[last - 1]):
        last -= 1
    return _within(one, one.first, last) if last > one.first else None


def _without_field(stream: Stream, one: TaggedName) -> TaggedName:
    """Ann Lee of "Mayor of Kadin Ann Lee", "Secretary of Defence Ann Lee"; and of "But Ann Lee" at first."""
    first = one.first
    if not one.is_full_person:
        return one
    if stream.opens_sentence(first) and stream.lower(first) in lexicon.CONJUNCTIONS:
        return _within(one, first + 1, one.last)
    if one.size < _FIELD_AND_NAME or stream.lower(first - 1) not in ("of", "for"):
        return one
    named = stream.lower(first + 1) in lexicon.FIRST_NAMES and stream.lower(first) not in lexicon.FIRST_NAMES
    holds = stream.lower(first - 2) in lexicon.TITLES
    return _within(one, first + 1, one.last) if named and holds else one


_FIELD_AND_NAME = 3  # words


def _within(one: TaggedName, first: int, last: int) -> TaggedName:
    """The name with these edges."""
    return one if (first, last) == (one.first, one.last) else replace(one, first=first, last=last)


def _goes_on(stream: Stream, before: TaggedName, one: TaggedName) -> bool:
    """Whether it is the rest of one name: Ann + Lee, Dwayne "The Rock" + Johnson, Kadin + Police Force."""
    if stream.sentence_of[before.first] != stream.sentence_of[one.first]:
        return False
    people = before.is_person and one.is_person
    if before.last == one.first:
        return people or (before.type == "place" and one.type == "organization")
    between = stream.tokens[before.last]
    nickname = before.last + 1 == one.first and between.is_quote
    return people and nickname and is_nickname(stream, between, one.first)


def with_ends(stream: Stream, one: TaggedName) -> TaggedName:
    """A person's name with the initials and the first name before it and the Jr. behind it."""
    first, last = one.first, one.last
    opening = stream.sentence(first).first
    while first > opening and _INITIAL.fullmatch(stream.tokens[first - 1].text):
        first -= 1
    named = first > opening and stream.tokens[first - 1].is_capital and opens_person(stream, first - 1)
    if named or _opens_with_per(stream, one):
        first -= 1
    if stream.lower(last) in _GENERATIONS and stream.tokens[last].is_capital:
        last += 1
    elif stream.lower(last) == "," and stream.lower(last + 1) in _GENERATIONS:
        last += 2
    return _within(one, first, last)


def _opens_with_per(stream: Stream, one: TaggedName) -> bool:
    """ "Per Dahl said": somebody of that name, where "Per Dahl, it rained" goes by what Dahl says."""
    opening = stream.sentence(one.first).first
    if one.size != 1 or one.first - 1 != opening or stream.lower(opening) != "per":
        return False
    return stream.lower(one.last) in lexicon.SAY_VERBS or stream.lower(one.last) in lexicon.AUXILIARIES


_INITIAL = re.compile(r"[B-HJ-Z]\.?|[AI]\.")
_GENERATIONS = lexicon.words("jr jr. sr sr. ii iii iv")
