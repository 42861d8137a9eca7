"""The gold of wire copy: stories with what papers made of them, and texts that are copies of nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from quotes.extraction.training.gold import GoldError, read_records
from quotes.ingestion.dedupe import ENOUGH_KEYS, is_copy, keys_of, shingles_of


@dataclass(frozen=True, slots=True)
class GoldStory:
    """A story: its versions are copies of each other, `others` of nothing.

    `half`: thresholds were chosen on 1, and 2 was looked at afterwards. `is_one_outlet`: the others are of
    one outlet, as columns and weather reports are.
    """

    id: str
    half: int
    versions: list[str]
    others: list[str]
    is_one_outlet: bool

    @property
    def copies(self) -> list[tuple[str, str]]:
        return list(combinations(self.versions, 2))

    @property
    def not_copies(self) -> list[tuple[str, str]]:
        across = [(one, other) for one in self.versions for other in self.others]
        return across + list(combinations(self.others, 2))


@dataclass(frozen=True, slots=True)
class CopyFigures:
    """Of pairs of texts: `found` of `copies`, `wrong` of `not_copies`."""

    copies: int
    found: int
    not_copies: int
    wrong: int


def read_copies_gold(path: Path) -> list[GoldStory]:
    """The format is told in fixtures/README.md. Raises GoldError."""
    return [_story(record, where) for where, record in read_records(path)]


def copy_figures(stories: list[GoldStory]) -> CopyFigures:
    """How many copies are found by their keys and taken for copies; texts of other stories are no copies."""
    pairs = [pair for story in stories for pair in story.copies]
    apart = [(pair, story.is_one_outlet) for story in stories for pair in story.not_copies]
    for one, other in combinations((story for story in stories if story.versions), 2):
        apart += [((first, second), False) for first in one.versions for second in other.versions]
    return CopyFigures(
        len(pairs),
        sum(is_taken_for_copy(*pair) for pair in pairs),
        len(apart),
        sum(is_taken_for_copy(*pair, same_outlet=same_outlet) for pair, same_outlet in apart),
    )


def is_taken_for_copy(one: str, other: str, *, same_outlet: bool = False) -> bool:
    """As `services.stories` decides it: enough keys in common, and then the texts."""
    first, second = shingles_of(one), shingles_of(other)
    shared = set(keys_of(first)) & set(keys_of(second))
    return len(shared) >= ENOUGH_KEYS and is_copy(first, second, same_outlet=same_outlet)


def describe_copies(title: str, stories: list[GoldStory]) -> Iterator[str]:
    """What `evaluate --copies` prints."""
    yield f"{title:<34}{'copies':>8}{'found':>8}{'others':>8}{'wrong':>8}"
    for half, told in ((1, "thresholds chosen on"), (2, "looked at afterwards")):
        found = copy_figures([story for story in stories if story.half == half])
        yield f"  {told:<32}{found.copies:>8}{found.found:>8}{found.not_copies:>8}{found.wrong:>8}"


def _story(row: dict[str, Any], where: str) -> GoldStory:
    try:
        if "template" in row:
            others = [row["template"].format(**filling) for filling in row["fillings"]]
            return GoldStory(row["id"], row["half"], [], others, is_one_outlet=True)
        versions = [row["text"], *(_version(row["text"], edits) for edits in row["versions"])]
        return GoldStory(row["id"], row["half"], versions, row["others"], is_one_outlet=False)
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
