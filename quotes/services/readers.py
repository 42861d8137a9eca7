"""Processes of this machine that read articles, for a command that has many of them read."""

from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import wait

from quotes.extraction.parallel.children import Child, one_thread_each
from quotes.services.queue import AT_ONCE, release
from quotes.services.reading_process import Answer, serve

_QUEUED = 3  # batches at one process, so that it never waits for this one

_Batch = list[int]


class ReadersError(RuntimeError):
    """The processes cannot go on; the message says why. What they have not read is still pending."""


class Readers:
    """Up to `processes` processes, started as there is work for them. They end with this one.

    `read` counts the articles that were read.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._readers: list[_Reader] = []
        self.read = 0

    def give(self, article_ids: Sequence[int]) -> None:
        """Have these read, once there is room. Raises ReadersError."""
        for start in range(0, len(article_ids), AT_ONCE):
            self._give(list(article_ids[start : start + AT_ONCE]))

    def _give(self, batch: _Batch) -> None:
        while not self._has_room():
            self._collect()
        reader = min(self._readers, key=lambda one: len(one.waiting), default=None)
        if reader is None or (reader.waiting and len(self._readers) < self._processes):
            reader = _Reader()
            self._readers.append(reader)
        reader.give(batch)

    def finish(self) -> None:
        """Wait until all that was given is read. Raises ReadersError."""
        while any(reader.waiting for reader in self._readers):
            self._collect()

    def close(self) -> None:
        """End the processes. What they have not read stays pending."""
        while self._readers:
            self._readers.pop().stop()

    def _has_room(self) -> bool:
        busy = [reader for reader in self._readers if len(reader.waiting) >= _QUEUED]
        return len(busy) < self._processes

    def _collect(self) -> None:
        """Take at least one answer."""
        ready = wait([reader.connection for reader in self._readers if reader.waiting])
        for reader in [reader for reader in self._readers if reader.connection in ready]:
            try:
                answer = reader.receive()
            except (EOFError, OSError):
                self._replace(reader)
                continue
            self.read += answer.read
            if answer.trouble:
                raise ReadersError(answer.trouble)

    def _replace(self, reader: "_Reader") -> None:
        """It has died, over what it was reading as far as we know: another reads that, each article alone."""
        self._readers.remove(reader)
        code = reader.stop()
        if not reader.started:
            raise ReadersError(
                f"a process that should read articles ended at its start (exit code {code}): "
                "standard error says why"
            )
        other = _Reader()
        self._readers.append(other)
        for batch in reader.waiting:
            release(article_ids=batch)
            other.give(batch)


class _Reader(Child[_Batch, Answer]):
    """`waiting`: the batches that it has not answered yet, the oldest first."""

    def __init__(self) -> None:
        self.waiting: deque[_Batch] = deque()
        with one_thread_each():
            super().__init__(serve)

    def give(self, batch: _Batch) -> None:
        self.waiting.append(batch)
        self.send(batch)

    def receive(self) -> Answer:
        """The answer that is there; an empty one is the news that the process has started."""
        answer = self.connection.recv()
        if self.started:
            self.waiting.popleft()
        self.started = True
        return answer
