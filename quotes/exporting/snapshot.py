"""A snapshot of all that is public, in a folder: parts, each written whole or not at all, and a manifest.

Records are read in the order of their keys, some at a time, each as it is at that moment: a snapshot that is
made while others write is of no one moment. What changed since it was begun, and may be in it or not, is what
the API lists as changed since the manifest's `changes_cursor`; with that applied the copy is right.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone

from quotes.exporting.columns import moment
from quotes.exporting.files import UNFINISHED, Progress, Written, read_json, write_json
from quotes.exporting.sqlite import SqliteFile
from quotes.exporting.tables import TABLES, Row, Table, key_batches
from quotes.exporting.writers import Csv, JsonLines, Parquet

VERSION = 1
MANIFEST = "manifest.json"
PROGRESS = "progress.json"
COMPRESSIBLE = ("jsonl", "csv")  # Parquet is compressed, and SQLite has to be open to be read

Told = Callable[[int], None]  # so many rows more


class SnapshotError(Exception):
    """The snapshot cannot be made there; the message says what to do."""


class Writer(Protocol):
    """Writes part `number` of a table; in the end says which files there are."""

    def write(self, table: Table, number: int, batches: Iterator[list[Row]], /) -> Written: ...

    def finish(self, files: list[Written], /) -> list[Written]: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written, and where."""

    folder: Path
    format: str
    compress: bool = False
    rows_a_part: int = 100_000

    @property
    def settings(self) -> dict[str, Any]:
        """What has to be the same when an interrupted snapshot is gone on with."""
        return {
            "format": self.format,
            "compress": self.compress,
            "version": VERSION,
            "publish_threshold": settings.PUBLISH_THRESHOLD,
            "columns": {table.name: table.names for table in TABLES},
        }

    def writer(self) -> Writer:
        """Raises SnapshotError."""
        if self.format == "sqlite":
            return SqliteFile(self.folder)
        kinds: dict[str, type[Csv | JsonLines | Parquet]] = {
            "csv": Csv,
            "jsonl": JsonLines,
            "parquet": Parquet,
        }
        try:
            return kinds[self.format](self.folder, compress=self.compress)
        except ModuleNotFoundError as error:
            raise SnapshotError(
                "Parquet is written by pyarrow, which is not installed: pip install 'quotetracker[parquet]'"
            ) from error


def begin(wanted: Wanted, *, place: Callable[[], str], anew: bool = False) -> Progress:
    """How far an earlier run came with the same snapshot, or the beginning of one. Raises SnapshotError.

    `place` tells where in the order of changes all is now: asked before the first row is read.
    """
    path = wanted.folder / PROGRESS
    was_ours = anew and _clear(wanted.folder)
    if (wanted.folder / MANIFEST).exists():
        raise SnapshotError(
            f"{wanted.folder} has a whole snapshot: name another folder, or begin again by --anew"
        )
    if path.exists():
        progress = Progress.load(path)
        if progress.settings != wanted.settings:
            raise SnapshotError(
                f"the snapshot in {wanted.folder} was begun with another format, threshold or version: "
                "give the same, or begin again by --anew"
            )
        return progress
    if not was_ours and any(wanted.folder.iterdir()):
        raise SnapshotError(
            f"{wanted.folder} is not empty: name a folder that is, or one that is not there yet"
        )
    progress = Progress(path, wanted.settings, moment(timezone.now()), place())
    progress.save()
    return progress


def expected_rows() -> int:
    """How many rows there are now."""
    return sum(table.public().order_by().count() for table in TABLES)


def write(wanted: Wanted, progress: Progress, told: Told, is_asked: Callable[[], bool]) -> bool:
    """Write what is left, and the manifest. False when it was asked to stop before: what it has is kept."""
    writer = wanted.writer()
    for table in TABLES:
        while table.name not in progress.whole:
            _write_part(
                table, writer, progress, _Batches(table, progress, wanted.rows_a_part, told, is_asked)
            )
            if is_asked():
                return False
    files = writer.finish(progress.files)
    write_json(wanted.folder / MANIFEST, _manifest(progress, files))
    progress.path.unlink()
    return True


def _write_part(table: Table, writer: Writer, progress: Progress, batches: "_Batches") -> None:
    """The next part; none for the end of a table that has parts already."""
    number = len(progress.parts(table.name)) + 1
    some = iter(batches)
    first = next(some, None)
    if first is not None or number == 1:
        progress.files.append(writer.write(table, number, chain([first] if first else [], some)))
    progress.last_keys[table.name] = batches.last_key
    if batches.is_last:
        progress.whole.append(table.name)
    progress.save()


class _Batches:
    """Rows of a table beyond those that are written, as many as a part has; fewer when asked to stop."""

    def __init__(
        self, table: Table, progress: Progress, most: int, told: Told, is_asked: Callable[[], bool]
    ) -> None:
        self._table, self._most, self._told, self._is_asked = table, most, told, is_asked
        self.last_key = progress.last_keys.get(table.name, 0)
        self.is_last = False

    def __iter__(self) -> Iterator[list[Row]]:
        rows = 0
        for keys in key_batches(self._table.public(), self.last_key):
            # What was withdrawn since the keys were read is not among the rows.
            found = self._table.rows(keys)
            self.last_key = keys[-1]
            yield [found[key] for key in keys if key in found]
            self._told(len(keys))
            rows += len(keys)
            if rows >= self._most or self._is_asked():
                return
        self.is_last = True


def _clear(folder: Path) -> bool:
    """Take away what an earlier snapshot left here, and nothing else; whether there was one."""
    kept = [path for path in (folder / MANIFEST, folder / PROGRESS) if path.exists()]
    for path in kept:
        for file in read_json(path)["files"]:
            (folder / file["name"]).unlink(missing_ok=True)
        path.unlink()
    for unfinished in folder.glob(f"*{UNFINISHED}*") if kept else ():
        unfinished.unlink()
    return bool(kept)


def _manifest(progress: Progress, files: list[Written]) -> dict[str, Any]:
    return {
        "format": progress.settings["format"],
        "version": VERSION,
        "begun_at": progress.begun_at,
        "made_at": moment(timezone.now()),
        "publish_threshold": progress.settings["publish_threshold"],
        "changes_cursor": progress.changes_cursor,
        "tables": {
            table.name: {
                "rows": progress.rows(table.name),
                "columns": [
                    {"name": column.name, "kind": column.kind, "meaning": column.meaning}
                    for column in table.columns
                ],
            }
            for table in TABLES
        },
        "files": [asdict(file) for file in files],
    }
