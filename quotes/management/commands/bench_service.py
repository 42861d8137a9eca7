"""manage.py bench_service: what an answer of the API costs among a million quotes."""

import gc
import json
import time
from argparse import ArgumentParser
from http import HTTPStatus
from typing import Any

import numpy as np
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from quotes.management.databases import empty_database
from quotes.management.newsroom import furnish
from quotes.management.questions import FEED, QUOTES, REVIEW, Ask, Questions, change_some
from quotes.management.serving import Flow, ServingError, served, snapshot
from quotes.services.tokens import make_token

_WARM_UP = 5
_SERVED = ("list", "one quote", "search: two words")  # of which requests a second are counted
_CHANGED = 1000
_ANSWERED = (HTTPStatus.OK, HTTPStatus.FOUND)

Row = tuple[float, float]


class Command(BaseCommand):
    help = (
        "Measure how long the API takes for lists, searches and counts among a million quotes, the pages for "
        "readers, the desk and the admin site for theirs, a decision, how many requests a second gunicorn "
        "answers, and how fast all of it is sent and written. Makes a database of its own beside the "
        "configured one, dropped in the end. Takes some minutes."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quotes", type=int, default=1_000_000, metavar="N")
        parser.add_argument("--speakers", type=int, default=50_000, metavar="N")
        parser.add_argument("--articles", type=int, default=200_000, metavar="N")
        parser.add_argument("--asked", type=int, default=60, metavar="N", help="answers of each kind")
        parser.add_argument(
            "--seconds", type=float, default=10, metavar="N", help="for each kind of request a second"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        quotes, speakers, articles = (options[name] for name in ("quotes", "speakers", "articles"))
        if min(quotes, articles) < 100 or speakers < 10:
            raise CommandError("give 100 quotes and articles and 10 speakers or more")
        with empty_database(), override_settings(RATES=dict.fromkeys(settings.RATES)):
            self._say(f"making {quotes:,} quotes")
            begun = time.perf_counter()
            furnish(quotes, speakers, articles)
            made = time.perf_counter() - begun
            self._say("measuring answers")
            questions = Questions(quotes, speakers)
            try:
                rows = answers(questions, options["asked"])
                self._say("measuring requests a second, and lists that are sent whole")
                rates, flows = _served(questions, options["seconds"])
            except ServingError as error:
                raise CommandError(str(error)) from error
        if options["json"]:
            figures = {"quotes": quotes, "made_seconds": made, "milliseconds": rows, "requests": rates}
            flowing = {name: [flow.rows_a_second, flow.peak_mb] for name, flow in flows.items()}
            self.stdout.write(json.dumps({**figures, "flows": flowing}))
            return
        self.stdout.write(
            f"{quotes:,} quotes made in {made:.0f} s, {connection.vendor}. "
            f"Milliseconds of {options['asked']} answers"
        )
        self._print(rows, rates, flows)

    def _say(self, what: str) -> None:
        self.stderr.write(what, style_func=str)

    def _print(self, rows: dict[str, Row], rates: dict[str, float], flows: dict[str, Flow]) -> None:
        self.stdout.write(f"{'':36}{'half in':>10}{'95% in':>10}")
        for name, (middle, most) in rows.items():
            self.stdout.write(f"{name:36}{middle:>10.1f}{most:>10.1f}")
        self.stdout.write(f"\n{'':36}{'a second':>10}")
        for name, rate in rates.items():
            self.stdout.write(f"{name:36}{rate:>10.1f}")
        self.stdout.write(f"\n{'':36}{'rows/s':>10}{'peak MB':>10}")
        for name, flow in flows.items():
            self.stdout.write(f"{name:36}{flow.rows_a_second:>10,.0f}{flow.peak_mb:>10.0f}")


def answers(questions: Questions, asked: int) -> dict[str, Row]:
    """Of each kind of question, within how many milliseconds half of the answers are there, and 95 of 100."""
    _measured(questions.all()["list"], _WARM_UP, 1)
    gc.collect()
    gc.freeze()  # as a server does when it has loaded everything
    rows = {name: _measured(ask, _WARM_UP, asked) for name, ask in questions.all().items()}
    ask = questions.counts()["counts of everything"]
    rows["counts of everything, kept"] = _measured(ask, _WARM_UP, asked, anew=False)
    rows |= {name: _measured(ask, _WARM_UP, asked) for name, ask in questions.feeds().items()}
    rows["feed of who is quoted most, 304"] = _same(_WARM_UP, asked)
    rows |= {name: _measured(ask, _WARM_UP, asked) for name, ask in questions.pages().items()}
    editor = Client(SERVER_NAME="localhost")
    editor.force_login(User.objects.create_superuser("editor"))
    rows |= {name: _measured(ask, _WARM_UP, asked, editor) for name, ask in questions.of_editors().items()}
    rows["a decision"] = _decided(questions, _WARM_UP, asked, editor)
    change_some(_CHANGED)
    ask = questions.changes()["changes, the last"]
    return {**rows, f"changes, {_CHANGED:,} that are new": _measured(ask, 0, 1)}


def _measured(ask: Ask, warm_up: int, asked: int, client: Client | None = None, *, anew: bool = True) -> Row:
    """`anew`: each answer as if nobody had asked before."""
    client = client or Client(SERVER_NAME="localhost")
    times = []
    for address, parameters in (ask() for _ in range(warm_up + asked)):
        if anew:
            cache.clear()
        begun = time.perf_counter()
        answer = client.get(address, parameters, headers={"accept": "application/json, text/html"})
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status_code not in _ANSWERED:
            raise CommandError(f"{address} {parameters}: {answer.status_code} {answer.text[:300]}")
    return _row(times[warm_up:])


def _same(warm_up: int, asked: int) -> Row:
    """A feed that is asked for by who has it already."""
    client, times = Client(SERVER_NAME="localhost"), []
    known = {"if-none-match": client.get(FEED)["ETag"]}
    for _ in range(warm_up + asked):
        begun = time.perf_counter()
        answer = client.get(FEED, headers=known)
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status_code != HTTPStatus.NOT_MODIFIED:
            raise CommandError(f"{FEED}: {answer.status_code}, not 304")
    return _row(times[warm_up:])


def _decided(questions: Questions, warm_up: int, asked: int, editor: Client) -> Row:
    """Quotes that are approved one by one, by the version that was looked at."""
    times = []
    for quote in (questions.to_decide() for _ in range(warm_up + asked)):
        address = f"{REVIEW}{quote.public_id}/"
        version = editor.get(address)["ETag"]
        begun = time.perf_counter()
        answer = editor.post(f"{address}approve/", {}, "application/json", headers={"if-match": version})
        times.append(1000 * (time.perf_counter() - begun))
        if answer.status_code != HTTPStatus.OK:
            raise CommandError(f"{address}: {answer.status_code} {answer.text[:300]}")
    return _row(times[warm_up:])


def _row(times: list[float]) -> Row:
    middle, most = np.percentile(times, (50, 95))
    return float(middle), float(most)


def _served(questions: Questions, seconds: float) -> tuple[dict[str, float], dict[str, Flow]]:
    """Requests a second of some questions, and how fast all quotes are sent and written."""
    user = User.objects.create_user("bench")
    token = make_token(user=user, name="bench", scopes=["read"]).secret
    asked = questions.all()
    with served() as server:
        rates = {name: server.requests_a_second(asked[name], seconds) for name in _SERVED}
    flows = {}
    for suffix in ("csv", "jsonl"):
        with served() as server:  # anew, as the most memory is of the whole life of a process
            flows[f"all quotes as {suffix}, sent"] = server.download(f"{QUOTES[:-1]}.{suffix}", token)
    return rates, {**flows, "snapshot as jsonl": snapshot()}
