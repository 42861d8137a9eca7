"""How far a long piece of work is, for whoever waits for it."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.core.management.base import OutputWrapper

_WIDTH = 30  # characters of the bar
_REDRAW = 0.1  # seconds between two pictures of the bar
_LINES = 10.0  # seconds between two lines where there is no terminal
_SHORT = 90.0  # seconds that are not told in minutes
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


class ArchiveProgress:
    """How far into an archive of `size` bytes, None where nobody knows, and how fast."""

    def __init__(
        self, stream: OutputWrapper, size: int | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._stream, self._size, self._clock = stream, size, clock
        self._begun = self._last = clock()
        self._first: tuple[int, int] | None = None  # place and number at which this began

    def show(self, place: int, number: int, rejected: int, waiting: int = 0) -> None:
        """`waiting`: so many are stored, and not read yet."""
        now, terminal = self._clock(), self._stream.isatty()
        if self._first is None:
            self._first = place, number
        if now - self._last < (_REDRAW if terminal else _LINES):
            return
        self._last = now
        parts = [f"{100 * place / self._size:.0f}%"] if self._size and not terminal else []
        parts += [f"{number:,} records"]
        if number > self._first[1]:
            parts += [f"{(number - self._first[1]) / (now - self._begun):,.0f} a second"]
        if self._size and place > self._first[0] and place < self._size:
            left = (now - self._begun) * (self._size - place) / (place - self._first[0])
            parts.append(f"{_duration(left)} left")
        parts += [f"{rejected:,} rejected"] if rejected else []
        parts += [f"{waiting:,} still to be read"] if waiting else []
        share = place / self._size if self._size else None
        _draw(self._stream, ", ".join(parts), share, terminal=terminal)

    def close(self) -> None:
        if self._stream.isatty():
            self._stream.write(_ERASE, style_func=str, ending="")


def _duration(seconds: float) -> str:
    if seconds < _SHORT:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _show(stream: OutputWrapper, done: int, total: int, noun: str, *, terminal: bool) -> None:
    _draw(stream, f"{done} of {total} {noun}", done / max(total, 1), terminal=terminal)


def _draw(stream: OutputWrapper, line: str, share: float | None, *, terminal: bool) -> None:
    """The line, on a terminal behind a bar."""
    if not terminal:
        stream.write(line, style_func=str)
    elif share is None:
        stream.write(f"{_ERASE}{line}", style_func=str, ending="")
    else:
        bar = "#" * int(_WIDTH * share)
        stream.write(f"{_ERASE}[{bar:{_WIDTH}}] {line}", style_func=str, ending="")
    stream.flush()
