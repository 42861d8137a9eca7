"""Processes that read texts. Each has a pipe of its own, so it is known what one read when it died."""

import os
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread

from quotes.extraction.parallel.children import Child
from quotes.extraction.pipeline import extract_quotes, load_pipeline
from quotes.extraction.types import Extraction, FailedExtraction

_QUEUED = 4  # texts waiting at one process, so that it never waits for this one
_QUEUED_LENGTH = 200_000  # characters: behind a long text nothing else has to wait
_REMEMBERED = 1_000_000  # characters, after which new words are forgotten, or else each stays for good
_LAST_BREATH = 5  # seconds for a process that has closed its pipe to end


def read_one(text: str) -> Extraction:
    """The quotes of `text`, or a FailedExtraction."""
    try:
        return extract_quotes(text)
    except Exception as error:
        return _failed(f"{type(error).__name__}: {error}")


def _failed(reason: str) -> FailedExtraction:
    return FailedExtraction(warnings=(f"The text could not be read: {reason}",), error=reason)


class Workers:
    """Up to `processes` processes, started as texts come in."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._workers: list[_Worker] = []

    def have_room(self) -> bool:
        """Whether a text that is given now is read soon."""
        return len(self._workers) < self._processes or any(worker.has_room() for worker in self._workers)

    def give(self, number: int, text: str) -> None:
        """Let somebody read `text`; `collect` will answer with its `number`."""
        worker = min(self._workers, key=lambda worker: worker.queued_length, default=None)
        if worker is None or (worker.waiting and len(self._workers) < self._processes):
            worker = _Worker()
            self._workers.append(worker)
        worker.give(number, text)

    def collect(self, *, block: bool) -> list[tuple[int, Extraction]]:
        """What has been answered, waiting for one message when `block` is set.

        Raises RuntimeError when a process ends before it could read anything.
        """
        answers: list[tuple[int, Extraction]] = []
        ready = wait([worker.connection for worker in self._workers], None if block else 0)
        for worker in [worker for worker in self._workers if worker.connection in ready]:
            try:
                answers.extend(worker.receive())
            except (EOFError, OSError):
                answers.extend(self._replace(worker))
        return answers

    def _replace(self, worker: "_Worker") -> Iterator[tuple[int, Extraction]]:
        """The worker has died, of the text that it was reading as far as we know: others read the rest."""
        self._workers.remove(worker)
        code = worker.stop(patience=_LAST_BREATH)
        if not worker.started:
            raise RuntimeError(
                f"a process that should read texts ended at its start (exit code {code}): standard error "
                'says why; a script needs `if __name__ == "__main__":` around what it does'
            )
        if worker.waiting:
            number, _ = worker.waiting.popleft()
            yield number, _failed(f"the process that read it ended (exit code {code})")
        for number, text in worker.waiting:
            self.give(number, text)

    def close(self) -> None:
        """End all processes now, whatever they are doing."""
        while self._workers:
            self._workers.pop().stop()


class _Worker(Child[str, Extraction]):
    """`waiting` holds the texts that it has not answered yet, the oldest first."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[int, str]] = deque()
        self.queued_length = 0
        super().__init__(_serve)

    def has_room(self) -> bool:
        return not self.waiting or (len(self.waiting) < _QUEUED and self.queued_length < _QUEUED_LENGTH)

    def give(self, number: int, text: str) -> None:
        self.waiting.append((number, text))
        self.queued_length += len(text)
        self.send(text)

    def receive(self) -> list[tuple[int, Extraction]]:
        """The answer that is there, or none when it is only the news that the process has started."""
        answer = self.connection.recv()
        if not self.started:
            self.started = True
            return []
        number, text = self.waiting.popleft()
        self.queued_length -= len(text)
        return [(number, answer)]


def _serve(connection: "Connection[Extraction | None, str]") -> None:
    """What a worker does, from its start to its end."""
    inbox: SimpleQueue[str] = SimpleQueue()
    Thread(target=_listen, args=(connection, inbox), daemon=True).start()
    pipeline = load_pipeline()
    connection.send(None)
    while True:
        with pipeline.memory_zone():
            if not _answer(connection, inbox):
                return


def _answer(connection: "Connection[Extraction | None, str]", inbox: "SimpleQueue[str]") -> bool:
    """Read texts until it is time to forget their words. False when nobody wants answers any more."""
    length = 0
    while length < _REMEMBERED:
        text = inbox.get()
        length += len(text)
        try:
            connection.send(read_one(text))
        except OSError:
            return False
    return True


def _listen(connection: "Connection[Extraction | None, str]", inbox: "SimpleQueue[str]") -> None:
    """Take texts in while others are read, so that neither side waits for the other to take something."""
    try:
        while True:
            inbox.put(connection.recv())
    except (EOFError, OSError):
        os._exit(0)  # nobody waits for answers any more
