"""manage.py import: an archive of articles into the database, and their quotes."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quotes.extraction.parallel.batch import available_cores
from quotes.ingestion import DocumentError
from quotes.ingestion.archives import TELLABLE, Archive, ArchiveError, open_archive
from quotes.ingestion.isolated import read_isolated
from quotes.management.console import counted
from quotes.management.inputs import open_file
from quotes.management.progress import ArchiveProgress
from quotes.management.rejects import RejectsFile
from quotes.management.stopping import stop_asked
from quotes.models import ImportRun
from quotes.services.importing import (
    ImportBusyError,
    TornArchiveError,
    begin_import,
    import_records,
    last_revision,
    left_to_read,
    take_left,
)
from quotes.services.readers import Readers, ReadersError
from quotes.tasks import send

_PAUSE = 0.5  # seconds between two looks at what others are reading
_STOPPED = 130  # as a shell says of Ctrl-C


class Command(BaseCommand):
    help = (
        "Store the articles of an archive (JSON lines, CSV or WARC; plain or gzip) and read their quotes. "
        "Interrupted or killed, it goes on where it stopped when the same command is given again. "
        "docs/archives.md has the formats."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE|-", help="the archive, or - for standard input")
        parser.add_argument(
            "--format", choices=("jsonl", "csv", "warc"), default="", help="where its content does not tell"
        )
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="FIELD=NAME",
            help="what a column of CSV or a field of JSON lines is for, where its name does not tell: "
            f"--column text=corpo; FIELD is one of {', '.join(TELLABLE)}. May be given several times",
        )
        parser.add_argument("--source", default="", help="the outlet, where the archive does not name it")
        parser.add_argument(
            "--rejects",
            default="",
            metavar="REJECTS",
            help="where records that give no article are kept, with reasons; else beside the archive, as "
            "FILE.rejects.jsonl",
        )
        parser.add_argument(
            "--processes",
            type=int,
            metavar="N",
            help="how many processes of this machine read the articles: one a core; where there is a broker "
            "the workers read them, unless this is given",
        )
        parser.add_argument("--anew", action="store_true", help="begin again at the first record")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] is not None and options["processes"] < 1:
            raise CommandError("--processes is 1 or more")
        name = options["file"]
        begun = time.monotonic()
        with ExitStack() as stack:
            archive = self._open(name, options["format"], _columns(options["column"]), stack)
            run = begin_import(archive=archive, name=name, anew=options["anew"])
            before = run.number
            rejects = RejectsFile(_rejects_path(name, options["rejects"]), run.rejects_size)
            readers = _readers(options["processes"])
            if readers:
                stack.enter_context(closing(readers))
            work = _Import(self, archive, run, readers, quiet=not options["verbosity"])
            try:
                is_stopped = work.do(options["source"], rejects)
            except ReadersError as error:
                raise CommandError(f"{name}: {error}") from error
        self._tell(run, before, readers, time.monotonic() - begun)
        if work.trouble:
            raise CommandError(f"{name}: {work.trouble}") from work.trouble
        if is_stopped:
            raise CommandError(
                f"stopped after record {run.number:,}: give the same command again to go on",
                returncode=_STOPPED,
            )
        if run.undated:
            self.stderr.write(
                f"{counted(run.undated, 'article')} stored without the date, which is not understood: "
                f"{rejects.path} says which"
            )
        if run.rejected:
            raise CommandError(f"{counted(run.rejected, 'record')} gave no article: {rejects.path} says why")

    def _open(self, name: str, told: str, columns: dict[str, str], stack: ExitStack) -> Archive:
        try:
            file = stack.enter_context(sys.stdin.buffer if name == "-" else open_file(name))
            return open_archive(
                file,
                format=told,
                columns=columns,
                max_bytes=settings.MAX_ARTICLE_BYTES,
                read_page=read_isolated,
                size=None if name == "-" else Path(name).stat().st_size,
            )
        except (ArchiveError, DocumentError) as error:
            raise CommandError(f"{name}: {error}") from error

    def _tell(self, run: ImportRun, before: int, readers: Readers | None, seconds: float) -> None:
        if run.number == before and run.ended_at:
            self.stdout.write("Nothing new: all of it was imported before (--anew begins again).")
        self.stdout.write(
            f"Records: {run.number:,}. Articles: {run.stored:,} stored, {run.revised:,} revised, "
            f"{run.unchanged:,} unchanged. Rejected: {run.rejected:,}."
            + (f" Dates lost: {run.undated:,}." if run.undated else "")
        )
        if readers:
            self.stdout.write(
                f"Read: {counted(readers.read, 'article')} in {seconds:,.0f} s, "
                f"{readers.read / max(seconds, 0.001):.1f} a second."
            )


class _Import:
    """One import, from where it stands to its end or until it is asked to stop.

    `trouble`: why the archive could not be stored to its end.
    """

    def __init__(
        self, command: BaseCommand, archive: Archive, run: ImportRun, readers: Readers | None, *, quiet: bool
    ) -> None:
        self.trouble: Exception | None = None
        self._archive, self._run, self._readers = archive, run, readers
        self._progress = None if quiet else ArchiveProgress(command.stderr, archive.size)

    def do(self, source: str, rejects: RejectsFile) -> bool:
        """Whether it was asked to stop. What was stored is read, also where the archive breaks off."""
        with stop_asked() as is_asked:
            try:
                if self._run.number:
                    self._read_left()
                self._store(source, rejects, is_asked)
                # What another process stores, that one reads.
                if not is_asked() and not isinstance(self.trouble, ImportBusyError):
                    self._wait_for_all(is_asked)
                if self._readers:
                    self._readers.finish()
            finally:
                if self._progress:
                    self._progress.close()
            return is_asked()

    def _store(self, source: str, rejects: RejectsFile, is_asked: Callable[[], bool]) -> None:
        batches = import_records(archive=self._archive, run=self._run, source=source, keep=rejects.keep)
        try:
            for to_read in batches:
                self._read(to_read)
                self._show()
                if is_asked():
                    return
        except (ArchiveError, TornArchiveError, ImportBusyError, OSError) as error:
            self.trouble = error

    def _read(self, article_ids: list[int]) -> None:
        if self._readers:
            self._readers.give(article_ids)
        else:
            send(article_ids)

    def _read_left(self, upto: int | None = None) -> None:
        """What an earlier import of this archive stored and has not read."""
        last = 0
        while some := take_left(run=self._run, after=last, upto=upto):
            self._read(some)
            last = some[-1]
            self._show()

    def _wait_for_all(self, is_asked: Callable[[], bool]) -> None:
        """Until all is read; what a process had that was killed is free after a while."""
        if not self._readers:
            return
        upto = last_revision()
        self._readers.finish()
        while not is_asked() and (left := left_to_read(self._run, upto=upto).count()):
            self._read_left(upto)
            self._readers.finish()
            self._show(waiting=left)
            time.sleep(_PAUSE)

    def _show(self, waiting: int = 0) -> None:
        if self._progress:
            self._progress.show(self._archive.position(), self._run.number, self._run.rejected, waiting)


def _readers(processes: int | None) -> Readers | None:
    """None where workers read."""
    if processes is None and settings.CELERY_BROKER_URL:
        return None
    return Readers(processes or available_cores())


def _columns(told: list[str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for one in told:
        field, equals, name = (part.strip() for part in one.partition("="))
        if not (field and equals and name):
            raise CommandError(f"--column {one}: give it as FIELD=NAME, like --column text=corpo")
        if field in columns:
            raise CommandError(f"--column {field} is given twice: one column is for it")
        columns[field] = name
    return columns


def _rejects_path(name: str, told: str) -> Path:
    return Path(told or ("rejects.jsonl" if name == "-" else f"{name}.rejects.jsonl"))
