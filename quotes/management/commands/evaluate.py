"""manage.py evaluate: how good extraction is, against gold."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.extraction import extract_quotes
from quotes.management import corpora
from quotes.management.console import Palette, as_json, counted, speak_utf8
from quotes.management.copies import describe_copies, read_copies_gold
from quotes.management.databases import empty_database
from quotes.management.evaluation import (
    breakdowns_json,
    describe_breakdown,
    describe_error,
    describe_figures,
    describe_names,
    error_json,
    figures_json,
)
from quotes.management.identity import (
    describe_identity,
    identity_figures,
    link_articles,
    read_identity_gold,
)
from quotes.management.progress import progress
from quotes.management.same_words import describe_pairs, read_pairs
from quotes.management.variants import describe_variants
from quotes.training.breakdowns import breakdowns, worst
from quotes.training.gold import (
    GoldArticle,
    GoldError,
    PredictedQuote,
    Predictions,
    open_texts,
    predicted_quote,
    read_gold,
    read_predictions,
)
from quotes.training.name_scoring import name_figures
from quotes.training.scoring import Evaluation, evaluate, figures
from quotes.training.sources import Sources

TOGETHER = "together"
Gold = dict[str, tuple[GoldArticle, ...]]


class Command(BaseCommand):
    help = (
        "Score the extractor against gold, and show where it goes wrong. Needs no database; --identity makes "
        "an empty one and drops it again. "
        "Gold format: fixtures/README.md."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", nargs="*", metavar="GOLD.jsonl", help="quotes marked up by hand")
        parser.add_argument(
            "--corpora",
            type=Path,
            metavar="FOLDER",
            help="score what training keeps out of the corpora in this folder, too, and how well names are "
            "found there; their gold is in gold/ beside it",
        )
        parser.add_argument(
            "--texts",
            action="append",
            default=[],
            metavar="PATH",
            help='lines {"id", "text"}, or a folder of article files; may be given several times. What is '
            "not there is taken from the gold's lines, else from the folder beside the gold with its name",
        )
        parser.add_argument(
            "--predictions",
            metavar="FILE",
            help="score what `extract --jsonl` wrote instead of extracting now",
        )
        parser.add_argument(
            "--errors", type=int, default=20, metavar="N", help="mistakes to show, the most confident first"
        )
        parser.add_argument("--json", action="store_true", help="all of it as one JSON object")
        parser.add_argument(
            "--identity",
            action="store_true",
            help="the gold says who is who across articles: store and read them in an empty database, and "
            "score who was taken for whom",
        )
        parser.add_argument(
            "--copies",
            action="store_true",
            help="the gold is of wire copy: say how many copies are found, and what is wrongly taken for one",
        )
        parser.add_argument(
            "--same-words",
            action="store_true",
            help="the gold is of pairs of quotes: say which are found to be one utterance; without gold "
            "variants of our own making are grouped in an empty database",
        )
        parser.add_argument(
            "--min-strict", type=float, metavar="F", help="fail when the strict F1 is lower, such as 0.85"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        speak_utf8()
        if options["same_words"]:
            self._same_words(options["gold"], options["errors"])
            return
        if options["copies"]:
            self._copies(options["gold"])
            return
        if options["identity"]:
            self._identity(options["gold"], options["verbosity"])
            return
        try:
            gold = _read(options["gold"], options["texts"])
            if options["corpora"] is not None:
                gold |= self._held_out(options["corpora"])
            predictions = self._predictions(gold, options["predictions"], options["verbosity"])
        except GoldError as error:
            raise CommandError(str(error)) from error
        evaluations = {name: evaluate(articles, predictions) for name, articles in gold.items()}
        together = sum(evaluations.values(), Evaluation((), 0))
        show = self._json if options["json"] else self._text
        show(evaluations, together, options)
        if options["corpora"] is not None and not options["json"]:
            for line in describe_names(name_figures(_sources(options["corpora"]).marked_dev())):
                self.stdout.write(line)
        minimum, strict = options["min_strict"], figures(together).strict.f1
        if minimum is not None and strict < minimum:
            raise CommandError(f"strict F1 is {strict:.4f}, below {minimum:g}")

    def _held_out(self, folder: Path) -> Gold:
        sources = _sources(folder)
        corpora.check(sources.dev_files())
        return sources.dev()

    def _copies(self, names: Sequence[str]) -> None:
        try:
            gold = {name: read_copies_gold(Path(name)) for name in names}
        except GoldError as error:
            raise CommandError(str(error)) from error
        for name, stories in gold.items():
            for line in describe_copies(name, stories):
                self.stdout.write(line)

    def _same_words(self, names: Sequence[str], errors: int) -> None:
        try:
            gold = {name: read_pairs(Path(name)) for name in names}
        except GoldError as error:
            raise CommandError(str(error)) from error
        for name, pairs in gold.items():
            for line in describe_pairs(name, pairs, errors):
                self.stdout.write(line)
        if not gold:
            with empty_database():
                for line in describe_variants(errors):
                    self.stdout.write(line)

    def _identity(self, names: Sequence[str], verbosity: int) -> None:
        try:
            gold = {name: read_identity_gold(Path(name)) for name in names}
        except GoldError as error:
            raise CommandError(str(error)) from error
        for name, articles in gold.items():
            with empty_database():
                shown = progress(articles, self.stderr, "articles") if verbosity else articles
                found = identity_figures(articles, link_articles(shown))
                for line in describe_identity(name, found):
                    self.stdout.write(line)

    def _predictions(self, gold: Gold, saved: str | None, verbosity: int) -> Predictions:
        articles = [article for group in gold.values() for article in group]
        if saved is not None:
            predictions = read_predictions(Path(saved))
            if not any(article.id in predictions for article in articles):
                raise GoldError(
                    f"{saved}: it has none of the articles of the gold: extract their texts first"
                )
            return predictions
        shown = progress(articles, self.stderr, "articles") if verbosity else articles
        return {article.id: _extract(article.text) for article in shown}

    def _text(
        self, evaluations: dict[str, Evaluation], together: Evaluation, options: dict[str, Any]
    ) -> None:
        palette = Palette.of(self.stdout, options)
        tables = evaluations if len(evaluations) == 1 else evaluations | {TOGETHER: together}
        for title, evaluation in tables.items():
            for line in describe_figures(title, figures(evaluation), palette):
                self.stdout.write(line)
        for name, rows in breakdowns(together.verdicts).items():
            for line in describe_breakdown(name, rows, palette):
                self.stdout.write(line)
        mistakes = worst(together.verdicts, options["errors"])
        if mistakes:
            self.stdout.write(palette.speaker(f"The worst {counted(len(mistakes), 'mistake')}") + "\n\n")
        for verdict in mistakes:
            for line in describe_error(verdict, palette):
                self.stdout.write(line)

    def _json(
        self, evaluations: dict[str, Evaluation], together: Evaluation, options: dict[str, Any]
    ) -> None:
        value = {
            "gold": {name: _as_json(evaluation) for name, evaluation in evaluations.items()},
            TOGETHER: _as_json(together),
            "errors": [error_json(verdict) for verdict in worst(together.verdicts, options["errors"])],
        }
        self.stdout.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode())


def _check(options: dict[str, Any]) -> None:
    minimum = options["min_strict"]
    if options["errors"] < 0:
        raise CommandError("--errors is a number of mistakes: 0 or more")
    if minimum is not None and not 0 <= minimum <= 1:
        raise CommandError(f"--min-strict is an F1 from 0 to 1: 0.85, not {minimum:g}")
    if not options["gold"] and options["corpora"] is None and not options["same_words"]:
        raise CommandError("name a file of gold, or the folder of the corpora: --corpora FOLDER")


def _sources(folder: Path) -> Sources:
    return Sources(folder, folder.parent / "gold", Path("fixtures/gold"))


def _as_json(evaluation: Evaluation) -> dict[str, Any]:
    return {
        "figures": figures_json(figures(evaluation)),
        "breakdowns": breakdowns_json(breakdowns(evaluation.verdicts)),
    }


def _read(names: Sequence[str], texts: Sequence[str]) -> Gold:
    """The articles of each gold file. Raises GoldError."""
    sources = [open_texts(Path(name)) for name in texts]
    gold: Gold = {}
    owners: dict[str, str] = {}
    for name in names:
        gold[name] = read_gold(Path(name), sources)
        for article in gold[name]:
            owner = owners.setdefault(article.id, name)
            if owner != name:
                raise GoldError(f"{name} and {owner} both have an article {article.id}: give one of them")
    return gold


def _extract(text: str) -> tuple[PredictedQuote, ...]:
    """The quotes of `text` as `extract --jsonl` would write them, with what it does not write."""
    extraction = extract_quotes(text, transcripts=False)  # gold is of what stands in marks
    return tuple(
        replace(predicted_quote(record), decided_by=quote.rule, reasons=quote.reasons)
        for quote, record in zip(extraction.quotes, as_json(extraction)["quotes"], strict=True)
    )
