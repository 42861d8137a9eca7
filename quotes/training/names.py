"""Whether two names mean one speaker, as far as a score goes."""

import re
import unicodedata
from itertools import dropwhile, product

from quotes.english import lexicon

_TITLES = lexicon.words(
    """
    a an the mr mrs ms miss dr prof professor sir lord lady king queen prince princess pope rev
    president prime minister secretary senator sen rep gov governor gen col lt capt sgt judge justice
    """
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_JOINT = "|"


def same_speaker(gold: str, predicted: str, *, lenient: bool = False) -> bool:
    """Whether `predicted` names `gold`; of joint speakers ("Ann Lee | Bo Ek") one is enough.

    Strict: the same words, whatever the case, accents, punctuation, initials and titles in front.
    Lenient: one name's words are among the other's, and both end alike ("Lee" for "Ann Lee").
    """
    pairs = product(gold.split(_JOINT), predicted.split(_JOINT))
    return any(_same(one, other, lenient=lenient) for one, other in pairs)


def name_words(name: str) -> list[str]:
    """The words of a name, folded, without titles in front and, where anything else is left, initials."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_name.replace("'s", ""))
    words = list(dropwhile(_TITLES.__contains__, words))
    return [word for word in words if len(word) > 1 or word.isdigit()] or words


def _same(one: str, other: str, *, lenient: bool) -> bool:
    ours, theirs = name_words(one), name_words(other)
    if not ours or not theirs:
        return False
    if ours == theirs or not lenient:
        return ours == theirs
    ours, theirs = ([word for word in name if word not in _SUFFIXES] for name in (ours, theirs))
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    return set(ours) <= set(theirs) or set(theirs) <= set(ours)
