"""Many texts, on as many cores as there are."""

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from itertools import chain
from multiprocessing import current_process

from quotes.extraction.assembly.labelled import without_turns
from quotes.extraction.parallel.workers import Workers, read_one
from quotes.extraction.pipeline import load_pipeline
from quotes.extraction.types import Extraction

_WORTHWHILE = 250_000  # characters: they take about as long to read as processes take to start
_AHEAD = 8  # texts a process, taken before their answers are asked for


def extract_many(
    texts: Iterable[str], *, processes: int | None = None, transcripts: bool = True
) -> Generator[Extraction, None, None]:
    """The extraction of each of `texts`, in their order; without `transcripts` only quotes in marks.

    `processes` read at once: as many as this process may use cores when it is None. With one, with
    texts too short or too few to be worth it, and in a daemonic process (which may start none), they are
    read here, each when it is asked for. Otherwise up to 8 texts a process, and the first 250,000
    characters, are taken ahead, and no more is kept in memory, however many come.

    A text that cannot be read, or whose process dies over it, is answered by a `FailedExtraction`, which
    has no quotes and says why; the others are not touched. What `texts` itself raises is raised after the
    answers to the texts before.

    The processes are ended when the iteration is: at its end, by `close()`, by an exception, or by Ctrl-C,
    which they leave to this process. They end by themselves should it be killed. They are spawned, not
    forked, so threads, locks and database connections of this process do them no harm; the price is that a
    script that calls this keeps its own start under `if __name__ == "__main__":`. BLAS threads, if any, are
    theirs each: set OMP_NUM_THREADS=1 before.

    Raises ValueError for fewer than one process, RuntimeError when processes cannot start.
    """
    if processes is None:
        processes = available_cores()
    if processes < 1:
        raise ValueError(f"it takes one process or more, not {processes}")
    found = _extract(_Source(texts), processes)
    return found if transcripts else _without_turns(found)


def _without_turns(found: Generator[Extraction, None, None]) -> Generator[Extraction, None, None]:
    with closing(found):
        for extraction in found:
            yield without_turns(extraction)


def available_cores() -> int:
    """The number of cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Source(Iterator[str]):
    """The texts, up to an error of theirs, which is kept for later."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = iter(texts)
        self.error: Exception | None = None

    def __next__(self) -> str:
        if self.error is not None:
            raise StopIteration
        try:
            return next(self._texts)
        except StopIteration:
            raise
        except Exception as error:
            self.error = error
            raise StopIteration from error


def _extract(source: _Source, processes: int) -> Generator[Extraction, None, None]:
    if processes == 1 or current_process().daemon:
        yield from _one_by_one(source)
    else:
        first = _first(source)
        more = next(source, None)
        if more is None:
            yield from _one_by_one(first)
        else:
            yield from _on_workers(chain(first, [more], source), processes)
    if source.error is not None:
        raise source.error


def _first(texts: Iterator[str]) -> list[str]:
    """As many texts as are sooner read than handed to others; one at the least."""
    first: list[str] = []
    size = 0
    for text in texts:
        first.append(text)
        size += len(text)
        if size >= _WORTHWHILE:
            break
    return first


def _one_by_one(texts: Iterable[str]) -> Iterator[Extraction]:
    load_pipeline()
    for text in texts:
        yield read_one(text)


def _on_workers(texts: Iterator[str], processes: int) -> Iterator[Extraction]:
    found: dict[int, Extraction] = {}
    given = answered = 0
    more = True
    with closing(Workers(processes)) as workers:
        while more or answered < given:
            while more and given - answered < _AHEAD * processes and workers.have_room():
                text = next(texts, None)
                if text is None:
                    more = False
                else:
                    workers.give(given, text)
                    given += 1
            if answered in found:
                yield found.pop(answered)
                answered += 1
                found.update(workers.collect(block=False))
            elif answered < given:
                found.update(workers.collect(block=True))
