"""What a server answered, as a crawler kept it -> the body as it was meant."""

import re
import zlib
from io import BytesIO
from typing import NamedTuple

from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeadersParser

from quotes.ingestion.archives.streams import BrokenError, inflate
from quotes.ingestion.documents import DocumentError

_LONGEST_HEADER = 65_536
_HEADER = StatusAndHeadersParser([], verify=False)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<[!?A-Za-z]")


class Answer(NamedTuple):
    status: str
    media_type: str
    body: bytes
    encoding: str = ""
    charset: str = ""
    is_chunked: bool = False


def parse_answer(block: bytes) -> Answer | None:
    """The HTTP response in `block`, None if there is none."""
    stream = BytesIO(block)
    header = LimitReader(stream, _LONGEST_HEADER)
    try:
        found = _HEADER.parse(header)
    except EOFError:
        return None
    status = found.statusline.split()[:1]
    if not status or not found.protocol.upper().startswith("HTTP/") or not header.limit:
        return None
    encoding = found.get_header("Content-Encoding", "").strip().lower()
    return Answer(
        status=status[0],
        media_type=media_type(found.get_header("Content-Type", "text/html")),
        body=stream.read(),
        encoding="" if encoding == "identity" else encoding,
        charset=_charset(found.get_header("Content-Type", "")),
        is_chunked="chunked" in found.get_header("Transfer-Encoding", "").lower(),
    )


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def plain_body(answer: Answer, max_bytes: int) -> bytes:
    """The body without chunks and compression. Raises DocumentError.

    Some crawlers take them away and leave the header that announces them.
    """
    body = _joined(answer.body) if answer.is_chunked else answer.body
    if not answer.encoding or _MARKUP.match(body):
        return body
    if answer.encoding in {"gzip", "x-gzip"}:
        return _inflated(body, zlib.MAX_WBITS | 16, max_bytes)
    if answer.encoding == "deflate":  # with the header of zlib or, against the standard, without
        is_zlib = body[:1] == b"\x78" and int.from_bytes(body[:2]) % 31 == 0
        return _inflated(body, zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS, max_bytes)
    raise DocumentError(
        f"the page is compressed by {answer.encoding[:50]!r}: only gzip and deflate are read, "
        "let the crawler ask for these"
    )


def _joined(body: bytes) -> bytes:
    """The chunks of `body`."""
    joined, at = bytearray(), 0
    while mark := _CHUNK.match(body, at):
        size = int(mark[1], 16)
        if not size:
            return bytes(joined)
        joined += body[mark.end() : mark.end() + size]
        at = mark.end() + size
        at += 2 * body.startswith(b"\r\n", at)
    if not at:
        return body
    raise DocumentError("the page breaks off, or the marks of its chunks are damaged: crawl it again")


def _inflated(body: bytes, wbits: int, max_bytes: int) -> bytes:
    plain = bytearray()
    try:
        for piece in inflate(iter([body]), wbits):
            plain += piece
            if len(plain) > max_bytes:
                raise DocumentError(f"the page is larger than the {max_bytes:,} bytes that one may have")
    except BrokenError as error:
        raise DocumentError(f"the page: {error}") from error
    return bytes(plain)
