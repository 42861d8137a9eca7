"""Names by rule: what a run of capitals is, by its own words and the lexicon."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from quotes.english import lexicon, nouns
from quotes.extraction.names.titles import (
    COMPASS,
    COMPASS_BODIES,
    LEGAL_FORMS,
    NO_NAMES,
    PEOPLES_TITLES,
    bare_start,
    is_label,
)
from quotes.extraction.text.stream import Stream, Token
from quotes.extraction.types import SpeakerKind


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

    @property
    def is_person(self) -> bool:
        return self.kind is SpeakerKind.PERSON


def ruled_name(stream: Stream, first: int, last: int, surnames: frozenset[str]) -> Name | None:
    words = [stream.tokens[index] for index in range(first, last)]
    core = bare_start(stream, first, last, surnames) - first
    if core == len(words):  # only titles: "the President" is a role
        return None
    phrase = " ".join(token.lower for token in words[core:])
    if words[core].text[0] == "@":
        return Name(first, last, first, words[core].text, SpeakerKind.PERSON, bare=first, sure=True)
    honorific = [token.lower for token in words[:core] if token.lower in lexicon.HONORIFICS]
    kind = _kind(stream, first, words[core:], phrase, title=words[core - 1].lower if core else "")
    if kind is None:
        return None
    is_company = stream.lower(last) in LEGAL_FORMS  # Brackwell Cable plc
    kind = SpeakerKind.ORGANIZATION if is_company else kind
    gender = next((lexicon.HONORIFICS[word] for word in honorific if lexicon.HONORIFICS[word]), "")
    return Name(
        first=first,
        last=last,
        full_first=first,
        name=stream.slice(first + core, last),
        kind=kind,
        description=stream.slice(first, first + core) if core and not set(honorific) & PLAIN_TITLES else "",
        gender=gender or (first_name_gender(phrase) if kind is SpeakerKind.PERSON else ""),
        plural=kind is SpeakerKind.GROUP,
        titled=core > 0,
        bare=first + core,
        sure=core > 0 or is_company or is_sure(words[core:], phrase, kind),
    )


PLAIN_TITLES = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss"})


def is_sure(core: Sequence[Token], phrase: str, kind: SpeakerKind) -> bool:
    """Whether the words themselves tell the kind."""
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES or kind is SpeakerKind.GROUP:
        return True
    last = core[-1].lower
    if len(core) > 1 and (last in lexicon.SUFFIXES or last in LEGAL_FORMS or core[1].lower == "for"):
        return True
    if core[0].lower in COMPASS and last in COMPASS_BODIES:
        return True
    plain = len(core) in (2, 3) and core[0].lower in lexicon.FIRST_NAMES and core[0].lower != last
    return plain and kind is SpeakerKind.PERSON and last not in _COMMON_LAST


# What is named after people, and no surname.
NAMED_AFTER = lexicon.words(
    """
    airport arena auditorium award awards gymnasium library medal memorial museum prize scholarship stadium
    theater theatre trophy
    """
)


# Ends of what else has capitals.
_THINGS = NAMED_AFTER | lexicon.words(
    """
    accord act agreement bill bridge campus championship championships convention cup era event fair games
    index island lake league month mountain olympics park programme program river road series street summit
    system tournament treaty university valley week year zone
    """
)


_COMMON_LAST = (
    lexicon.ORG_NOUNS
    | lexicon.DOCUMENT_NOUNS
    | lexicon.PREPOSITIONS
    | lexicon.DETERMINERS
    | lexicon.PLURAL_GROUPS
    | lexicon.words("show act island hill road street day panthers park gazette war")
    | _THINGS
)


def _kind(stream: Stream, first: int, core: list[Token], phrase: str, *, title: str) -> SpeakerKind | None:
    """What bears the name; None for days, months and adjectives of place."""
    last = core[-1].lower
    if phrase in lexicon.PLACE_GOVERNMENTS or phrase in lexicon.COUNTRIES:
        return SpeakerKind.ORGANIZATION
    if phrase in nouns.DEMONYMS and stream.lower(first - 1) in ("the", "a", "an", "that", "fellow"):
        return None  # "the Irishman" is a role
    if phrase in lexicon.PLACES or last in NO_NAMES:
        return None
    if len(core) > 2 and core[0].lower in COMPASS and last in COMPASS_BODIES:
        return SpeakerKind.ORGANIZATION
    if last in lexicon.ORG_WORDS or any(
        token.lower in lexicon.ORG_WORDS or token.text == "&" for token in core[1:]
    ):
        return SpeakerKind.ORGANIZATION
    if len(core) > 2 and core[1].lower == "for":  # Citizens for Fair Rent
        return SpeakerKind.ORGANIZATION
    if len(core) == 1 and last in PEOPLES and title not in lexicon.HONORIFICS:
        return SpeakerKind.GROUP  # Tory MPs, too
    if title:
        return SpeakerKind.PERSON
    if core[0].lower in lexicon.FIRST_NAMES:
        return SpeakerKind.PERSON
    return _guess(stream, first, core)


def _guess(stream: Stream, first: int, core: Sequence[Token]) -> SpeakerKind:
    """The kind that the letters and the word before suggest."""
    if len(core) > 1 and core[-1].lower in _THINGS:
        return SpeakerKind.ORGANIZATION
    if len(core) == 1 and core[0].text.isupper() and len(core[0].text) > 1:
        initials = len(core[0].text) <= _INITIALS and is_label(stream, first, first + 1)
        return SpeakerKind.PERSON if initials else SpeakerKind.ORGANIZATION
    if stream.lower(first - 1) in ("the", "in", "at", "near"):
        return SpeakerKind.ORGANIZATION
    return SpeakerKind.PERSON


_INITIALS = 2  # letters


PEOPLES = frozenset(
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


def is_one_person(stream: Stream, first: int, last: int) -> bool:
    """Whether a nickname in marks or a particle holds the words together: Nuno Falcão e Castro."""
    between = range(first + 1, last - 1)
    return stream.tokens[first].text.islower() or any(
        stream.tokens[index].is_quote or stream.tokens[index].text in lexicon.PARTICLES for index in between
    )


def is_plain_person(stream: Stream, first: int, last: int) -> bool:
    """A known first name and a word or two that are no end of anything else."""
    words = [stream.tokens[index] for index in range(first, last)]
    initials = bool(re.fullmatch(r"(?:[A-Z]\.){2,3}", words[0].text)) if words else False
    known = len(words) in (2, 3) and (initials or words[0].lower in lexicon.FIRST_NAMES)
    if known and initials:
        return words[-1].lower not in lexicon.ORG_WORDS and words[0].lower not in PEOPLES_TITLES
    return known and is_sure(words, "", SpeakerKind.PERSON)
