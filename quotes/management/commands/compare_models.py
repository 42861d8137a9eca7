"""manage.py compare_models: what other kinds of model would give in place of the shipped network."""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.management import corpora
from quotes.management.progress import Steps
from quotes.training.comparison.comparing import KINDS, Material, Row, compare
from quotes.training.gold import GoldError
from quotes.training.scoring import Counts

_WIDTH = 20  # characters of a column


class Command(BaseCommand):
    help = (
        "Train several kinds of model on the same articles, and print the mentions that each has right. "
        "Writes nothing. The trees need requirements-dev.txt."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        corpora.add_arguments(parser)
        parser.add_argument("--only", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = corpora.sources_of(options)
        corpora.check(sources.ranking_files())
        if options["verbosity"]:
            self.stderr.write("reading the articles: some minutes", style_func=str)
        try:
            material = Material.read(sources, options["seed"])
            rows = [self._row(kind, material, options) for kind in options["only"]]
        except (GoldError, ModuleNotFoundError) as error:
            raise CommandError(str(error)) from error
        for line in _table(rows):
            self.stdout.write(line)

    def _row(self, kind: str, material: Material, options: dict[str, Any]) -> Row:
        steps = Steps(self.stderr, f"steps, {kind}")
        try:
            return compare(kind, material, options["seed"], steps.show if options["verbosity"] else None)
        finally:
            steps.close()


def _table(rows: Sequence[Row]) -> Iterator[str]:
    """Mention F1 and how many are right, training, and ranking, a kind a line."""
    yield _line(["mention F1", *rows[0].mention, "training, s", "ranking, ms/article"])
    for row in rows:
        figures = [_figure(counts) for counts in row.mention.values()]
        yield _line([row.kind, *figures, f"{row.seconds:.0f}", f"{row.milliseconds:.1f}"])


def _figure(counts: Counts) -> str:
    return f"{100 * counts.f1:.1f} ({counts.tp} of {counts.tp + counts.fn})"


def _line(cells: Sequence[str]) -> str:
    first, *others = cells
    return f"{first:<12}" + "".join(f"{cell:>{_WIDTH}}" for cell in others)
