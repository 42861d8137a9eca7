"""Years of a newsroom made up, to measure the service against."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction

from quotes.english import lexicon
from quotes.folding import fold
from quotes.management.loading import analyze, copy_rows, settle
from quotes.management.population import Names, falling, populate
from quotes.models import Article, ArticleRevision, Quote, Source
from quotes.search import postgresql, sqlite
from quotes.search.rows import Row, row
from quotes.selectors import public
from quotes.services.publications import change_counter

SOURCES = 300
_AT_ONCE = 10_000  # quotes
_FIRST = datetime(2019, 1, 1, 6, 0, tzinfo=UTC)
_MINUTES = 8 * 365 * 24 * 60
_COMMON = (
    "the to and of a in that is we it for on this will not have be are with they our was as at you by has "
    "people there who from what their would all can but one more were been if about when out do because so "
    "work year need time now which know just think said want make get very going back over new first"
)
_SYLLABLES = sorted(
    lexicon.words(
        "ba den ford gar hol jan kel lin mar nor ost pel quil ros sten tor ul vens wick yar zel dor"
    )
)
_WORDS = 40_000
_NUMBERED = (
    "INSERT INTO quotes_publication (quote_id, changed_at, number, is_public, withdrawn_by) "
    "WITH found (id, created_at) AS (QUOTES) SELECT id, created_at, id, %s, '' FROM found"
)
_KINDS, _STATUSES = ("direct", "partial", "transcript"), ("unreviewed", "approved", "rejected")


class Sentences:
    """Words in a row, as unevenly common as those of English; `vocabulary` has the most common first."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        made = np.random.default_rng(0).integers(0, len(_SYLLABLES), (_WORDS, 3))
        rare = ["".join(_SYLLABLES[one] for one in some) for some in made.tolist()]
        self.vocabulary = [*_COMMON.split(), *rare]
        self._chances = np.cumsum(falling(len(self.vocabulary), 12))

    def take(self, lengths: Any) -> list[str]:
        """Stretches of so many words each."""
        picked = np.searchsorted(self._chances, self._random.random(int(lengths.sum())))
        last = len(self.vocabulary) - 1
        words = iter([self.vocabulary[min(one, last)] for one in picked.tolist()])
        return [" ".join(next(words) for _ in range(length)) for length in lengths.tolist()]


def furnish(quotes: int, speakers: int, articles: int) -> None:
    """Fill an empty database with so many quotes of so many speakers in so many articles, words indexed."""
    with transaction.atomic():
        populate(speakers, analyze=False)
        _Newsroom(quotes, speakers, articles).store()
    analyze()


class _Newsroom:
    def __init__(self, quotes: int, speakers: int, articles: int) -> None:
        self._random = np.random.default_rng(1)
        self._sentences = Sentences(seed=1)
        self._names = [name for name, _ in Names(seed=1).take(speakers)]
        self._sources = (1 + self._random.choice(SOURCES, articles, p=falling(SOURCES, 10))).tolist()
        minutes = np.sort(self._random.integers(0, _MINUTES, articles)).tolist()
        self._dates = [_FIRST + timedelta(minutes=minute) for minute in minutes]
        self._speaker_of = 1 + self._random.choice(speakers, quotes, p=falling(speakers, 30))
        self._speaker_of[::10] = 1  # somebody whom all articles quote
        self._article_of = np.sort(self._random.integers(0, articles, quotes))

    def store(self) -> None:
        self._store_articles()
        for first in range(0, len(self._speaker_of), _AT_ONCE):
            rows = list(self._quotes(first))
            copy_rows(
                "quotes_quote",
                "id, public_id, revision_id, speaker_id, source_id, text, folded, kind, "
                'segments, start, "end", mention_text, cue_text, context, context_start, fragment, '
                "confidence, extractor_version, review_status, dated_at, created_at, updated_at",
                iter(rows),
            )
            _index([row(one[0], one[5], one[13]) for one in rows])
        _number_all()
        settle(Source, Article, ArticleRevision, Quote)

    def _store_articles(self) -> None:
        copy_rows(
            "quotes_source",
            "id, name, slug, homepage, created_at",
            (
                (n, f"Outlet {n}", f"outlet-{n}", f"https://outlet{n}.example/", _FIRST)
                for n in range(1, SOURCES + 1)
            ),
        )
        dated = list(enumerate(zip(self._sources, self._dates, strict=True), start=1))
        copy_rows(
            "quotes_article",
            "id, public_id, source_id, canonical_url, published_at, status, "
            "extractor_version, last_error, created_at, updated_at, current_revision_id",
            (
                (
                    n, _uuid(1, n), source, f"https://outlet{source}.example/{n}", date, "extracted", "bench",
                    "", date, date, n,
                )
                for n, (source, date) in dated
            ),
        )  # fmt: skip
        copy_rows(
            "quotes_articlerevision",
            "id, article_id, number, title, byline, language, text, content_hash, fetched_at",
            (
                (n, n, 1, f"Story {n}", "", "en", "Its text is not looked at.", f"{n:064x}", date)
                for n, (_, date) in dated
            ),
        )

    def _quotes(self, first: int) -> Iterator[tuple[Any, ...]]:
        """The rows of `_AT_ONCE` quotes, from this one on."""
        whose = self._speaker_of[first : first + _AT_ONCE].tolist()
        where = self._article_of[first : first + _AT_ONCE].tolist()
        count = len(whose)
        said = self._sentences.take(self._random.integers(3, 40, count))
        around = self._sentences.take(self._random.integers(4, 16, count))
        kinds = self._random.choice(len(_KINDS), count, p=(0.7, 0.25, 0.05)).tolist()
        statuses = self._random.choice(len(_STATUSES), count, p=(0.9, 0.08, 0.02)).tolist()
        sure = np.round(self._random.beta(6, 0.6, count), 3).tolist()
        for at, (speaker, article) in enumerate(zip(whose, where, strict=True)):
            number, start, text, date = 1 + first + at, 100 * at, said[at], self._dates[article]
            name, end = self._names[speaker - 1], start + 1 + len(text)
            yield (
                number, _uuid(2, number), article + 1, speaker, self._sources[article], text, fold(text),
                _KINDS[kinds[at]], f"[[{start + 1}, {end}]]", start + 1, end, name, "said",
                f"“{text},” said {name}, {around[at]}.", start, "", sure[at], "bench",
                _STATUSES[statuses[at]], date, date, date,
            )  # fmt: skip


def _index(rows: list[Row]) -> None:
    if connection.vendor == "sqlite":
        sqlite.write(rows)
    else:
        words = ((one.quote, postgresql.vector(one)) for one in rows)
        copy_rows("quotes_wordindex", "quote_id, words", words)


def _number_all() -> None:
    """Each public quote as a change, the earliest first, as if somebody had made a copy of all."""
    rows, parameters = (
        Quote.objects.filter(public()).order_by().values_list("pk", "created_at").query.sql_with_params()
    )
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERED.replace("QUOTES", rows), [*parameters, True])
    counter = change_counter()
    counter.last = Quote.objects.order_by("-pk").values_list("pk", flat=True)[0]
    counter.save()


def _uuid(kind: int, number: int) -> UUID:
    return UUID(f"{kind:08x}-0000-4000-8000-{number:012x}")
