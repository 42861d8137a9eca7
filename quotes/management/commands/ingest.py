"""manage.py ingest: articles into the database, and their quotes."""

import re
from argparse import ArgumentParser
from collections import Counter
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quotes.ingestion import ArticleDocument, DocumentError, FetchError, fetch
from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.isolated import read_isolated
from quotes.ingestion.text import parse_time
from quotes.management.console import Palette, counted, describe
from quotes.management.inputs import read_bytes
from quotes.services.extract import ExtractionError, extract_article
from quotes.services.hosts import fetch_policy
from quotes.services.ingest import store_article
from quotes.services.same_words import group_waiting
from quotes.services.stories import place_articles

_FEW = 3  # articles of which each quote is shown, unless told otherwise
_SHOW_ALL = 2  # --verbosity
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LIKE_AN_ADDRESS = re.compile(r"www\.|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?::\d+)?/", re.IGNORECASE)
_WEB = "an address needs http:// or https://"


class Command(BaseCommand):
    help = (
        "Store articles and extract their quotes. What is stored already is left as it is. "
        f"Shows each quote of up to {_FEW} articles, of more a line each; --verbosity 2 shows all, 0 the sum."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "items",
            nargs="+",
            metavar="URL|FILE|-",
            help="a web address, a text or HTML file, or - for standard input",
        )
        parser.add_argument("--url", default="", help="the address of a single file's article")
        parser.add_argument(
            "--source", default="", help="the outlet, where the article itself does not name it"
        )
        parser.add_argument(
            "--published",
            default="",
            help="when it was published, where the article itself does not say: 2026-03-24T18:05:00+00:00",
        )
        parser.add_argument(
            "--again", action="store_true", help="extract again what this version has extracted already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        items = options["items"]
        if options["url"] and len(items) > 1:
            raise CommandError("--url is the address of one article: give one file with it")
        options["verbosity"] += options["verbosity"] == 1 and len(items) <= _FEW
        palette = Palette.of(self.stdout, options)
        tally: Counter[str] = Counter()
        for item in items:
            try:
                outcome, quotes = self._ingest(item, options, palette)
            except (DocumentError, FetchError, ExtractionError) as error:
                tally["failed"] += 1
                self.stderr.write(f"{item}: {error}")
            else:
                tally[outcome] += 1
                tally["quotes"] += quotes
        group_waiting()
        quotes, failed = tally.pop("quotes", 0), tally.pop("failed", 0)
        done = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.items())) or "none stored"
        hidden = " (--verbosity 2 shows them)" if options["verbosity"] == 1 and tally["stored"] else ""
        self.stdout.write(f"Articles: {done}. Quotes: {quotes}{hidden}.")
        if failed:
            raise CommandError(f"{failed} of {len(items)} could not be taken in")

    def _ingest(self, item: str, options: dict[str, Any], palette: Palette) -> tuple[str, int]:
        """Store and extract one item. Returns what became of it and how many quotes it has."""
        document = _complete(_read(item, options["url"]), options)
        stored = store_article(document=document)
        article = stored.article
        done = extract_article(article_id=article.pk, force=options["again"])
        if done.extraction is not None or done.article.needs_placing:
            place_articles(article_ids=[article.pk])
        count = article.revision.quotes.filter(gone_at__isnull=True).count()
        if options["verbosity"] > 0:
            title = f"{document.title or item} ({article.source.name})"
            self.stdout.write(f"{stored.outcome}: {title}, {counted(count, 'quote')}")
        if done.article.status == done.article.Status.SKIPPED:
            self.stdout.write(f"    left unread: {done.article.last_error}")
        if done.extraction is not None and options["verbosity"] >= _SHOW_ALL:
            self.stdout.write("")
            for line in describe(done.extraction, document.text, palette):
                self.stdout.write(f"  {line}" if line else "")
        return stored.outcome.value, count


def _read(item: str, url: str) -> ArticleDocument:
    limit = settings.MAX_ARTICLE_BYTES
    scheme = _SCHEME.match(item)
    if not scheme:
        return read_isolated(_bytes(item), max_bytes=limit, url=url)
    if scheme[0].lower() not in {"http://", "https://"}:
        raise DocumentError(f"{_WEB}: nothing else is fetched")
    found = fetch(item, fetch_policy())
    return read_isolated(found.body or b"", max_bytes=limit, url=found.url, charset=found.charset)


def _bytes(name: str) -> bytes:
    try:
        return read_bytes(name, max_bytes=settings.MAX_ARTICLE_BYTES)
    except DocumentError as error:
        if not _LIKE_AN_ADDRESS.match(name):
            raise
        raise DocumentError(f"{error}; {_WEB}, if that is one: https://{name}") from error


def _complete(document: ArticleDocument, options: dict[str, Any]) -> ArticleDocument:
    """`document` with what the command line adds; an address given outright wins."""
    return replace(
        document,
        url=canonical_url(options["url"]) or document.url,
        source=document.source or options["source"],
        published_at=document.published_at
        or (parse_time(options["published"]) if options["published"] else None),
    )
