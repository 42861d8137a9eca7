"""How often the extractor was right, and how far its confidence can be trusted: figures from counts alone.

Everything is counted by confidence in hundredths: 97 stands for 0.97 to under 0.98, 100 for certainty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

_Z = 1.959964  # standard deviations on both sides of a mean that hold 95 in 100
_LEAST = 50  # decisions under which nothing is said of a threshold
_MOST = 1_000_000  # decisions beyond which it makes no sense to wait for more


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `count` decisions."""

    right: int = 0
    count: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.count + other.count)

    @property
    def value(self) -> float:
        """0 to 1; 0 where nothing was decided."""
        return self.right / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the true share is, in 95 of 100 such cases (Wilson's interval)."""
        return wilson(self.value, self.count)

    @property
    def told(self) -> str:
        return percent(self.value)

    @property
    def told_interval(self) -> str:
        low, high = map(percent, self.interval)
        return f"{low.removesuffix('%')}–{high}"


@dataclass(frozen=True, slots=True)
class Band:
    """Decisions about quotes with a confidence from `start` to under `end`, on average `confidence`."""

    start: float
    end: float
    confidence: float
    share: Share


class Certainty(StrEnum):
    """How sure an advice is."""

    SURE = "sure"  # the low end of the interval keeps the precision
    LIKELY = "likely"  # what was counted keeps it, the low end does not
    NONE = "none"  # no threshold keeps it
    TOO_FEW = "too-few"  # decisions to say anything


@dataclass(frozen=True, slots=True)
class Advice:
    """From which confidence on `precision` is kept.

    threshold  None where there is none
    share      of the decisions at or over the threshold, of all where there is none
    kept       the share of all decisions that are at or over it
    wanting    about how many more decisions over the threshold would make it sure; None where none would
    """

    precision: float
    certainty: Certainty
    threshold: float | None
    share: Share
    kept: float = 0.0
    wanting: int | None = None

    @property
    def goal(self) -> str:
        return percent(self.precision)

    @property
    def told_kept(self) -> str:
        return percent(self.kept)


def wilson(share: float, count: int) -> tuple[float, float]:
    """Wilson's interval of 95 in 100 for a share that was seen in `count` cases; all of 0 to 1 for none."""
    if not count:
        return 0.0, 1.0
    squared = _Z**2 / count
    middle = (share + squared / 2) / (1 + squared)
    half = _Z / (1 + squared) * sqrt(share * (1 - share) / count + squared / (4 * count))
    # At the ends it touches them, but for a rounding.
    return middle - half if share > 0 else 0.0, middle + half if share < 1 else 1.0


def percent(share: float) -> str:
    """0.9714 as "97.1%"; never rounded up to all, nor down to none."""
    told = f"{100 * share:.1f}"
    if told == "100.0" and share < 1:
        told = "99.9"
    elif told == "0.0" and share > 0:
        told = "0.1"
    return f"{told.removesuffix('.0')}%"


def bands(shares: Mapping[int, Share], confidences: Mapping[int, float]) -> list[Band]:
    """Ten bands, the empty ones left out; `confidences` is the sum of them in each hundredth."""
    found = []
    for tenth in range(10):
        inside = [key for key in sorted(shares) if min(key // 10, 9) == tenth and shares[key].count]
        if inside:
            share = sum((shares[key] for key in inside), Share())
            mean = sum(confidences[key] for key in inside) / share.count
            found.append(Band(tenth / 10, (tenth + 1) / 10, mean, share))
    return found


def above(shares: Mapping[int, Share], threshold: float) -> Share:
    """Of the decisions at or over a threshold, to the hundredth."""
    least = round(threshold * 100)
    return sum((share for key, share in shares.items() if key >= least), Share())


def advise(shares: Mapping[int, Share], precision: float) -> Advice:
    """The lowest threshold that keeps `precision`, and how sure that is."""
    everything = sum(shares.values(), Share())
    if everything.count < _LEAST:
        return Advice(precision, Certainty.TOO_FEW, None, everything)
    cumulated = _cumulated(shares)
    sure = [(key, share) for key, share in cumulated if share.interval[0] >= precision]
    likely = [(key, share) for key, share in cumulated if share.value >= precision and share.count >= _LEAST]
    certainty = Certainty.SURE if sure else Certainty.LIKELY if likely else Certainty.NONE
    if certainty is Certainty.NONE:
        return Advice(precision, certainty, None, everything)
    key, share = min(sure or likely)
    wanting = _wanting(share, precision) if certainty is Certainty.LIKELY else None
    return Advice(precision, certainty, key / 100, share, share.count / everything.count, wanting)


def _cumulated(shares: Mapping[int, Share]) -> Sequence[tuple[int, Share]]:
    """Each hundredth in which something was decided, with all that is at or over it."""
    total, found = Share(), []
    for key in sorted(shares, reverse=True):
        total += shares[key]
        found.append((key, total))
    return found


def _wanting(share: Share, precision: float) -> int | None:
    """So many more decisions that are right as often."""
    least, most = share.count, _MOST
    if wilson(share.value, most)[0] < precision:
        return None
    while least < most:
        middle = (least + most) // 2
        if wilson(share.value, middle)[0] >= precision:
            most = middle
        else:
            least = middle + 1
    return least - share.count
