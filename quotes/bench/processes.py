"""Runs each measurement in a fresh process, and says where the figures come from."""

import platform
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from quotes.bench import measures
from quotes.bench.measures import Figures, Say
from quotes.bench.workload import ROOT, Plan, articles, pieces, text_of
from quotes.extraction.parallel.batch import available_cores
from quotes.extraction.parallel.children import deaf_to_interrupts, one_thread_each

_SPAWN = get_context("spawn")
# torch is loaded by spaCy wherever it is installed, which makes starting slower.
_PACKAGES = ("spacy", "thinc", "numpy", "torch")
_WEIGHTS = ROOT / "quotes" / "extraction" / "model"


class BenchError(Exception):
    """A measurement failed; the message says which."""


def run(plan: Plan, say: Say) -> Figures:
    """All figures; `say` hears what is being done. Raises BenchError."""
    with one_thread_each():
        read = articles(plan.articles)
        many = articles(plan.batch)
        texts = [pieces(size, count) for size, count in plan.sizes]
        return {
            "speed": _measure(say, measures.speed, read, plan.rounds),
            "length": _measure(say, measures.length, texts),
            "memory": _measure(say, measures.memory, text_of(plan.memory)),
            "start": _starts(say, plan.starts),
            "batch": {
                "articles": plan.batch,
                "one": _measure(say, measures.batch, many, 1),
                "all": _measure(say, measures.batch, many, available_cores()),
            },
        }


def machine() -> Figures:
    """Where the figures come from."""
    return {
        "processor": _processor(),
        "cores": available_cores(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _measure(say: Say, measure: Callable[..., Figures], *arguments: Any) -> Figures:
    """What `measure` finds in a process of its own, and how many seconds after its start it said so."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=measures.report, args=(theirs, measure, *arguments))
    begun = time.perf_counter()
    try:
        with deaf_to_interrupts():
            process.start()
        theirs.close()
        while isinstance(message := ours.recv(), str):
            say(message)
    except EOFError as error:
        process.join()
        name = measure.__name__
        raise BenchError(f"measuring {name} ended with code {process.exitcode}: see above") from error
    finally:
        ours.close()
        if process.is_alive():
            process.kill()
            process.join()
    figures: Figures = message
    return figures | {"process_seconds": time.perf_counter() - begun}


def _starts(say: Say, runs: int) -> Figures:
    """The middle one of several starts."""
    found: list[Figures] = []
    for number in range(runs):
        say(f"start: {number + 1} of {runs}")
        found.append(_measure(say, measures.start))
    weights = sum(path.stat().st_size for path in _WEIGHTS.rglob("*") if path.is_file())
    middle = {name: median(figures[name] for figures in found) for name in found[0]}
    return {"runs": runs, **middle, "weights_mb": weights / 1e6 if weights else None}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _processor() -> str:
    """The model, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
