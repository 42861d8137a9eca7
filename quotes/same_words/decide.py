"""Whether two quotes are one utterance: by their words, who is said to have spoken, and when.

Long runs of the same words are hardly said twice, so who said them is in question then, not whether they are
the same. Short ones, and what is said over and over, are one utterance only of one speaker, near in time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from quotes.folding import is_one_error_apart
from quotes.same_words.common import GRAMMAR, NEGATIONS
from quotes.same_words.words import Words, is_number


class Speakers(StrEnum):
    """What is known of who said the two."""

    SAME = "same"
    UNKNOWN = "unknown"  # nobody is named for one of them, or a body, or a name that may be the other's
    DIFFERENT = "different"


class Outcome(StrEnum):
    SAME = "same"
    CONTRARY = "contrary"  # the same but for a "not": one of them misquotes it
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was decided, why, in words, and how much of the two is alike: 0 to 1."""

    outcome: Outcome
    reason: str
    alike: float = 0.0

    @property
    def is_same(self) -> bool:
        return self.outcome != Outcome.OTHER


@dataclass(frozen=True, slots=True)
class _Limit:
    """The least that is needed: words in common, of them telling ones, how much is alike; days at most."""

    words: int
    telling: int
    alike: float
    days: float


# From which on words are long: these are one utterance years later, too, if nearly all is the same.
_LONG, _LONG_ALIKE = 12, 0.9
_LONGEST_APART = 730.0
# One of a list has to be met.
_LIMITS = {
    Speakers.SAME: (
        _Limit(5, 1, 0.8, 60),
        _Limit(12, 3, 0.72, 60),
        _Limit(4, 2, 0.99, 2),
        _Limit(3, 3, 0.99, 7),
    ),
    Speakers.UNKNOWN: (_Limit(8, 3, 0.75, 30), _Limit(6, 3, 0.85, 30), _Limit(5, 4, 0.95, 7)),
    Speakers.DIFFERENT: (_Limit(8, 3, 0.92, 14), _Limit(12, 4, 0.85, 14), _Limit(12, 4, 0.97, 60)),
}
# Beside these where the words are the very same and no more.
_IDENTICAL = {
    Speakers.SAME: (_Limit(3, 2, 1.0, 7), _Limit(4, 1, 1.0, 3), _Limit(5, 0, 1.0, 3)),
    Speakers.UNKNOWN: (_Limit(3, 3, 1.0, 3),),
    Speakers.DIFFERENT: (_Limit(7, 2, 1.0, 3),),
}
_CONTRARY_DAYS = 3.0
_GRAMMAR_WEIGHT = 0.5
_LEFT_OUT = 2.0  # what words cost at the most that one outlet left out and did not say so
_NEAR = 4  # words between runs that belong together
_SHARE = 0.5  # of the shorter quote, in words, that is in both; else a long run
_LONG_RUN = 8
_FEW = 1  # words beyond the other quote that may be a slip


def compare(one: Words, other: Words, speakers: Speakers, days: float | None) -> Evidence:
    """Whether these are one utterance. `days` are between their dates; None where one has none."""
    if len(one.words) > len(other.words):
        one, other = other, one
    if one.words == other.words:
        return _decided(_Alignment(one, other, [(0, 0, len(one.words))]), speakers, days)
    if 2 * len(set(one.words) & set(other.words)) < len(set(one.words)) and not _may_overlap(one, other):
        return Evidence(Outcome.OTHER, "few words in common")
    blocks = _blocks(one.words, other.words)
    if not blocks:
        return Evidence(Outcome.OTHER, "no run of words in common")
    return _decided(_Alignment(one, other, blocks), speakers, days)


def _may_overlap(one: Words, other: Words) -> bool:
    return len(set(one.words) & set(other.words)) >= _LONG_RUN


def _decided(alignment: "_Alignment", speakers: Speakers, days: float | None) -> Evidence:
    common = alignment.common
    telling = sum(word not in GRAMMAR for word in common)
    alike = alignment.alike
    apart = 0.0 if days is None else days
    if not alignment.is_enough:
        return Evidence(Outcome.OTHER, "most of the words are others", alike)
    if alignment.has_other_numbers:
        return Evidence(Outcome.OTHER, "other numbers", alike)
    limits = _LIMITS[speakers]
    if alignment.one.words == alignment.other.words:
        limits += _IDENTICAL[speakers]
    fit = [one for one in limits if len(common) >= one.words and telling >= one.telling]
    if not fit:
        return Evidence(Outcome.OTHER, f"too few words for {speakers} speakers", alike)
    if not any(alike >= one.alike for one in fit):
        return Evidence(Outcome.OTHER, f"too little alike for {speakers} speakers", alike)
    is_long = len(common) >= _LONG and alike >= _LONG_ALIKE and speakers != Speakers.DIFFERENT
    most = _LONGEST_APART if is_long else max(one.days for one in fit if alike >= one.alike)
    if apart > most:
        return Evidence(Outcome.OTHER, f"{apart:.0f} days apart", alike)
    if alignment.is_contrary:
        if speakers != Speakers.SAME or apart > _CONTRARY_DAYS:
            return Evidence(Outcome.OTHER, "one says the contrary", alike)
        return Evidence(Outcome.CONTRARY, "the same but for a negation", alike)
    return Evidence(Outcome.SAME, f"{len(common)} words in common, {speakers} speakers", alike)


