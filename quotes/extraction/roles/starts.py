"""Where a role phrase begins: at its article or owner, or with what stands before the noun."""

from collections.abc import Mapping

from quotes.english import lexicon
from quotes.extraction.names.ruled_names import Name
from quotes.extraction.roles.nouns import MODIFIERS, STOP, is_verb, noun_of_person
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_LONGEST = 6  # tokens before the head noun
_LONGEST_LIST = 14  # tokens of "a Ministry of Ports, Rivers and Lakes spokesman"
DETERMINERS_AND_OWNERS = lexicon.DETERMINERS | (lexicon.POSSESSIVES - {"'s"})
_DASHES = frozenset({"-", "–", "—", "--", "―"})


def left_edge(stream: Stream, head: int, floor: int, names_by_end: Mapping[int, Name]) -> int | None:
    """First token of the phrase, None when the noun stands bare and is no group."""
    opening = max(floor, stream.sentence(head).first)
    floor = max(opening, head - _LONGEST)
    index = head
    while index > floor:
        body = names_by_end.get(index)
        if body is not None and body.kind is SpeakerKind.ORGANIZATION and body.first >= opening:
            index = body.first  # the University of Kadin researchers
            floor = max(opening, min(floor, index - 1))
            continue
        word = stream.lower(index - 1)
        if word in DETERMINERS_AND_OWNERS:
            return index - 1
        owner = names_by_end.get(index - 1)
        if owner is not None and word in ("'s", "'"):
            return owner.first
        if _is_outside(stream, index - 1, names_by_end):
            break
        if stream.tokens[head].is_capital and is_full(stream, names_by_end.get(index)):
            break  # Ann Lee Marketing Director
        index -= 1
    listed = _list_edge(stream, index, max(opening, head - _LONGEST_LIST)) if index < head else None
    return _bare_edge(stream, index, head) if listed is None else listed


def _is_outside(stream: Stream, index: int, names_by_end: Mapping[int, Name]) -> bool:
    """Whether the word before a noun is none of its phrase."""
    token, word = stream.tokens[index], stream.lower(index)
    if not token.is_word or (word in STOP and token.text != "US") or is_verb(word):
        return True
    if word.endswith("ed") and token.text.islower() and index in names_by_end:
        return True  # Quarrie exhorted Republicans
    return word.endswith("s") and _acts(stream, index, names_by_end)  # Quarrie promises voters


def _acts(stream: Stream, index: int, names_by_end: Mapping[int, Name]) -> bool:
    """Whether the word in -s is what the person before it does: "Ann Lee heckles Quarrie supporters"."""
    name = names_by_end.get(index)
    if name is None or not name.is_person or not stream.tokens[index].text.islower():
        return False
    word = stream.lower(index)
    if word in lexicon.CUE_VERBS:
        return True
    several = word in lexicon.PLURAL_GROUPS or noun_of_person(word.removesuffix("s"))
    return stream.tokens[index + 1].is_capital and not several


def is_full(stream: Stream, name: Name | None) -> bool:
    """Whether it is a person's full name, which nothing says to be a place of."""
    if name is None or not name.is_person or name.last - name.bare < _FULL or name.certainty <= _UNSURE:
        return False
    return stream.lower(name.first - 1) not in lexicon.DETERMINERS | {"and"}


_FULL = 2  # words of a full name
_UNSURE = 0.5  # certainty of a name


def _list_edge(stream: Stream, index: int, floor: int) -> int | None:
    """The "a" of "a Ministry of Ports, Rivers and Lakes spokesman", where `index` is at Lakes."""
    at = index - 1
    if stream.lower(at) not in ("and", "&") or not stream.tokens[index].is_capital:
        return None
    listed = bodies = False
    while at >= floor:
        token, word = stream.tokens[at], stream.lower(at)
        if word in DETERMINERS_AND_OWNERS:
            named = stream.tokens[at + 1].is_capital and stream.tokens[index - 2].is_capital
            return at if named and (bodies or not listed) else None
        if not (token.is_capital or word in _WITHIN_LISTS) or noun_of_person(word):
            return None
        listed = listed or word == ","
        bodies = word in ("for", "of") or (bodies and word != ",")
        at -= 1
    return None


_WITHIN_LISTS = frozenset({"and", "&", ",", "for", "of"})


def _bare_edge(stream: Stream, index: int, head: int) -> int | None:
    """Where a phrase without an article begins, if the noun may do without one."""
    word, following = stream.lower(head), stream.lower(head + 1)
    if word in lexicon.BARE_GROUPS:
        return index
    if index < head and stream.tokens[index].is_capital and word in _AFTER_CAPITALS:
        return index
    if noun_of_person(word) and head + 1 < len(stream.tokens) and stream.tokens[head + 1].is_capital:
        return index  # Brazilian forward Rui Lopes
    office = stream.tokens[head].is_capital and following in ("for", "of")  # Minister for Ports
    signs = index > 1 and stream.lower(index - 1) in _DASHES and stream.tokens[index - 2].is_quote
    return index if word in lexicon.ROLE_NOUNS and (following in (",", ":") or office or signs) else None


_AFTER_CAPITALS = lexicon.ORG_NOUNS | lexicon.ROLE_NOUNS | lexicon.DOCUMENT_NOUNS


def with_modifiers(stream: Stream, first: int, floor: int, *, plural: bool) -> int:
    """The "senior" of "senior Harbour Alliance source", "small groups of" of "small groups of marchers"."""
    floor = max(floor, stream.sentence(first).first)
    one = first - 2 >= floor and stream.lower(first - 1) == "of" and stream.lower(first - 2) == "one"
    if one and plural and stream.lower(first) in DETERMINERS_AND_OWNERS:
        return first - 2  # one of the older pilots
    if stream.tokens[first].is_capital and first > floor and stream.lower(first - 1) in MODIFIERS:
        first -= 1
    if first - 2 >= floor and stream.lower(first - 1) == "of" and stream.lower(first - 2) in _GROUPS:
        first -= 2
        if first > floor and stream.lower(first - 1) in _SIZES:
            first -= 1
    return first


_GROUPS = lexicon.words(
    "group groups handful dozens hundreds thousands scores crowd crowds section sections pair trio band party"
)
_SIZES = lexicon.words("small large big several many a some")
