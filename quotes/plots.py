"""Plots that are drawn on the server: where things stand, in the units of the picture."""

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 96
_MOST = 120  # months that are shown, the latest
_LEAST = 12  # for which there is room, so that one bar is not as wide as the plot
_GAP = 0.25  # of a month's room that is left free
_LOWEST = 2.0  # a bar that can be seen


@dataclass(frozen=True, slots=True)
class Bar:
    """A month with quotes, and where its bar stands."""

    month: str
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def day(self) -> date:
        """The first of the month."""
        return date.fromisoformat(f"{self.month}-01")

    @property
    def label(self) -> str:
        """As March 2026."""
        year, _, number = self.month.partition("-")
        return f"{month_name[int(number)]} {year}"


@dataclass(frozen=True, slots=True)
class MonthsPlot:
    """Bars from left to right. `most` is the highest; `is_cut`: earlier months are left out."""

    bars: Sequence[Bar]
    most: Bar
    is_cut: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def first(self) -> date:
        return self.bars[0].day

    @property
    def last(self) -> date:
        return self.bars[-1].day

    @property
    def path(self) -> str:
        """All bars as one shape: a hundred by themselves take a template ten times as long."""
        return "".join(f"M{bar.x} {bar.y}h{bar.width}v{bar.height}h-{bar.width}z" for bar in self.bars)

    @property
    def latest_first(self) -> Sequence[Bar]:
        return self.bars[::-1]


def months_plot(counts: Sequence[tuple[str, int]]) -> MonthsPlot | None:
    """Of months as 2026-03 with their counts, in order, none of them twice; None where there is none."""
    if not counts:
        return None
    last = _number(counts[-1][0])
    first = max(_number(counts[0][0]), last - _MOST + 1)
    shown = [(month, count) for month, count in counts if _number(month) >= first]
    room = WIDTH / max(last - first + 1, _LEAST)
    highest = max(count for _, count in shown)
    bars = []
    for month, count in shown:
        height = max(HEIGHT * count / highest, _LOWEST)
        x = WIDTH - (last - _number(month) + 1) * room
        sizes = (x, HEIGHT - height, room * (1 - _GAP), height)
        bars.append(Bar(month, count, *(round(one, 2) for one in sizes)))
    most = max(bars, key=lambda bar: (bar.count, bar.month))
    return MonthsPlot(bars, most, is_cut=len(shown) < len(counts))


def next_month(month: str) -> str:
    number = _number(month) + 1
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _number(month: str) -> int:
    """Months since the year 0."""
    year, _, of_year = month.partition("-")
    return 12 * int(year) + int(of_year) - 1
