"""manage.py train_model: make the shipped weights again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.extraction.pipeline import MODEL
from quotes.management import corpora
from quotes.management.progress import Steps
from quotes.training.gold import GoldError
from quotes.training.model import make


class Command(BaseCommand):
    help = "Make the weights of the extractor again from the corpora: the same weights from the same seed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        corpora.add_arguments(parser)
        parser.add_argument("--to", type=Path, default=MODEL, help="the folder to write the pipeline to")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = corpora.sources_of(options)
        corpora.check(sources.files())
        steps = Steps(self.stderr, "steps")
        try:
            make(sources, options["to"], seed=options["seed"], progress=steps.show)
        except GoldError as error:
            raise CommandError(str(error)) from error
        finally:
            steps.close()
        self.stdout.write(f"written to {options['to']}")
