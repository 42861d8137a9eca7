"""manage.py extract: the quotes of files, with nothing stored."""

import json
import sys
from argparse import ArgumentParser
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quotes.extraction import FailedExtraction, extract_many, extract_quotes
from quotes.extraction.parallel.children import one_thread_each
from quotes.ingestion import DocumentError
from quotes.ingestion.isolated import read_isolated
from quotes.management.console import Palette, as_json, counted, describe, speak_utf8
from quotes.management.inputs import read_bytes


class Command(BaseCommand):
    help = "Print the quotes of plain-text or HTML files and who said them. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="a text or HTML file; - is standard input"
        )
        parser.add_argument(
            "--format", choices=("text", "json"), default="text", help="json: one object a file, a line each"
        )
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help='read lines {"id": ..., "text": ...} on standard input, write a line '
            '{"id", "quotes", "warnings"} for each, in the same order',
        )
        parser.add_argument(
            "--processes",
            type=int,
            metavar="N",
            help="with --jsonl: read N lines at once, 0: one a core. With 1, the default, each line is "
            "answered before the next is read; with more, lines are read ahead of the answers",
        )
        parser.add_argument(
            "--no-transcripts",
            action="store_false",
            dest="transcripts",
            default=settings.TRANSCRIPTS,
            help="leave out turns of transcripts and interviews that stand in no quotation marks",
        )
        parser.add_argument(
            "--explain",
            action="store_true",
            help='say why, too: the cue, the mention and the reasons; in JSON as "reasons" and "rule"',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["jsonl"] == bool(options["files"]):
            raise CommandError(
                "give files to read, or --jsonl to read lines on standard input (and not both)"
            )
        processes = options["processes"]
        if processes is not None and (processes < 0 or not options["jsonl"]):
            raise CommandError("--processes goes with --jsonl, and is 0 (one a core) or more")
        speak_utf8()
        if options["jsonl"]:
            processes = 1 if processes is None else processes or None
            self._jsonl(processes, options)
        else:
            self._files(options)

    def _files(self, options: dict[str, Any]) -> None:
        palette = Palette.of(self.stdout, options)
        names, failed, explain = options["files"], 0, options["explain"]
        for name in names:
            try:
                data = read_bytes(name, max_bytes=settings.MAX_ARTICLE_BYTES)
                document = read_isolated(data, max_bytes=settings.MAX_ARTICLE_BYTES)
            except DocumentError as error:
                failed += 1
                self.stderr.write(f"{name}: {error}")
                continue
            extraction = extract_quotes(document.text, transcripts=options["transcripts"])
            if options["format"] == "json":
                found = as_json(extraction, explain=explain)
                self._line({"file": name, "title": document.title, "text": document.text, **found})
                continue
            self.stdout.write(f"{document.title or name}: {counted(len(extraction.quotes), 'quote')}\n\n")
            for line in describe(extraction, document.text, palette, explain=explain):
                self.stdout.write(line)
        if failed:
            raise CommandError(f"{failed} of {len(names)} could not be read")

    def _jsonl(self, processes: int | None, options: dict[str, Any]) -> None:
        failed, explain = 0, options["explain"]
        waiting: deque[_Line] = deque()
        texts = _texts(sys.stdin.buffer, waiting)
        extractions = extract_many(texts, processes=processes, transcripts=options["transcripts"])
        with one_thread_each(), closing(extractions) as found:
            for extraction in found:
                line = waiting.popleft()
                error = line.error
                if isinstance(extraction, FailedExtraction):
                    error = f"the text could not be read: {extraction.error}"
                if error:
                    failed += 1
                    self.stderr.write(f"line {line.number}: {error}")
                    self._line({"id": line.key, "line": line.number, "error": error})
                else:
                    self._line({"id": line.key, **as_json(extraction, explain=explain)})
        if failed:
            raise CommandError(f"{counted(failed, 'line')} could not be read")

    def _line(self, value: dict[str, Any]) -> None:
        # JSON may escape halves of surrogate pairs, which no encoding can write.
        self.stdout.write(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode())
        self.stdout.flush()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the input that waits for its answer; `error` says what is wrong with it, "" for nothing."""

    number: int
    key: Any
    error: str


def _texts(lines: BinaryIO, waiting: deque[_Line]) -> Iterator[str]:
    """The text of each line, its _Line put in `waiting`. A bad line has the empty text, to keep its place."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            key, text, error = _parse(line)
            waiting.append(_Line(number, key, error))
            yield text


def _parse(line: bytes) -> tuple[Any, str, str]:
    """The id and the text of a line, and what is wrong with it ("" for nothing)."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return None, "", f"it is not JSON ({error}): write one object a line"
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        key = value.get("id") if isinstance(value, dict) else None
        return key, "", 'it is not {"id": ..., "text": "..."}'
    text, limit = value["text"], settings.MAX_ARTICLE_BYTES
    if len(line) > limit and len(text.encode("utf-8", "replace")) > limit:
        return value.get("id"), "", f"the text is larger than {limit:,} bytes: cut it into articles"
    # One code point for another: offsets hold.
    return value.get("id"), text.encode("utf-8", "replace").decode(), ""
