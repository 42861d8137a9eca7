"""manage.py refresh_publications: bring the order of changes in line with what is public."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.services.publications import begin_anew, settle_all


class Command(BaseCommand):
    help = (
        "After a change of QUOTETRACKER_PUBLISH_THRESHOLD: let copies learn what is public now and what no "
        "longer is. Interrupted, it can be started again; what is right already stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anew",
            action="store_true",
            help="after an older backup was restored: have all who keep a copy make another",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        steps = Steps(self.stderr, "quotes")
        if options["anew"]:
            begin_anew()
        changed = 0
        try:
            for done, total, so_far in settle_all():
                changed = so_far
                if options["verbosity"]:
                    steps.show(done, total)
        finally:
            steps.close()
        self.stdout.write(f"{counted(changed, 'quote')} published or withdrawn.")
