"""How well the same words are found: pairs that were labelled by hand, and variants of our own making."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quotes.same_words import Evidence, compare, keys_of, words_of
from quotes.same_words.speakers import Speaker, speakers_of
from quotes.training.gold import GoldError, read_records

_LENGTHS = (("fewer than 5 words", 0, 4), ("5 to 8 words", 5, 8), ("9 words and more", 9, 10**6))


@dataclass(frozen=True, slots=True)
class Side:
    """A quote of a pair. Without a date it may be of any day."""

    text: str
    speaker: Speaker | None
    dated: date | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotes of which it is known whether they are one utterance."""

    id: str
    one: Side
    other: Side
    is_same: bool

    @property
    def length(self) -> int:
        """Words of the shorter."""
        return min(len(words_of(side.text).words) for side in (self.one, self.other))


@dataclass(frozen=True, slots=True)
class Found:
    """What was made of a pair: whether it would be looked at, whichever of the two comes first, and taken."""

    pair: Pair
    is_looked_at: bool
    evidence: Evidence

    @property
    def is_taken(self) -> bool:
        return self.is_looked_at and self.evidence.is_same


def read_pairs(path: Path) -> list[Pair]:
    """The format is told in fixtures/README.md. Raises GoldError."""
    return [_pair(record, where) for where, record in read_records(path)]


def judge(pair: Pair) -> Found:
    one, other = words_of(pair.one.text), words_of(pair.other.text)
    days = abs((pair.one.dated - pair.other.dated).days) if pair.one.dated and pair.other.dated else None
    evidence = compare(one, other, speakers_of(pair.one.speaker, pair.other.speaker), days)
    ours, theirs = keys_of(one), keys_of(other)
    shared = set(ours.asked) & set(theirs.stored) or set(theirs.asked) & set(ours.stored)
    return Found(pair, bool(shared), evidence)


def describe_pairs(title: str, pairs: Sequence[Pair], errors: int) -> Iterator[str]:
    """What `evaluate --same-words` prints of labelled pairs."""
    found = [judge(pair) for pair in pairs]
    yield f"{title:<34}{'pairs':>8}{'same':>8}{'found':>8}{'wrong':>8}{'precision':>11}{'recall':>8}"
    for name, least, most in (*_LENGTHS, ("5 words and more", 5, 10**6), ("in all", 0, 10**6)):
        yield _row(name, [one for one in found if least <= one.pair.length <= most])
    missed = [one for one in found if one.pair.is_same and not one.is_looked_at]
    yield f"  {len(missed)} of what is missed shares no key"
    wrong = [one for one in found if one.is_taken != one.pair.is_same]
    for one in wrong[:errors]:
        what = "taken for the same" if one.is_taken else "missed" if one.is_looked_at else "not looked at"
        yield f"{one.pair.id}: {what}: {one.evidence.reason} ({one.evidence.alike:.2f})"
        for side in (one.pair.one, one.pair.other):
            yield f"    {side.speaker.name if side.speaker else 'nobody'}, {side.dated}: {side.text}"


def _row(name: str, found: Iterable[Found]) -> str:
    counted = Counter((one.pair.is_same, one.is_taken) for one in found)
    right, wrong, missed = counted[True, True], counted[False, True], counted[True, False]
    return (
        f"  {name:<32}{counted.total():>8}{right + missed:>8}{right:>8}{wrong:>8}"
        f"{share(right, right + wrong):>11}{share(right, right + missed):>8}"
    )


def share(some: int, of: int) -> str:
    return f"{some / of:.3f}" if of else "-"


def _pair(record: dict[str, Any], where: str) -> Pair:
    try:
        one, other = _side(record["one"]), _side(record["other"])
        return Pair(str(record.get("id", where)), one, other, bool(record["same"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GoldError(f"{where}: it is no pair of quotes ({error!r})") from error


def _side(side: dict[str, Any]) -> Side:
    name, dated = side.get("speaker"), side.get("date")
    speaker = Speaker(name.casefold(), name, side.get("kind") or "person") if name else None
    return Side(side["text"], speaker, date.fromisoformat(dated) if dated else None)
