"""Role phrases: "the senator", "a campaign spokesman", "police", "the report"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from . import lexicon, nouns
from .name_titles import NO_NAMES, goes_before_names
from .ruled_names import Name
from .stream import Stream
from .types import SpeakerKind

_HEADS = lexicon.ROLE_NOUNS | lexicon.PLURAL_GROUPS | lexicon.ORG_NOUNS | lexicon.DOCUMENT_NOUNS
_POSSIBLE = _HEADS | nouns.SOMETIMES_PEOPLE | nouns.DEMONYMS
_LONGEST_LEFT = 6  # tokens before the head noun
_ADJECTIVES = 2  # tokens between an article and a noun that could be a verb
_LONGEST_LIST = 14  # tokens of "a Ministry of Ports, Rivers and Lakes spokesman"
_LONGEST_RIGHT = 9  # tokens of "of the ..." after it
_RIGHT_PREPOSITIONS = frozenset({"of", "for", "at", "from", "with", "in", "on"})
_STOP = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.AUXILIARIES
    | lexicon.SUBJECT_PRONOUNS
    | lexicon.CONTRACTIONS
    | frozenset(
        {
            "him",
            "them",
            "us",
            "me",
            "not",
            "also",
            "then",
            "there",
            "here",
            "whose",
            "what",
            "later",
            "earlier",
            "yesterday",
        }
    )
) - lexicon.POSSESSIVES
_OWNERS = lexicon.POSSESSIVES - {"'s"}
_DASHES = frozenset({"-", "–", "—", "--", "―"})
_PARTIES = frozenset({"republican", "democrat", "conservative", "liberal", "star", "minority", "majority"})


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
        if token.lower not in _POSSIBLE and not token.lower.endswith("-year-old"):
            continue
        if stream.sentences[stream.sentence_of[head]].paragraph in stream.headlines:
            continue
        if head < free_from or head in taken or not _is_head(stream, head, taken):
            continue
        if noun_of_person(token.lower) and _is_body(stream, by_first.get(head + 1)):
            continue  # the independent Center for Rivers
        if token.text in lexicon.POSTNOMINALS and _is_full(stream, names_by_end.get(head)):
            continue  # Ann Lee MP, but "the Port Vale MP"
        first = _left_edge(stream, head, free_from, names_by_end)
        if first is None:
            continue
        owned = stream.lower(first) not in lexicon.DETERMINERS and any(
            stream.lower(index) in lexicon.POSSESSIVES for index in range(first, head)
        )
        if owned and (token.lower in lexicon.SPEECH_NOUNS or token.lower in lexicon.DOCUMENT_NOUNS):
            continue  # whose statement it is counts
        first = _with_modifiers(stream, first, free_from, plural=token.lower in lexicon.PLURAL_GROUPS)
        last = right_edge(stream, head)
        holds = token.lower not in lexicon.PLURAL_GROUPS and token.lower not in lexicon.KIN
        names = (
            index
            for index in range(head + 1, last)
            if _begins_name(stream, index, taken) or (holds and _is_holder(stream, head, by_first.get(index)))
        )
        last = next(names, _with_whole_names(head, last, by_first))
        whole = stream.lower(first) not in _DROPPED or stream.lower(first + 1) == "of"
        start = first if whole or first == head else first + 1
        last = _with_participle(stream, head, last)
        if stream.lower(first) in ("a", "an", "another", "one"):
            last = _with_place(stream, first, last)
        found.append(
            Role(
                first=first,
                last=last,
                name=stream.slice(start, last),
                kind=SpeakerKind.PERSON if stream.lower(first) == "one" else _kind(token.lower),
                gender="m"
                if token.lower in lexicon.MALE_ROLES
                else "f"
                if token.lower in lexicon.FEMALE_ROLES
                else "",
                plural=token.lower in lexicon.PLURAL_GROUPS and stream.lower(first) != "one",
            )
        )
        free_from = last
    return found


_FORMS_OF_ADDRESS = lexicon.words("smt smt. shri sri kumari mr mr. mrs mrs. ms ms.")
_DROPPED = lexicon.DETERMINERS - lexicon.words("several many two three four both each every neither")
_MODIFIERS = lexicon.words("senior former older younger top leading local retired longtime veteran")


def _begins_name(stream: Stream, index: int, taken: Collection[int]) -> bool:
    """A name of its own: "the municipal council Smt Leela Rao", "Minister for Housing Ann Lee"."""
    if not stream.tokens[index].is_capital or stream.lower(index - 1) in lexicon.PREPOSITIONS:
        return False
    after_field = index in taken and index - 1 not in taken and stream.tokens[index - 1].is_capital
    return after_field or stream.lower(index) in _FORMS_OF_ADDRESS


def _is_body(stream: Stream, name: Name | None) -> bool:
    """A body by a word of its name, and not only by its tag."""
    if name is None or name.kind is not SpeakerKind.ORGANIZATION or name.last - name.first == 1:
        return False
    return any(stream.lower(index) in lexicon.ORG_WORDS for index in range(name.first, name.last))


def _with_whole_names(head: int, last: int, by_first: Mapping[int, Name]) -> int:
    """No name is cut: "a spokesman for the Department for Rivers, Food and Farms"."""
    return max([last, *(by_first[index].last for index in range(head + 1, last) if index in by_first)])


def _is_of_person(name: Name | None) -> bool:
    return name is not None and name.kind is SpeakerKind.PERSON


def _is_full(stream: Stream, name: Name | None) -> bool:
    """A person's full name, which nothing says to be a place of."""
    if name is None or not _is_of_person(name) or name.last - name.bare < _FULL or name.certainty <= _UNSURE:
        return False
    return stream.lower(name.first - 1) not in lexicon.DETERMINERS | {"and"}


