"""Pages and feeds parsed in a process of their own, which a hostile one may bring down without harm.

The child is kept for the next one; it is ended when a page takes too long or too much memory, and another is
started. What it sends back is data (JSON), never objects.
"""

import atexit
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, cast

from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.feeds import Feed, FeedEntry, FeedError, find_feeds, parse_feed
from quotes.ingestion.reading import is_page, read_document

SECONDS = 30.0  # that a page or a feed may take
_MEMORY = 1_500_000_000  # bytes of address space of the child
_MOST = 2000  # documents that one child reads, in case something leaks
_LARGEST_ANSWER = 200_000_000
_CHUNK = 1 << 16
_ROOT = Path(__file__).parents[2]


def read_isolated(
    data: bytes, *, max_bytes: int, url: str = "", charset: str = "", seconds: float | None = None
) -> ArticleDocument:
    """As `read_document`. Raises DocumentError, for a page that brings the process down, too.

    `seconds` are `SECONDS`, unless told otherwise. Plain text can do no harm, and is read here.
    """
    if len(data) > max_bytes or not is_page(data):
        return read_document(data, max_bytes=max_bytes, url=url, charset=charset)
    try:
        answer = _ask({"what": "page", "url": url, "max_bytes": max_bytes, "charset": charset}, data, seconds)
    except _LostError as error:
        raise DocumentError(f"the page cannot be read: {error}") from error
    if "error" in answer:
        raise DocumentError(answer["error"])
    return ArticleDocument(**_with_times(answer, ArticleDocument))


def parse_feed_isolated(
    data: bytes, *, url: str, content_type: str = "", seconds: float | None = None
) -> Feed:
    """As `parse_feed`. Raises FeedError, for a feed that brings the process down, too."""
    try:
        answer = _ask({"what": "feed", "url": url, "content_type": content_type}, data, seconds)
    except _LostError as error:
        raise FeedError(f"{url} cannot be read: {error}") from error
    if "error" in answer:
        raise FeedError(answer["error"])
    entries = tuple(FeedEntry(**_with_times(entry, FeedEntry)) for entry in answer.pop("entries"))
    return Feed(entries=entries, **answer)


def find_feeds_isolated(page: bytes, *, url: str, seconds: float | None = None) -> list[tuple[str, str]]:
    """As `find_feeds`. Raises FeedError for a page that brings the process down, or that cannot be read."""
    try:
        answer = _ask({"what": "links", "url": url}, page, seconds)
    except _LostError as error:
        raise FeedError(f"{url} cannot be read: {error}") from error
    if "error" in answer:
        raise FeedError(answer["error"])
    return [(address, title) for address, title in answer["links"]]


class _LostError(Exception):
    """The child gave no answer; the message says why."""


class _Child:
    def __init__(self) -> None:
        self.asked = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "quotes.ingestion.isolated"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
        )
        self._stdin, self._stdout = cast(BinaryIO, self._process.stdin), cast(BinaryIO, self._process.stdout)

    def ask(self, request: dict[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
        self.asked += 1
        until = time.monotonic() + seconds
        try:
            self._stdin.write(json.dumps({**request, "length": len(data)}).encode() + b"\n" + data)
            self._stdin.flush()
        except OSError as error:
            raise _LostError("the process that reads it ended") from error
        return _decoded(_line(self._stdout, until, seconds))

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()


# By process: a fork must not talk to the child of the process that it came from.
_children: dict[int, _Child] = {}
_lock = Lock()


def _ask(request: dict[str, Any], data: bytes, seconds: float | None) -> dict[str, Any]:
    with _lock:
        child = _children.get(os.getpid())
        if child is None or child.asked >= _MOST:
            _end()
            child = _children[os.getpid()] = _Child()
        try:
            return child.ask(request, data, SECONDS if seconds is None else seconds)
        except _LostError:
            _end()
            raise


def _end() -> None:
    if child := _children.pop(os.getpid(), None):
        child.end()


atexit.register(_end)


def _line(stdout: BinaryIO, until: float, seconds: float) -> bytes:
    """What the child says, to the end of the line."""
    said = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ)
        while not said.endswith(b"\n"):
            left = until - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise _LostError(f"it takes longer than {seconds:g} seconds")
            chunk = os.read(stdout.fileno(), _CHUNK)
            said += chunk
            if not chunk or len(said) > _LARGEST_ANSWER:
                raise _LostError("it ended the process that read it, or needs too much memory")
    return bytes(said)


def _decoded(said: bytes) -> dict[str, Any]:
    answer = json.loads(said)
    if not isinstance(answer, dict):
        raise _LostError("the process that reads it is confused")
    return answer


def _with_times(answer: dict[str, Any], kind: type[Any]) -> dict[str, Any]:
    """The fields of `kind`, times as times."""
    values = {field.name: answer[field.name] for field in fields(kind)}
    return {
        name: datetime.fromisoformat(value) if name.endswith("_at") and value else value
        for name, value in values.items()
    }


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """The child: one document after the other, until nobody asks any more."""
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request.pop("length"))
        answer = _answer(request.pop("what"), data, request)
        answers.write(json.dumps(answer, default=datetime.isoformat).encode() + b"\n")
        answers.flush()


def _answer(what: str, data: bytes, request: dict[str, Any]) -> dict[str, Any]:
    try:
        if what == "links":
            return {"links": find_feeds(data, **request)}
        read: Callable[..., ArticleDocument | Feed] = read_document if what == "page" else parse_feed
        return asdict(read(data, **request))
    except (DocumentError, FeedError) as error:
        return {"error": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser trips over is a state of that page
        return {"error": f"it cannot be read: {type(error).__name__}: {error}"}


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides when to end
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not look like an answer
    _serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    _main()
