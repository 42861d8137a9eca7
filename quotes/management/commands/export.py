"""manage.py export: a snapshot of all that is public, as files."""

import resource
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.exporting import TABLES
from quotes.exporting.files import Progress, alone_in
from quotes.exporting.snapshot import COMPRESSIBLE, SnapshotError, Wanted, begin, expected_rows, write
from quotes.management.progress import Steps
from quotes.management.stopping import stop_asked
from quotes.services.publications import number_changes

_STOPPED = 130  # as a shell says of Ctrl-C


class Command(BaseCommand):
    help = (
        "Write all public quotes, speakers, articles and sources into a folder, with a manifest. Interrupted "
        "or killed, it goes on where it stopped when the same command is given again. docs/exports.md says "
        "what is in the files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="empty, or not there yet")
        parser.add_argument("--format", choices=("jsonl", "csv", "parquet", "sqlite"), required=True)
        parser.add_argument("--compress", action="store_true", help="gzip the files of jsonl and csv")
        parser.add_argument(
            "--rows-a-part", type=int, default=100_000, metavar="N", help="rows of a file (100,000)"
        )
        parser.add_argument("--anew", action="store_true", help="begin again, in place of what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["compress"] and options["format"] not in COMPRESSIBLE:
            raise CommandError(
                "--compress is for jsonl and csv: Parquet is compressed already, SQLite cannot be"
            )
        if options["rows_a_part"] < 1:
            raise CommandError("--rows-a-part is 1 or more")
        wanted = Wanted(options["folder"], options["format"], options["compress"], options["rows_a_part"])
        begun = time.monotonic()
        try:
            wanted.folder.mkdir(parents=True, exist_ok=True)
            with alone_in(wanted.folder) as alone:
                if not alone:
                    raise CommandError(f"another process writes into {wanted.folder}")
                wanted.writer()  # fails before anything is written
                progress = begin(wanted, place=_place, anew=options["anew"])
                before = _rows(progress)
                is_whole = self._write(wanted, progress, before)
        except (SnapshotError, OSError) as error:
            raise CommandError(str(error)) from error
        seconds = time.monotonic() - begun
        self.stdout.write(
            ", ".join(f"{progress.rows(table.name):,} {table.name}" for table in reversed(TABLES))
            + f" in {wanted.folder}, {(_rows(progress) - before) / max(seconds, 0.001):,.0f} rows a second, "
            f"peak memory {_peak_megabytes():.0f} MB."
        )
        if not is_whole:
            raise CommandError("stopped: give the same command again to go on", returncode=_STOPPED)

    def _write(self, wanted: Wanted, progress: Progress, before: int) -> bool:
        steps = Steps(self.stderr, "rows")
        done, expected = before, expected_rows()

        def told(rows: int) -> None:
            nonlocal done
            done += rows
            # What came in meanwhile is written, too.
            steps.show(done, max(done + 1, expected))

        try:
            with stop_asked() as is_asked:
                return write(wanted, progress, told, is_asked)
        finally:
            steps.close()


def _place() -> str:
    """What `changed_since` goes on from: what has no number yet comes after it."""
    counter = number_changes()
    return counter.place(counter.last)


def _rows(progress: Progress) -> int:
    return sum(progress.rows(table.name) for table in TABLES)


def _peak_megabytes() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1000)
