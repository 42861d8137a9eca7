"""manage.py bench_linking: what knowing a speaker among many costs."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from quotes.directory import Directory
from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.ingestion import ArticleDocument
from quotes.linking.decide import Named, decide
from quotes.management.databases import empty_database
from quotes.management.population import Names, populate
from quotes.models import Article, Speaker, Suggestion
from quotes.search import find_speakers
from quotes.services.identify import Quoted, identify_all, learn
from quotes.services.ingest import store_article
from quotes.services.suggestions import suggest

_ARTICLES, _NAMES = 60, 5  # measured; speakers quoted in each
_WARM_UP = 10


class Command(BaseCommand):
    help = (
        "Measure what it costs to know the speakers of an article among 10,000 and among a million, and to "
        "search them by name. Needs PostgreSQL, and makes a database of its own there, dropped in the end. "
        "Takes some minutes."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000], metavar="N")
        parser.add_argument("--suggest", action="store_true", help="search for suggestions among them, too")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("this is measured on PostgreSQL: set DATABASE_URL, or run `make bench`")
        if min(options["sizes"]) < 1:
            raise CommandError("--sizes are numbers of speakers: 1 or more")
        rows = [self._measured(size, options) for size in options["sizes"]]
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        self.stdout.write(
            f"Linking {_NAMES} names of an article, PostgreSQL; milliseconds, middle of {_ARTICLES} articles"
        )
        self.stdout.write(f"{'speakers':>12}{'decide':>10}{'and store':>12}{'search':>10}{'mistyped':>10}")
        for row in rows:
            self.stdout.write(
                f"{row['speakers']:>12,}{row['decide_ms']:>10.1f}{row['store_ms']:>12.1f}"
                f"{row['search_ms']:>10.1f}{row['mistyped_ms']:>10.1f}"
            )
            if "suggest_seconds" in row:
                self.stdout.write(
                    f"{'':>12}suggestions: {row['suggestions']:,} in {row['suggest_seconds']:.0f} s"
                )

    def _measured(self, size: int, options: dict[str, Any]) -> dict[str, Any]:
        with empty_database():
            self.stderr.write(f"making {size:,} speakers", style_func=str)
            populate(size)
            self.stderr.write("measuring", style_func=str)
            names = Names(seed=2)
            articles = [self._article(number) for number in range(_WARM_UP + _ARTICLES)]
            asked = [[_person(name) for name, _ in names.take(_NAMES)] for _ in articles]
            searched = [speakers[0].name for speakers in asked]
            row: dict[str, Any] = {
                "speakers": size,
                "decide_ms": _middle(_decide, asked),
                "store_ms": _middle(_store, list(zip(articles, asked, strict=True))),
                "search_ms": _middle(_search, searched),
                "mistyped_ms": _middle(_search, [f"{name[:-2]}{name[-1]}" for name in searched]),
            }
            if options["suggest"]:
                begun = time.perf_counter()
                for _ in suggest():
                    pass
                row["suggest_seconds"] = time.perf_counter() - begun
                row["suggestions"] = Suggestion.objects.count()
            return row

    @staticmethod
    def _article(number: int) -> Article:
        document = ArticleDocument(
            text=f"Nothing but number {number}.", url=f"https://bench.example/{number}"
        )
        return store_article(document=document).article


def _person(name: str) -> ResolvedSpeaker:
    return ResolvedSpeaker(name, SpeakerKind.PERSON, "council spokesman")


def _decide(speakers: list[ResolvedSpeaker]) -> None:
    directory = Directory(speakers)
    for speaker in speakers:
        decide(Named(speaker.name, speaker.kind, speaker.description), directory.candidates(speaker))


@transaction.atomic
def _store(pair: tuple[Article, list[ResolvedSpeaker]]) -> None:
    article, speakers = pair
    learn(identified=identify_all(quoted=[Quoted(article, speakers)]))


def _search(name: str) -> None:
    find_speakers(Speaker.objects.filter(merged_into__isnull=True), name)


def _middle(work: Callable[[Any], None], items: list[Any]) -> float:
    """The median time of one item in milliseconds, after a warm-up."""
    times = list(_timed(work, items))[_WARM_UP:]
    return 1000 * median(times)


def _timed(work: Callable[[Any], None], items: list[Any]) -> Iterator[float]:
    for item in items:
        begun = time.perf_counter()
        work(item)
        yield time.perf_counter() - begun
