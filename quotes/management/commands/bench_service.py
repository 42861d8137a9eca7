"""manage.py bench_service: what an answer of the API costs among a million quotes."""

import json
import time
from argparse import ArgumentParser
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from quotes.management.databases import empty_database
from quotes.management.newsroom import SOURCES, Sentences, furnish
from quotes.models import Quote, Speaker
from quotes.selectors import public_quotes

_WARM_UP, _ASKED = 5, 60
_FACETS = "speaker,source,year,month,kind,status"
_QUOTES = "/api/v1/quotes/"

Ask = Callable[[], tuple[str, dict[str, str]]]  # an address and its parameters, others each time


class Command(BaseCommand):
    help = (
        "Measure how long the API takes for lists, searches and counts among a million quotes. Needs "
        "PostgreSQL, and makes a database of its own there, dropped in the end. Takes some minutes."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quotes", type=int, default=1_000_000, metavar="N")
        parser.add_argument("--speakers", type=int, default=50_000, metavar="N")
        parser.add_argument("--articles", type=int, default=200_000, metavar="N")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("this is measured on PostgreSQL: set DATABASE_URL, or run `make bench`")
        quotes, speakers, articles = (options[name] for name in ("quotes", "speakers", "articles"))
        if min(quotes, articles) < 100 or speakers < 10:
            raise CommandError("give 100 quotes and articles and 10 speakers or more")
        with empty_database(), override_settings(RATES=dict.fromkeys(settings.RATES)):
            self.stderr.write(f"making {quotes:,} quotes", style_func=str)
            begun = time.perf_counter()
            furnish(quotes, speakers, articles)
            made = time.perf_counter() - begun
            self.stderr.write("measuring", style_func=str)
            rows = {name: _measured(ask) for name, ask in _Questions(quotes, speakers).all().items()}
        if options["json"]:
            self.stdout.write(json.dumps({"quotes": quotes, "made_seconds": made, "milliseconds": rows}))
            return
        self.stdout.write(f"{quotes:,} quotes made in {made:.0f} s. Milliseconds of {_ASKED} answers")
        self.stdout.write(f"{'':36}{'half in':>10}{'95% in':>10}")
        for name, (middle, most) in rows.items():
            self.stdout.write(f"{name:36}{middle:>10.1f}{most:>10.1f}")


class _Questions:
    """What is asked, with values drawn by chance: common ones more often."""

    def __init__(self, quotes: int, speakers: int) -> None:
        self._quotes, self._speakers = quotes, speakers
        self._random = np.random.default_rng(2)
        self._words = Sentences(seed=1).vocabulary

    def all(self) -> dict[str, Ask]:
        return {
            "list": lambda: (_QUOTES, {}),
            "list, half-way down": self._deep,
            "a speaker": lambda: (_QUOTES, {"speaker": self._speaker()}),
            "three speakers": lambda: (_QUOTES, {"speaker": ",".join(self._speaker() for _ in range(3))}),
            "a source, two months": self._source,
            "the surest": lambda: (_QUOTES, {"order": "confidence"}),
            "the latest changes": lambda: (_QUOTES, {"order": "changed"}),
            "changes since": self._changes,
            "one quote": lambda: (f"{_QUOTES}{self._quote().public_id}/", {}),
            "search: a word": lambda: (_QUOTES, {"q": self._word()}),
            "search: two words": lambda: (_QUOTES, {"q": f"{self._word()} {self._word()}"}),
            "search: two words, by date": lambda: (
                _QUOTES,
                {"q": f"{self._word()} {self._word()}", "order": "date"},
            ),
            "search: a phrase": lambda: (_QUOTES, {"q": self._phrase()}),
            "search: in sentences": lambda: (_QUOTES, {"q": self._phrase(), "in": "sentence"}),
            "counts of a speaker": lambda: (_QUOTES, {"speaker": self._speaker(), "facets": _FACETS}),
            "counts of a search": lambda: (_QUOTES, {"q": self._word(), "facets": _FACETS}),
            "counts of a source": lambda: (_QUOTES, {**self._source()[1], "facets": _FACETS}),
            "counts of everything": lambda: (_QUOTES, {"facets": _FACETS}),
            "speakers": lambda: ("/api/v1/speakers/", {}),
            "a speaker by name": lambda: ("/api/v1/speakers/", {"name": self._name()}),
            "articles": lambda: ("/api/v1/articles/", {"expand": "quotes", "page_size": "10"}),
        }

    def _below(self, end: int, power: int = 1) -> int:
        return int(end * self._random.random() ** power)

    def _speaker(self) -> str:
        return f"p-{1 + self._below(self._speakers, 3)}"

    def _word(self) -> str:
        return self._words[50 + self._below(3000, 2)]

    def _quote(self) -> Quote:
        # One in eight is none that everybody sees.
        some = public_quotes().filter(pk__gt=self._below(self._quotes - 50)).order_by("pk")
        return some[0]

    def _phrase(self) -> str:
        words = self._quote().text.split()
        return f'"{" ".join(words[1:3])}"'

    def _name(self) -> str:
        return Speaker.objects.get(pk=1 + self._below(self._speakers)).name

    def _source(self) -> tuple[str, dict[str, str]]:
        day = self._quote().dated_at.date()
        source = f"outlet-{1 + self._below(SOURCES, 2)}"
        since, until = day.isoformat(), (day + timedelta(days=60)).isoformat()
        return _QUOTES, {"source": source, "published_from": since, "published_to": until}

    def _changes(self) -> tuple[str, dict[str, str]]:
        return _QUOTES, {"changed_since": f"measured-{self._below(self._quotes)}"}

    def _deep(self) -> tuple[str, dict[str, str]]:
        quote = Quote.objects.get(pk=self._quotes // 2 + self._below(50))
        place = json.dumps([False, quote.dated_at.isoformat(), quote.pk])
        return _QUOTES, {"cursor": urlsafe_b64encode(place.encode()).decode().rstrip("=")}


def _measured(ask: Ask) -> tuple[float, float]:
    """Milliseconds within which half of the answers are there, and 95 of 100."""
    client = Client(SERVER_NAME="localhost")
    times = []
    for address, parameters in (ask() for _ in range(_WARM_UP + _ASKED)):
        begun = time.perf_counter()
        answer = client.get(address, parameters, headers={"accept": "application/json"})
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status_code != HTTPStatus.OK:
            raise CommandError(f"{address} {parameters}: {answer.status_code} {answer.text[:300]}")
    middle, most = np.percentile(times[_WARM_UP:], (50, 95))
    return float(middle), float(most)
