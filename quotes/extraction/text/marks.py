"""Quotation marks -> quoted spans, on the raw characters.

Each paragraph is scanned once from left to right, so the cost is linear and a stray mark can
spoil no more than the paragraph it stands in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from quotes.extraction.text.layout import paragraphs
from quotes.extraction.text.single_marks import single_spans
from quotes.extraction.types import Span


class Side(Enum):
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """Words between two marks, inside one paragraph.

    outer      with the marks (a missing mark leaves one end bare)
    inner      the words, without white space at the ends
    paragraph  index of the paragraph
    continues  the same utterance as the span before it, carried over a paragraph break
    single     between single marks, British style
    """

    outer: Span
    inner: Span
    paragraph: int
    continues: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    side: Side
    glyph: str


@dataclass(frozen=True, slots=True)
class MarksResult:
    """`spans` never overlap; `nested` are the double-marked ones inside single-marked ones, in order too."""

    spans: tuple[QuotedSpan, ...]
    paragraphs: tuple[Span, ...]
    warnings: tuple[str, ...]
    nested: tuple[QuotedSpan, ...] = ()


_MARK = re.compile(r"''(?!')|``|’’|‘‘|[\"“”„‟«»＂「」『』]")
_TAG = re.compile(r"<[A-Za-z/][^<>\n]{0,2000}>")
_FEET = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:\s?1/2|½)?$")
_OPENERS = "„‟「『"
_CLOSERS = "」』"
_SAID = (
    r"(?:said|says|added|told|asked|wrote|tweeted|explained|continued|replied|recalled|insisted|argued|warned|noted"
    r"|claimed|admitted|joked|stated|remarked|observed|concluded|responded|answered|complained|shouted|lamented)\b"
)
_NAME = r"[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3}"
# The reporter's words that follow a quote whose closing mark was forgotten.
_ATTRIBUTION = re.compile(
    rf"[,.!?](?=\s(?:(?:he|she|they|I|{_NAME})\s{_SAID}|(?:said|says|added|wrote|asked|replied)\s(?:[A-Z]|the\b)"
    r"|according\sto\s))"
)
# ... or stand right behind one that leans the wrong way, after a comma or whatever else ends a speech.
_REPORTED = re.compile(rf"(?:(?:he|she|they|{_NAME})\s{_SAID}|{_SAID})")
_REPORTED_SMALL = re.compile(rf"(?:(?:he|she|they)\s{_SAID}|{_SAID})")
_ATTRIBUTION_TAIL = 80  # characters
_SENTENCE = re.compile(r"[.!?…][’'”)\]]*$")  # how one ends
_TAIL = 4  # characters


def find_spans(text: str) -> MarksResult:
    """The top-level quoted spans of `text` in order, its paragraphs, and what was odd."""
    parts = paragraphs(text)
    marks = [_marks(text, part) for part in parts]
    warnings: list[str] = []
    spans: list[QuotedSpan] = []
    nested: list[QuotedSpan] = []
    open_before = False
    for index, part in enumerate(parts):
        scan = _Scan(text, part, index, marks[index], open_before=open_before)
        scan.run(_next_opens(parts, marks, index))
        warnings.extend(scan.warnings)
        open_before = scan.left_open
        singles = single_spans(text, part, [span.outer for span in scan.spans])
        apart, inside = _merge(scan.spans, [_single(text, outer, index) for outer in singles])
        spans.extend(apart)
        nested.extend(inside)
    return MarksResult(tuple(spans), tuple(parts), tuple(warnings), tuple(nested))


def _next_opens(parts: Sequence[Span], marks: Sequence[list[Mark]], index: int) -> str:
    """How the next paragraph starts: "open" with a mark, "close" if its first mark closes, else ""."""
    if index + 1 >= len(parts):
        return ""
    if not marks[index + 1]:
        return ""
    first = marks[index + 1][0]
    if first.start == parts[index + 1].start and first.side is not Side.CLOSE:
        return "open"
    return "close" if first.side is Side.CLOSE and first.glyph != '"' else ""


def _marks(text: str, part: Span) -> list[Mark]:
    found_any = _MARK.search(text, part.start, part.end)
    if found_any is None:
        return []
    tags = [match.span() for match in _TAG.finditer(text, part.start, part.end)]
    found: list[Mark] = []
    tag = 0
    for match in _MARK.finditer(text, part.start, part.end):
        while tag < len(tags) and tags[tag][1] <= match.start():
            tag += 1
        if tag < len(tags) and tags[tag][0] <= match.start():
            continue
        if _is_measure(text, match.start(), part.start):
            continue
        found.append(Mark(match.start(), match.end(), _side(text, match, part), match.group()))
    return found


def _is_measure(text: str, at: int, floor: int) -> bool:
    """Feet and inches: 5'10" is never a quotation mark."""
    return bool(_FEET.search(text[max(floor, at - 10) : at])) and text[at] in "\"”'"