def _is_holder(stream: Stream, head: int, name: Name | None) -> bool:
    """Whether the office has ended where the name begins: "the director of public health Ann Lee"."""
    if name is None or not _is_of_person(name) or name.last - name.first < _FULL:
        return False
    word = stream.lower(name.first - 1)
    if name.first <= head + 2 or word in _NO_FIELDS or word.endswith("ed"):
        return False
    whose = noun_kind(word)  # a spokesman for the singer, or the company, Ann Lee
    if whose is SpeakerKind.ORGANIZATION:
        return stream.lower(head) not in lexicon.REPRESENTATIVES
    return whose is not SpeakerKind.PERSON and not goes_before_names(stream.tokens[name.first - 1])


_NO_FIELDS = _STOP | lexicon.DETERMINERS | _OWNERS | {"late", "slain"}
_FULL = 2  # words of a full name
_UNSURE = 0.5  # certainty of a name


def _with_participle(stream: Stream, head: int, last: int) -> int:
    """After the "sweeping the market floor" of "a woman sweeping the market floor said"."""
    word = stream.lower(last)
    kind = noun_kind(stream.lower(head))
    if kind is not SpeakerKind.PERSON or not word.endswith("ing") or len(word) < _PARTICIPLE:
        return last
    if word in lexicon.CUE_VERBS or stream.tokens[last].is_capital or last != head + 1:
        return last
    limit = min(stream.sentences[stream.sentence_of[head]].last, last + _LONGEST_PARTICIPLE)
    for end in range(last + 1, limit):
        if stream.lower(end) in lexicon.SAY_VERBS:
            return end
        if not stream.tokens[end].is_word or stream.lower(end) in lexicon.AUXILIARIES:
            return last
    return last


def _with_place(stream: Stream, first: int, last: int) -> int:
    """After the "with a megaphone" of "a policeman with a megaphone said", "said a partner at the firm."."""
    if stream.lower(last) not in _TAILS and stream.lower(last) != "familiar":
        return last
    told = stream.lower(first - 1) in lexicon.SAY_VERBS
    opens = first == stream.sentences[stream.sentence_of[first]].first
    limit = min(stream.sentences[stream.sentence_of[first]].last, last + _LONGEST_PARTICIPLE)
    for end in range(last + 1, limit):
        word = stream.lower(end)
        if word in lexicon.SAY_VERBS and word not in lexicon.NOUN_LIKE:
            return end if end > last + 1 and not told else last
        if not stream.tokens[end].is_word:
            closes = (told and word in (".", ",")) or (opens and word == ",")
            return end if closes and end > last + 1 else last
        if word in _NOT_PLACES or word in lexicon.AUXILIARIES or word in lexicon.SUBJECT_PRONOUNS:
            return last
    return last


