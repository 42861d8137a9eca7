"""The article that was found in a page -> its paragraphs: no headline, no captions, nothing said twice."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from html import unescape
from itertools import groupby
from unicodedata import normalize

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from quotes.folding import fold
from quotes.ingestion.boxes import ASIDE, TABLE, TEASERS, Box, Boxes
from quotes.ingestion.notices import is_notice

_PARTS = {"p", "head", "quote", "item", "list", "body", "div", "table", "row", "cell", "fw"}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
# What was escaped twice is escaped once in the page; < and > may be meant, where a page is about pages.
_ESCAPED = re.compile(
    r"&(?!(?:lt|gt|#60|#62|#x3[ce]);)(?:#\d{2,6}|#x[\da-f]{2,5}|[a-z][a-z\d]{1,8});", re.IGNORECASE
)
_MOST_LEFT_OUT = 0.4  # of what was found, in boxes of one kind: what holds more is the article
_MOST_BESIDE = 0.8  # in asides and lists of other stories: they may be longer than the article
_LEAST = 200  # characters: where less would be left, boxes stay
_BEGIN = 4  # paragraphs among which the headline may stand
_FEWEST_WORDS, _MOST_WORDS = 4, 60  # of a pull quote
_CERTAIN_WORDS = 8  # of one that no markup tells
_MOST_COMPARED = 50_000  # words of a page in which pull quotes are looked for
_MOST_SAID_ONCE = 0.75  # of a text that has mishaps and pull quotes
_ALIKE = 0.85  # of the words of a shortened pull quote, in their order in another paragraph
_SPREAD = 3  # times as many words, over which they may be spread there
_PROSE = 60  # characters of a cell in a table that is read, and not looked up
_LONGEST_NAME = 8  # words
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(
    r"(?P<words>[“\"‘«„][^“\"«„]{10,}[”\"’»“])(?:\s*[—–-]\s*[^“”\"«»„]{2,120})?"  # and who said it
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between two breaks. `kind`: of its innermost part; `quote`: which block quote it is of, from 1;
    `cell`: which table, and which row of it."""

    text: str
    kind: str = ""
    quote: int = 0
    cell: tuple[int, ...] = ()
    box: Box | None = None

    @property
    def is_marked(self) -> bool:
        """Whether its markup says that it may be a pull quote."""
        return self.kind in {"quote", "head"} or (self.box is not None and self.box.kind != TABLE)


def paragraphs_of(body: HtmlElement, boxes: Boxes, title: str, byline: str) -> list[str]:
    """The paragraphs of what extraction found in a page whose boxes are labelled."""
    found = _rows(_lines(_without_boxes(_runs(body, boxes))))
    pieces = [piece for piece in found if not is_notice(piece.text)]
    heads = {fold(title), fold(byline), fold(f"By {byline}")}
    begin = [piece for piece in pieces[:_BEGIN] if fold(piece.text) not in heads]
    return [piece.text for piece in _not_pulled(_once([*begin, *pieces[_BEGIN:]]))]


def _runs(body: HtmlElement, boxes: Boxes) -> list[list[_Piece]]:
    """Each part's text in runs of one box; a line break is a run of its own."""
    parts: list[list[_Piece]] = [[]]
    kinds: list[str] = []
    quotes = tables = rows = 0
    box: Box | None = None

    def say(text: str | None) -> None:
        nonlocal box
        for around, run in boxes.runs(text or "", box):
            box = around
            if run:
                kind = "quote" if "quote" in kinds else kinds[-1] if kinds else ""
                number = quotes if kind == "quote" else 0
                cell = (tables, rows) if "table" in kinds else ()
                parts[-1].append(_Piece(run, kind, number, cell, box))

    for event, element in iterwalk(body, events=("start", "end")):
        tag = str(element.tag)
        if tag in _PARTS:
            parts.append([])
            box = None
        if event == "start":
            quotes += tag == "quote"
            tables += tag == "table"
            rows += tag == "row"
            if tag in _PARTS:
                kinds.append(tag)
            say("\n" if tag == "lb" else element.text)
            continue
        if tag in _PARTS:
            kinds.pop()
        say(element.tail)
    return [part for part in parts if part]


def _without_boxes(parts: list[list[_Piece]]) -> list[list[_Piece]]:
    """Less those boxes that hold little enough of it to be none of the article, alone and with their kind."""
    runs = [(len(run.text), list(run.box.all()) if run.box else []) for part in parts for run in part]
    total = sum(size for size, _ in runs)
    alone: Counter[Box] = Counter()
    for size, boxes in runs:
        for box in boxes:
            alone[box] += size
    small = {box for box, size in alone.items() if size <= _most_left_out(box) * total}
    kinds: Counter[str] = Counter()
    for size, boxes in runs:
        for kind in {box.kind for box in boxes if box in small}:
            kinds[kind] += size
    out = {box for box in alone if _is_left_out(box, kinds[box.kind] / total, is_small=box in small)}
    kept = [[run for run in part if not run.box or out.isdisjoint(run.box.all())] for part in parts]
    left = sum(len(run.text) for part in kept for run in part)
    return kept if left >= min(_LEAST, total / 2) else parts


