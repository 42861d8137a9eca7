"""Which known speaker a name in an article is: one, nobody, or one of several who cannot be told apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quotes.extraction import SpeakerKind

from .likeness import likeness
from .organizations import is_abbreviation
from .person_names import Likeness, person_name
from .roles import Fit, best_fit, post_fit, shares_local_office


class Outcome(StrEnum):
    LINKED = "linked"  # a known speaker
    NEW = "new"  # nobody known
    AMBIGUOUS = "ambiguous"  # somebody known, perhaps: an editor may tell


@dataclass(frozen=True, slots=True)
class Named:
    """A speaker of one article, and what the article says of it."""

    name: str
    kind: SpeakerKind
    description: str = ""
    roles: tuple[str, ...] = ()  # others that the article gives


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known speaker: the names in use, what articles say, whether this outlet quoted them before.

    told_apart  keys of those of whom an editor said that they are somebody else
    """

    key: int
    names: tuple[str, ...]
    roles: tuple[str, ...] = ()
    same_outlet: bool = False
    told_apart: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """`key` of the candidate for LINKED; `rivals` the others who came into question, the likeliest first."""

    outcome: Outcome
    key: int | None
    rivals: tuple[int, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class _Judged:
    candidate: Candidate
    name: str
    likeness: Likeness
    fit: Fit

    @property
    def rank(self) -> tuple[int, int, bool]:
        return self.likeness, self.fit, self.candidate.same_outlet


def decide(named: Named, candidates: Iterable[Candidate]) -> Decision:
    """Only an unambiguous match is one; a bare surname is none without an office that agrees."""
    judged = [found for candidate in candidates if (found := _judge(named, candidate))]
    judged.sort(key=lambda found: (found.rank, -found.candidate.key), reverse=True)
    if not judged:
        return Decision(Outcome.NEW, None, (), "nobody known goes by such a name")
    possible = [found for found in judged if found.fit is not Fit.CLASH]
    best = _only(named, possible)
    rival = best and _told_apart(best, possible)
    if best is None or rival:
        keys = tuple(found.candidate.key for found in judged)
        why = f"an editor told {rival.name} apart, who may be meant, too" if rival else ""
        return Decision(Outcome.AMBIGUOUS, None, keys, why or _why_open(judged, possible))
    others = tuple(found.candidate.key for found in judged if found is not best)
    return Decision(Outcome.LINKED, best.candidate.key, others, _why(best))


def _judge(named: Named, candidate: Candidate) -> _Judged | None:
    compared = [(likeness(named.name, name, named.kind), name) for name in candidate.names]
    best, name = max(compared, default=(Likeness.OTHER, ""))
    if best is Likeness.OTHER:
        return None
    if best < Likeness.SAME and any(
        other is Likeness.OTHER and _is_fuller(written, named) for other, written in compared
    ):
        return None  # John B. Marr is no John Marr who is known as John A. Marr
    fit = best_fit((named.description, *named.roles), candidate.roles)
    return _Judged(candidate, name, best, fit)


def _is_fuller(name: str, named: Named) -> bool:
    """Whether `name` has the same first and last name, and more."""
    if named.kind is not SpeakerKind.PERSON:
        return False
    known, asked = person_name(name), person_name(named.name)
    return known.surname == asked.surname and known.given[:1] == asked.given[:1] != ()


def _only(named: Named, possible: Sequence[_Judged]) -> _Judged | None:
    """The one that can be meant."""
    if named.kind is SpeakerKind.PERSON and person_name(named.name).is_bare:
        tied = [found for found in possible if found.fit is Fit.TIED]
        return _single(tied) if tied else _single([found for found in possible if _is_local(named, found)])
    short = named.kind is SpeakerKind.ORGANIZATION and is_abbreviation(named.name)
    for wanted in () if short else (Likeness.SAME, Likeness.FULLER):  # two bodies may be "the NPC"
        level = [found for found in possible if found.likeness is wanted]
        if level:
            return _single(level) or _best_fit(level)
    borne_out = [found for found in possible if _is_borne_out(named, found)]
    return _single(borne_out) or _best_fit(borne_out) or _known_here(named, borne_out)


def _known_here(named: Named, level: Sequence[_Judged]) -> _Judged | None:
    """Of several bodies, the one that this outlet quoted before."""
    if named.kind is not SpeakerKind.ORGANIZATION:
        return None
    return _single([found for found in level if found.candidate.same_outlet])


def _is_local(named: Named, found: _Judged) -> bool:
    """The Governor Marr of an outlet that quoted Governor Ann Marr before."""
    return found.candidate.same_outlet and shares_local_office(named.description, found.candidate.roles)


def _told_apart(best: _Judged, possible: Sequence[_Judged]) -> _Judged | None:
    """Somebody whom an editor told apart from `best`, and whom the name and the roles fit as well."""
    return next(
        (
            other
            for other in possible
            if other.candidate.key in best.candidate.told_apart
            and other.likeness >= Likeness.FULLER
            and (other.fit, other.candidate.same_outlet) >= (best.fit, best.candidate.same_outlet)
        ),
        None,
    )


def _is_borne_out(named: Named, found: _Judged) -> bool:
    """Whether anything but a loose likeness of names speaks for it."""
    if named.kind is SpeakerKind.ORGANIZATION:
        short = is_abbreviation(named.name) or is_abbreviation(found.name)
        return short or found.likeness > Likeness.LOOSE or found.candidate.same_outlet
    asked, known = person_name(named.name), person_name(found.name)
    if asked.suffix != known.suffix or known.is_bare:
        return found.fit is Fit.TIED and asked.suffix == known.suffix
    if found.likeness < Likeness.LOOSE:
        return _is_in_one_post(named, found)
    return found.fit >= Fit.ALLIED or found.candidate.same_outlet


def _is_in_one_post(named: Named, found: _Judged) -> bool:
    """The mayor of Selburn, Steven or Stephen Hale; "the mayor" only in one outlet."""
    post = post_fit((named.description, *named.roles), found.candidate.roles)
    if post is Fit.TIED:
        return True
    return post is Fit.SHARED and found.candidate.same_outlet and found.likeness is Likeness.WEAK


def _best_fit(level: Sequence[_Judged]) -> _Judged | None:
    """The one whose role agrees best, if it agrees at all and nobody else's does as well."""
    best = max((found.fit for found in level), default=Fit.OPEN)
    return _single([found for found in level if found.fit is best]) if best >= Fit.SHARED else None


def _single(found: Sequence[_Judged]) -> _Judged | None:
    return found[0] if len(found) == 1 else None


_LIKE = {
    Likeness.SAME: "the same name",
    Likeness.FULLER: "the same name, fuller or shorter, as",
    Likeness.LOOSE: "a name that may stand for",
    Likeness.WEAK: "another spelling, perhaps, of",
    Likeness.FAINT: "another form, perhaps, of",
}


def _why(found: _Judged) -> str:
    role = {
        Fit.TIED: "; the same office",
        Fit.SHARED: "; a like role",
        Fit.ALLIED: "; a role that goes with it",
    }.get(found.fit, "")
    outlet = "; quoted by this outlet before" if found.candidate.same_outlet else ""
    if found.likeness is Likeness.SAME:
        return f"the same name{role}{outlet}"
    return f"{_LIKE[found.likeness]} {found.name}{role}{outlet}"


def _why_open(judged: Sequence[_Judged], possible: Sequence[_Judged]) -> str:
    if not possible:
        return f"{judged[0].name} is known in another walk of life or country"
    if len(possible) == 1:
        return f"{possible[0].name} may be the same, and nothing but the name says so"
    return f"{len(possible)} who are known may be meant"
