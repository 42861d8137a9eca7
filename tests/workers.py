"""Real processes of the service for tests: Celery workers and beat, on the test's own database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from quotes.management.databases import database_url

_PATIENCE = 90.0  # seconds: machines are slow, nothing may hang
# Other runs of the tests may share the broker.
_PREFIX = f"tests-{os.getpid()}-"
QUEUES = [f"{_PREFIX}fetch", f"{_PREFIX}extract"]


def environment(broker: str, folder: Path, **more: str) -> dict[str, str]:
    """What a process of the service needs to work beside the test."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker,
        "QUOTETRACKER_QUEUE_PREFIX": _PREFIX,
        "QUOTETRACKER_DATA_DIR": str(folder),
        "QUOTETRACKER_FETCH_ALLOWED_PRIVATE_HOSTS": "localhost",
        "QUOTETRACKER_FETCH_TIMEOUT": "2",
        "QUOTETRACKER_HOST_DELAY": "0",
        **more,
    }


class Service:
    """Processes of the service, each a group of its own, all gone in the end."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment, self._folder = environment, folder
        self._processes: list[subprocess.Popen[bytes]] = []

    def worker(self, *, processes: int = 2, queues: str = "fetch,extract") -> "subprocess.Popen[bytes]":
        queues = ",".join(_PREFIX + queue for queue in queues.split(","))
        name = f"{_PREFIX}{len(self._processes)}@%h"
        return self._start("worker", "-n", name, "-Q", queues, "-c", str(processes), "-l", "info")

    def beat(self) -> "subprocess.Popen[bytes]":
        return self._start("beat", "-l", "info", "--schedule", str(self._folder / "beat"))

    def _start(self, *arguments: str) -> "subprocess.Popen[bytes]":
        with (self._folder / f"{arguments[0]}{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "quotetracker", *arguments],
                env=self._environment, cwd=settings.BASE_DIR, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._processes.append(process)
        return process

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """End it with all its children, as a machine that loses its power does."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self._processes:
            self.kill(process)

    def logs(self) -> str:
        return "\n".join(
            path.read_text(errors="replace")[-3000:] for path in sorted(self._folder.glob("*.log"))
        )


@contextmanager
def service(broker: str, folder: Path, **more: str) -> Iterator[Service]:
    running = Service(environment(broker, folder, **more), folder)
    try:
        yield running
    finally:
        running.stop()


def wait_until(condition: Callable[[], bool], running: Service, patience: float = _PATIENCE) -> float:
    """Until `condition` holds. Returns how many seconds that took."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < patience, f"not within {patience} seconds:\n{running.logs()}"
        time.sleep(0.1)
    return time.monotonic() - begun
