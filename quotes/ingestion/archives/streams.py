"""The bytes of an archive, decompressed where they are gzip: read forward, in pieces, with their places."""

import codecs
import zlib
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from typing import BinaryIO

PIECE = 65_536
_TAIL = 4096  # bytes before a place that tell whether an archive is still the same there
_MAGIC = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_GZIP = zlib.MAX_WBITS | 16


class BrokenError(ValueError):
    """Compressed bytes that break off or are damaged."""


def inflate(pieces: Iterator[bytes], wbits: int = _GZIP) -> Iterator[bytes]:
    """What is compressed in `pieces`, any number of members, PIECE bytes at most at a time.

    Raises BrokenError after what could be read.
    """
    waiting = next(pieces, b"")
    while waiting:
        member = zlib.decompressobj(wbits)
        while not member.eof:
            waiting = waiting or next(pieces, b"")
            before = member.copy()
            try:
                piece = member.decompress(waiting, PIECE)
            except zlib.error as error:
                yield from _undamaged(before, waiting)
                raise BrokenError(
                    f"the compressed data is damaged from here on, or something else follows it ({error}): "
                    "get the file again"
                ) from error
            if piece:
                yield piece
            elif not waiting and not member.eof:
                raise BrokenError("the compressed data breaks off: get the whole file")
            waiting = member.unconsumed_tail
        waiting = _without_padding(member.unused_data, pieces)


def _undamaged(member: "zlib._Decompress", waiting: bytes) -> Iterator[bytes]:
    """What comes out of `waiting` before it is damaged: of a whole piece zlib keeps that to itself."""
    with suppress(zlib.error):
        for byte in waiting:
            if plain := member.decompress(bytes((byte,))):
                yield plain


def as_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same, unless it begins as UTF-16 does (Excel's "Unicode text"). Raises BrokenError."""
    first = next(pieces, b"")
    while len(first) == 1 and (more := next(pieces, b"")):
        first += more
    if not first.startswith(_UTF16):
        yield from chain([first], pieces)
        return
    decoder = codecs.getincrementaldecoder("utf-16")("surrogatepass")
    try:
        for piece in chain([first], pieces):
            yield from _utf8(decoder.decode(piece))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise BrokenError(
            f"the UTF-16 breaks off or is damaged ({error.reason}): get the file again"
        ) from error


def _utf8(text: str) -> Iterator[bytes]:
    if text:  # an empty piece would be the end
        yield text.encode("utf-8", "surrogatepass")


def _without_padding(rest: bytes, pieces: Iterator[bytes]) -> bytes:
    """What follows a member; tapes and disks fill up with zeros."""
    while not (rest := rest.lstrip(b"\0")):
        if not (rest := next(pieces, b"")):
            break
    return rest


class Stream:
    """Bytes read forward. `place` counts them; `trouble` says why they ended too soon, if they did."""

    def __init__(self, pieces: Iterator[bytes], place: int = 0) -> None:
        self.trouble = ""
        self._pieces = pieces
        self._buffer = bytearray()
        self._begin = place  # of the buffer
        self._at = 0  # in the buffer: what is read next
        self._held: int | None = None  # the place from which on nothing is let go

    @property
    def place(self) -> int:
        return self._begin + self._at

    def digest(self) -> str:
        """Of the 4096 bytes before this place, or as many as there are: hexadecimal."""
        return sha256(self._taken(max(0, self._at - _TAIL), self._at)).hexdigest()

    def peek(self, size: int) -> bytes:
        """What comes next, up to `size` bytes, which stay unread."""
        while len(self._buffer) - self._at < size and self._fill():
            pass
        return self._taken(self._at, self._at + size)

    def read(self, size: int) -> bytes:
        """`size` bytes, or what is left."""
        taken = self.peek(size)
        self._at += len(taken)
        return taken

    def readline(self, most: int) -> bytes:
        """A line with its end, or the first `most` bytes of a longer one."""
        searched = 0
        while (found := self._buffer.find(b"\n", self._at + searched, self._at + most)) < 0:
            searched = len(self._buffer) - self._at
            if searched >= most or not self._fill():
                return self.read(min(searched, most))
        start, self._at = self._at, found + 1
        return self._taken(start, self._at)

    def skip(self, size: int) -> bool:
        """Throw `size` bytes away. False: there were fewer."""
        while (there := len(self._buffer) - self._at) < size:
            self._at += there
            size -= there
            if not self._fill():
                return False
        self._at += size
        return True

    def skip_line(self) -> None:
        """Throw away what is left of the line."""
        while (found := self._buffer.find(b"\n", self._at)) < 0:
            self._at = len(self._buffer)
            if not self._fill():
                return
        self._at = found + 1

    def hold(self) -> None:
        """Keep what is read from here on, for `held` and `back_to`, until the next `hold`."""
        self._held = self.place

    def held(self, most: int) -> bytes:
        """What was read since `hold`, up to `most` bytes."""
        begin = self._begin if self._held is None else self._held
        return self._taken(begin - self._begin, min(begin + most, self.place) - self._begin)

    def back_to(self, place: int) -> None:
        """Read again from `place`, which is not before the `hold`."""
        self._at = place - self._begin

    def _taken(self, start: int, end: int) -> bytes:
        return bytes(memoryview(self._buffer)[start:end])

    def _fill(self) -> bool:
        """One piece more, and let go of what nobody asks for any more. False: there is no more."""
        try:
            piece = next(self._pieces, b"")
        except BrokenError as error:
            self.trouble, piece = str(error), b""
        kept = self._at if self._held is None else min(self._at, self._held - self._begin)
        gone = max(0, kept - _TAIL)
        del self._buffer[:gone]
        self._begin += gone
        self._at -= gone
        self._buffer += piece
        return bool(piece)


class ArchiveFile:
    """A file or pipe. `position`: how many of its bytes, as they lie there, were read.

    `head` is how it begins, decompressed, and `trouble` why that is so short, if something is wrong.
    """

    def __init__(self, source: BinaryIO, *, head: int) -> None:
        self.position = 0
        self._source = source
        self._is_seekable = source.seekable()
        pieces = self._pieces()
        first = next(pieces, b"")
        if len(first) == 1:
            first += next(pieces, b"")
        self._is_gzip = first.startswith(_MAGIC)
        self._is_whole_read = self._is_gzip or first.startswith(_UTF16)  # to go to a place in it
        self._unread: Stream | None = self._stream(chain([first], pieces), 0)
        self.head, self.trouble = self._unread.peek(head), self._unread.trouble

    def stream(self, place: int) -> Stream | None:
        """The bytes from `place` on, or from so far before it as it takes to go there and to tell it by.

        None: it is a pipe, and was read already.
        """
        if not self._is_seekable:
            stream, self._unread = self._unread, None
            return stream
        begin = 0 if self._is_whole_read else max(0, place - _TAIL)
        self._source.seek(begin)
        self.position, self._unread = begin, None
        return self._stream(self._pieces(), begin)

    def _stream(self, pieces: Iterator[bytes], begin: int) -> Stream:
        plain = inflate(pieces) if self._is_gzip else pieces
        return Stream(plain if begin else as_utf8(plain), begin)

    def _pieces(self) -> Iterator[bytes]:
        while piece := self._source.read(PIECE):
            self.position += len(piece)
            yield piece
