"""extract_many, with real processes."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from multiprocessing import active_children, get_context

import pytest

from quotes.extraction import Extraction, FailedExtraction, extract_many, extract_quotes
from quotes.extraction.parallel import batch
from quotes.extraction.parallel.workers import Workers
from quotes.extraction.pipeline import MAX_LENGTH

pytestmark = pytest.mark.model

_LONG = "“a” " * 50_000  # takes seconds


def said(number: int) -> str:
    return f"“No {number},” said Ann Lee. " * (1 + number % 7)


def first_words(found: Extraction) -> str:
    return found.quotes[0].text


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start processes for the least of texts."""
    monkeypatch.setattr(batch, "_WORTHWHILE", 1)


@pytest.fixture(autouse=True)
def nobody_stays() -> Iterator[None]:
    yield
    assert active_children() == []


@pytest.mark.usefixtures("eager")
def test_the_same_answers_in_the_same_order() -> None:
    texts = [said(number) for number in range(60)]
    texts[7:7] = ["", _LONG[:8000], "\ud800", texts[3]]
    assert list(extract_many(texts, processes=2)) == [extract_quotes(text) for text in texts]


def test_processes_go_on_after_forgetting_words() -> None:
    """They do after a million characters."""
    texts = ["\n" * 600_000 + said(number) for number in range(7)]
    found = list(extract_many(texts, processes=2))
    assert [first_words(each) for each in found] == [f"No {number}" for number in range(7)]


@pytest.mark.usefixtures("eager")
def test_texts_without_end_are_taken_as_they_are_needed() -> None:
    taken = 0

    def texts() -> Iterator[str]:
        nonlocal taken
        for number in count():
            taken += 1
            yield said(number)

    with closing(extract_many(texts(), processes=2)) as found:
        for number in range(40):
            assert first_words(next(found)) == f"No {number}"
        assert taken <= 40 + 2 * 8
        assert len(active_children()) == 2


def test_one_process_reads_each_text_when_its_answer_is_asked_for() -> None:
    texts = iter([said(1), said(2)])
    found = extract_many(texts, processes=1)
    assert first_words(next(found)) == "No 1"
    assert active_children() == []
    assert list(texts) == [said(2)]


@pytest.mark.parametrize("texts", [[], [said(1)], ["x" * 300_000], [said(1), said(2)]])
def test_processes_are_not_started_for_little(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(batch, "Workers")
    assert list(extract_many(texts, processes=2)) == [extract_quotes(text) for text in texts]


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.usefixtures("eager")
def test_a_text_that_cannot_be_read_leaves_the_others_alone(processes: int) -> None:
    before, bad, after = extract_many([said(1), "x" * (MAX_LENGTH + 1), said(2)], processes=processes)
    assert (first_words(before), first_words(after)) == ("No 1", "No 2")
    assert isinstance(bad, FailedExtraction)
    assert bad.error.startswith("ValueError: the text has 20000001 characters")
    assert bad.quotes == ()
    assert bad.warnings == (f"The text could not be read: {bad.error}",)


def test_a_process_that_dies_takes_one_text_with_it() -> None:
    with closing(Workers(1)) as workers:
        for number, text in enumerate([_LONG, said(1), said(2)]):
            workers.give(number, text)
        assert workers.collect(block=True) == []  # it has started
        (process,) = active_children()
        os.kill(process.pid or 0, signal.SIGKILL)
        found: dict[int, Extraction] = {}
        while len(found) < 3:
            found.update(workers.collect(block=True))
    assert isinstance(found[0], FailedExtraction)
    assert found[0].error == "the process that read it ended (exit code -9)"
    assert [first_words(found[number]) for number in (1, 2)] == ["No 1", "No 2"]


def test_a_process_that_cannot_start_is_an_error() -> None:
    with closing(Workers(1)) as workers:
        workers.give(0, said(1))
        os.kill(active_children()[0].pid or 0, signal.SIGKILL)
        with pytest.raises(RuntimeError, match=r"ended at its start \(exit code -9\)"):
            workers.collect(block=True)


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.usefixtures("eager")
def test_an_error_of_the_source_comes_after_the_answers_before_it(processes: int) -> None:
    def texts() -> Iterator[str]:
        yield from (said(1), said(2))
        raise OSError("the disk is gone")

    found = extract_many(texts(), processes=processes)
    assert [first_words(next(found)) for _ in range(2)] == ["No 1", "No 2"]
    with pytest.raises(OSError, match="the disk is gone"):
        next(found)


@pytest.mark.usefixtures("eager")
def test_a_consumer_that_stops_in_the_midst_of_a_long_text_waits_for_nothing() -> None:
    found = extract_many([said(1), *[_LONG] * 6], processes=2)
    assert first_words(next(found)) == "No 1"
    begun = time.monotonic()
    found.close()
    assert time.monotonic() - begun < 2
    assert active_children() == []


@pytest.mark.usefixtures("eager")
def test_threads_may_each_have_their_own() -> None:
    def read(first: int) -> list[str]:
        texts = [said(number) for number in range(first, first + 20)]
        return [first_words(found) for found in extract_many(texts, processes=2)]

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(read, (0, 100))
    assert one == [f"No {number}" for number in range(20)]
    assert other == [f"No {number}" for number in range(100, 120)]


def read_in_a_daemon() -> list[str]:
    batch._WORTHWHILE = 1
    return [first_words(found) for found in extract_many([said(1), said(2)], processes=2)]


def test_a_daemonic_process_reads_by_itself() -> None:
    """Task queues run such processes, which may start none of their own."""
    with get_context("spawn").Pool(1) as pool:
        assert pool.apply(read_in_a_daemon) == ["No 1", "No 2"]


@pytest.mark.parametrize("processes", [0, -1])
def test_fewer_than_one_process_is_refused_at_once(processes: int) -> None:
    with pytest.raises(ValueError, match="one process or more"):
        extract_many([], processes=processes)
