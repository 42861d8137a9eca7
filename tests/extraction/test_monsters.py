"""No text is too odd to be read, and none takes more time than its length allows."""

import time

import pytest

from quotes.extraction import extract_quotes
from tests.extraction.invariants import check
from tests.extraction.monsters import MONSTERS

pytestmark = pytest.mark.model

_SIZE = 1_000  # characters: the least that is compared with ten times as much
_LARGEST = 128_000
_MEASURABLE = 0.01  # seconds
_TIMES = 10  # as long a text takes some ten times the time; hundred times, if the cost were quadratic
_GENEROUS = 2.5  # for the noise of a busy machine


def test_there_are_fifty_of_them() -> None:
    assert len(MONSTERS) >= 50
    assert len({build(_SIZE) for build in MONSTERS.values()}) == len(MONSTERS)


@pytest.mark.parametrize("name", MONSTERS)
def test_what_is_found_in_it_stands_where_it_is_said_to(name: str) -> None:
    check(MONSTERS[name](_SIZE))


@pytest.mark.dear
@pytest.mark.parametrize("name", MONSTERS)
def test_the_time_grows_no_faster_than_the_text(name: str) -> None:
    build, size = MONSTERS[name], _SIZE
    while (small := _seconds(build(size))) < _MEASURABLE and size < _LARGEST:
        size *= 4
    for _ in range(3):
        large = _seconds(build(_TIMES * size))
        if large <= _GENEROUS * _TIMES * max(small, _MEASURABLE):
            return
        small = max(small, _seconds(build(size)))
    pytest.fail(f"{size:,} characters take {small:.3f} s, {_TIMES} times as many {large:.3f} s")


def _seconds(text: str) -> float:
    """Of the processor, whatever else the machine does."""
    begun = time.process_time()
    extract_quotes(text)
    return time.process_time() - begun
