"""manage.py bench_same_words: how many quotes a second are grouped as they come."""

import json
import resource
import time
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from quotes.management.databases import empty_database
from quotes.management.loading import analyze
from quotes.management.newsroom import Sentences
from quotes.management.variants import Said, store_people, store_said
from quotes.models import SameWords, Wording, WordsKey
from quotes.services.same_words import ask_to_group, group_waiting

_AT_ONCE = 10_000  # quotes that are stored before they are grouped
_REPEATED = 0.3  # of the quotes are wordings of one of the latest
_LATEST = 20_000
_SPEAKERS, _OUTLETS = 20_000, 300
_BEGIN = datetime(2019, 1, 1, tzinfo=UTC)
_SHOWN = 100_000


class Command(BaseCommand):
    help = (
        "Measure how many quotes a second one process groups by the same words, as they come, and in how "
        "much memory. Three in ten are wordings of an earlier one: exact, trimmed or with a word changed. "
        "Makes a database of its own beside the configured one, dropped in the end. Takes some minutes."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quotes", type=int, default=1_000_000, metavar="N")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["quotes"] < 100:
            raise CommandError("give 100 quotes or more")
        with empty_database():
            figures = self._measured(options["quotes"], quiet=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(figures))
            return
        self.stdout.write(
            f"{figures['quotes']:,} quotes, {connection.vendor}: {figures['a_second']:,.0f} grouped "
            f"a second, {figures['slowest']:,.0f} in the slowest {_AT_ONCE:,}; {figures['groups']:,} groups "
            f"of {figures['wordings']:,} wordings, {figures['keys']:,} keys, "
            f"{figures['peak_mb']:,.0f} MB at most"
        )

    def _measured(self, quotes: int, *, quiet: bool) -> dict[str, float]:
        store_people(_SPEAKERS, _OUTLETS)
        made = _Made()
        took, rates = 0.0, []
        for first in range(1, quotes + 1, _AT_ONCE):
            said = made.take(min(_AT_ONCE, quotes + 1 - first))
            store_said(said, first=first)
            begun = time.perf_counter()
            ask_to_group(quotes=range(first, first + len(said)))
            while group_waiting():
                pass
            seconds = time.perf_counter() - begun
            took += seconds
            rates.append(len(said) / seconds)
            if first == 1:
                analyze()  # as autovacuum does before long
            done = first - 1 + len(said)
            if not quiet and done % _SHOWN == 0:
                self.stderr.write(f"{done:,} grouped, {rates[-1]:,.0f} a second", style_func=str)
        return {
            "quotes": quotes,
            "a_second": quotes / took,
            "slowest": min(rates),
            "groups": SameWords.objects.count(),
            "wordings": Wording.objects.count(),
            "keys": WordsKey.objects.count(),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


class _Made:
    """Quotes made up, as they would come: each may be a wording of one of the latest."""

    def __init__(self) -> None:
        self._random = np.random.default_rng(1)
        self._sentences = Sentences(seed=1)
        self._latest: list[tuple[str, int]] = []
        self._made = 0

    def take(self, count: int) -> list[Said]:
        texts = self._sentences.take(self._random.integers(3, 40, count))
        speakers = self._random.integers(1, _SPEAKERS + 1, count).tolist()
        outlets = self._random.integers(0, _OUTLETS, count).tolist()
        said = []
        for text, speaker, outlet in zip(texts, speakers, outlets, strict=True):
            words = (text, speaker)
            if self._latest and self._random.random() < _REPEATED:
                earlier, whose = self._latest[int(self._random.integers(len(self._latest)))]
                words = (self._reworded(earlier), whose)
            else:
                self._latest.append(words)
            self._made += 1
            said.append(Said(*words, outlet, _BEGIN + timedelta(minutes=4 * self._made)))
        del self._latest[:-_LATEST]
        return said

    def _reworded(self, text: str) -> str:
        words = text.split()
        way, at = int(self._random.integers(4)), int(self._random.integers(len(words)))
        if way == 0 or len(words) < 8:
            return text
        if way == 1:
            return " ".join(words[: max(5, at)])
        if way == 2:
            return " ".join(words[min(at, len(words) - 5) :])
        return " ".join([*words[:at], "indeed", *words[at + 1 :]])
