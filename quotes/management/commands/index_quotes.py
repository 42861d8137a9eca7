"""manage.py index_quotes: let the quotes that are there be found by their words."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.models import Quote
from quotes.services.words import index_missing


class Command(BaseCommand):
    help = (
        "Put the quotes that were stored before there was an index of words into it, so that a search finds "
        "them. Needed once, after an update; new quotes are indexed when they are stored. Interrupted, it "
        "goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="index all quotes again, those that are in the index, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps(self.stderr, "quotes")
        total, done = Quote.objects.count(), 0
        try:
            for looked_at in index_missing(anew=options["anew"]):
                done += looked_at
                if options["verbosity"]:
                    steps.show(done, max(done, total))
        finally:
            steps.close()
        self.stdout.write(f"Looked at {counted(done, 'quote')}: each can be found by its words.")
