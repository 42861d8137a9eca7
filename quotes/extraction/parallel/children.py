"""Processes that this one starts and talks to over a pipe each."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

Given = TypeVar("Given")
Answered = TypeVar("Answered")

# Never fork: a forked child inherits locks that other threads held, and connections that are not its own.
_SPAWN = get_context("spawn")
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


class Child(Generic[Given, Answered]):
    """This side of a process that serves its end of a pipe. `started`: whether it has said anything yet."""

    def __init__(self, serve: Callable[..., None]) -> None:
        self.started = False
        connection, theirs = _SPAWN.Pipe()
        self.connection: Connection[Given, Answered] = connection
        self._process = _SPAWN.Process(target=serve, args=(theirs,), daemon=True)
        try:
            with deaf_to_interrupts():
                self._process.start()
        finally:
            theirs.close()

    def send(self, message: Given) -> None:
        try:
            self.connection.send(message)
        except OSError:
            return  # it has died, as the next answer will show

    def stop(self, patience: float = 0) -> int | None:
        """End the process, after `patience` seconds if it does not by itself. Returns its exit code.

        What it has is lost: it stores all of what it was given, or nothing.
        """
        self.connection.close()
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        return code


@contextmanager
def deaf_to_interrupts() -> Iterator[None]:
    """A process that is started in here never sees Ctrl-C; this one sees it afterwards."""
    resource_tracker.ensure_running()  # or else starting it would open our ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Processes that start in here let their libraries start no threads: they share the cores already.

    Not where the environment says otherwise.
    """
    added = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(added, "1"))
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)
