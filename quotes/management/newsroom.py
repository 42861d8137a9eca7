"""A newsroom's years made up, to measure the service against: articles and quotes, PostgreSQL alone, by COPY."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import connection, transaction

from quotes.folding import fold
from quotes.management.population import Names, copy_rows, falling, populate
from quotes.search.postgresql import vector
from quotes.search.rows import row

_SOURCES = 300
_QUOTES_A_STEP = 10_000
_FIRST = datetime(2019, 1, 1, 6, 0, tzinfo=UTC)
_MINUTES = 8 * 365 * 24 * 60
_FUNCTION_WORDS = [
    "the",
    "to",
    "and",
    "of",
    "a",
    "in",
    "that",
    "is",
    "we",
    "it",
    "for",
    "on",
    "this",
    "will",
    "not",
    "have",
    "be",
    "are",
    "with",
    "they",
    "our",
    "was",
    "as",
    "at",
    "you",
    "by",
    "has",
    "people",
    "there",
    "who",
    "from",
    "what",
    "their",
    "would",
    "all",
    "can",
    "but",
    "one",
    "more",
    "were",
    "been",
    "if",
    "about",
    "when",
    "out",
    "do",
    "because",
    "so",
    "work",
    "year",
    "need",
    "time",
    "now",
    "which",
    "know",
    "just",
    "think",
    "said",
    "want",
    "make",
    "get",
    "very",
    "going",
    "back",
    "over",
    "new",
    "first",
]
_SYLLABLES = [
    "ba",
    "den",
    "ford",
    "gar",
    "hol",
    "jan",
    "kel",
    "lin",
    "mar",
    "nor",
    "ost",
    "pel",
    "quil",
    "ros",
    "sten",
    "tor",
    "ul",
    "vens",
    "wick",
    "yar",
    "zel",
    "dor",
]
_WORDS = 40_000
_KINDS, _STATUSES = ("direct", "partial", "transcript"), ("unreviewed", "approved", "rejected")


class Sentences:
    """Words in a row, as unevenly common as those of English; every word is in the index of its number."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        made = np.random.default_rng(0).integers(0, len(_SYLLABLES), (_WORDS, 3))
        rare = ["".join(_SYLLABLES[one] for one in some) for some in made.tolist()]
        self.vocabulary = [*_FUNCTION_WORDS, *rare]
        self._chances = np.cumsum(falling(len(self.vocabulary), 12))

    def take(self, lengths: Any) -> list[str]:
        """A stretch of words of each of these lengths."""
        picked = np.searchsorted(self._chances, self._random.random(int(lengths.sum())))
        words = iter([self.vocabulary[min(one, len(self.vocabulary) - 1)] for one in picked.tolist()])
        return [" ".join(next(words) for _ in range(length)) for length in lengths.tolist()]


@transaction.atomic
def furnish(quotes: int, speakers: int, articles: int, seed: int = 1) -> None:
    """Fill an empty database with so many quotes of so many speakers in so many articles, words indexed."""
    populate(speakers, analyze=False)
    names = [name for name, _ in Names(1).take(speakers)]
    random = np.random.default_rng(seed)
    copy_rows(
        "quotes_source (id, name, slug, homepage, created_at)",
        (
            (n, f"Outlet {n}", f"outlet-{n}", f"https://outlet{n}.example/", _FIRST)
            for n in range(1, _SOURCES + 1)
        ),
    )
    sources = 1 + random.choice(_SOURCES, articles, p=falling(_SOURCES, 10))
    minutes = np.sort(random.integers(0, _MINUTES, articles))
    dates = [_FIRST + timedelta(minutes=minute) for minute in minutes.tolist()]
    copy_rows(
        "quotes_article (id, public_id, source_id, canonical_url, published_at, status, extractor_version, "
        "last_error, created_at, updated_at, current_revision_id)",
        (
            (n, _uuid(1, n), source, f"https://outlet{source}.example/{n}", date, "extracted", "bench", "", date,
             date, n)
            for n, (source, date) in enumerate(zip(sources.tolist(), dates, strict=True), start=1)
        ),
    )  # fmt: skip
    copy_rows(
        "quotes_articlerevision (id, article_id, number, title, byline, language, text, content_hash, fetched_at)",
        (
            (n, n, 1, f"Story {n}", "", "en", "Its text is not looked at.", f"{n:064x}", date)
            for n, date in enumerate(dates, start=1)
        ),
    )
    sentences = Sentences(seed)
    whose = 1 + random.choice(speakers, quotes, p=falling(speakers, 30))
    where = np.sort(random.integers(0, articles, quotes))
    for first in range(0, quotes, _QUOTES_A_STEP):
        some = slice(first, min(first + _QUOTES_A_STEP, quotes))
        rows = list(_quotes(first + 1, whose[some], where[some], sources, dates, names, sentences, random))
        copy_rows(
            "quotes_quote (id, public_id, revision_id, speaker_id, source_id, text, folded, kind, segments, start, "
            '"end", mention_text, cue_text, context, context_start, fragment, confidence, extractor_version, '
            "review_status, dated_at, created_at, updated_at)",
            iter(rows),
        )
        copy_rows(
            "quotes_wordindex (quote_id, words)",
            ((key, vector(row(key, text, context))) for key, text, context in _searched(rows)),
        )
    with connection.cursor() as cursor:
        for table in ("source", "article", "articlerevision", "quote"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('quotes_{table}', 'id'), max(id)) FROM quotes_{table}"
            )


def _quotes(
    first: int,
    whose: Any,
    where: Any,
    sources: Any,
    dates: list[datetime],
    names: list[str],
    sentences: Sentences,
    random: Any,
) -> Iterator[tuple[Any, ...]]:
    count = len(whose)
    said = sentences.take(random.integers(3, 40, count))
    around = sentences.take(random.integers(4, 16, count))
    kinds, statuses = (
        random.choice(3, count, p=(0.7, 0.25, 0.05)),
        random.choice(3, count, p=(0.9, 0.08, 0.02)),
    )
    sure = np.round(random.beta(6, 0.6, count), 3)
    for at, (speaker, article) in enumerate(zip(whose.tolist(), where.tolist(), strict=True)):
        start, text, date = 100 * at, said[at], dates[article]
        context = f"“{text},” said {names[speaker - 1]}, {around[at]}."
        yield (
            first + at, _uuid(2, first + at), article + 1, speaker, int(sources[article]), text, fold(text),
            _KINDS[kinds[at]], f"[[{start + 1}, {start + 1 + len(text)}]]", start + 1, start + 1 + len(text),
            names[speaker - 1], "said", context, start, "", float(sure[at]), "bench", _STATUSES[statuses[at]],
            date, date + timedelta(minutes=5), date + timedelta(minutes=5),
        )  # fmt: skip


def _searched(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, str, str]]:
    for one in rows:
        yield one[0], one[5], one[13]


def _uuid(kind: int, number: int) -> str:
    return f"{kind:08x}-0000-4000-8000-{number:012x}"
