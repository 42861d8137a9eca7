"""The measurements. Each is meant to be all that its process does, so what is measured is imported inside."""

import gc
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

Figures = dict[str, Any]
Say = Callable[[str], None]

OURS, PIPELINE, TOKENIZER = "quotetracker", "spaCy small English", "spaCy tokenizer"
_WARM_UP = 3  # articles
_READINGS = 2  # of a text whose length matters
_SHORT = "“No,” said Ann Lee."


def speed(say: Say, texts: Sequence[str], rounds: int) -> Figures:
    """All contenders over the same texts, in turn, so that in each round they see the same weather."""
    from quotes.bench.peer import small_english
    from quotes.extraction import extract_quotes

    core = _stay_on_one_core()
    nlp = small_english()
    contenders: dict[str, Callable[[], Iterable[object]]] = {
        OURS: lambda: map(extract_quotes, texts),
        PIPELINE: lambda: nlp.pipe(texts),
        TOKENIZER: lambda: map(nlp.tokenizer, texts),
    }
    for text in texts[:_WARM_UP]:
        nlp(text)
    quotes = sum(len(extract_quotes(text).quotes) for text in texts)
    gc.collect()
    gc.freeze()  # else ours, which makes more objects, waits for what the other has loaded
    measured: list[dict[str, float]] = []
    for number in range(rounds):
        say(f"speed: round {number + 1} of {rounds}")
        measured.append({name: _seconds(work) for name, work in contenders.items()})
    best = {name: min(times[name] for times in measured) / len(texts) for name in contenders}
    return {
        "core": core,
        "rounds": rounds,
        "articles": len(texts),
        "quotes_per_article": quotes / len(texts),
        "contenders": {
            name: {
                "ms_per_article": 1000 * best[name],
                "articles_per_second": 1 / best[name],
                "times_ours": median(times[name] / times[OURS] for times in measured),
            }
            for name in contenders
        },
    }


def length(say: Say, texts: Sequence[Sequence[str]]) -> Figures:
    """Whether long texts take more time a kilobyte than short ones: each row reads pieces of one length."""
    from quotes.extraction import extract_quotes

    _stay_on_one_core()
    for text in texts[0][:_WARM_UP]:
        extract_quotes(text)
    rows: list[dict[str, float]] = []
    for pieces in texts:
        size = sum(len(piece.encode()) for piece in pieces)
        say(f"length: {len(pieces)} of {size // len(pieces):,} bytes")
        best = min(_seconds(partial(map, extract_quotes, pieces)) for _ in range(_READINGS))
        rows.append(
            {
                "bytes": size / len(pieces),
                "pieces": len(pieces),
                "seconds": best / len(pieces),
                "ms_per_kilobyte": best * 1e6 / size,
            }
        )
    for row in rows:
        row["factor"] = row["ms_per_kilobyte"] / rows[0]["ms_per_kilobyte"]
    return {"sizes": rows}


def memory(say: Say, text: str) -> Figures:
    """The most memory that this process ever had, before and after a long text."""
    from quotes.extraction import extract_quotes

    size = len(text.encode())
    say(f"memory: {size:,} bytes")
    extract_quotes(_SHORT)
    ready = _peak()
    extract_quotes(text)
    return {"bytes": size, "ready_mb": ready, "peak_mb": _peak()}


def start(say: Say) -> Figures:
    """How long a fresh process takes until its first quotes."""
    begun = time.perf_counter()
    from quotes.extraction.pipeline import extract_quotes

    imported = time.perf_counter()
    extract_quotes(_SHORT)
    return {"import_seconds": imported - begun, "load_seconds": time.perf_counter() - imported}


def batch(say: Say, texts: Sequence[str], processes: int) -> Figures:
    """The batch interface; its speed is counted from its first answer, when the processes have started."""
    from quotes.extraction import extract_many

    say(f"batch: {len(texts)} articles, processes: {processes}")
    begun = time.perf_counter()
    answered = [time.perf_counter() for _ in extract_many(texts, processes=processes)]
    return {
        "processes": processes,
        "first_answer_seconds": answered[0] - begun,
        "seconds": answered[-1] - begun,
        "articles_per_second": (len(answered) - 1) / (answered[-1] - answered[0]),
    }


def report(connection: "Connection[Any, Any]", measure: Callable[..., Figures], *arguments: Any) -> None:
    """One measurement: what it says on the way goes into the connection, then its figures."""
    connection.send(measure(connection.send, *arguments))


def _seconds(work: Callable[[], Iterable[object]]) -> float:
    """Processor time that going through the results takes, whatever else the machine does."""
    begun = time.process_time()
    for _ in work():
        pass
    return time.process_time() - begun


def _stay_on_one_core() -> int | None:
    """The number of the core, None where a process cannot choose."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return core


def _peak() -> float:
    """Megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
