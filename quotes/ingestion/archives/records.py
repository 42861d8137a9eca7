"""What the readers of archives give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from quotes.ingestion.archives.streams import Stream
from quotes.ingestion.documents import ArticleDocument, DocumentError

_LONGEST_RAW = 2000
_LONGEST_ERROR = 1000


def longest_record(max_bytes: int) -> int:
    """Of a line or row, in bytes: JSON and CSV write a character at up to three times its length."""
    return 3 * max_bytes + 65_536


class ArchiveError(ValueError):
    """The archive as a whole cannot be read; the message says why and what to do."""


class ChangedArchiveError(ArchiveError):
    """The archive is not the one that was read up to the place where reading was to go on."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article of an archive, or why it is none.

    `number` counts from 1. `end` is the place in the decompressed archive where reading goes on after it,
    and `after` the digest of what stands before that place. `lost`: what of the article is not understood.
    `raw` is what a file of rejects keeps of it.
    """

    number: int
    end: int
    document: ArticleDocument | None
    error: str = ""
    raw: str = ""
    after: str = ""
    lost: str = ""


class Reader(Protocol):
    """A format. `first` is the place of the first record."""

    first: int

    def read(self, stream: Stream, number: int) -> Iterator[Record]:
        """The records from where `stream` stands, counted on from `number`."""


class Recorder:
    """Numbers the records of a stream, and knows where each ends."""

    def __init__(self, stream: Stream, number: int) -> None:
        self._stream = stream
        self._number = number
        self._end, self._after = stream.place, stream.digest()

    def take(self, read: Callable[[], tuple[ArticleDocument, str]], raw: bytes) -> Record:
        """The record that ends where the stream stands, with what `read` gives, and what of it is lost."""
        document, lost, error = _outcome(read)
        return self._record(document, error, b"" if document and not lost else raw, lost)

    def reject(self, error: str, raw: bytes) -> Record:
        """The record that ends where the stream stands is no article."""
        return self._record(None, error, raw)

    def torn(self, error: str, raw: bytes = b"") -> Record:
        """The archive breaks off in a record: should more of it come, reading goes on where that begins."""
        self._number += 1
        return Record(self._number, self._end, None, self._stream.trouble or error, _shown(raw), self._after)

    def _record(self, document: ArticleDocument | None, error: str, raw: bytes, lost: str = "") -> Record:
        self._number += 1
        self._end, self._after = self._stream.place, self._stream.digest()
        return Record(self._number, self._end, document, error, _shown(raw), self._after, lost)


def _outcome(read: Callable[[], tuple[ArticleDocument, str]]) -> tuple[ArticleDocument | None, str, str]:
    """The article, what of it is lost, and why there is none."""
    try:
        return *read(), ""
    except DocumentError as error:
        reason = str(error)
    except MemoryError:
        raise
    except Exception as error:  # whatever a parser trips over is a state of that record
        reason = f"it cannot be read: {type(error).__name__}: {error}"
    return None, "", reason[:_LONGEST_ERROR].encode("utf-8", "backslashreplace").decode()


def _shown(raw: bytes) -> str:
    return raw[:_LONGEST_RAW].decode("utf-8", "replace").rstrip("\r\n")