_TAILS = lexicon.words("at from with in near behind ahead beside outside")
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
_PARTICIPLE, _LONGEST_PARTICIPLE = 6, 9  # letters, tokens


def _modifies(stream: Stream, index: int) -> bool:
    """The "senior" of "senior Harbour Alliance source": capitals follow, and then the noun itself."""
    after = index + 1
    while after < len(stream.tokens) and stream.tokens[after].is_capital:
        after += 1
    return after > index + 1 and stream.lower(after) in _HEADS and stream.tokens[after].text.islower()


def _with_modifiers(stream: Stream, first: int, floor: int, *, plural: bool) -> int:
    """The "senior" of "senior Harbour Alliance source", "small groups of" of "small groups of marchers"."""
    opening = stream.sentences[stream.sentence_of[first]].first
    floor = max(floor, opening)
    one = first - 2 >= floor and stream.lower(first - 1) == "of" and stream.lower(first - 2) == "one"
    if one and plural and stream.lower(first) in lexicon.DETERMINERS | _OWNERS:
        return first - 2  # one of the older pilots
    if stream.tokens[first].is_capital and first > floor and stream.lower(first - 1) in _MODIFIERS:
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


def noun_kind(noun: str) -> SpeakerKind | None:
    """What a noun of the lexicon stands for."""
    person = noun in nouns.SOMETIMES_PEOPLE or noun in nouns.DEMONYMS or noun.endswith("-year-old")
    return _kind(noun) if person or noun in _HEADS else None


def noun_of_person(head: str) -> bool:
    return (
        head in lexicon.ROLE_NOUNS
        or head in nouns.SOMETIMES_PEOPLE
        or head in nouns.DEMONYMS
        or head.endswith("-year-old")
    )


def _kind(head: str) -> SpeakerKind:
    if noun_of_person(head):
        return SpeakerKind.PERSON
    if head in lexicon.PLURAL_GROUPS:
        return SpeakerKind.GROUP
    return SpeakerKind.ORGANIZATION if head in lexicon.ORG_NOUNS else SpeakerKind.DOCUMENT


def _is_head(stream: Stream, index: int, taken: Collection[int]) -> bool:
    word = stream.lower(index)
    following = stream.lower(index + 1)
    if word not in _HEADS and not _is_person(stream, index, taken):
        return False
    if word in _MODIFIERS and _modifies(stream, index):
        return False
    if following in _HEADS and index + 1 not in taken and following not in lexicon.CUE_VERBS:
        return False  # the last noun is the head: "campaign spokesman"
    if stream.tokens[index].is_capital and index in taken:
        return False
    if following in ("'s", "'") and any(_may_belong(stream.lower(index + ahead)) for ahead in (2, 3, 4)):
        return False  # "the skipper's sister" is the sister
    if word in _PARTIES and following and following[0].isalpha() and not _is_verb(following):
        return False
    if word not in lexicon.CUE_VERBS or _after_determiner(stream, index):
        return True
    return word in lexicon.PLURAL_GROUPS and index - 1 in taken and _is_verb(following)  # prize judges said


def _may_belong(word: str) -> bool:
    """Whether the noun may be a possessor's: his mother, his assistant."""
    return word in _HEADS or word in _RELATIVES


_RELATIVES = (lexicon.REPRESENTATIVES | lexicon.KIN) & nouns.SOMETIMES_PEOPLE


def _is_person(stream: Stream, index: int, taken: Collection[int]) -> bool:
    """ "the 52-year-old said", "the flank Ivo Lind"."""
    word = stream.lower(index)
    if word in nouns.DEMONYMS:
        return index not in taken and stream.tokens[index].is_capital and not _is_noun_like(stream, index + 1)
    if word.endswith("-year-old"):
        return index + 1 not in taken and not _is_noun_like(stream, index + 1)
    if word in _RELATIVES and stream.lower(index - 1) in lexicon.POSSESSIVES:
        return index + 1 not in taken and not _is_noun_like(stream, index + 1)
    return word in nouns.SOMETIMES_PEOPLE and index + 1 in taken and stream.tokens[index].text.islower()


