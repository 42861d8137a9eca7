"""Role phrases: "the senator", "a campaign spokesman", "police", "the report"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from quotes.english import lexicon
from quotes.extraction.names.ruled_names import Name
from quotes.extraction.names.titles import goes_before_names
from quotes.extraction.roles.ends import right_edge, with_participle, with_place
from quotes.extraction.roles.nouns import STOP, is_head, noun_gender, noun_kind, noun_of_person
from quotes.extraction.roles.starts import DETERMINERS_AND_OWNERS, is_full, left_edge, with_modifiers
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind


@dataclass(frozen=True, slots=True)
class Role:
    """Tokens first..last of the phrase; `name` is the phrase without its leading article."""

    first: int
    last: int
    name: str
    kind: SpeakerKind
    gender: str = ""
    plural: bool = False
    embedded: bool = False


def find_roles(stream: Stream, taken: Collection[int], names_by_end: Mapping[int, Name]) -> list[Role]:
    """Role phrases in order. `taken`: the tokens of names; `names_by_end`: names by their last token."""
    found: list[Role] = []
    free_from = 0
    by_first = {name.first: name for name in names_by_end.values()}
    for head, token in enumerate(stream.tokens):
        kind = noun_kind(token.lower)
        if kind is None or head < free_from or head in taken or stream.in_headline(head):
            continue
        if not is_head(stream, head, taken):
            continue
        if noun_of_person(token.lower) and _is_body(stream, by_first.get(head + 1)):
            continue  # the independent Center for Rivers
        if token.text in lexicon.POSTNOMINALS and is_full(stream, names_by_end.get(head)):
            continue  # Ann Lee MP, but "the Port Vale MP"
        first = _first(stream, head, free_from, names_by_end)
        if first is None:
            continue
        last = _last(stream, first, head, taken, by_first)
        found.append(_role(stream, first, last, head, kind))
        free_from = last
    return found


def _is_body(stream: Stream, name: Name | None) -> bool:
    """A body by a word of its name, and not only by its tag."""
    if name is None or name.kind is not SpeakerKind.ORGANIZATION or name.last - name.first == 1:
        return False
    return any(stream.lower(index) in lexicon.ORG_WORDS for index in range(name.first, name.last))


def _first(stream: Stream, head: int, floor: int, names_by_end: Mapping[int, Name]) -> int | None:
    """Where the phrase begins, not before `floor`; None if the noun stands for nobody here."""
    first = left_edge(stream, head, floor, names_by_end)
    if first is None:
        return None
    noun = stream.lower(head)
    if noun in lexicon.SPEECH_NOUNS or noun in lexicon.DOCUMENT_NOUNS:
        owned = any(stream.lower(index) in lexicon.POSSESSIVES for index in range(first, head))
        if owned and stream.lower(first) not in lexicon.DETERMINERS:
            return None  # whose statement it is counts
    return with_modifiers(stream, first, floor, plural=noun in lexicon.PLURAL_GROUPS)


def _last(stream: Stream, first: int, head: int, taken: Collection[int], by_first: Mapping[int, Name]) -> int:
    """Where the phrase ends: before a name that is nobody's field, and never within a name."""
    last = right_edge(stream, head)
    inside = range(head + 1, last)
    whole = max([last, *(by_first[index].last for index in inside if index in by_first)])
    last = next((index for index in inside if _is_apart(stream, head, index, taken, by_first)), whole)
    last = with_participle(stream, head, last)
    return with_place(stream, first, last) if stream.lower(first) in _INDEFINITE else last


_INDEFINITE = frozenset({"a", "an", "another", "one"})


def _is_apart(
    stream: Stream, head: int, index: int, taken: Collection[int], by_first: Mapping[int, Name]
) -> bool:
    """Whether a name of its own begins here, which the phrase only stands before."""
    if stream.tokens[index].is_capital and stream.lower(index - 1) not in lexicon.PREPOSITIONS:
        field = index - 1 not in taken and stream.tokens[index - 1].is_capital  # Minister for Housing Ann Lee
        if (field and index in taken) or stream.lower(index) in _FORMS_OF_ADDRESS:
            return True
    noun = stream.lower(head)
    holds = noun not in lexicon.PLURAL_GROUPS and noun not in lexicon.KIN
    return holds and _is_holder(stream, head, by_first.get(index))


_FORMS_OF_ADDRESS = lexicon.words("smt smt. shri sri kumari mr mr. mrs mrs. ms ms.")


def _is_holder(stream: Stream, head: int, name: Name | None) -> bool:
    """Whether the office has ended where the name begins: "the director of public health Ann Lee"."""
    if name is None or not name.is_person or name.last - name.first == 1:
        return False
    word = stream.lower(name.first - 1)
    if name.first <= head + 2 or word in _NO_FIELDS or word.endswith("ed"):
        return False
    whose = noun_kind(word)  # a spokesman for the singer, or the company, Ann Lee
    if whose is SpeakerKind.ORGANIZATION:
        return stream.lower(head) not in lexicon.REPRESENTATIVES
    return whose is not SpeakerKind.PERSON and not goes_before_names(stream.tokens[name.first - 1])


_NO_FIELDS = STOP | DETERMINERS_AND_OWNERS | {"late", "slain"}


def _role(stream: Stream, first: int, last: int, head: int, kind: SpeakerKind) -> Role:
    noun, opening = stream.lower(head), stream.lower(first)
    whole = opening not in _DROPPED or stream.lower(first + 1) == "of"
    return Role(
        first=first,
        last=last,
        name=stream.slice(first if whole or first == head else first + 1, last),
        kind=SpeakerKind.PERSON if opening == "one" else kind,
        gender=noun_gender(noun),
        plural=noun in lexicon.PLURAL_GROUPS and opening != "one",
    )


_DROPPED = lexicon.DETERMINERS - lexicon.words("several many two three four both each every neither")
