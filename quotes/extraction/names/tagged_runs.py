"""What the tagger's names in a run of capitals are: a person, a body, or just what it takes them for."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from quotes.english import lexicon, nouns
from quotes.extraction.names.ruled_names import is_one_person, is_plain_person, ruled_name
from quotes.extraction.names.tagger import DOUBTFUL, LIKELY, SURE, TaggedName
from quotes.extraction.names.titles import (
    LEGAL_FORMS,
    PEOPLES_TITLES,
    bare_start,
    goes_before_names,
    is_all_body,
    opens_person,
)
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind


@dataclass(frozen=True, slots=True)
class TaggedRun:
    """Tokens first..last (half open) of a run, and the tagger's names that begin in it or reach into it."""

    stream: Stream
    first: int
    last: int
    parts: Sequence[TaggedName]

    @property
    def size(self) -> int:
        return self.last - self.first

    @property
    def opening(self) -> str:
        """Its first word, folded."""
        return self.stream.lower(self.first)

    @property
    def closing(self) -> str:
        """Its last word, folded."""
        return self.stream.lower(self.last - 1)

    @property
    def end(self) -> int:
        """Where the last of its names ends, too."""
        return max(self.last, self.parts[-1].last)

    @property
    def has_full_person(self) -> bool:
        return any(part.is_full_person for part in self.parts)

    def has_between(self, words: Collection[str]) -> bool:
        """Whether one of the words stands between its first and its last."""
        return any(self.stream.lower(index) in words for index in range(self.first + 1, self.last - 1))

    def as_person(self) -> TaggedName:
        return replace(self.parts[0], first=self.first, last=self.last, type="person")

    def as_body(self, begin: int) -> TaggedName:
        return TaggedName(begin, self.end, "organization", self.parts[0].sure)

    def body_begin(self) -> int:
        """Where a body's name begins: the run may lack a word that the sentence opens with."""
        one = self.parts[0]
        return min(self.first, one.first) if one.sure > SURE else self.first


def names_of_run(run: TaggedRun, alone: Collection[str]) -> Sequence[TaggedName]:
    """The names in it. `alone`: words that are a person's name by themselves."""
    one = run.parts[0]
    if len(run.parts) == 1 and (one.first, one.last) == (run.first, run.last) and one.sure > SURE:
        return run.parts
    known = _known_body(run) or _known_person(run)
    if known is not None:
        return [known]
    if run.opening in _OF_PLACES and run.stream.lower(run.first + 1) == "of":
        return [part for part in run.parts if part.is_person and part.first > run.first + 1]
    if run.has_between({"&"}) and not run.has_full_person:
        return [run.as_body(run.first)]  # Bell & Sparrow
    is_joined = run.has_between(_JOINS_BODIES)
    if not is_joined and _goes_by_surname(run, alone):
        return [run.as_person()]
    if any(part.is_person and part.sure > (SURE if is_joined else DOUBTFUL) for part in run.parts):
        return [run.as_person()] if _is_half_a_name(run) else run.parts
    ruled = None if is_joined else _as_ruled(run)
    if ruled is not None:
        return [ruled]
    return [run.as_body(run.body_begin())] if is_joined or _seems_body(run) else run.parts


# Who is called by an office and a place: "the Archbishop of Brackley".
_OF_PLACES = lexicon.words("archbishop bishop dean mayor governor sheriff chancellor provost")
_JOINS_BODIES = lexicon.words("for and & of on")


def _known_person(run: TaggedRun) -> TaggedName | None:
    """The run as one person's name, where particles, a nickname or a known first name say so."""
    stream, first, last, parts = run.stream, run.first, run.last, run.parts
    one = next((part for part in parts if part.is_person), parts[0])
    if len(parts) == 1 and one.is_person and one.first < first and opens_person(stream, first):
        return replace(one, first=first)  # the Secretary of State for Wales David Hale
    if _GLUED.fullmatch(stream.tokens[last - 1].text) and run.size > 1:
        return replace(one, first=last - 1, last=run.end, type="person")
    if any(part.sure > SURE and not part.is_person for part in parts) or _is_surely_full(run, one):
        return None
    core = bare_start(stream, first, last, frozenset())
    if core < last and (is_one_person(stream, first, last) or is_plain_person(stream, core, last)):
        titled = any(goes_before_names(stream.tokens[index]) for index in range(one.first, core))
        return replace(one, first=core if titled else min(one.first, core), last=run.end, type="person")
    return None


_GLUED = re.compile(r"(?:[A-Z]\.)+[A-Z][a-z]{2,}")  # J.Lee


def _is_surely_full(run: TaggedRun, one: TaggedName) -> bool:
    """Whether the tagger is sure of a first name and a surname at the end of the run."""
    full = one.is_full_person and one.last == run.last and one.sure > SURE
    return full and run.stream.lower(one.first) in lexicon.FIRST_NAMES


def _known_body(run: TaggedRun) -> TaggedName | None:
    """The run as a body's name, where its last word or the one behind it can be no person's."""
    stream, first, last = run.stream, run.first, run.last
    if _is_of_country(run):
        return TaggedName(first, last, "organization", run.parts[0].sure)
    is_company = run.closing in LEGAL_FORMS or stream.lower(last) in LEGAL_FORMS
    called = run.opening in lexicon.FIRST_NAMES or run.opening in lexicon.HONORIFICS  # Mr Hill
    can_be = not called and not run.has_full_person
    if run.size == 1 or not (is_company or (can_be and run.closing in lexicon.ORG_WORDS)):
        return None
    return run.as_body(run.body_begin() if is_all_body([*stream.tokens[first:last]]) else run.parts[0].first)


