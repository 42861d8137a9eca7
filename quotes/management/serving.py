"""The service as `make run` starts it, in processes of its own, and how much it gives a second."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from quotes.management.databases import database_url

WORKERS, THREADS = 2, 4
_START_SECONDS = 60
_CHUNK = 1 << 16
_RATES = ("ANONYMOUS", "ACCOUNT", "SEARCH", "WRITING", "LOGIN")
_TOLD = re.compile(r"([0-9,]+) rows a second, peak memory ([0-9]+) MB")


class ServingError(Exception):
    """The service did not start, or gave an error; the message says which."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Rows a second, and the most megabytes that a process which made them ever had."""

    rows_a_second: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    process: "subprocess.Popen[bytes]"

    def requests_a_second(self, ask: Callable[[], tuple[str, dict[str, str]]], seconds: float) -> float:
        """As many as two for each thread of the server ask one after the other."""
        # Made before: what they are asked for takes time, too.
        asked = [_path(*ask()) for _ in range(200)]
        clients = 2 * WORKERS * THREADS
        end = time.monotonic() + seconds
        with ThreadPoolExecutor(clients) as pool:
            done = pool.map(lambda first: self._answers(asked, first, end), range(clients))
            return sum(done) / seconds

    def download(self, path: str, token: str) -> Flow:
        """All of a list that is sent whole, a line a row."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=600)
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Authorization": f"Token {token}"})
        answer = connection.getresponse()
        if answer.status != HTTPStatus.OK:
            raise ServingError(f"{path}: {answer.status} {answer.read(300)!r}")
        rows = 0
        while chunk := answer.read(_CHUNK):
            rows += chunk.count(b"\n")
        connection.close()
        return Flow(rows / (time.perf_counter() - begun), self._peak_mb())

    def _answers(self, asked: list[str], first: int, end: float) -> int:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        done = 0
        while time.monotonic() < end:
            connection.request(
                "GET", asked[(first * 17 + done) % len(asked)], headers={"Accept": "application/json"}
            )
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != HTTPStatus.OK:
                raise ServingError(f"{answer.status} {body[:300]!r}")
            done += 1
        connection.close()
        return done

    def _peak_mb(self) -> float:
        """The most that one of the processes ever had; 0 where the system does not say."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not workers.exists():
            return 0.0
        return max(_peak_mb(int(worker)) for worker in workers.read_text().split())


@contextmanager
def served() -> Iterator[Server]:
    """The service over the database that this process is connected to, without limits to what is asked."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {f"QUOTETRACKER_RATE_{name}": "" for name in _RATES}
    environment |= {
        "DATABASE_URL": database_url(),
        "GUNICORN_CMD_ARGS": f"--bind 127.0.0.1:{port} --workers {WORKERS} --threads {THREADS} --preload "
        "--log-level warning --timeout 600",
    }
    process = subprocess.Popen([sys.executable, "-m", "gunicorn", "quotetracker.wsgi"], env=environment)
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait()


def snapshot() -> Flow:
    """`manage.py export` as JSON lines, in a process of its own."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "quotetracker.settings",
    }
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "django", "export", "all", "--format", "jsonl"],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    told = _TOLD.search(done.stdout)
    if done.returncode or told is None:
        raise ServingError(f"export: {done.stdout} {done.stderr}")
    return Flow(float(told[1].replace(",", "")), float(told[2]))


def _path(address: str, parameters: dict[str, str]) -> str:
    return f"{address}?{urlencode(parameters)}" if parameters else address


def _peak_mb(pid: int) -> float:
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) * 1024 / 1e6


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise ServingError("gunicorn did not start")
