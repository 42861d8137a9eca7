"""How much two names agree, by the kind of who bears them."""

import re
from collections.abc import Iterable

from quotes.extraction import SpeakerKind
from quotes.folding import fold_name

from .organizations import compare_organizations
from .person_names import Likeness, compare, person_name


def likeness(one: str, other: str, kind: SpeakerKind) -> Likeness:
    """People and bodies by the structure of their names; everybody else by the very words."""
    if kind is SpeakerKind.PERSON:
        return _people(one, other)
    if kind is SpeakerKind.ORGANIZATION:
        return compare_organizations(one, other)
    return Likeness.SAME if fold_name(one) == fold_name(other) else Likeness.OTHER


def _people(one: str, other: str) -> Likeness:
    """Of two names as they are, and with umlauts written out: Jörg Götz, Joerg Goetz."""
    plain = compare(person_name(one), person_name(other))
    if plain is Likeness.SAME or (one.isascii() and other.isascii()):
        return plain
    spelt = ((_written_out(one), other), (one, _written_out(other)))
    found = max(compare(person_name(a), person_name(b)) for a, b in spelt)
    return max(plain, min(found, Likeness.LOOSE))


def _written_out(name: str) -> str:
    return _UMLAUTS.sub(lambda umlaut: _DIGRAPHS[umlaut.group().lower()], name)


_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_UMLAUTS = re.compile("[äöüøå]", re.IGNORECASE)


def telling_names(names: Iterable[str], kind: SpeakerKind) -> tuple[str, ...]:
    """The names by which somebody can be told: of people, surnames alone only where there is no other."""
    every = tuple(names)
    if kind is not SpeakerKind.PERSON:
        return every
    return tuple(name for name in every if not person_name(name).is_bare) or every
