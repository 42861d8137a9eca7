"""What is known of two speakers: whether the words are given to one, or to several."""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from itertools import combinations

from quotes.folding import fold_name
from quotes.same_words.decide import Speakers

_PERSON = "person"
_MOST = 50  # people who are compared with one another


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have spoken: a record's key, its name and its kind, as `Speaker.Kind` has them."""

    key: Hashable
    name: str
    kind: str = _PERSON


def speakers_of(one: Speaker | None, other: Speaker | None) -> Speakers:
    """Whether two are one. A body and its spokesman are not told apart, nor what has no name."""
    if one is None or other is None:
        return Speakers.UNKNOWN
    if one.key == other.key:
        return Speakers.SAME
    if not one.kind == other.kind == _PERSON:
        return Speakers.UNKNOWN
    ours, theirs = (fold_name(each.name).split() for each in (one, other))
    if ours == theirs:
        return Speakers.UNKNOWN  # namesakes, or not known to be one
    fewer, more = sorted((set(ours), set(theirs)), key=len)
    if fewer <= more and ours and theirs and ours[-1] == theirs[-1]:
        return Speakers.SAME  # "Mr Holub" beside "Danica Holub"
    return Speakers.DIFFERENT


def name_several(speakers: Collection[Speaker]) -> bool:
    """Whether two of these are two people, as far as their names tell."""
    people = [one for one in speakers if one.kind == _PERSON][:_MOST]
    return any(speakers_of(*two) == Speakers.DIFFERENT for two in combinations(people, 2))
