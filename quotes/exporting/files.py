"""What a snapshot has written so far, kept so that nothing half-written is ever taken for whole."""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Written:
    """A file, or a part of one, that is whole. `table` is "" for a file that has all of them."""

    name: str
    table: str
    rows: int
    bytes: int
    sha256: str


@dataclass(slots=True)
class Progress:
    """How far a snapshot is. `last_keys`: of each table, up to where; `whole`: the tables that are."""

    path: Path
    settings: dict[str, Any]
    begun_at: str
    changes_cursor: str
    files: list[Written] = field(default_factory=list)
    last_keys: dict[str, int] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "Progress":
        kept = read_json(path)
        return cls(path, **kept | {"files": [Written(**file) for file in kept["files"]]})

    def save(self) -> None:
        kept = asdict(self)
        del kept["path"]
        write_json(self.path, kept)

    def parts(self, table: str) -> list[Written]:
        return [file for file in self.files if file.table == table]

    def rows(self, table: str) -> int:
        return sum(file.rows for file in self.parts(table))


def whole_file(path: Path, *, table: str, rows: int) -> Written:
    """Give the file that is at `path` with UNFINISHED its name, now that all of it is on the disk."""
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    with unfinished.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return Written(path.name, table, rows, path.stat().st_size, digest)


def read_json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Whole or not at all: a process that is killed leaves what was there."""
    draft = path.with_name(f"{path.name}{UNFINISHED}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Whether no other process of this machine is at work in `folder`, and none will be until this ends."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(opened)