def _is_of_country(run: TaggedRun) -> bool:
    """Whether a country ends the name of a body: Rivers UK, Chess Scotland, Air Ruritania."""
    place = run.parts[-1]
    airline = run.opening == "air" and place.type == "place" and place.first == run.first + 1
    if airline and place.last == run.last:
        return True
    if run.size == 1 or run.opening in _NO_BODIES or run.closing not in _COUNTRIES or run.has_full_person:
        return False
    return " ".join(run.stream.lower(index) for index in range(run.first, run.last)) not in lexicon.PLACES


_PEOPLES = lexicon.NATIONALITIES | nouns.DEMONYMS | lexicon.COMMON_OPENERS | nouns.SOMETIMES_PEOPLE
_COUNTRIES = {name for name in lexicon.COUNTRIES if " " not in name} - {"us", "u.s", "u.s."}
# What stands before a country where the two name no body.
_NO_BODIES = (
    _PEOPLES
    | lexicon.TITLES
    | lexicon.FIRST_NAMES
    | lexicon.words(
        """
        north south east west northern southern eastern western central upper lower greater great little new
        old mainland middle inner outer united papua team people republic
        """
    )
)


def _seems_body(run: TaggedRun) -> bool:
    """Whether it is more than a body or a place in it: Northern Vale Trains."""
    one = run.parts[0]
    body = any(part.type == "organization" for part in run.parts)
    placed = one.type == "place" and (one.first, one.last) != (run.first, run.last)
    part = placed and (one.first == run.first or (one.last == run.last and one.sure < DOUBTFUL))
    return (body or part) and run.closing not in PEOPLES_TITLES


def _as_ruled(run: TaggedRun) -> TaggedName | None:
    """What rules take the run for, where the tagger is not sure of any of it."""
    if any(part.sure >= DOUBTFUL for part in run.parts):
        return None
    ruled = ruled_name(run.stream, run.first, run.last, frozenset())
    if ruled is None or ruled.last - ruled.bare == 1:
        return None
    kind = "person" if ruled.kind is SpeakerKind.PERSON else "organization"
    told = ruled.sure or kind != "person" or any(part.is_person for part in run.parts)
    if not told and not _is_presented(run.stream, run.first, run.last):
        return None
    return replace(run.parts[0], first=ruled.bare, last=run.end, type=kind)


def _is_presented(stream: Stream, first: int, last: int) -> bool:
    """Whether somebody speaks or is told of: "Ola Brandt said", "Ola Brandt, 32,", "Ola Brandt, a nurse"."""
    beside = first - 2 if stream.lower(first - 1) == "," else first - 1
    if stream.lower(beside) in lexicon.ROLE_NOUNS or stream.lower(beside) in nouns.SOMETIMES_PEOPLE:
        return True  # the nurse Ola Brandt; the nurse, Ola Brandt
    after = stream.lower(last + 1)
    if stream.lower(last) == ",":
        owned = stream.lower(last + 2) in ("'s", "'")  # Ola Brandt, Quarrie's adviser
        return owned or after[:1].isdigit() or after in lexicon.DETERMINERS or after in lexicon.ROLE_NOUNS
    if stream.lower(first - 1) == "'s" and stream.lower(last) in (".", ":"):
        return True  # said the Gazette's Ola Brandt
    aside = stream.lower(last) in _DASHES and stream.opens_sentence(first)  # Ola Brandt - back home - said
    return aside or stream.lower(last) in _ACTS or stream.lower(first - 1) in lexicon.SAY_VERBS


_DASHES = frozenset("-–—")
_ACTS = (frozenset(lexicon.CUE_VERBS) | lexicon.AUXILIARIES | lexicon.COMMON_VERBS) - {"'s"}


def _goes_by_surname(run: TaggedRun, alone: Collection[str]) -> bool:
    """Whether a run of two words that the tagger doubts is who the article calls by the second."""
    doubted = all(part.sure < (DOUBTFUL if part.is_person else LIKELY) for part in run.parts)
    return doubted and run.size == _FULL and run.closing in alone and run.opening not in _NO_NAMES


def _is_half_a_name(run: TaggedRun) -> bool:
    """The Ola of "Ola Brandt", or the Brandt: nothing else is known of the other word."""
    stream, one = run.stream, run.parts[0]
    doubted = all(part.sure < DOUBTFUL for part in run.parts if not part.is_person)
    if run.size != _FULL or one.size != 1 or not (doubted or len(run.parts) == 1):
        return False
    other = run.last - 1 if one.first == run.first else run.first
    word = stream.lower(other)
    if stream.opens_sentence(other) and (stream.lower(run.last) != "," or word.endswith(("ing", "ed", "ly"))):
        return False
    if stream.tokens[other].text.isupper() and (word in lexicon.CUE_VERBS or word in lexicon.AUXILIARIES):
        return False  # LEE SPOKE
    return word not in _NO_NAMES


_FULL = 2  # words of a plain full name
_NO_NAMES = PEOPLES_TITLES | lexicon.ORG_WORDS | lexicon.PLACES | _PEOPLES
