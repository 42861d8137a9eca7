"""manage.py train_model: make the shipped weights again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.extraction.pipeline import MODEL
from quotes.extraction.training.gold import GoldError
from quotes.extraction.training.model import SEED, Sources, make
from quotes.management.progress import Steps


class Command(BaseCommand):
    help = "Make the weights of the extractor again from the corpora: the same weights from the same seed."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "corpora", type=Path, help="the folder that holds polnear/train.jsonl and polnear/dev.jsonl"
        )
        parser.add_argument(
            "--gold",
            type=Path,
            help="who speaks each quote of polnear/dev.jsonl (default: gold/polnear-dev.jsonl beside them)",
        )
        parser.add_argument(
            "--own", type=Path, default=Path("fixtures/gold"), help="the folder of our own gold"
        )
        parser.add_argument("--to", type=Path, default=MODEL, help="the folder to write the pipeline to")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        corpora: Path = options["corpora"]
        gold: Path = options["gold"] or corpora.parent / "gold" / "polnear-dev.jsonl"
        sources = Sources(corpora, gold, options["own"])
        for path in sources.files():
            if not path.exists():
                raise CommandError(f"{path} is not there: say where the corpora and the gold are")
        steps = Steps(self.stderr, "steps")
        try:
            make(sources, options["to"], seed=options["seed"], progress=steps.show)
        except GoldError as error:
            raise CommandError(str(error)) from error
        finally:
            steps.close()
        self.stdout.write(f"written to {options['to']}")
