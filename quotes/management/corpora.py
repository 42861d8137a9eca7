"""Where the data for training is: arguments that several commands share."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from quotes.training.model import SEED
from quotes.training.sources import Sources


def add_arguments(parser: ArgumentParser) -> None:
    """The corpora, their gold and ours, and the seed."""
    parser.add_argument(
        "corpora", type=Path, help="the folder of the corpora: polnear, world, bbc, bbc22 and others"
    )
    parser.add_argument(
        "--gold",
        type=Path,
        help="the folder that says who speaks the quotes of the corpora (default: gold, beside them)",
    )
    parser.add_argument("--own", type=Path, default=Path("fixtures/gold"), help="the folder of our own gold")
    parser.add_argument(
        "--newsroom",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="learn from this gold, too: what `export_gold` wrote; may be given several times",
    )
    parser.add_argument("--seed", type=int, default=SEED)


def sources_of(options: dict[str, Any]) -> Sources:
    """The places that the arguments name."""
    corpora: Path = options["corpora"]
    gold: Path = options["gold"] or corpora.parent / "gold"
    return Sources(corpora, gold, options["own"], tuple(options["newsroom"]))


def check(files: Iterable[Path]) -> None:
    """Raises CommandError for the first file that is not there."""
    for path in files:
        if not path.exists():
            raise CommandError(f"{path} is not there: say where the corpora and the gold are")