class _Alignment:
    """How the words of the shorter quote stand in the longer one.

    `blocks` are runs of words in both: where one starts in the shorter, in the longer, and how long it is.
    """

    def __init__(self, one: Words, other: Words, blocks: Sequence[tuple[int, int, int]]) -> None:
        self.one, self.other, self.blocks = one, other, blocks
        self.common = [word for start, _, size in blocks for word in one.words[start : start + size]]
        self.slips = 0
        self.changes = list(self._changes())
        matched = _weight(self.common) + self.slips
        self.alike = matched / (matched + sum(map(self._cost, self.changes)))

    def _changes(self) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
        """What stands in one and in the other between the runs, and whether it may be left out there."""
        at_one = at_other = 0
        size = (len(self.one.words), len(self.other.words), 0)
        for start, there, length in (*self.blocks, size):
            before, after = self.one.words[at_one:start], self.other.words[at_other:there]
            is_edge = (at_one, at_other) == (0, 0) or length == 0
            if is_edge and not (before and after):
                before, after = (), ()  # one of them begins later or ends earlier
            elif is_edge:
                shared = min(len(before), len(after))
                cut = slice(-shared, None) if length else slice(0, shared)
                before, after = before[cut], after[cut]
            if before or after:
                said = self._is_said(self.one, at_one, start) or self._is_said(self.other, at_other, there)
                if _is_slip(before, after):
                    self.slips += 1
                else:
                    yield before, after, said
            at_one, at_other = start + length, there + length

    @staticmethod
    def _is_said(words: Words, first: int, last: int) -> bool:
        return any(first <= gap <= last for gap in words.gaps)

    @staticmethod
    def _cost(change: tuple[Sequence[str], Sequence[str], bool]) -> float:
        before, after, is_said = change
        if is_said:
            return 0.0 if not (before and after) else 0.5
        if before and after:
            return max(_weight(before), _weight(after))
        return min(_weight(before) + _weight(after), _LEFT_OUT)

    @property
    def is_enough(self) -> bool:
        if max(size for _, _, size in self.blocks) >= _LONG_RUN:
            return True
        return len(self.common) + self.slips >= _SHARE * len(self.one.words) and not self._is_crossing

    @property
    def _is_crossing(self) -> bool:
        """Whether the end of one is the beginning of the other."""
        (first, there, _), (last, end, size) = self.blocks[0], self.blocks[-1]
        begins_before = first > _FEW and there <= _FEW, there > _FEW and first <= _FEW
        left, left_there = len(self.one.words) - last - size, len(self.other.words) - end - size
        ends_after = left > _FEW and left_there <= _FEW, left_there > _FEW and left <= _FEW
        return (begins_before[0] and ends_after[1]) or (begins_before[1] and ends_after[0])

    @property
    def has_other_numbers(self) -> bool:
        for before, after, _ in self.changes:
            ones, others = ({word for word in some if is_number(word)} for some in (before, after))
            if ones and others and ones != others:
                return True
        return False

    @property
    def is_contrary(self) -> bool:
        """A "not" in one alone, where hardly anything else is left out."""
        for before, after, is_said in self.changes:
            if is_said or max(len(before), len(after)) > _NEAR:
                continue
            if bool(NEGATIONS.intersection(before)) != bool(NEGATIONS.intersection(after)):
                return True
        return False


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of words in both, in order, without single words that only happen to stand in both."""
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    blocks = [(block.a, block.b, block.size) for block in found if block.size]
    if not blocks:
        return []
    longest = max(range(len(blocks)), key=lambda at: blocks[at][2])
    first = last = longest
    while first and _belongs(blocks[first - 1], blocks[first], one, other):
        first -= 1
    while last + 1 < len(blocks) and _belongs(blocks[last], blocks[last + 1], one, other, is_after=True):
        last += 1
    return blocks[first : last + 1]


def _belongs(
    before: tuple[int, int, int],
    after: tuple[int, int, int],
    one: Sequence[str],
    other: Sequence[str],
    *,
    is_after: bool = False,
) -> bool:
    """Whether the next run outward is near, or long enough by itself."""
    apart = max(after[0] - before[0] - before[2], after[1] - before[1] - before[2])
    start, _, size = after if is_after else before
    weight = _weight(one[start : start + size])
    return weight >= 2 if apart > _NEAR else weight >= 1 or apart <= 1


def _weight(words: Sequence[str]) -> float:
    return sum(_GRAMMAR_WEIGHT if word in GRAMMAR else 1.0 for word in words)


def _is_slip(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether one word is written with a slip."""
    if len(before) != 1 or len(after) != 1:
        return "".join(before) == "".join(after)
    one, other = before[0], after[0]
    return min(len(one), len(other)) > _NEAR and not is_number(one) and is_one_error_apart(one, other)
