"""manage.py demo: a database to look around in, what is in it, and where."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from quotes.management.console import Palette, counted, speak_utf8
from quotes.management.examples import describe_stored, examples
from quotes.models import Source
from quotes.selectors import public_quotes, public_speakers

_ARTICLES = settings.BASE_DIR / "fixtures" / "articles"
_SHOWN = "fixtures/articles/01-state-visit.txt"


class Command(BaseCommand):
    help = (
        "Bring the database up to date, take in the demo articles, make an admin account, and say what there "
        "is. What is there already stays. --verbosity 2 prints a line for each article, 3 each quote."
    )
    requires_system_checks = ()  # as quick as can be: make run begins with it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where it is going to be served")

    def handle(self, *args: Any, **options: Any) -> None:
        speak_utf8()
        try:
            call_command("migrate", verbosity=0)
        except OperationalError as error:
            raise CommandError(
                f"the database cannot be used; DATABASE_URL says which it is: {str(error).strip()}"
            ) from error
        files = sorted(str(path) for path in _ARTICLES.iterdir())
        call_command("ingest", *files, verbosity=options["verbosity"] - 1, stdout=self.stdout)
        self._tell(Palette.of(self.stdout, options))
        self._tell_where(f"http://127.0.0.1:{options['port']}")
        call_command("local_admin", stdout=self.stdout)

    def _tell(self, palette: Palette) -> None:
        quotes, speakers = public_quotes().count(), public_speakers().count()
        outlets, shown = Source.objects.count(), examples()
        self.stdout.write(
            f"Sure enough to be public: {counted(quotes, 'quote')} of {counted(speakers, 'speaker')} "
            f"in {counted(outlets, 'outlet')}.{' Some of them:' if shown else ''}\n\n"
        )
        for quote in shown:
            for line in describe_stored(quote, palette):
                self.stdout.write(f"  {line}")
            self.stdout.write("")

    def _tell_where(self, site: str) -> None:
        self.stdout.write(f"Pages   {site}/   (Ctrl-C stops it)")
        self.stdout.write(f"API     {site}/api/v1/quotes/   docs: {site}/api/v1/docs/")
        self.stdout.write(f"Review  {site}/admin/")
        self.stdout.write(f"More    .venv/bin/python manage.py extract --explain {_SHOWN}\n\n")
