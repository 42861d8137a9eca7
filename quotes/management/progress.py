"""How far a long piece of work is, for whoever waits for it."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.core.management.base import OutputWrapper

_WIDTH = 30  # characters of the bar
_REDRAW = 0.1  # seconds between two pictures of the bar
_LINES = 10.0  # seconds between two lines where there is no terminal
_ERASE = "\r\x1b[K"

T = TypeVar("T")


def progress(
    items: Sequence[T], stream: OutputWrapper, noun: str, clock: Callable[[], float] = time.monotonic
) -> Iterator[T]:
    """`items`, one by one: a bar on a terminal, erased at the end; elsewhere a line now and then."""
    terminal = stream.isatty()
    every = _REDRAW if terminal else _LINES
    last = clock() - every if terminal else clock()
    try:
        for done, item in enumerate(items):
            if clock() - last >= every:
                last = clock()
                _show(stream, done, len(items), noun, terminal=terminal)
            yield item
    finally:
        if terminal:
            stream.write(_ERASE, style_func=str, ending="")
            stream.flush()


class Steps:
    """The same for work that tells by itself how far it is, perhaps with a figure that falls."""

    def __init__(self, stream: OutputWrapper, noun: str) -> None:
        self._stream, self._noun = stream, noun
        self._last = 0.0

    def show(self, done: int, total: int, loss: float | None = None) -> None:
        terminal = self._stream.isatty()
        if done == total or time.monotonic() - self._last >= (_REDRAW if terminal else _LINES):
            self._last = time.monotonic()
            noun = self._noun if loss is None else f"{self._noun}, loss {loss:.4f}"
            _show(self._stream, min(done, total), total, noun, terminal=terminal)

    def close(self) -> None:
        if self._stream.isatty():
            self._stream.write(_ERASE, style_func=str, ending="")


def _show(stream: OutputWrapper, done: int, total: int, noun: str, *, terminal: bool) -> None:
    line = f"{done} of {total} {noun}"
    if terminal:
        full = _WIDTH * done // max(total, 1)
        stream.write(f"{_ERASE}[{'#' * full:{_WIDTH}}] {line}", style_func=str, ending="")
    else:
        stream.write(line, style_func=str)
    stream.flush()
