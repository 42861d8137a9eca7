"""manage.py export_gold: what editors decided, as gold."""

import gzip
import io
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_date

from quotes.exporting.files import UNFINISHED
from quotes.exporting.reviewed import Tally, decided_articles, gold_lines
from quotes.management.console import counted
from quotes.management.progress import Steps
from quotes.management.stopping import stop_asked
from quotes.models import Source

_SHOWN = 10  # sources that an error names


class Command(BaseCommand):
    help = (
        "Write the articles that editors reviewed to the end as gold, a line each: `manage.py evaluate FILE` "
        "measures the extractor on them. An article counts when every quote of its text is decided. Format: "
        "fixtures/README.md."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since", metavar="DAY", help="with a decision on or after this day, 2026-03-01")
        parser.add_argument("--source", metavar="SLUG", help="of this outlet alone")
        parser.add_argument(
            "--out",
            metavar="FILE",
            default="-",
            help="where to, gzipped if it ends in .gz; - is standard output, the default",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        articles = decided_articles(since=_day(options["since"]), source=_source(options["source"]))
        tally, done, total = Tally(), 0, articles.count()
        steps = Steps(self.stderr, "articles")

        def told(count: int) -> None:
            nonlocal done
            done += count
            if options["verbosity"]:
                steps.show(done, max(done, total))

        try:
            with stop_asked() as is_asked, _written(options["out"]) as file:
                for line in gold_lines(articles, tally, told):
                    file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
                    if is_asked():
                        raise CommandError("stopped before the end; a file is as it was", returncode=130)
                if not tally.whole:
                    raise CommandError(f"no article is reviewed to the end{_left_out(tally)}")
        except OSError as error:
            raise CommandError(f"{options['out']}: it cannot be written: {error.strerror}") from error
        finally:
            steps.close()
        # Beside the lines themselves on standard output.
        self.stderr.write(
            f"{counted(tally.whole, 'article')}, {counted(tally.quotes, 'quote')}, "
            f"{tally.unsure} of them unsure{_left_out(tally)}.",
            style_func=str,
        )


def _left_out(tally: Tally) -> str:
    parts = []
    if tally.unfinished:
        open_ = counted(tally.open_quotes, "quote")
        parts.append(f"{counted(tally.unfinished, 'article')} with {open_} still to be decided")
    if tally.unread:
        parts.append(f"{counted(tally.unread, 'article')} with a new text that was not read yet")
    return f"; left out: {', '.join(parts)}" if parts else ""


def _day(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        day = parse_date(given)
    except ValueError:
        day = None
    if day is None:
        raise CommandError(f"--since is a day such as 2026-03-01, not {given!r}")
    return datetime.combine(day, time(), UTC)


def _source(slug: str | None) -> Source | None:
    if slug is None:
        return None
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        known = ", ".join(Source.objects.order_by("slug").values_list("slug", flat=True)[:_SHOWN])
        raise CommandError(f"--source: there is no outlet {slug!r}; there is {known or 'none at all'}")
    return source


@contextmanager
def _written(name: str) -> Iterator[BinaryIO | io.BufferedIOBase]:
    """The file, in place of what was there once all of it is written; nothing of it after an error."""
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.flush()
        return
    path = Path(name)
    draft = path.with_name(f"{path.name}{UNFINISHED}")
    try:
        with draft.open("wb") as file:
            if path.suffix == ".gz":
                # No name and no time: the same decisions are the same bytes.
                with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                    yield packed
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
