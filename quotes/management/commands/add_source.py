"""manage.py add_source: follow an outlet by its feeds."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.ingestion import FetchError
from quotes.ingestion.feeds import FeedError
from quotes.services.following import add_source


class Command(BaseCommand):
    help = "Follow an outlet: find the feeds of its site, and poll them from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("urls", nargs="+", metavar="URL", help="the address of a site, or of a feed")
        parser.add_argument("--name", default="", help="the outlet's name; by default its feed's title")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for url in options["urls"]:
            try:
                feeds = add_source(url=url, name=options["name"])
            except (FetchError, FeedError) as error:
                failed += 1
                self.stderr.write(f"{url}: {error}")
                continue
            for feed in feeds:
                title = f" ({feed.title})" if feed.title else ""
                self.stdout.write(f"{feed.source.name}: follows {feed.url}{title}")
        if failed:
            raise CommandError(f"{failed} of {len(options['urls'])} could not be followed")
        self.stdout.write("Poll them: manage.py follow, or a worker and beat (docs/operations.md).")
