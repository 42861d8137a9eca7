"""manage.py suggest_merges: look for speakers who may be one, and for one who may be several."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.selectors import open_suggestions
from quotes.services.suggestions import amount_of_work, suggest


class Command(BaseCommand):
    help = (
        "Look for speakers who may be one, and for one who may be several; editors decide in the admin site "
        "under Suggestions. Interrupted, it goes on where it stopped. What was decided is not suggested "
        "again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew", action="store_true", help="begin again instead of going on with an interrupted search"
        )
        parser.add_argument("--show", type=int, default=10, metavar="N", help="print the best N that wait")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps(self.stderr, "names and roles")
        total, done = amount_of_work(), 0
        try:
            for looked_at in suggest(anew=options["anew"]):
                done += looked_at
                if options["verbosity"]:
                    steps.show(done, total)
        finally:
            steps.close()
        waiting = open_suggestions()
        self.stdout.write(f"{counted(waiting.count(), 'suggestion')} for an editor")
        for one in waiting[: max(options["show"], 0)]:
            self.stdout.write(f"  {one.score:.2f}  {one}: {'; '.join(map(str, one.evidence))}")
