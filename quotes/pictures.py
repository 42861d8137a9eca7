"""A quote as a picture, for whoever shows a link to it: 1200 by 630 points, PNG.

Letters are Source Serif 4's: Latin with all its accents, Greek, Cyrillic. What it has no letters for is not
drawn at all: boxes in place of words would be worse than no picture.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from unicodedata import category

import fontpkg
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
DESIGN = 1  # another one whenever the same words look otherwise: what was kept is drawn again
_PAPER, _INK, _FAINT, _ACCENT = "#fbfaf7", "#1b1b1d", "#5f5f66", "#8c2f1b"
_MARGIN, _TOP, _BOTTOM = 90, 96, 150  # free of words
_SIZES = (76, 68, 60, 52, 46, 40)  # the largest in which all of it has room
_LEADING = 1.28
_REGULAR, _SEMIBOLD = 400, 600
_NO_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says. `words` are set between quotation marks, and cut where they are long."""

    words: str
    name: str
    source: str

    @property
    def can_be_drawn(self) -> bool:
        return all(_has_letter(one) for one in {*self.words, *self.name, *self.source})


@lru_cache(maxsize=64)
def draw(card: Card) -> bytes:
    """The picture as PNG."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    drawing = ImageDraw.Draw(picture)
    drawing.rectangle((0, 0, 18, HEIGHT), fill=_ACCENT)
    font, lines = _set(card.words)
    height = round(font.size * _LEADING)
    room = HEIGHT - _TOP - _BOTTOM
    y = _TOP - 16 + max(0, (room - height * len(lines)) // 2)
    for line in lines:
        drawing.text((_MARGIN, y), line, font=font, fill=_INK)
        y += height
    width = WIDTH - 2 * _MARGIN
    name, source = _font(38, _SEMIBOLD), _font(30, _REGULAR)
    drawing.text((_MARGIN, HEIGHT - 128), _cut(card.name, name, width), font=name, fill=_ACCENT)
    drawing.text((_MARGIN, HEIGHT - 76), _cut(card.source, source, width - 220), font=source, fill=_FAINT)
    mark = "quotetracker"
    drawing.text((WIDTH - _MARGIN - source.getlength(mark), HEIGHT - 76), mark, font=source, fill=_FAINT)
    written = BytesIO()
    # Half as large with fewer colours, pressed harder: for that it would take five times as long.
    picture.save(written, "PNG", compress_level=3)
    return written.getvalue()


def _set(words: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The words in lines, and the font: as large as there is room for."""
    text = f"“{' '.join(words.split())}”"
    font, lines = _font(_SIZES[0], _REGULAR), [text]
    for size in _SIZES:
        font = _font(size, _REGULAR)
        most = int((HEIGHT - _TOP - _BOTTOM) // (size * _LEADING))
        lines = _lines(text, font, most + 1)
        if len(lines) <= most:
            return font, lines
    lines = lines[: int((HEIGHT - _TOP - _BOTTOM) // (font.size * _LEADING))]
    lines[-1] = _cut(f"{lines[-1]} …", font, WIDTH - 2 * _MARGIN, "…”")
    return font, lines


def _lines(text: str, font: ImageFont.FreeTypeFont, most: int) -> list[str]:
    """The first lines of a text, broken between words; a word that is wider than a line within itself."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            line = longer
            continue
        if line:
            lines.append(line)
        while font.getlength(word) > WIDTH - 2 * _MARGIN and len(lines) < most:
            head = _fitting(word, font, WIDTH - 2 * _MARGIN)
            lines.append(head)
            word = word[len(head) :]
        line = word
        if len(lines) >= most:
            return lines[:most]
    return [*lines, line]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: float, end: str = "…") -> str:
    """A text that has room in one line, cut between words where it has to be."""
    if font.getlength(text) <= width and not text.endswith(" …"):
        return text
    head = _fitting(text.removesuffix(" …"), font, width - font.getlength(end))
    if len(head) < len(text.removesuffix(" …")) and " " in head:
        head = head.rpartition(" ")[0]
    return f"{head.rstrip(' ,;:–—-')}{end}"


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """As much of the beginning as has room, one letter at least."""
    least, most = 1, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if font.getlength(text[:middle]) <= width:
            least = middle
        else:
            most = middle - 1
    return text[:least]


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(fontpkg.path("Source Serif 4")), size)
    font.set_variation_by_axes([weight, min(max(size / 1.5, 8), 60)])
    return font


@lru_cache(maxsize=4096)
def _has_letter(one: str) -> bool:
    """Whether the font draws this character; what is not to be seen needs no letter."""
    if one.isspace() or category(one) in {"Cf", "Mn"}:
        return True
    mask, missing = (_font(40, _REGULAR).getmask(each) for each in (one, _NO_LETTER))
    return category(one) != "Cc" and (mask.size, bytes(mask)) != (missing.size, bytes(missing))
