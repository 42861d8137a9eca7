"""Characters that stand in a text as something else: `&#8220;`, `&quot;`, `â€œ`.

The rules read what was meant; what they find is told in places of the text as it is.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from quotes.extraction.types import ExtractedQuote, Extraction, Span, TextSpan

_MARKS = "“”‘’„‚«»–—…\u00a0"
_REFERENCE = r"&(?:amp;)?#?[A-Za-z0-9]{2,8};"
_LETTERS = "".join(map(chr, range(0xE1, 0x100)))  # á to ÿ, for the sake of names
_HINTS = ("â€", "Ã", "‚Ä", "Â«", "Â»")  # a text without "&" and these is as it should be


def _misread(char: str, times: int, encoding: str) -> str:
    """What becomes of `char` when its UTF-8 is taken for another encoding."""
    for _ in range(times):
        raw = char.encode()
        # Windows-1252 leaves five bytes undefined: what reads it lets them be.
        char = "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in raw)
    return char


_MISREAD = {
    _misread(char, times, encoding): char
    for encoding, times, chars in (
        ("cp1252", 2, _MARKS),
        ("cp1252", 1, _MARKS + _LETTERS),
        ("mac_roman", 1, _MARKS[:-1]),
    )
    for char in chars
}
_MISREAD |= {"â€\ufffd": "”", "â€": "”"}  # the undefined byte of a closing mark does not last
_GARBLED = re.compile(
    "|".join([_REFERENCE, *(re.escape(form) for form in sorted(_MISREAD, key=len, reverse=True))])
)
_NUMBER = re.compile(r"\d+")  # in a warning: a place


@dataclass(frozen=True, slots=True)
class Origin:
    """The text as it is, and where its places are among those of the text that was read in its stead.

    starts   of the stretches that were read as they are, in the text that was read
    shifts   of each, what is to be added there for a place in the text as it is
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    warnings: tuple[str, ...]

    def extraction(self, found: Extraction) -> Extraction:
        """`found` in places and words of the text as it is."""
        return replace(
            found,
            quotes=tuple(self._quote(quote) for quote in found.quotes),
            warnings=(*self.warnings, *(self._warning(warning) for warning in found.warnings)),
        )

    def _warning(self, warning: str) -> str:
        return _NUMBER.sub(lambda number: str(self._place(int(number.group()))), warning)

    def _quote(self, quote: ExtractedQuote) -> ExtractedQuote:
        segments = tuple(self._span(segment) for segment in quote.segments)
        return replace(
            quote,
            text=" ".join(segment.of(self.text) for segment in segments),
            segments=segments,
            mention=self._words(quote.mention),
            cue=self._words(quote.cue),
            context=self._span(quote.context),
        )

    def _words(self, words: TextSpan | None) -> TextSpan | None:
        if words is None:
            return None
        span = self._span(Span(words.start, words.end))
        return TextSpan.at(self.text, span.start, span.end)

    def _span(self, span: Span) -> Span:
        # An end is the end of its last character, which may be a longer one.
        return Span(self._place(span.start), self._place(span.end - 1, end=True))

    def _place(self, at: int, *, end: bool = False) -> int:
        here = bisect_right(self.starts, at) - 1
        if not end:
            return at + self.shifts[here]
        following = here + 1
        last = following < len(self.starts) and self.starts[following] == at + 1
        return at + 1 + self.shifts[following if last else here]


def restored(text: str) -> tuple[str, Origin | None]:
    """`text` with the characters that were meant, and its origin; None where it is as it should be."""
    if "&" not in text and not any(hint in text for hint in _HINTS):
        return text, None
    parts: list[str] = []
    starts, shifts = [0], [0]
    length = done = 0
    forms: dict[str, None] = {}
    for start, end, char in _replacements(text):
        parts += text[done:start], char
        # The character itself is a stretch of its own: it begins where its long form begins.
        length += start - done
        starts.append(length)
        shifts.append(start - length)
        length += len(char)
        starts.append(length)
        shifts.append(end - length)
        done = end
        forms[text[start:end]] = None
    if not done:
        return text, None
    parts.append(text[done:])
    some = ", ".join(form if form.isprintable() else ascii(form)[1:-1] for form in list(forms)[:_SHOWN])
    warning = f"Characters are written as {some}: they were read as what they stand for."
    return "".join(parts), Origin(text, tuple(starts), tuple(shifts), (warning,))


_SHOWN = 3  # forms that a warning names


def _replacements(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _GARBLED.finditer(text):
        form = match.group()
        char = _MISREAD.get(form) or unescape(unescape(form) if form.startswith("&amp;") else form)
        if char != form and len(char) == 1:
            yield *match.span(), char
