"""manage.py follow: poll feeds, fetch pages, read articles and send alerts, in this process."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from quotes.tasks import send_alerts, sweep, tell_hub, visit_hosts

_PAUSE = 5.0  # seconds between two looks at what is due


class Command(BaseCommand):
    help = (
        "Poll the feeds that are due, fetch the pages that they name, read the articles and send alerts, "
        "again and again. "
        "Without a broker it does all the work itself; with one it sends workers, as beat does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            while True:
                visit_hosts()
                sweep()
                send_alerts()
                tell_hub.delay()
                if options["once"]:
                    break
                time.sleep(_PAUSE)
        except KeyboardInterrupt:
            self.stdout.write("Stopped; started again, it goes on where it was.")