def _is_noun_like(stream: Stream, index: int) -> bool:
    word = stream.lower(index)
    return word[:1].isalpha() and word not in _STOP and not _is_verb(word) and word not in lexicon.CUE_VERBS


def _after_determiner(stream: Stream, index: int) -> bool:
    """ "a county engineering report" is a noun, "they report" is not."""
    for before in range(index - 1, max(-1, index - 2 - _ADJECTIVES), -1):
        word = stream.lower(before)
        if word in lexicon.DETERMINERS or word in lexicon.POSSESSIVES:
            return True
        if not stream.tokens[before].is_word or word in _STOP or _is_verb(word):
            return False
    return False


def _left_edge(stream: Stream, head: int, floor: int, names_by_end: Mapping[int, Name]) -> int | None:
    """First token of the phrase, None when the noun stands bare and is no group."""
    opening = max(floor, stream.sentences[stream.sentence_of[head]].first)
    floor = max(opening, head - _LONGEST_LEFT)
    index = head
    while index > floor:
        body = names_by_end.get(index)
        if body is not None and body.kind is SpeakerKind.ORGANIZATION and body.first >= opening:
            index = body.first  # the University of Kadin researchers
            floor = max(opening, min(floor, index - 1))
            continue
        word = stream.lower(index - 1)
        token = stream.tokens[index - 1]
        if word in lexicon.DETERMINERS or word in _OWNERS:
            return index - 1
        if word == "'s" or word == "'":
            owner = names_by_end.get(index - 1)
            if owner is not None:
                return owner.first
        if not token.is_word or (word in _STOP and token.text != "US") or _is_verb(word):
            break
        if word.endswith("ed") and token.text.islower() and index - 1 in names_by_end:
            break  # Quarrie exhorted Republicans
        if word.endswith("s") and _acts(stream, index - 1, names_by_end):
            break  # Quarrie promises voters
        if stream.tokens[head].is_capital and _is_full(stream, names_by_end.get(index)):
            break  # Ann Lee Marketing Director
        index -= 1
    listed = _list_edge(stream, index, max(opening, head - _LONGEST_LIST)) if index < head else None
    return _bare_edge(stream, index, head) if listed is None else listed


def _list_edge(stream: Stream, index: int, floor: int) -> int | None:
    """The "a" of "a Ministry of Ports, Rivers and Lakes spokesman", where `index` is at Lakes."""
    at = index - 1
    if stream.lower(at) not in ("and", "&") or not stream.tokens[index].is_capital:
        return None
    listed = bodies = False
    while at >= floor:
        token, word = stream.tokens[at], stream.lower(at)
        if word in lexicon.DETERMINERS or word in _OWNERS:
            named = stream.tokens[at + 1].is_capital and stream.tokens[index - 2].is_capital
            return at if named and (bodies or not listed) else None
        if not (token.is_capital or word in _WITHIN_LISTS) or noun_of_person(word):
            return None
        listed = listed or word == ","
        bodies = word in ("for", "of") or (bodies and word != ",")
        at -= 1
    return None


_WITHIN_LISTS = frozenset({"and", "&", ",", "for", "of"})


def _acts(stream: Stream, index: int, names_by_end: Mapping[int, Name]) -> bool:
    """Whether the word in -s is what the person before it does: "Ann Lee heckles Quarrie supporters"."""
    if not _is_of_person(names_by_end.get(index)) or not stream.tokens[index].text.islower():
        return False
    word = stream.lower(index)
    if word in lexicon.CUE_VERBS:
        return True
    several = word in lexicon.PLURAL_GROUPS or noun_of_person(word.removesuffix("s"))
    return stream.tokens[index + 1].is_capital and not several


def _is_verb(word: str) -> bool:
    return (word in lexicon.CUE_VERBS and word not in lexicon.NOUN_LIKE) or word in lexicon.COMMON_VERBS


