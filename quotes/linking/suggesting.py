"""Who may be one with whom, and who may be several: for an editor to look at, with the reasons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from quotes.extraction import SpeakerKind

from .careers import Statement
from .likeness import likeness
from .person_names import Likeness
from .roles import Fit, fit

_LIKENESS = {
    Likeness.SAME: 0.6,
    Likeness.FULLER: 0.5,
    Likeness.LOOSE: 0.3,
    Likeness.WEAK: 0.3,
    Likeness.FAINT: 0.15,
}
_FIT = {Fit.TIED: 0.35, Fit.SHARED: 0.25, Fit.ALLIED: 0.1, Fit.OPEN: 0.0, Fit.CLASH: -0.4}
_OUTLET = 0.05
_LEAST = 0.35
_MOST_NAMES, _MOST_ROLES = 6, 12  # of a speaker that are compared


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker as far as it is compared: `roles` as articles give them, `outlets` that quoted it."""

    key: int
    kind: SpeakerKind
    names: tuple[str, ...]
    roles: tuple[str, ...] = ()
    outlets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggested:
    """`score` 0..1; `evidence` in words, the strongest first; `parts`: articles of one who may be several."""

    score: float
    evidence: tuple[str, ...]
    parts: tuple[tuple[int, ...], ...] = ()


def likeness_of(one: Profile, other: Profile) -> tuple[Likeness, str]:
    """How much the names that agree most do, and those names."""
    if one.kind is not other.kind:
        return Likeness.OTHER, ""
    pairs = [(a, b) for a in one.names[:_MOST_NAMES] for b in other.names[:_MOST_NAMES]]
    compared = [(likeness(a, b, one.kind), f"{a} / {b}") for a, b in pairs]
    return max(compared, key=lambda pair: pair[0], default=(Likeness.OTHER, ""))


def duplicate(one: Profile, other: Profile) -> Suggested | None:
    """Whether two records may be one speaker; None when too little speaks for it."""
    found, names = likeness_of(one, other)
    if found is Likeness.OTHER:
        return None
    agreement, roles = _best_fit(one.roles, other.roles)
    outlets = sorted(one.outlets & other.outlets)
    score = _LIKENESS[found] + _FIT[agreement] + (_OUTLET if outlets else 0)
    if score < _LEAST:
        return None
    evidence = ["the same name" if found is Likeness.SAME else f"names that may be one: {names}"]
    if agreement is Fit.CLASH:
        evidence.append(f"but other walks of life: {roles}")
    elif agreement > Fit.OPEN:
        evidence.append(f"roles that agree: {roles}")
    if outlets:
        evidence.append(f"both quoted by {outlets[0]}")
    return Suggested(round(min(score, 1.0), 3), tuple(evidence))


def _best_fit(ours: Sequence[str], theirs: Sequence[str]) -> tuple[Fit, str]:
    pairs = [(a, b) for a in ours[:_MOST_ROLES] if a for b in theirs[:_MOST_ROLES] if b]
    found = [(fit(a, b), f"{a} / {b}") for a, b in pairs]
    best = max(found, key=lambda pair: pair[0], default=(Fit.OPEN, ""))
    clash = next((pair for pair in found if pair[0] is Fit.CLASH), None)
    return clash if clash and best[0] is Fit.OPEN else best


def collision(statements: Sequence[Statement]) -> Suggested | None:
    """Whether one record may be several people: roles that clash, by the articles that give them.

    Roles that take turns speak for it more than those that follow each other, as in a career.
    """
    roles = [role for role, _ in Counter(one.role for one in statements).most_common(_MOST_ROLES)]
    clash = next(((a, b) for a, b in combinations(roles, 2) if fit(a, b) is Fit.CLASH), None)
    if clash is None:
        return None
    first, second = clash
    sides = [
        (one, 1 if fit(one.role, second) > fit(one.role, first) else 0)
        for one in sorted(statements, key=lambda one: (one.dated, one.article))
    ]
    parts = [tuple(dict.fromkeys(one.article for one, at in sides if at == side)) for side in (0, 1)]
    apart = tuple(article for article in parts[1] if article not in parts[0])
    if not parts[0] or not apart:
        return None
    turns = sum(a != b for (_, a), (_, b) in pairwise(sides))
    score = 0.5 + 0.1 * min(turns - 1, 3) + 0.1 * min(len(apart) - 1, 2)
    evidence = [f"roles that one person seldom has: {first} / {second}"]
    if turns > 1:
        evidence.append("they take turns, so it is no change of career")
    return Suggested(round(min(score, 1.0), 3), tuple(evidence), (parts[0], apart))
