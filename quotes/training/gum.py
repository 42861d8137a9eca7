"""The GUM corpus: documents as plain text with their coreference chains."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_OPEN_OR_CLOSE = re.compile(r"\((\d+)(?:\[\d+/\d+\])?-([a-z]+)[^()]*(\))?|(\d+)(?:\[\d+/\d+\])?\)")


@dataclass(frozen=True, slots=True)
class Chained:
    """Words of a document and the chain they belong to; offsets in code points, half open."""

    start: int
    end: int
    chain: str
    kind: str  # person, organization, place, object, ...


@dataclass(slots=True)
class Document:
    """`paragraphs` are parted by one blank line in `text`."""

    name: str
    genre: str
    text: str = ""
    mentions: list[Chained] = field(default_factory=list)


def read_gum(path: Path) -> Iterator[Document]:
    """The documents in order."""
    reader: _Reader | None = None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id = "):
                if reader is not None:
                    yield reader.document()
                reader = _Reader(line.split("= ", 1)[1].strip())
            elif reader is not None:
                reader.read(line.rstrip("\n"))
    if reader is not None:
        yield reader.document()


class _Reader:
    def __init__(self, name: str) -> None:
        self._name = name
        self._genre = name.split("_")[1]
        self._parts: list[str] = []
        self._length = 0
        self._open: dict[str, list[tuple[int, str]]] = {}
        self._mentions: list[Chained] = []
        self._until = 0  # id of the last word of a multi-word token
        self._inside = 0  # where its next word starts

    def read(self, line: str) -> None:
        if line.startswith("# sent_id"):
            self._until = 0
        elif line.startswith("# newpar"):
            if self._parts and not line.startswith("# newpar_block"):
                self._end_paragraph()
        elif line and not line.startswith("#"):
            self._word(line.split("\t"))

    def document(self) -> Document:
        mentions = sorted(self._mentions, key=lambda m: (m.start, -m.end))
        return Document(self._name, self._genre, "".join(self._parts).rstrip() + "\n", mentions)

    def _end_paragraph(self) -> None:
        while self._parts and self._parts[-1] == " ":
            self._length -= len(self._parts.pop())
        self._add("\n\n")

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _word(self, columns: list[str]) -> None:
        number, form, misc = columns[0], columns[1], columns[9]
        spaced = "SpaceAfter=No" not in misc
        if "." in number:
            return
        if "-" in number:  # "don't" in one piece; its words follow
            self._until = int(number.split("-")[1])
            self._inside = self._length
            self._add(form + (" " if spaced else ""))
            return
        inside = int(number) <= self._until
        start = self._inside if inside else self._length
        end = start + len(form)
        if inside:
            self._inside = end
        else:
            self._add(form)
        self._chains(misc, start, end)
        if not inside and spaced:
            self._add(" ")

    def _chains(self, misc: str, start: int, end: int) -> None:
        entity = next((part[7:] for part in misc.split("|") if part.startswith("Entity=")), "")
        for match in _OPEN_OR_CLOSE.finditer(entity):
            opened, kind, closed_at_once, closed = match.groups()
            if opened:
                self._open.setdefault(opened, []).append((start, kind))
            chain = opened if closed_at_once else closed
            if chain and self._open.get(chain):
                first, known = self._open[chain].pop()
                self._mentions.append(Chained(first, end, chain, known))
