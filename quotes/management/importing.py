"""`manage.py import` in processes of its own, which may be killed. Imports no models: see the end."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from multiprocessing import get_context
from pathlib import Path

import django
from django.core.management import call_command

# Never fork: a forked child inherits connections that are not its own.
_SPAWN = get_context("spawn")
_LEASE = "10"  # seconds; so long another one waits for what killed processes had


class Importing:
    """An import that runs."""

    def __init__(self, path: Path, processes: int, database_url: str) -> None:
        self._process = _SPAWN.Process(target=_run, args=(str(path), processes, database_url))
        self._process.start()

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    def wait(self) -> int | None:
        """Until it ends. Returns its exit code."""
        self._process.join()
        return self._process.exitcode

    def kill(self) -> None:
        """End it with its children, as a machine that loses its power does."""
        if self._process.is_alive() and self._process.pid:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.join()

    def memory_of_children(self) -> list[float]:
        """Of each process that it has started, in MB; nothing where the system does not tell."""
        pid = self._process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            pages = [int(Path(f"/proc/{child}/statm").read_text().split()[1]) for child in children]
        except (OSError, IndexError):
            return []
        return [count * os.sysconf("SC_PAGE_SIZE") / 1e6 for count in pages]


@contextmanager
def importing(path: Path, processes: int, database_url: str) -> Iterator[Importing]:
    """Import an archive into a database, by so many processes. They are gone with the block."""
    running = Importing(path, processes, database_url)
    try:
        yield running
    finally:
        running.kill()


def _run(path: str, processes: int, database_url: str) -> None:
    os.setsid()  # so that all are killed together
    os.environ |= {"DATABASE_URL": database_url, "QUOTETRACKER_LEASE_SECONDS": _LEASE}
    django.setup()
    call_command("import", path, processes=processes, verbosity=0, stdout=StringIO())