def _side(text: str, match: re.Match[str], part: Span) -> Side:
    glyph = match.group()
    before = text[match.start() - 1] if match.start() > part.start else " "
    after = text[match.end()] if match.end() < part.end else " "
    free_before = before.isspace() or before in "([{<—–―-/…" or before in "‘'“\""
    free_after = after.isspace() or after in ".,;:!?)]}—–―-…/" or after in "’'”\"‘“"
    if glyph in _OPENERS or glyph in ("``", "‘‘"):
        return Side.OPEN
    if glyph in _CLOSERS:
        return Side.CLOSE
    if glyph in "«»":
        return _guillemet_side(glyph, free_before, free_after)
    # A directed glyph is believed unless its surroundings say clearly that it points the wrong way.
    if glyph == "“":
        return Side.CLOSE if not free_before and free_after and not before.isspace() else Side.OPEN
    if glyph in ("”", "’’"):
        wrong_way = match.start() == part.start or (before.isspace() and not free_after)
        return Side.OPEN if wrong_way else Side.CLOSE
    if free_before and not free_after:
        return Side.OPEN
    if free_after and not free_before:
        return Side.CLOSE
    return Side.EITHER


def _guillemet_side(glyph: str, free_before: bool, free_after: bool) -> Side:
    """« opens in French and closes in German: the side that touches the words decides."""
    if free_before == free_after:
        return Side.OPEN if glyph == "«" else Side.CLOSE
    return Side.OPEN if free_before else Side.CLOSE


