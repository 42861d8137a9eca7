"""Names: runs of capitalised words, with titles, particles, initials and suffixes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import kinds, lexicon, nouns
from .name_runs import capital_runs
from .stream import Stream, Token
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
    sure: bool = False  # the kind follows from a title, a list or the word itself


def bare_runs(stream: Stream) -> list[tuple[int, int]]:
    """Runs of capitals without titles, as find_names sees them before it asks for their kind."""
    surnames = _titles_as_surnames(stream)
    found = []
    for first, last in capital_runs(stream):
        core = _bare_start(stream, first, last, surnames)
        if core < last:
            found.append((core, last))
    return found


def find_names(stream: Stream) -> list[Name]:
    """Names in order. Runs in a headline count only where the body bears them out."""
    surnames = _titles_as_surnames(stream)
    found = [_name(stream, first, last, surnames) for first, last in capital_runs(stream)]
    return _judged(stream, [name for name in found if name is not None])


def _judged(stream: Stream, names: list[Name]) -> list[Name]:
    """The names after the trained model has had its say about what the rules only guessed."""
    model = kinds.load()
    if model is None or not names:
        return names
    runs = [(name.bare, name.last) for name in names]
    chances = model.probabilities(kinds.features(stream, runs, [not name.sure for name in names]))
    judged = [
        name if name.sure else _reconsidered(stream, name, row)
        for name, row in zip(names, chances.tolist(), strict=True)
    ]
    kept = [name for name in judged if name is not None]
    surnames = {
        name.name.split()[-1] for name in kept if name.kind is SpeakerKind.PERSON and " " in name.name
    }
    return [
        replace(name, kind=SpeakerKind.PERSON)
        if name.kind is SpeakerKind.ORGANIZATION and not name.sure and name.name in surnames
        else name
        for name in kept
    ]


def _reconsidered(stream: Stream, name: Name, chances: Sequence[float]) -> Name | None:
    person, organization, place, other = chances
    if name.kind is SpeakerKind.PERSON:
        if person >= (_DOUBTED if name.last - name.bare == 1 else _DOUBTED_OF_SEVERAL):
            return name
        if other > _NOBODY and not _speaks(stream, name):
            return None
        return replace(name, kind=SpeakerKind.ORGANIZATION, gender="")
    if person > _BELIEVED and organization < _UNLIKELY:
        return replace(name, kind=SpeakerKind.PERSON, gender=first_name_gender(name.name.lower()))
    return None if other > _NOBODY and place < _UNLIKELY and not _speaks(stream, name) else name


_DOUBTED, _DOUBTED_OF_SEVERAL, _BELIEVED, _NOBODY, _UNLIKELY = 0.25, 0.12, 0.75, 0.85, 0.2


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
    if len(words) < 3 or role in lexicon.FIRST_NAMES | _ROLE_LIKE_NAMES:
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
