"""manage.py bench: what extraction costs on this machine."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.bench.processes import BenchError, machine, run
from quotes.bench.workload import Plan, describe_data
from quotes.management.benchmark import describe
from quotes.management.console import Palette, speak_utf8


class Command(BaseCommand):
    help = (
        "Measure how fast extraction is, beside spaCy's small English pipeline, and how much "
        "memory it needs. Takes a minute or two. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--quick", action="store_true", help="see that it works; the figures tell nothing"
        )
        parser.add_argument("--json", action="store_true", help="all of it as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        speak_utf8()
        plan = Plan.quick() if options["quick"] else Plan()
        found: dict[str, Any] = {"machine": machine(), "data": describe_data(plan)}
        try:
            found |= run(plan, self._say if options["verbosity"] else _nothing)
        except BenchError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for line in describe(found, Palette.of(self.stdout, options)):
            self.stdout.write(line)

    def _say(self, what: str) -> None:
        self.stderr.write(what, style_func=str)
        self.stderr.flush()


def _nothing(what: str) -> None:
    """For --verbosity 0."""
