"""The suite in several processes at once (pytest-xdist), which must not meet in a database or a folder."""

import os
from collections.abc import Mapping
from pathlib import Path


def in_parallel() -> list[str]:
    """pytest's arguments for the whole suite."""
    # Many tests wait for a process that starts or a time that passes: two more than there are cores.
    processes = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return ["--numprocesses", str(processes + 2), "--dist", "worksteal"]


def places_of(worker: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Where the commands that a worker's tests start as processes find what is that worker's alone.

    pytest-django gives each worker a test database of its own. But a command that makes a database beside the
    configured one, or keeps a file in the data folder, would meet that of another worker.
    """
    places = {}
    if url := environment.get("DATABASE_URL"):
        name, question, options = url.partition("?")
        places["DATABASE_URL"] = f"{name}_{worker}{question}{options}"
    if folder := environment.get("QUOTETRACKER_DATA_DIR"):
        places["QUOTETRACKER_DATA_DIR"] = str(Path(folder) / worker)
    return places


def template_of(name: str) -> str:
    """The database that is migrated once for all workers, whose own begin with the same `name`."""
    return f"{name}_template"
