"""Names of bodies across articles: legal forms, abbreviations, "the"."""

import re
from functools import lru_cache

from quotes.english import lexicon
from quotes.folding import fold, fold_name

from .person_names import Likeness

_LEGAL = lexicon.words(
    "company inc incorporated ltd limited plc llc corp corporation co gmbh ag sa nv bv pty lp llp spa ab oy"
)
_SMALL = lexicon.words("the of for and on in to a an & de la du des del")
_CAPITALS = re.compile(r"[A-Z][A-Z.&-]*[A-Z]\.?")


@lru_cache(4096)
def organization_key(name: str) -> str:
    """The same for "The Harbour Board Ltd." and "Harbour Board"; never empty for a name with letters."""
    folded = fold_name(name.replace("&", " and "))
    words = folded.removeprefix("the ").split()
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL:
        kept.pop()
    return " ".join(kept)


def initials(name: str) -> str:
    """The abbreviation that a name of three or more words may go by, folded; "" for a shorter one."""
    words = [word for word in re.split(r"[\s-]+", name) if fold(word).strip(".,") not in _SMALL]
    letters = [word[0] for word in words if word[:1].isupper()]
    return fold("".join(letters)) if len(letters) > 2 else ""


def is_abbreviation(name: str) -> bool:
    """WGC, F.D.A., AT&T."""
    return bool(_CAPITALS.fullmatch(name.removeprefix("the ").removeprefix("The ")))


def compare_organizations(one: str, other: str) -> Likeness:
    """How much the names of two bodies agree."""
    if fold_name(one) == fold_name(other):
        return Likeness.SAME
    ours, theirs = organization_key(one), organization_key(other)
    if ours == theirs:
        return Likeness.FULLER
    if is_abbreviation(one) != is_abbreviation(other):
        short, long = (ours, other) if is_abbreviation(one) else (theirs, one)
        if short.replace(" ", "") == initials(long):
            return Likeness.LOOSE
    if ours == _without_first_name(theirs) or theirs == _without_first_name(ours):
        return Likeness.LOOSE  # the Ada Holm Foundation, the Holm Foundation
    return Likeness.OTHER


def _without_first_name(key: str) -> str:
    first, _, rest = key.partition(" ")
    return rest if first in lexicon.FIRST_NAMES and " " in rest else ""


def organization_keys(name: str) -> frozenset[str]:
    """The keys that a body of this name is kept and asked for under."""
    whole = organization_key(name)
    found = {whole.replace(" ", ""), _without_first_name(whole).replace(" ", ""), initials(name)}
    return frozenset(f"={key[:_LONGEST]}" for key in found if key)


_LONGEST = 90