def _is_left_out(box: Box, share: float, *, is_small: bool) -> bool:
    """`share`: of what was found, in boxes of its kind."""
    if box.leads_elsewhere or box.kind == TABLE:
        return box.leads_elsewhere
    if box.kind == ASIDE and box.has_marks and share <= _MOST_LEFT_OUT:
        return False  # somebody is quoted, and it is there for that
    return is_small and share <= _most_left_out(box)


def _most_left_out(box: Box) -> float:
    return _MOST_BESIDE if box.kind in {ASIDE, TEASERS} else _MOST_LEFT_OUT


def _lines(parts: Iterable[list[_Piece]]) -> Iterator[_Piece]:
    """A line that goes on in lower case is the same paragraph."""
    for part in parts:
        if not part:
            continue
        paragraph = ""
        first = max(part, key=lambda run: len(run.text))
        for line in "".join(run.text for run in part).split("\n"):
            text = clean(line)
            if paragraph and text[:1].islower():
                paragraph = f"{paragraph} {text}"
            elif text:
                yield replace(first, text=paragraph)
                paragraph = text
        yield replace(first, text=paragraph)


def clean(text: str) -> str:
    """On one line, without what nobody sees, and without entities that were escaped twice."""
    if "&" in text:
        text = _ESCAPED.sub(lambda found: unescape(found[0]), text)
    return normalize("NFC", " ".join(_NOT_TEXT.sub("", text).split()))


def _rows(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Each row of a table of names and figures as one line; of one that is read, its cells."""
    for cell, said in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.cell):
        row = list(said)
        if not cell or len(row) == 1:
            yield from row
            continue
        words, *others = sorted(row, key=lambda piece: len(piece.text), reverse=True)
        who = others[0].text if len(others) == 1 else ""
        if who and _QUOTED.fullmatch(words.text) and len(who.split()) <= _LONGEST_NAME:
            yield replace(words, text=f"{words.text} — {who}")
        elif len(words.text) >= _PROSE or any(piece.kind == "p" for piece in row):
            yield from row
        else:
            yield replace(words, text=" | ".join(piece.text for piece in row))


def _once(pieces: list[_Piece]) -> list[_Piece]:
    """Less what is said twice by some mishap; a short answer may be given twice, a poem's line too."""
    seen: set[str] = set()
    kept = []
    for piece in pieces:
        if piece.text not in seen or len(piece.text.split()) < _CERTAIN_WORDS:
            kept.append(piece)
        seen.add(piece.text)
    return _unless_much(kept, pieces)


def _unless_much(kept: list[_Piece], pieces: list[_Piece]) -> list[_Piece]:
    """`kept` of these pieces, if that is most of the text: else it was no mishap."""
    size = sum(len(piece.text) for piece in kept)
    return kept if size >= _MOST_SAID_ONCE * sum(len(piece.text) for piece in pieces) else pieces


def _not_pulled(pieces: list[_Piece]) -> list[_Piece]:
    """Less the pull quotes: the words stand elsewhere, too. Who said them goes with them."""
    worded = {at: _words(piece.text) for at, piece in enumerate(pieces)}
    if sum(map(len, worded.values())) > _MOST_COMPARED:
        return pieces
    # Of two that say the same the one stays that is likelier to be of the text, or came first.
    order = sorted(worded, key=lambda at: (pieces[at].is_marked, at), reverse=True)
    # A quote's longest piece is its words; what else it has says whose they are.
    first = {piece.quote: at for at, piece in sorted(enumerate(pieces), key=lambda it: len(it[1].text))}
    quotes: set[int] = set()
    asides: set[Box] = set()
    for at in order:
        piece, words = pieces[at], worded[at]
        fewest = _FEWEST_WORDS if piece.is_marked else _CERTAIN_WORDS
        if not fewest <= len(words) <= _MOST_WORDS:
            continue
        others = [other for number, other in worded.items() if number != at]
        if _stands_in(words, others) or (_QUOTED.fullmatch(piece.text) and _is_shortened(words, others)):
            del worded[at]
            quotes |= {piece.quote} if piece.quote and first[piece.quote] == at else set()
            asides |= {piece.box} if piece.box and piece.box.kind == ASIDE else set()
    kept = [pieces[at] for at in worded if pieces[at].quote not in quotes and pieces[at].box not in asides]
    return _unless_much(kept, pieces)


def _words(text: str) -> list[str]:
    said = _QUOTED.fullmatch(text)
    return _WORD.findall(fold(said["words"] if said else text))


def _stands_in(words: list[str], others: list[list[str]]) -> bool:
    said = f" {' '.join(words)} "
    return any(said in f" {' '.join(other)} " for other in others if len(other) >= len(words))


def _is_shortened(words: list[str], others: list[list[str]]) -> bool:
    """Whether nearly all of them stand in one of the others, in their order and near each other."""
    if len(words) < _CERTAIN_WORDS:
        return False
    fewest = _ALIKE * len(words)
    for other in others:
        if len(other) <= len(words) or len(set(words).intersection(other)) < _ALIKE * len(set(words)):
            continue
        matcher = SequenceMatcher(None, words, other, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        spread = blocks[-1].b + blocks[-1].size - blocks[0].b
        if sum(block.size for block in blocks) >= fewest and spread <= _SPREAD * len(words):
            return True
    return False
