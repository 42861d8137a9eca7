"""Names of people across articles: what must agree, what may be missing, what is another person's.

`compare` never looks beyond the two names; whether a likeness is enough is decided with the context.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from quotes.extraction import lexicon
from quotes.extraction.name_forms import is_slip, name_form
from quotes.extraction.short_names import long_forms, same_first_name, short_initials
from quotes.folding import fold


class Likeness(IntEnum):
    """How much two names of one kind of speaker agree, the least first.

    OTHER   they cannot be one person's: another first name, Sr. and Jr.
    LOOSE   one may stand for the other, as for many others: an initial, a short form, a slip
    FULLER  one says more and nothing else: a middle name, a particle
    SAME    the same words
    """

    OTHER = 0
    LOOSE = 1
    FULLER = 2
    SAME = 3


@dataclass(frozen=True, slots=True)
class PersonName:
    """Folded parts of a name; `given` and `surname` without particles, at least one of them not empty."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    particles: frozenset[str]
    suffix: str = ""
    nickname: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it is a surname alone, or a first name."""
        return not self.given

    @property
    def words(self) -> tuple[str, ...]:
        return (*self.given, *self.surname)


@lru_cache(4096)
def person_name(name: str) -> PersonName:
    """The parts of `name`, without titles."""
    form = name_form(_INITIALS.sub(r"\1. ", name))
    plain = [part for word in form.words for part in _parts(_ascii(word))]
    particles = frozenset(word for word in plain if word in _PARTICLES)
    words = [word for word in plain if word not in _PARTICLES] or plain
    first = _first_of_surname([_ascii(word) for word in form.words])
    single = len(form.words) == 1 or len(words) == 1  # Brace-Okoro alone is a surname
    given = [] if single else words[: max(1, min(first, len(words) - 1))]
    return PersonName(tuple(given), tuple(words[len(given) :]), particles, form.suffix, _ascii(form.nickname))


def _first_of_surname(written: list[str]) -> int:
    """How many plain words stand before the surname: all before a particle, else all but the last."""
    plain = 0
    for number, word in enumerate(written):
        if word in _PARTICLES and number:
            return plain
        plain += len(_given_parts(word)) if number < len(written) - 1 else 0
    return plain


def _given_parts(word: str) -> list[str]:
    return [part for part in _parts(word) if part not in _PARTICLES]


def _parts(word: str) -> list[str]:
    """ "okafor-lind" are two, "al-khatib" a particle and a name, "o'dea" is one."""
    return [part.replace("'", "") for part in word.split("-") if part.strip("'.")]


def _ascii(word: str) -> str:
    return fold(word).replace(".", "")


_INITIALS = re.compile(r"\b([A-Z])\.(?=[A-Z])")
_PARTICLES = lexicon.PARTICLES | lexicon.words("van von der den de la le da di du dos das el al ibn bin ben")


def compare(one: PersonName, other: PersonName) -> Likeness:
    """How much two names agree."""
    likeness = _compared(one, other)
    if one.is_bare or other.is_bare or one.suffix != other.suffix:
        return likeness
    if likeness < Likeness.FULLER and one.words == other.words:
        return Likeness.FULLER  # Ann Brace-Okoro, Ann Brace Okoro
    return _compared_by_words(one, other) if likeness is Likeness.OTHER else likeness


def _compared_by_words(one: PersonName, other: PersonName) -> Likeness:
    """Of names whose parts stand in another order, or are more than first name and surname."""
    if ("".join(one.given), "".join(one.surname)) == ("".join(other.surname), "".join(other.given)):
        return Likeness.FULLER  # Park Min-jun, Min-jun Park
    shorter, longer = sorted((one.words, other.words), key=len)
    if len(shorter) > 2 and shorter == longer[1:]:
        return Likeness.FULLER  # Yip Chi-wai, Raymond Yip Chi-wai
    if len(shorter) > 1 and len(longer) > 2 and shorter == longer[:-1]:
        return Likeness.LOOSE  # José Ruiz, José Ruiz Vega
    return Likeness.OTHER


def _compared(one: PersonName, other: PersonName) -> Likeness:
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return Likeness.OTHER
    surnames = _surnames(one.surname, other.surname)
    if surnames is Likeness.OTHER:
        return surnames
    if one.is_bare or other.is_bare:
        return min(surnames, Likeness.SAME if one.is_bare and other.is_bare else Likeness.LOOSE)
    given = _given(one, other)
    likeness = min(surnames, given)
    if likeness is Likeness.OTHER:
        return likeness
    if one.suffix != other.suffix:
        return Likeness.LOOSE  # father and son
    if surnames < Likeness.FULLER and given < Likeness.SAME:
        return Likeness.OTHER  # two likenesses are no likeness
    if likeness is Likeness.SAME and one.particles != other.particles:
        return Likeness.FULLER
    return likeness


def _surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    if one == other or "".join(one) == "".join(other):
        return Likeness.SAME
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer) and set(shorter) <= set(longer):
        return Likeness.LOOSE  # Ana Ruiz Vega, Ana Ruiz
    if len(one) == len(other):
        pairs = list(zip(one, other, strict=True))
        if all(a == b or spelling(a) == spelling(b) for a, b in pairs):
            return Likeness.LOOSE
        if sum(a != b for a, b in pairs) == 1 and all(a == b or _slips(a, b) for a, b in pairs):
            return Likeness.LOOSE
    return Likeness.OTHER


def _slips(one: str, other: str) -> bool:
    """One letter apart, in a name long enough that this is no other name."""
    return min(len(one), len(other)) >= _LONG and is_slip(one, other)


_LONG = 7  # letters: Harlan and Harlen are two families as often as one


def _given(one: PersonName, other: PersonName) -> Likeness:
    ours, theirs = one.given, other.given
    if ours == theirs or "".join(ours) == "".join(theirs):
        return Likeness.SAME
    first = _first(one, other)
    if first is Likeness.OTHER:
        return _by_middle_name(ours, theirs)
    middle, rest = ours[1:], theirs[1:]
    if not all(_agree(a, b) for a, b in zip(middle, rest, strict=False)):
        return Likeness.OTHER
    return min(first, Likeness.FULLER)


def _first(one: PersonName, other: PersonName) -> Likeness:
    a, b = one.given[0], other.given[0]
    if a == b:
        return Likeness.SAME
    if {one.nickname, other.nickname} & {a, b}:
        return Likeness.FULLER  # Robert "Bobby" Marr is Bobby Marr: the name itself says so
    if _spoken(a) == _spoken(b) or same_first_name(a, b):
        return Likeness.LOOSE
    return Likeness.OTHER


def _by_middle_name(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """ "J. Edgar Marr" and "Edgar Marr"."""
    shorter, longer = sorted((one, other), key=len)
    known = len(shorter) == 1 and len(shorter[0]) > 1 and shorter[0] in longer[1:]
    return Likeness.LOOSE if known and len(longer[0]) == 1 else Likeness.OTHER


def _agree(one: str, other: str) -> bool:
    return (
        one == other
        or (min(len(one), len(other)) == 1 and one[:1] == other[:1])
        or (_spoken(one) == _spoken(other))
    )


_SPELLINGS = (
    ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("ks", "x"),
    ("ck", "k"), ("ph", "f"), ("dj", "j"), ("ff", "v"), ("yo", "e"), ("ye", "e"), ("iy", "i"), ("yy", "i"),
    ("ij", "i"), ("ey", "i"), ("ei", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("q", "k"),
    ("c", "k"), ("y", "i"), ("o", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_WEAK = re.compile(r"(?<=[a-z])h\b|(?<=[a-z])i\b|(?<=[bdfgkptvz])[ae](?=r\b)")


@lru_cache(8192)
def spelling(word: str) -> str:
    """The same for the ways in which one name is put into Latin letters: Dmitriy, Dmitry."""
    for written, meant in _SPELLINGS:
        word = word.replace(written, meant)
    return _WEAK.sub("", _DOUBLED.sub(r"\1", word))


def _spoken(first: str) -> str:
    """`spelling` of a first name, where a and e vary too: Mohammed, Muhammad."""
    return spelling(first).replace("e", "a")


def stored_keys(name: PersonName) -> frozenset[str]:
    """The keys that somebody of this name is kept under."""
    surnames = _surname_keys(name)
    initials = {spelling(first)[:1] for first in (*name.given[:2], name.nickname) if first}
    found = {f"{part}:{initial}" for part in surnames for initial in ("", *initials)}
    return frozenset(found | _double_surname_keys(name))


def asked_keys(name: PersonName) -> frozenset[str]:
    """The keys under which somebody of this name, or of one like it, may be kept."""
    surnames = _surname_keys(name)
    if name.is_bare:
        return frozenset(f"{part}:" for part in surnames)
    firsts = (*name.given[:2], name.nickname)
    initials = {spelling(form)[:1] for first in firsts for form in (first, *long_forms(first))}
    initials |= {spelling(letter) for letter in short_initials(name.given[0])}
    found = {f"{part}:{letter}" for part in surnames for letter in initials if letter}
    given = {spelling("".join(name.given)), spelling(name.given[0])}
    found |= {f"{part}:{spelling(surname)[:1]}" for part in given for surname in name.surname}  # Park Min-jun
    return frozenset(found | _double_surname_keys(name))


def slip_keys(name: PersonName, corrections: Iterable[str]) -> frozenset[str]:
    """The keys under which somebody may be kept whose surname is one of `corrections` of this one."""
    if name.is_bare:
        return frozenset()
    return frozenset(f"{spelling(word)}:{spelling(name.given[0])[:1]}" for word in corrections)


def may_be_slip(written: str, meant: str) -> bool:
    """Whether two surnames differ by a slip, and are long enough that this is no other name."""
    return written != meant and _slips(written, meant)


def _surname_keys(name: PersonName) -> set[str]:
    return {spelling(part) for part in name.surname} | {spelling("".join(name.surname))}


def _double_surname_keys(name: PersonName) -> set[str]:
    """José Ruiz Vega is known as José Ruiz."""
    if len(name.given) < 2 or len(name.given[-1]) < 2:
        return set()
    return {f"{spelling(name.given[-1])}:{spelling(name.given[0])[:1]}"}