def _bare_edge(stream: Stream, index: int, head: int) -> int | None:
    word = stream.lower(head)
    if word in lexicon.BARE_GROUPS:
        return index
    capital = stream.tokens[index].is_capital and index < head
    if capital and (
        word in lexicon.ORG_NOUNS or word in lexicon.ROLE_NOUNS or word in lexicon.DOCUMENT_NOUNS
    ):
        return index
    follows = head + 1 < len(stream.tokens) and (
        stream.tokens[head + 1].is_capital or stream.lower(head + 1) in (",", ":")
    )
    office = stream.tokens[head].is_capital and stream.lower(head + 1) in ("for", "of")  # Minister for Ports
    signs = index > 1 and stream.lower(index - 1) in _DASHES and stream.tokens[index - 2].is_quote
    if follows and noun_of_person(word) and stream.tokens[head + 1].is_capital:
        return index  # Brazilian forward Rui Lopes
    return index if word in lexicon.ROLE_NOUNS and (follows or office or signs) else None


def right_edge(stream: Stream, head: int) -> int:
    """After "of the company", "close to the minister" and the like."""
    end = head + 1
    limit = min(stream.sentences[stream.sentence_of[head]].last, head + _LONGEST_RIGHT)
    if (stream.lower(end), stream.lower(end + 1)) in _TIES:
        start = end + 2 + (stream.lower(end + 2) in lexicon.DETERMINERS)
        stop = noun_phrase_end(stream, start, limit)
        end = stop if stop > start else end
    helps = stream.lower(head) in lexicon.HELPERS  # an aide to the mayor
    while end < limit and (stream.lower(end) in _RIGHT_PREPOSITIONS or (helps and stream.lower(end) == "to")):
        if stream.lower(end) == "from" and stream.lower(head) in lexicon.DOCUMENT_NOUNS:
            break  # a letter from the council: whose it is counts
        stop = noun_phrase_end(stream, end + 1, limit)
        if stop == end + 1 or not _is_part(stream, end, stop):
            break
        end = stop
    return end


_TIES = frozenset({("close", "to"), ("loyal", "to"), ("familiar", "with"), ("opposed", "to"), ("near", "to")})


def _is_part(stream: Stream, preposition: int, stop: int) -> bool:
    """Whether "in the crowd", "on the panel" belongs to the noun: a place to be in, no day or manner."""
    if stream.lower(preposition) in ("of", "for"):
        return True
    if stream.lower(preposition) == "to":
        return stream.tokens[stop - 1].is_capital or noun_of_person(stream.lower(stop - 1))
    if stream.lower(preposition) in ("in", "on"):
        place = range(preposition + 1 + (stream.lower(preposition + 1) == "the"), stop)
        speaks = stream.lower(stop) in lexicon.SAY_VERBS or stream.lower(stop + 1) in lexicon.SAY_VERBS
        named = stream.lower(preposition) == "in" and all(stream.tokens[i].is_capital for i in place)
        if speaks and place and named and stream.lower(stop - 1) not in NO_NAMES:
            return True  # the embassy in Kadin said, but "officials in January said"
        placed = stream.lower(preposition + 1) in ("the", "his", "her", "their")
        return placed and not any(stream.lower(i) in lexicon.PLACES for i in range(preposition, stop))
    return stream.tokens[stop - 1].is_capital


def noun_phrase_end(stream: Stream, index: int, limit: int) -> int:
    start = index
    while index < limit:
        token = stream.tokens[index]
        if not token.is_word or token.lower in _STOP or (index > start and _ends_phrase(stream, index)):
            break
        index += 1
    return index


_COMPLEMENTS = lexicon.words("to that any the a an its his her their no comment")


def _ends_phrase(stream: Stream, index: int) -> bool:
    token = stream.tokens[index]
    if token.lower == "'s":
        return index + 1 >= len(stream.tokens) or not stream.tokens[index + 1].is_word
    if stream.lower(index - 1) in lexicon.DETERMINERS:
        return False  # "for the state department"
    if token.lower.endswith("ed") and token.text.islower() and stream.lower(index + 1) in _COMPLEMENTS:
        return True  # "declined to"
    return not token.is_capital and (
        _is_verb(token.lower) or token.lower in lexicon.CUE_VERBS or token.lower.endswith("ly")
    )
