"""Names of people across articles: what must agree, what may be missing, what is another person's.

`compare` never looks beyond the two names; whether a likeness is enough is decided with the context.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from quotes.english import lexicon
from quotes.english.name_forms import is_slip, name_form
from quotes.folding import fold

from .given_names import common_forms, is_short_form, is_transliteration, is_variant


class Likeness(IntEnum):
    """How much two names of one kind of speaker agree, the least first.

    OTHER   they cannot be one person's: another first name, Sr. and Jr.
    FAINT   two such differences as one makes a weak likeness
    WEAK    they may as well be two names: a slip or another spelling in the surname or the first name
    LOOSE   one may stand for the other, as for many others: an initial, a short form, half a double surname
    FULLER  one says more and nothing else: a middle name, a particle
    SAME    the same words
    """

    OTHER = 0
    FAINT = 1
    WEAK = 2
    LOOSE = 3
    FULLER = 4
    SAME = 5


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
    if one.words[0] != other.words[0]:
        return Likeness.OTHER
    pairs = ((a, b) for a in _readings(one.words) for b in _readings(other.words))
    return max(_compared_by_surnames(a, b) for a, b in pairs)


_Reading = tuple[str, tuple[str, ...], str, str]  # first name, middle names, surname, second surname or ""


def _readings(words: tuple[str, ...]) -> list[_Reading]:
    """The last word may be the surname, or the second one."""
    found = [(words[0], words[1:-1], words[-1], "")]
    if len(words) > 2:
        found.append((words[0], words[1:-2], words[-2], words[-1]))
    return found


def _compared_by_surnames(one: _Reading, other: _Reading) -> Likeness:
    """Of names one of which may have a second surname, with middle names or without."""
    (first, middle, surname, second), (its_first, its_middle, its_surname, its_second) = one, other
    if (first, surname) != (its_first, its_surname) or not (second or its_second):
        return Likeness.OTHER
    if (second and its_second and second != its_second) or not _go_together(middle, its_middle):
        return Likeness.OTHER
    if second == its_second or len(middle) == len(its_middle):
        return Likeness.LOOSE  # José Ruiz, José Ruiz Vega
    if bool(second) is (len(middle) > len(its_middle)):
        return Likeness.WEAK  # María Ruiz, María Elena Ruiz Ortega
    return Likeness.FAINT  # María Elena Ruiz, María Ruiz Ortega


def _go_together(middle: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return all(_agree(a, b) for a, b in zip(middle, other, strict=False))


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
        return _twice(one, other) if given else given
    if likeness is Likeness.SAME and one.particles != other.particles:
        return Likeness.FULLER
    return likeness


def _twice(one: PersonName, other: PersonName) -> Likeness:
    """Two likenesses are no likeness, but for names all of which are put into Latin letters another way."""
    variants = is_variant(one.given[0], other.given[0]) and _is_transliterated(one.surname, other.surname)
    return Likeness.FAINT if variants and one.given[0] != other.given[0] else Likeness.OTHER


def _surnames(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    if one == other or "".join(one) == "".join(other):
        return Likeness.SAME
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < len(longer) and set(shorter) <= set(longer):
        return Likeness.LOOSE  # Ana Ruiz Vega, Ana Ruiz
    if len(one) == len(other):
        pairs = list(zip(one, other, strict=True))
        slips = sum(a != b for a, b in pairs) == 1 and all(a == b or _slips(a, b) for a, b in pairs)
        if slips or _is_transliterated(one, other):
            return Likeness.WEAK
    return Likeness.OTHER


def _is_transliterated(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return tuple(map(spelling, one)) == tuple(map(spelling, other))


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
    if not _go_together(ours[1:], theirs[1:]):
        return Likeness.OTHER
    return min(first, Likeness.FULLER)


def _first(one: PersonName, other: PersonName) -> Likeness:
    a, b = one.given[0], other.given[0]
    if a == b:
        return Likeness.SAME
    if {one.nickname, other.nickname} & {a, b}:
        return Likeness.FULLER  # Robert "Bobby" Marr is Bobby Marr: the name itself says so
    if is_short_form(a, b):
        return Likeness.LOOSE
    if len(one.given) == len(other.given):
        return _spelt(a, b)
    return max(_spelt(a, b), _spelt("".join(one.given), "".join(other.given)))  # Abdul-Rahman, Abdelrahman


def _spelt(first: str, other: str) -> Likeness:
    if is_transliteration(first, other):
        return Likeness.LOOSE
    return Likeness.WEAK if is_variant(first, other) else Likeness.OTHER


def _by_middle_name(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """ "J. Edgar Marr" and "Edgar Marr"."""
    shorter, longer = sorted((one, other), key=len)
    known = len(shorter) == 1 and len(shorter[0]) > 1 and shorter[0] in longer[1:]
    return Likeness.LOOSE if known and len(longer[0]) == 1 else Likeness.OTHER


def _agree(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[:1] == other[:1]) or is_variant(one, other)


_SPELLINGS = (
    ("tsch", "ch"), ("sch", "sh"), ("tch", "ch"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("ks", "x"),
    ("ck", "k"), ("ph", "f"), ("dj", "j"), ("ff", "v"), ("yo", "e"), ("ye", "e"), ("iy", "i"), ("yy", "i"),
    ("ij", "i"), ("ey", "i"), ("ei", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("w", "v"), ("q", "k"),
    ("c", "k"), ("y", "i"), ("o", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_WRITTEN_OUT = re.compile(r"(?<![aeiouq])([aou])e(?=[^aeiou])")  # Mueller; not Bauer, Marquez
_WEAK = re.compile(r"(?<=[a-z])h\b|(?<=[a-z])i\b|(?<=[bdfgkptvz])[ae](?=r\b)")


@lru_cache(8192)
def spelling(word: str) -> str:
    """The same for the ways in which one name is put into Latin letters: Dmitriy, Dmitry; Muller, Mueller."""
    word = _WRITTEN_OUT.sub(r"\1", word)
    for written, meant in _SPELLINGS:
        word = word.replace(written, meant)
    return _WEAK.sub("", _DOUBLED.sub(r"\1", word))


def stored_keys(name: PersonName) -> frozenset[str]:
    """The keys that somebody of this name is kept under."""
    initials = {"", *_initials(name)}
    found = {f"{part}:{initial}" for part in _surname_keys(name) for initial in initials}
    return frozenset(found | _double_surname_keys(name))


def asked_keys(name: PersonName) -> frozenset[str]:
    """The keys under which somebody of this name, or of one like it, may be kept."""
    surnames = _surname_keys(name)
    if name.is_bare:
        return frozenset(f"{part}:" for part in surnames)
    found = {f"{part}:{letter}" for part in surnames for letter in _initials(name)}
    given = {spelling("".join(name.given)), spelling(name.given[0])}
    found |= {f"{part}:{spelling(surname)[:1]}" for part in given for surname in name.surname}  # Park Min-jun
    return frozenset(found | _double_surname_keys(name))


def _initials(name: PersonName) -> set[str]:
    """Of the first two names and the nickname, in the spellings that they share with names like them."""
    firsts = (*name.given[:2], name.nickname)
    return {spelling(form)[:1] for first in firsts if first for form in common_forms(first)} - {""}


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
