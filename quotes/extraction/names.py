"""Names: runs of capitalised words, with titles, particles, initials and suffixes."""

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from . import lexicon, nouns
from .name_runs import capital_runs, dateline_end, is_nickname
from .stream import Sentence, Stream, Token
from .tagger import TaggedName, has_capital, tag
from .types import SpeakerKind

_NO_NAMES = lexicon.words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december jan. feb. aug. sept. oct. nov. dec. street avenue road
    boulevard highway
    """
)
_PARTY_CODE = re.compile(r"[RDIL]-[A-Z]|[RDI]$")


_INITIALS = 2  # letters


@dataclass(frozen=True, slots=True)
class Name:
    """A named mention: tokens first..last with titles; `full_first` takes in a role before it."""

    first: int
    last: int
    full_first: int
    name: str
    kind: SpeakerKind
    description: str = ""
    gender: str = ""
    plural: bool = False
    titled: bool = False
    embedded: bool = False
    bare: int = -1  # first token of `name`
    certainty: float = 1.0  # of its edges and kind
    sure: bool = False  # the kind follows from a title, a list or the word itself


def find_names(stream: Stream) -> list[Name]:
    """Names in order, none overlapping: what the tagger finds, and what only rules can tell."""
    surnames = _titles_as_surnames(stream)
    runs = list(capital_runs(stream))
    tagged = _whole(stream, _joined(stream, tag(stream)), runs)
    if stream.headlines:
        tagged = _with_headlines(stream, tagged)
    tagged = _consistent(stream, tagged)
    ends = [0, *(one.last for one in tagged)]
    found = [
        name
        for one, floor in zip(tagged, ends, strict=False)
        if (name := _of_tag(stream, one, surnames, floor)) is not None
    ]
    found = _with_bodies(stream, found)
    covered = {index for one in tagged for index in range(one.first, one.last)}
    covered |= {index for name in found for index in range(name.first, name.last)}
    alone = _alone(stream, tagged)
    for first, last in runs:
        if covered.isdisjoint(range(first, last)):
            name = _name(stream, first, last, surnames)
            if name is not None and (name.sure or _is_borne_out(stream, name, alone)):
                found.append(replace(name, certainty=_RULED))
    return sorted(found, key=lambda name: name.first)


def _is_borne_out(stream: Stream, name: Name, alone: Collection[str]) -> bool:
    """Whether a name that rules guess speaks, has a particle, or goes by its last word, one of `alone`."""
    if name.last - name.bare > 1 and stream.lower(name.last - 1) in alone:
        return True
    return _speaks(stream, name) or _is_one_person(stream, name.bare, name.last)


_RULED = 0.7  # how certain a name is that only rules find


def _with_bodies(stream: Stream, names: Sequence[Name]) -> list[Name]:
    """A body or place within somebody's title is no name: Kadin County Prosecutor Ann Lee."""
    found: list[Name] = []
    for name in names:
        before = found[-1] if found else None
        begin = name.first if before is None else _title_with_body(stream, before, name)
        if begin < name.first:
            role = stream.slice(begin, name.bare)
            name = replace(name, first=begin, full_first=begin, description=role, titled=True)
            found.pop()
        found.append(name)
    return found


def _title_with_body(stream: Stream, before: Name, name: Name) -> int:
    """Where a title begins that the name before is part of; the name's own start where it is of none."""
    beside = before.last == name.first and stream.sentence_of[before.first] == stream.sentence_of[name.first]
    if not beside or name.kind is not SpeakerKind.PERSON or before.kind is not SpeakerKind.ORGANIZATION:
        return name.first
    if name.bare > name.first:
        return before.first
    office = stream.lower(before.first - 1) == "of" and _goes_before_names(stream.tokens[before.first - 2])
    return before.first - 2 if office else name.first  # Superintendent of Police Ann Lee


