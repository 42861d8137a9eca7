"""How far an import is, for whoever waits for it."""

from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from quotes.management.progress import ArchiveProgress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def shown(stream: StringIO, size: int | None) -> list[str]:
    """What is written of an archive of which a quarter is read every 30 seconds, the first quarter before."""
    ticks = iter(range(0, 600, 30))
    progress = ArchiveProgress(OutputWrapper(stream), size, clock=lambda: float(next(ticks)))
    for quarter in (1, 2, 3):
        progress.show(250 * quarter, 3000 * quarter, rejected=quarter - 1)
    progress.show(1000, 12_000, rejected=2, waiting=40)
    return stream.getvalue().replace("\x1b[K", "").replace("\r", "\n").split("\n")


def test_a_log_gets_a_line_now_and_then_with_rate_and_time_left() -> None:
    assert [line for line in shown(StringIO(), 1000) if line] == [
        "25%, 3,000 records",
        "50%, 6,000 records, 50 a second, 2 min left, 1 rejected",
        "75%, 9,000 records, 67 a second, 45 s left, 2 rejected",
        "100%, 12,000 records, 75 a second, 2 rejected, 40 still to be read",
    ]


def test_of_a_pipe_nobody_knows_how_much_is_left() -> None:
    assert "6,000 records, 50 a second, 1 rejected" in shown(StringIO(), None)


@pytest.mark.parametrize(("size", "bar"), [(1000, "[###############               ] 6,000"), (None, "6,000")])
def test_a_terminal_gets_a_bar(size: int | None, bar: str) -> None:
    assert any(line.startswith(bar) for line in shown(Terminal(), size))
