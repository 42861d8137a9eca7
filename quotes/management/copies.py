"""The gold of wire copy: texts of which it is known which are copies of each other."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from quotes.ingestion.dedupe import ENOUGH_KEYS, Shingles, is_copy, keys_of, shingles_of
from quotes.training.gold import GoldError, read_records

_PARTS = {1: "thresholds chosen on", 2: "looked at afterwards"}
_UNSEEN = "never looked at"
_EDITS = ("", "light", "reworded")  # by how much a paper changed the sentences


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of a part of the gold. `story` is None for a copy of nothing; `edited` is one of _EDITS."""

    text: str
    story: str | None
    outlet: str
    part: str
    edited: str = ""


@dataclass(frozen=True, slots=True)
class CopyFigures:
    """Pairs of texts: copies and those found, by how they were edited; others, and those taken for copies."""

    copies: Counter[str]
    found: Counter[str]
    others: int
    wrong: int


def read_copies_gold(path: Path) -> list[GoldText]:
    """The formats are told in fixtures/README.md. Raises GoldError."""
    return [text for where, record in read_records(path) for text in _texts(record, where)]


def copy_figures(texts: Sequence[GoldText]) -> CopyFigures:
    """As `services.stories` decides it: enough keys in common, and then the texts."""
    copies: Counter[str] = Counter()
    found: Counter[str] = Counter()
    others = wrong = 0
    shingles = [shingles_of(one.text) for one in texts]
    for (one, first), (other, second) in combinations(zip(texts, shingles, strict=True), 2):
        is_taken = is_taken_for_copy(first, second, same_outlet=one.outlet == other.outlet)
        if one.story and one.story == other.story:
            edited = max(one.edited, other.edited, key=_EDITS.index)
            copies[edited] += 1
            found[edited] += is_taken
        else:
            others += 1
            wrong += is_taken
    return CopyFigures(copies, found, others, wrong)


def is_taken_for_copy(one: Shingles, other: Shingles, *, same_outlet: bool) -> bool:
    shared = set(keys_of(one)) & set(keys_of(other))
    return len(shared) >= ENOUGH_KEYS and is_copy(one, other, same_outlet=same_outlet)


def describe_copies(title: str, texts: Sequence[GoldText]) -> Iterator[str]:
    """What `evaluate --copies` prints."""
    yield f"{title:<44}{'copies':>8}{'found':>8}{'others':>8}{'wrong':>8}"
    for part in dict.fromkeys(one.part for one in texts):
        figures = copy_figures([one for one in texts if one.part == part])
        for edited in sorted(figures.copies, key=_EDITS.index):
            name = f"{part}, {edited or 'cut and begun anew'}"
            yield f"  {name:<42}{figures.copies[edited]:>8}{figures.found[edited]:>8}"
        yield f"  {part + ', in all':<42}{figures.copies.total():>8}{figures.found.total():>8}" + (
            f"{figures.others:>8}{figures.wrong:>8}"
        )


def _texts(row: dict[str, Any], where: str) -> list[GoldText]:
    try:
        if "outlet" in row:
            changes = row.get("changes", ())
            edited = next((edit for edit in _EDITS[:0:-1] if edit in changes or row.get(edit)), "")
            return [GoldText(row["text"], row["story"], row["outlet"], _UNSEEN, edited)]
        name, part = row["id"], _PARTS[row["half"]]
        if "template" in row:
            filled = (row["template"].format(**filling) for filling in row["fillings"])
            return [GoldText(text, None, name, part) for text in filled]
        versions = [row["text"], *(_version(row["text"], edits) for edits in row["versions"])]
        texts = [(text, name) for text in versions] + [(text, None) for text in row["others"]]
        return [GoldText(text, story, f"{name} {n}", part) for n, (text, story) in enumerate(texts)]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise GoldError(f"{where}: it is no story with versions and others ({error!r})") from error


def _version(text: str, edits: dict[str, Any]) -> str:
    """What a paper made of `text`."""
    paragraphs = text.split("\n\n")
    if "move" in edits:
        before, after = edits["move"]
        paragraphs.insert(after, paragraphs.pop(before))
    del paragraphs[edits.get("keep", len(paragraphs)) :]
    for at in sorted(edits.get("drop", ()), reverse=True):
        del paragraphs[at]
    if "insert" in edits:
        paragraphs.insert(*edits["insert"])
    if "lead" in edits:
        paragraphs[0] = edits["lead"]
    text = (" " if edits.get("join") else "\n\n").join(paragraphs)
    for old, new in edits.get("swap", {}).items():
        text = text.replace(old, new)
    return text