class _Scan:
    """One paragraph's double marks, paired from left to right."""

    def __init__(self, text: str, part: Span, index: int, marks: list[Mark], *, open_before: bool) -> None:
        self.text, self.part, self.index = text, part, index
        self.open_before = open_before
        self.spans: list[QuotedSpan] = []
        self.warnings: list[str] = []
        self.left_open = False
        self.loose = False  # marks of this paragraph have blanks on both sides
        self.reopens = False  # the next span goes on with the words of the last one
        self.marks = marks
        straight = [position for position, mark in enumerate(self.marks) if mark.glyph == '"']
        self.last_straight = straight[-1] if straight else -1

    def run(self, next_opens: str) -> None:
        start: Mark | None = None
        depth = 0
        for position, mark in enumerate(self.marks):
            if start is None and not self._closes_again(mark):
                start, depth = self._begin(mark, position), 0
            elif start is None:
                self.spans[-1] = replace(self.spans[-1], outer=Span(self.spans[-1].outer.start, mark.end))
            elif mark.side is Side.OPEN and not self._leans(mark):
                if mark.start == start.end:
                    start = replace(mark, start=start.start)
                elif self._nests(position, start, next_opens):
                    depth += 1
                else:
                    self._opened_again(start, mark)
                    start, depth = mark, 0
            elif self._is_inches(mark, position):
                continue
            elif depth:
                depth -= 1
            else:
                self._add(start.start, mark.end, start.end, mark.start)
                start = None
        if start is not None:
            self._end_of_paragraph(start, next_opens)

    def _begin(self, mark: Mark, position: int) -> Mark | None:
        if mark.side is not Side.CLOSE:
            after = self.text[mark.end : mark.end + 1]
            if mark.side is Side.OPEN or (after and not after.isspace()) or self._is_loose(mark, position):
                return mark
            return None
        if position == 0 and self.open_before:
            self._add(self.part.start, mark.end, self.part.start, mark.start)
        elif mark.glyph != '"' or not self._after_digit(mark):
            self.warnings.append(f"The closing quotation mark at {mark.start} has no opening mark.")
        return None

    def _closes_again(self, mark: Mark) -> bool:
        """Whether the mark doubles the closing one before it."""
        return mark.side is not Side.OPEN and bool(self.spans) and self.spans[-1].outer.end == mark.start

    def _is_loose(self, mark: Mark, position: int) -> bool:
        """Whether a mark with blanks on both sides opens: " We sail at dawn. " """
        if position + 1 == len(self.marks) or self._before(mark).isdigit():
            return False
        following = self.marks[position + 1].side
        # A closing mark that stands close may have lost its own opening mark: then this one closed something.
        self.loose = following is Side.EITHER or (
            following is Side.CLOSE and (self.loose or self._before(mark) in ("", ":", ","))
        )
        if self.loose:
            self.warnings.append(
                f"The quotation mark at {mark.start} has blanks on both sides and was read as an opening one."
            )
        return self.loose

    def _leans(self, mark: Mark) -> bool:
        """Whether a mark that looks like an opening one closes: "We sail, "he said, “We sail, “ he said."""
        before = self._before(mark)
        if not before or before not in ",.!?…—–":
            return False
        if mark.end >= self.part.end or self.text[mark.end].isspace():
            return True
        reported = _REPORTED if before == "," else _REPORTED_SMALL
        return reported.match(self.text, mark.end) is not None

    def _before(self, mark: Mark) -> str:
        """The last character in the paragraph before the mark that is no blank, "" for none."""
        return self.text[max(self.part.start, mark.start - _TAIL) : mark.start].rstrip()[-1:]

    def _is_inches(self, mark: Mark, position: int) -> bool:
        """12" may be inches: so it is when the quote around it still has its own closing mark."""
        if mark.glyph != '"' or not self._after_digit(mark):
            return False
        following = self.marks[position + 1 : position + 2]
        return bool(following) and following[0].side is Side.CLOSE

    def _after_digit(self, mark: Mark) -> bool:
        return mark.start > self.part.start and self.text[mark.start - 1].isdigit()

    def _nests(self, position: int, start: Mark, next_opens: str) -> bool:
        """Whether an opening mark inside an open quote has a closing mark of its own."""
        mark = self.marks[position]
        if start.glyph == '"' and mark.glyph != '"':
            return bool(next_opens) or position < self.last_straight
        sides = [mark.side for mark in self.marks[position + 1 : position + 3]]
        return len(sides) == 2 and all(side is Side.CLOSE for side in sides)

    def _add(self, outer_start: int, outer_end: int, inner_start: int, inner_end: int) -> None:
        inner = trimmed(self.text, inner_start, inner_end)
        if inner is None:
            return
        carried = self.open_before and not self.spans and outer_start == self.part.start
        continues, self.reopens = carried or self.reopens, False
        self.spans.append(QuotedSpan(Span(outer_start, outer_end), inner, self.index, continues))

    def _opened_again(self, start: Mark, mark: Mark) -> None:
        """A sentence, then a second opening mark: the break between two paragraphs of a speech is lost."""
        words = trimmed(self.text, start.end, mark.start)
        whole = words is not None and _SENTENCE.search(
            self.text, max(words.end - _TAIL, words.start), words.end
        )
        if words is None or not whole or _ATTRIBUTION.search(self.text, start.end, words.end):
            self._unclosed(start, mark.start)
        else:
            self.warnings.append(
                f"The quotation marks at {start.start} and {mark.start} open one speech twice."
            )
            self._add(start.start, words.end, start.end, words.end)
            self.reopens = True

    def _unclosed(self, start: Mark, limit: int) -> None:
        """Keep what is surely quoted when the closing mark is missing: up to the reporter's next words."""
        self.warnings.append(f"The opening quotation mark at {start.start} is never closed.")
        found = _ATTRIBUTION.search(self.text, start.end, limit)
        if found:
            self._add(start.start, found.end(), start.end, found.end())
        elif limit == self.part.end and self.text[limit - 1] in ".!?…":
            self._add(start.start, limit, start.end, limit)

    def _end_of_paragraph(self, start: Mark, next_opens: str) -> None:
        tail = max(start.end, self.part.end - _ATTRIBUTION_TAIL)
        if not next_opens or _ATTRIBUTION.search(self.text, tail, self.part.end):
            self._unclosed(start, self.part.end)
            return
        self.left_open = True
        self._add(start.start, self.part.end, start.end, self.part.end)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The stretch without white space at its ends, None when it has no letter or digit."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if not any(char.isalnum() for char in text[start:end]):
        return None
    return Span(start, end)


def _single(text: str, outer: Span, index: int) -> QuotedSpan:
    inner = trimmed(text, outer.start + 1, outer.end - 1)
    return QuotedSpan(outer, inner or outer, index, single=True)


def _merge(doubles: list[QuotedSpan], singles: list[QuotedSpan]) -> tuple[list[QuotedSpan], list[QuotedSpan]]:
    """Both levels in order, without the double-marked spans inside single-marked ones; and those."""
    kept = list(singles)
    nested: list[QuotedSpan] = []
    covered = 0
    for span in doubles:
        while covered < len(singles) and singles[covered].outer.end <= span.outer.start:
            covered += 1
        around = singles[covered].outer if covered < len(singles) else None
        if around and around.start <= span.outer.start and span.outer.end <= around.end:
            if span.continues:
                kept[0] = replace(kept[0], continues=True)
            else:
                nested.append(span)
        else:
            kept.append(span)
    apart: list[QuotedSpan] = []
    for span in sorted(kept, key=lambda span: span.outer):
        if not apart or apart[-1].outer.end <= span.outer.start:
            apart.append(span)
    return apart, nested
