"""manage.py bench_import: what taking in an archive costs, and that it can be killed."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from quotes.bench.archive import archive
from quotes.extraction import extract_quotes
from quotes.management.databases import database_url, empty_database
from quotes.management.importing import Importing, importing
from quotes.models import Article, ImportRun, Quote

_PAUSE = 0.5  # seconds between two looks
_SAMPLE = 200
_WARM = 2000  # articles after which two processes have all that they keep


class Command(BaseCommand):
    help = (
        "Measure how many made-up articles a second `manage.py import` stores with their quotes, with one "
        "process and with two; then import more, kill it half-way, start it again, and look that each "
        "article was taken once, and that the processes need no more and more memory. Needs PostgreSQL and "
        "Linux, and makes a database of its own, dropped in the end. Takes some minutes."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=int, default=3000, metavar="N", help="to measure the speed")
        parser.add_argument("--killed", type=int, default=20_000, metavar="N", help="of the killed import")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("this is measured on PostgreSQL: set DATABASE_URL, or run `make bench`")
        if min(options["articles"], options["killed"]) < 1:
            raise CommandError("--articles and --killed are numbers of articles: 1 or more")
        with TemporaryDirectory() as folder:
            path = Path(folder) / "archive.jsonl"
            self._write(path, options["articles"])
            found: dict[str, Any] = {"articles": options["articles"]}
            found["per_second"] = {str(count): self._speed(path, count) for count in (1, 2)}
            self._write(path, options["killed"])
            found["killed"] = self._killed(path, options["killed"])
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for line in _told(found):
            self.stdout.write(line)

    def _write(self, path: Path, count: int) -> None:
        self.stderr.write(f"writing {count:,} articles", style_func=str)
        with path.open("w") as file:
            file.writelines(json.dumps(article) + "\n" for article in archive(count))

    def _speed(self, path: Path, processes: int) -> dict[str, float]:
        self.stderr.write(f"importing them with {processes}", style_func=str)
        with empty_database():
            begun = time.monotonic()
            with importing(path, processes, database_url()) as running:
                if running.wait():
                    raise CommandError("the import failed: see above")
            seconds = time.monotonic() - begun
            return {"rate": Article.objects.count() / seconds, "quotes": Quote.objects.count()}

    def _killed(self, path: Path, count: int) -> dict[str, Any]:
        self.stderr.write("importing them, with a kill half-way", style_func=str)
        with empty_database():
            with importing(path, 2, database_url()) as running:
                while _taken() < count // 2:
                    if not running.is_alive:
                        raise CommandError("it ended before it could be killed: give it more articles")
                    time.sleep(_PAUSE)
                running.kill()
            found = {"articles": count, "taken_when_killed": _taken()}
            with importing(path, 2, database_url()) as running:
                found |= _watched(running, found["taken_when_killed"])
            read = Article.objects.filter(status=Article.Status.EXTRACTED)
            return found | {
                "lost": count - Article.objects.count(),
                "twice": Article.objects.filter(revisions__number=2).count(),
                "unread": count - read.count(),
                "sample": _SAMPLE,
                "otherwise": sum(not _is_as_read(article) for article in read.order_by("?")[:_SAMPLE]),
            }


def _watched(running: Importing, taken: int) -> dict[str, Any]:
    """An import that goes on after so many records, until it ends: seconds, and MB of its largest process."""
    begun = time.monotonic()
    going_on: float | None = None
    early, most = 0.0, 0.0
    while running.is_alive:
        now = _taken()
        if going_on is None and now > taken:
            going_on = time.monotonic() - begun
        memory = max(running.memory_of_children(), default=0.0)
        early = early or (memory if now > taken + _WARM else 0.0)
        most = max(most, memory)
        time.sleep(_PAUSE)
    return {
        "seconds_to_go_on": going_on or 0.0,
        "seconds": time.monotonic() - begun,
        "memory_mb": {"early": early, "most": most},
    }


def _told(found: dict[str, Any]) -> Iterator[str]:
    """The figures for a person."""
    one, two = found["per_second"].values()
    yield f"Import of {found['articles']:,} articles of some 600 words and ten quotes, PostgreSQL beside it"
    yield f"  one process    {one['rate']:8.1f} articles a second, from JSON lines to stored quotes"
    yield f"  two processes  {two['rate']:8.1f} articles a second, {two['rate'] / one['rate']:.2f} times one"
    yield f"  quotes         {two['quotes']:8,}"
    killed = found["killed"]
    yield f"Import of {killed['articles']:,} articles, killed after {killed['taken_when_killed']:,}"
    yield f"  lost {killed['lost']:,}, twice {killed['twice']:,}, not read {killed['unread']:,}"
    yield f"  of {killed['sample']} read once more, {killed['otherwise']} have other quotes than were stored"
    yield f"  at work again after {killed['seconds_to_go_on']:.1f} s, done after {killed['seconds']:.0f} s"
    memory = killed["memory_mb"]
    early = f"{memory['early']:.0f} MB after {_WARM // 2:,} articles, " if memory["early"] else ""
    yield f"  memory of a process {early}{memory['most']:.0f} MB at the most"


def _is_as_read(article: Article) -> bool:
    stored = article.revision.quotes.order_by("start").values_list("text", "confidence")
    found = extract_quotes(article.text, transcripts=settings.TRANSCRIPTS).quotes
    return list(stored) == [(one.text, one.confidence) for one in found]


def _taken() -> int:
    return ImportRun.objects.values_list("number", flat=True).first() or 0