def _joined(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """Names that begin and end with a capital; parts of one name that stand side by side as one."""
    found: list[TaggedName] = []
    for one in tagged:
        trimmed = _trimmed(stream, one)
        before = found[-1] if found else None
        if trimmed is not None and before is not None and _goes_on(stream, before, trimmed):
            found[-1] = replace(before, last=trimmed.last, type=trimmed.type)
        elif trimmed is not None:
            found.append(trimmed)
    return found


def _whole(stream: Stream, tagged: Sequence[TaggedName], runs: Sequence[tuple[int, int]]) -> list[TaggedName]:
    """With what rules know to belong to a name: a first name, Jr., a nickname, what a body is for."""
    waiting = deque(_with_ends(stream, one) if one.type == "person" else one for one in tagged)
    found: list[TaggedName] = []
    for first, last in runs:
        while waiting and waiting[0].last <= first:
            found.append(waiting.popleft())
        parts = []
        while waiting and waiting[0].first < last:
            parts.append(waiting.popleft())
        found += _whole_run(stream, first, last, parts) if parts else []
    return [*found, *waiting]


def _whole_run(stream: Stream, first: int, last: int, parts: list[TaggedName]) -> list[TaggedName]:
    """What the names in a run of capitals are, with what rules know of the run."""
    one = parts[0]
    if len(parts) == 1 and (one.first, one.last) == (first, last) and one.sure > _HARDLY:
        return parts
    whole = _as_body(stream, first, last, parts) or _as_person(stream, first, last, parts)
    if whole is not None:
        return [whole]
    joined = any(stream.lower(index) in _JOINS_BODIES for index in range(first + 1, last - 1))
    least = _HARDLY if joined else _LITTLE
    if any(part.type == "person" and part.sure > least for part in parts):
        half = _is_half_a_name(stream, first, last, parts)
        return [replace(one, first=first, last=last)] if half else parts
    ruled = None if joined else _as_ruled(stream, first, last, parts)
    if ruled is not None:
        return [ruled]
    body = any(part.type == "organization" for part in parts)
    opens = one.first == first and one.last < last and one.type == "place"
    if joined or ((body or opens) and stream.lower(last - 1) not in _PEOPLES_TITLES):
        return [
            TaggedName(first, max(last, parts[-1].last), "organization", one.sure)
        ]  # Northern Vale Trains
    return parts


def _as_person(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> TaggedName | None:
    """The run as one person's name, where particles, a nickname or a known first name say so."""
    one = next((part for part in parts if part.type == "person"), parts[0])
    end = max(last, parts[-1].last)
    if len(parts) == 1 and one.type == "person" and one.first < first and _opens_person(stream, first):
        return replace(one, first=first)  # the Secretary of State for Wales David Hale
    if any(map(_is_other, parts)):
        return None
    core = _bare_start(stream, first, last, frozenset())
    if core < last and (_is_one_person(stream, first, last) or _is_plain_person(stream, core, last)):
        titled = any(_goes_before_names(stream.tokens[index]) for index in range(one.first, core))
        return replace(one, first=core if titled else min(one.first, core), last=end, type="person")
    return None


def _as_body(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> TaggedName | None:
    """The run as a body's name, where its last word or the one behind it can be no person's."""
    is_company = stream.lower(last - 1) in _LEGAL_FORMS or stream.lower(last) in _LEGAL_FORMS
    person = any(part.type == "person" and part.last - part.first > 1 for part in parts)
    can_be = not person and stream.lower(first) not in lexicon.FIRST_NAMES
    if last - first == 1 or not (is_company or (can_be and stream.lower(last - 1) in lexicon.ORG_WORDS)):
        return None
    begin = first if _is_all_body([*stream.tokens[first:last]]) else parts[0].first
    return TaggedName(begin, max(last, parts[-1].last), "organization", parts[0].sure)


def _as_ruled(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> TaggedName | None:
    """What rules take the run for, where the tagger is not sure of any of it."""
    if any(part.sure >= _LITTLE for part in parts):
        return None
    ruled = _name(stream, first, last, frozenset())
    if ruled is None or ruled.last - ruled.bare == 1:
        return None
    kind = "person" if ruled.kind is SpeakerKind.PERSON else "organization"
    return replace(parts[0], first=ruled.bare, last=max(last, parts[-1].last), type=kind)


def _is_other(one: TaggedName) -> bool:
    return one.type != "person" and one.sure > _HARDLY


def _is_half_a_name(stream: Stream, first: int, last: int, parts: Sequence[TaggedName]) -> bool:
    """The Ola of "Ola Brandt", or the Brandt: nothing else is known of the other word."""
    one = parts[0]
    if len(parts) > 1 or last - first != 2 or one.last - one.first != 1:
        return False
    other = last - 1 if one.first == first else first
    word = stream.lower(other)
    opens = other == stream.sentences[stream.sentence_of[other]].first
    if opens and (stream.lower(last) != "," or word.endswith(("ing", "ed", "ly"))):
        return False
    return not any(word in some for some in (_PEOPLES_TITLES, lexicon.ORG_WORDS, lexicon.PLACES, _NATIONS))


_NATIONS = lexicon.NATIONALITIES | nouns.DEMONYMS | lexicon.COMMON_OPENERS | nouns.SOMETIMES_PEOPLE
_HARDLY, _LITTLE = 0.8, 0.5


def _is_plain_person(stream: Stream, first: int, last: int) -> bool:
    """A known first name and a word or two that are no end of anything else."""
    words = [stream.tokens[index] for index in range(first, last)]
    initials = bool(re.fullmatch(r"(?:[A-Z]\.){2,3}", words[0].text)) if words else False
    known = len(words) in (2, 3) and (initials or words[0].lower in lexicon.FIRST_NAMES)
    if known and initials:
        return words[-1].lower not in lexicon.ORG_WORDS and words[0].lower not in _PEOPLES_TITLES
    return known and _is_sure(words, "", SpeakerKind.PERSON)


def _is_one_person(stream: Stream, first: int, last: int) -> bool:
    """Whether a nickname in marks or a particle holds the words together: Nuno Falcão e Castro."""
    between = range(first + 1, last - 1)
    return stream.tokens[first].text.islower() or any(
        stream.tokens[index].is_quote or stream.tokens[index].text in lexicon.PARTICLES for index in between
    )


_PEOPLES_TITLES = lexicon.TITLES | lexicon.ROLE_NOUNS | lexicon.FIRST_NAMES
_JOINS_BODIES = lexicon.words("for and & of on")


def _with_ends(stream: Stream, one: TaggedName) -> TaggedName:
    first, last = one.first, one.last
    opening = stream.sentences[stream.sentence_of[first]].first
    while first > opening and _INITIAL.fullmatch(stream.tokens[first - 1].text):
        first -= 1
    before, after = stream.tokens[max(first - 1, 0)], stream.lower(last)
    if first > opening and before.is_capital and _opens_person(stream, first - 1):
        first -= 1
    if after in _GENERATIONS and stream.tokens[last].is_capital:
        last += 1
    elif after == "," and stream.lower(last + 1) in _GENERATIONS:
        last += 2
    return replace(one, first=first, last=last)


_INITIAL = re.compile(r"[B-HJ-Z]\.?|[AI]\.")
_GENERATIONS = lexicon.words("jr jr. sr sr. ii iii iv")


def _opens_person(stream: Stream, index: int) -> bool:
    """The Will of "Will Quarrie", the Earl of "Gov. Earl Ray Tomblin"."""
    word = stream.lower(index)
    if word not in lexicon.FIRST_NAMES:
        return False
    return word not in lexicon.TITLES or stream.lower(index - 1) in lexicon.TITLES


def _with_headlines(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """In a headline, where each word has a capital, those are names that are some in the body."""
    found: list[TaggedName] = []
    known: dict[tuple[str, ...], str] = {}
    for one in tagged:
        if _in_headline(stream, one.first):
            continue
        found.append(one)
        words = tuple(stream.lower(index) for index in range(one.first, one.last))
        known.setdefault(words, one.type)
        if one.type == "person":
            known.setdefault(words[-1:], one.type)
    longest = max(map(len, known), default=0)
    for sentence in stream.sentences:
        if sentence.paragraph in stream.headlines:
            found += _known_names(stream, sentence, known, longest)
    return sorted(found, key=lambda one: one.first)


def _known_names(
    stream: Stream, sentence: Sentence, known: Mapping[tuple[str, ...], str], longest: int
) -> Iterator[TaggedName]:
    index = sentence.first
    while index < sentence.last:
        for size in range(min(longest, sentence.last - index), 0, -1):
            kind = known.get(tuple(stream.lower(at) for at in range(index, index + size)))
            if kind is not None and stream.tokens[index].is_capital:
                yield TaggedName(index, index + size, kind, 1.0)
                index += size - 1
                break
        index += 1


def _in_headline(stream: Stream, index: int) -> bool:
    return stream.sentences[stream.sentence_of[index]].paragraph in stream.headlines


def _trimmed(stream: Stream, one: TaggedName) -> TaggedName | None:
    """From its first word to its last capital, and no further than quoted words that are no nickname."""
    last = one.last
    for index in range(one.first, one.last):
        token = stream.tokens[index]
        if token.is_quote and not (index + 1 < one.last and is_nickname(stream, token, index + 1)):
            last = index
            break
    while last > one.first and not has_capital(stream.tokens[last - 1]):
        last -= 1
    return replace(one, last=last) if last > one.first else None


def _goes_on(stream: Stream, before: TaggedName, one: TaggedName) -> bool:
    """Whether it is the rest of one name: Ann + Lee, Dwayne "The Rock" + Johnson, Kadin + Police Force."""
    if stream.sentence_of[before.first] != stream.sentence_of[one.first]:
        return False
    people = before.type == one.type == "person"
    if before.last == one.first:
        return people or (before.type == "place" and one.type == "organization")
    between = stream.tokens[before.last]
    nickname = before.last + 1 == one.first and between.is_quote
    return people and nickname and is_nickname(stream, between, one.first)


def _consistent(stream: Stream, tagged: Sequence[TaggedName]) -> list[TaggedName]:
    """A surname alone is a person's wherever the article has one fuller name that ends with it."""
    alone = _alone(stream, tagged)
    tagged = [_by_surname(stream, one, alone) for one in tagged]
    people: set[str] = set()  # last words of people's names, and of bodies'; all words of other names
    bodies: set[str] = set()
    others: set[str] = set()
    for one in tagged:
        words = [stream.lower(index) for index in range(one.first, one.last)]
        if len(words) > 1 and one.type == "person":
            people.add(words[-1])
        elif len(words) > 1:
            others.update(words)
            bodies.update(words[-1:] if one.type == "organization" else ())
    family = people - others - lexicon.COMMON_OPENERS - lexicon.PLACES - lexicon.SUFFIXES
    found = [replace(one, type=_type_again(stream, one, family, bodies - people)) for one in tagged]
    covered = {index for one in tagged for index in range(one.first, one.last)}
    for index, token in enumerate(stream.tokens):
        again = token.is_capital and token.lower in family and index not in covered
        if again and not _before_capital(stream, index) and not _in_headline(stream, index):
            found.append(TaggedName(index, index + 1, "person", _AGAIN))
    return sorted(found, key=lambda one: one.first)


def _alone(stream: Stream, tagged: Sequence[TaggedName]) -> set[str]:
    """Words that are a person's name by themselves."""
    return {
        stream.lower(one.first)
        for one in tagged
        if one.type == "person" and one.last == one.first + 1 and one.sure > _LIKELY
    }


def _by_surname(stream: Stream, one: TaggedName, alone: Collection[str]) -> TaggedName:
    """Halvard Eikeland is no place, if he is called Eikeland."""
    doubtful = one.type != "person" and one.last > one.first + 1 and one.sure < _HARDLY
    if not doubtful or stream.lower(one.last - 1) not in alone:
        return one
    return replace(one, type="person")


_LIKELY = 0.7


def _type_again(stream: Stream, one: TaggedName, family: Collection[str], bodies: Collection[str]) -> str:
    """The type of a name of one word, by the fuller names that end with it."""
    word = stream.lower(one.first)
    if one.last > one.first + 1 or (word not in family and word not in bodies):
        return one.type
    if word in family:
        return "person"
    return "organization" if one.type == "person" else one.type  # the Gulls are the Harbour Gulls


_AGAIN = 0.8  # how sure a surname is that only its fuller name tells


def _before_capital(stream: Stream, index: int) -> bool:
    following = index + 1
    if following >= len(stream.tokens) or stream.sentence_of[index] != stream.sentence_of[following]:
        return False
    return stream.tokens[following].is_capital


def _of_tag(stream: Stream, one: TaggedName, surnames: frozenset[str], floor: int) -> Name | None:
    """`floor`: where the name before ends."""
    first, last = one.first, one.last
    while first < last and stream.lower(first) in ("the", "a", "an"):
        first += 1
    if first == last:
        return None
    words = [stream.tokens[index] for index in range(first, last)]
    phrase = " ".join(token.lower for token in words)
    if _is_no_name(stream, first, last, phrase):
        return None
    ends_as_body = words[-1].lower in lexicon.ORG_WORDS and words[0].lower not in lexicon.FIRST_NAMES
    if one.type == "person" and not (ends_as_body and len(words) > 1):
        person = _person(stream, first, last, surnames, floor)
        return person and replace(person, certainty=one.sure)
    if len(words) == 1 and words[0].lower in _PEOPLES:
        return _plain(stream, first, last, SpeakerKind.GROUP)
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES:
        return _plain(stream, first, last, SpeakerKind.ORGANIZATION)
    if one.type in ("person", "organization"):  # the Kadin Gazette
        if stream.lower(last) == "," and stream.lower(last + 1) in _LEGAL_FORMS:
            last += 2
        return replace(_plain(stream, first, last, SpeakerKind.ORGANIZATION), certainty=one.sure)
    if one.type == "nationality":
        return None
    body = replace(_plain(stream, first, last, SpeakerKind.ORGANIZATION), certainty=one.sure)
    return body if _speaks(stream, body) else None


def _is_no_name(stream: Stream, first: int, last: int, phrase: str) -> bool:
    if stream.lower(last - 1) in _NO_NAMES or _PARTY_CODE.match(stream.tokens[first].text):
        return True
    if stream.tokens[first].text.isupper():
        sentence = stream.sentences[stream.sentence_of[first]]
        if last <= dateline_end(stream, sentence):
            return True
    if phrase in _LEGAL_FORMS:
        return True
    alone = last == first + 1 and stream.lower(first - 1) not in lexicon.HONORIFICS
    return alone and (phrase in _PRONOUNS or phrase in lexicon.CONTRACTIONS)


_PRONOUNS = lexicon.words("i he she it they we you him her his their them who mr mrs ms miss dr")


def _plain(stream: Stream, first: int, last: int, kind: SpeakerKind) -> Name:
    return Name(
        first=first,
        last=last,
        full_first=first,
        name=stream.slice(first, last),
        kind=kind,
        plural=kind is SpeakerKind.GROUP,
        bare=first,
        sure=True,
    )


def _person(stream: Stream, first: int, last: int, surnames: frozenset[str], floor: int) -> Name | None:
    """The bare name, with what stands before it as titles; letters behind it are none of it."""
    core = first if _opens_person(stream, first) else _bare_start(stream, first, last, surnames)
    if core == last:
        return None
    begin = _titles_start(stream, first, floor)
    while last > core + 1 + (begin == core) and stream.tokens[last - 1].text in lexicon.POSTNOMINALS:
        last -= 1
    phrase = " ".join(stream.lower(index) for index in range(core, last))
    honorific = [
        stream.lower(index) for index in range(begin, core) if stream.lower(index) in lexicon.HONORIFICS
    ]
    gender = next((lexicon.HONORIFICS[word] for word in honorific if lexicon.HONORIFICS[word]), "")
    return Name(
        first=begin,
        last=last,
        full_first=begin,
        name=stream.slice(core, last),
        kind=SpeakerKind.PERSON,
        description=stream.slice(begin, core) if core > begin and not set(honorific) & _PLAIN else "",
        gender=gender or first_name_gender(phrase),
        titled=any(_goes_before_names(stream.tokens[index]) for index in range(begin, core)),
        bare=core,
        sure=True,
    )


def _titles_start(stream: Stream, first: int, floor: int) -> int:
    """Where the capitals before a person's name begin that are no name: "Datuk Seri", "Prime Minister"."""
    opening = stream.sentences[stream.sentence_of[first]].first
    floor = max(floor, opening, first - _TITLE_WORDS)
    begin = first
    while begin > floor:
        if (
            begin - 3 >= floor
            and stream.lower(begin - 2) == "of"
            and _goes_before_names(stream.tokens[begin - 3])
        ):
            begin -= 3  # Secretary of State
        elif _is_title(stream, begin - 1, opening, next_to_name=begin == first):
            begin -= 1
        else:
            break
    if stream.lower(begin - 1) in lexicon.PREPOSITIONS:  # the minister for Public Works Ann Lee
        known = (index for index in range(begin, first) if _goes_before_names(stream.tokens[index]))
        return next(known, first)
    return begin


_TITLE_WORDS = 5


def _is_title(stream: Stream, index: int, opening: int, *, next_to_name: bool) -> bool:
    token = stream.tokens[index]
    if _goes_before_names(token):
        return True
    if not token.is_capital or token.lower in lexicon.COMMON_OPENERS or token.lower in _NO_NAMES:
        return False
    if token.lower in lexicon.ROLE_NOUNS or token.lower in nouns.SOMETIMES_PEOPLE:
        return True
    # Whatever else has a capital there, unless only the sentence gives it: "Asking Lee".
    return index > opening or not next_to_name


def _speaks(stream: Stream, name: Name) -> bool:
    """Whether a verb of saying, a colon or "according to" stands next to the name."""
    before, after = stream.lower(name.first - 1), stream.lower(name.last)
    if after in (":", "'s") or before == "to":
        return True
    return any(word in lexicon.CUE_VERBS for word in (before, after, stream.lower(name.last + 1)))


def _titles_as_surnames(stream: Stream) -> frozenset[str]:
    """Surnames of this article that are titles elsewhere ("Howard Dean")."""
    return frozenset(
        token.lower
        for index, token in enumerate(stream.tokens)
        if token.is_capital
        and token.lower in lexicon.TITLES
        and index
        and stream.lower(index - 1) in lexicon.FIRST_NAMES
    )


def _name(stream: Stream, first: int, last: int, surnames: frozenset[str]) -> Name | None:
    words = [stream.tokens[index] for index in range(first, last)]
    core = _bare_start(stream, first, last, surnames) - first
    if core == len(words):  # only titles: "the President" is a role
        return None
    phrase = " ".join(token.lower for token in words[core:])
    if words[core].text[0] == "@":
        return Name(first, last, first, words[core].text, SpeakerKind.PERSON, bare=first, sure=True)
    honorific = [token.lower for token in words[:core] if token.lower in lexicon.HONORIFICS]
    kind = _kind(stream, first, words[core:], phrase, titled=core > 0)
    if kind is None:
        return None
    is_company = stream.lower(last) in _LEGAL_FORMS  # Brackwell Cable plc
    kind = SpeakerKind.ORGANIZATION if is_company else kind
    gender = next((lexicon.HONORIFICS[word] for word in honorific if lexicon.HONORIFICS[word]), "")
    return Name(
        first=first,
        last=last,
        full_first=first,
        name=stream.slice(first + core, last),
        kind=kind,
        description=stream.slice(first, first + core) if core and not set(honorific) & _PLAIN else "",
        gender=gender or (first_name_gender(phrase) if kind is SpeakerKind.PERSON else ""),
        plural=kind is SpeakerKind.GROUP,
        titled=core > 0,
        bare=first + core,
        sure=core > 0 or is_company or _is_sure(words[core:], phrase, kind),
    )


def _is_role(words: Sequence[Token]) -> bool:
    """Whether the first word is a role with a capital: "Catcher Bobby Rasmusson"."""
    role = words[0].lower
    if len(words) < 3 or role in lexicon.FIRST_NAMES or role in _ROLE_LIKE_NAMES:
        return False
    named = words[1].lower in lexicon.FIRST_NAMES or bool(re.fullmatch(r"[A-Z]\.", words[1].text))
    return role in lexicon.ROLE_NOUNS or (named and role in nouns.SOMETIMES_PEOPLE)


def _is_epithet(words: Sequence[Token]) -> bool:
    """Whether the first word only praises or pities: "Brave R.S. Pillai", "Openers Ann and Bo Ek"."""
    word = words[0].lower
    if len(words) < 3 or word in lexicon.FIRST_NAMES:
        return False
    named = words[1].lower in lexicon.FIRST_NAMES or bool(re.fullmatch(r"(?:[A-Z]\.)+", words[1].text))
    return named and (
        word in _EPITHETS or word.removesuffix("s") in lexicon.ROLE_NOUNS | nouns.SOMETIMES_PEOPLE
    )


def _goes_before_names(token: Token) -> bool:
    """A title, a people, a Vice-Admiral; the "del" of María del Carmen is no delegate."""
    word = token.lower
    if word in _DIRECTIONS:
        return False  # Northern Vale
    if word in lexicon.TITLES or word in lexicon.NATIONALITIES:
        return token.is_capital
    before, _, after = word.partition("-")
    return before in ("vice", "deputy", "ex", "former", "then") and after in lexicon.TITLES


_EPITHETS = lexicon.words(
    """
    brave furious angry proud devastated heartbroken tragic shamed disgraced embattled stunned gutted
    delighted worried terrified shocked tearful defiant grieving retired veteran fellow beloved legendary
    hero heroic evil vile cheeky plucky dad mum mother-of-two father-of-two openers opener
    """
)
_ROLE_LIKE_NAMES = lexicon.words(
    """
    hunter carter baker cooper archer parker porter mason miller tanner potter king prince bishop pope
    page marshall knight judge major duke earl dean rector abbot star chase chief deacon squire sage
    guy dick buddy sonny butler cook fisher weaver fowler sawyer turner shepherd gardener painter
    """
)


def _is_sure(core: Sequence[Token], phrase: str, kind: SpeakerKind) -> bool:
    """Whether the words themselves tell the kind."""
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES or kind is SpeakerKind.GROUP:
        return True
    last = core[-1].lower
    if len(core) > 1 and (last in lexicon.SUFFIXES or last in _LEGAL_FORMS or core[1].lower == "for"):
        return True
    if core[0].lower in _COMPASS and last in _BODIES:
        return True
    plain = len(core) in (2, 3) and core[0].lower in lexicon.FIRST_NAMES and core[0].lower != last
    return plain and kind is SpeakerKind.PERSON and last not in _COMMON_LAST


_COMMON_LAST = (
    lexicon.ORG_NOUNS
    | lexicon.DOCUMENT_NOUNS
    | lexicon.PREPOSITIONS
    | lexicon.DETERMINERS
    | lexicon.PLURAL_GROUPS
    | lexicon.words("show act island hill road street award prize day panthers park stadium gazette war")
)


def _bare_start(stream: Stream, first: int, last: int, surnames: frozenset[str]) -> int:
    """The first token of the bare name, `last` where there is none."""
    words = [stream.tokens[index] for index in range(first, last)]
    if _is_label(stream, first, last):
        return first
    if _PARTY_CODE.match(words[0].text) or (words[0].text in ("Q.", "A.") and _opens(stream, first)):
        return last
    core = _core_start(words)
    if core == len(words) and words[-1].lower in surnames and stream.lower(first - 1) != "the":
        before = [index for index, token in enumerate(words[:-1]) if token.lower in lexicon.TITLES]
        core = before[-1] + 1 if before else 0
    return first + core


def _is_label(stream: Stream, first: int, last: int) -> bool:
    """The JT of "JT: ..." in a chat or a transcript."""
    alone = last == first + 1 and stream.lower(last) == ":" and _opens(stream, first)
    return (
        alone
        and stream.tokens[first].text.isupper()
        and stream.tokens[min(last + 1, len(stream.tokens) - 1)].is_quote
    )


def _opens(stream: Stream, first: int) -> bool:
    return stream.sentences[stream.sentence_of[first]].first == first


_LEGAL_FORMS = frozenset({"plc", "ltd", "ltd.", "llc", "gmbh", "inc", "inc.", "corp", "corp."})
_PLAIN = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss"})


def _is_all_body(words: list[Token]) -> bool:
    """Whether no word before the name of a body is a title of its own."""
    first, last = words[0].lower, words[-1].lower
    if last in lexicon.ORG_WORDS or any(word.text == "&" for word in words):
        return True
    if first in _COMPASS and len(words) > 2 and last in _BODIES:
        return True  # Northern Councils Forum
    ministry = len(words) > 3 and words[1].lower in lexicon.ORG_WORDS and words[2].lower in ("of", "for")
    return ministry and first in lexicon.NATIONALITIES  # Norwegian Ministry of Fisheries


def _core_start(words: list[Token]) -> int:
    """Index of the first word of the bare name, after titles, parties and nationalities."""
    if _is_all_body(words):
        return 0
    core = 1 if _is_role(words) or _is_epithet(words) else 0
    for index, token in enumerate(words):
        if index and index == core and _is_first_name(words, index):
            break
        if token.text in ("St", "St.", "Di") and 0 < index < len(words) - 1:
            break  # Dewi St John, Paolo Di Canio
        if _goes_before_names(token):
            core = index + 1
            if words[index + 1 : index + 2] and words[index + 1].lower == "of":  # Secretary of State
                core = min(len(words), index + 3)
        elif token.lower in ("universe", "world") and index and words[index - 1].lower == "miss":
            core = index + 1
        elif index > core + 2:
            break
    return core


_DIRECTIONS = lexicon.words("northern southern eastern western")
_COMPASS = _DIRECTIONS | {"black", "white"}
_BODIES = lexicon.words("forum group network alliance institute fund trust front league body")


def _is_first_name(words: Sequence[Token], index: int) -> bool:
    """The Earl of "Gov. Earl Ray Tomblin": a first name that is a title elsewhere."""
    word = words[index].lower
    if word not in lexicon.FIRST_NAMES or word not in lexicon.TITLES or len(words) < index + 2:
        return False
    return not any(token.lower in lexicon.TITLES for token in words[index + 1 :])


def _kind(stream: Stream, first: int, core: list[Token], phrase: str, *, titled: bool) -> SpeakerKind | None:
    """What bears the name; None for days, months and adjectives of place."""
    last = core[-1].lower
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES:
        return SpeakerKind.ORGANIZATION
    if phrase in nouns.DEMONYMS and stream.lower(first - 1) in ("the", "a", "an", "that", "fellow"):
        return None  # "the Irishman" is a role
    if phrase in lexicon.PLACES or last in _NO_NAMES:
        return None
    if len(core) > 2 and core[0].lower in _COMPASS and last in _BODIES:
        return SpeakerKind.ORGANIZATION
    if last in lexicon.ORG_WORDS or any(
        token.lower in lexicon.ORG_WORDS or token.text == "&" for token in core[1:]
    ):
        return SpeakerKind.ORGANIZATION
    if len(core) > 2 and core[1].lower == "for":  # Citizens for Fair Rent
        return SpeakerKind.ORGANIZATION
    if titled:
        return SpeakerKind.PERSON
    if len(core) == 1 and last in _PEOPLES:
        return SpeakerKind.GROUP
    if core[0].lower in lexicon.FIRST_NAMES:
        return SpeakerKind.PERSON
    return _guess(stream, first, core)


def _guess(stream: Stream, first: int, core: Sequence[Token]) -> SpeakerKind:
    """The kind that the letters and the word before suggest."""
    if len(core) == 1 and core[0].text.isupper() and len(core[0].text) > 1:
        initials = len(core[0].text) <= _INITIALS and _is_label(stream, first, first + 1)
        return SpeakerKind.PERSON if initials else SpeakerKind.ORGANIZATION
    if stream.lower(first - 1) in ("the", "in", "at", "near"):
        return SpeakerKind.ORGANIZATION
    return SpeakerKind.PERSON


_PEOPLES = frozenset(
    lexicon.plural(word) for word in lexicon.NATIONALITIES | lexicon.ROLE_NOUNS
) | lexicon.words(
    "islamists mps msps meps unionists sikhs hindus buddhists protestants britons londoners new-yorkers"
)


def first_name_gender(phrase: str) -> str:
    """ "m" or "f" from the first name of a name of two or more words, "" if it does not tell."""
    words = phrase.split()
    if len(words) < 2:
        return ""
    if words[0] in lexicon.MALE_NAMES:
        return "m"
    return "f" if words[0] in lexicon.FEMALE_NAMES else ""
