"""Where paragraphs begin and end."""

import re
from collections.abc import Iterator

from quotes.extraction.types import Span

_BLANK = re.compile(r"\n[^\S\n]*\n\s*|[\u2029\f]+")
_TERMINAL = re.compile(r"""[.!?:…]["'”’»)\]]*$""")
_WRAP_MIN, _WRAP_MAX = 40, 100  # columns of a hard-wrapped line


def paragraphs(text: str) -> list[Span]:
    """Paragraphs of `text` in order, white space at both ends left out.

    A blank line always parts two paragraphs; a single line break does too, unless the lines
    are one paragraph wrapped at a fixed width.
    """
    found: list[Span] = []
    start = 0
    for match in _BLANK.finditer(text):
        found.extend(_lines(text, start, match.start()))
        start = match.end()
    found.extend(_lines(text, start, len(text)))
    return found


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    block = text[start:end]
    if _is_wrapped(block):
        yield from _trimmed(text, start, end)
        return
    offset = start
    for line in block.split("\n"):
        yield from _trimmed(text, offset, offset + len(line))
        offset += len(line) + 1


def _is_wrapped(block: str) -> bool:
    lines = [line.rstrip() for line in block.strip().split("\n")]
    full = lines[:-1]
    if not full or not all(_WRAP_MIN <= len(line) <= _WRAP_MAX for line in full):
        return False
    ended = sum(1 for line in full if _TERMINAL.search(line[-6:]))
    return ended * 2 < len(full)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
