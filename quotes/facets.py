"""What a set of quotes is made of: how many are of each speaker, source, year, month, kind and status."""

import time
from collections import Counter
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from redis.exceptions import RedisError

from quotes.models import Quote, Source, Speaker

FACETS = ("speaker", "source", "year", "month", "kind", "status")
_DEAR, _KEPT = 0.2, 60  # seconds: what took so long to count is kept for so long

# One look at the quotes, however many facets there are: what is found is kept, and counted by each column.
_FOUND = (
    "WITH quotes (speaker, source, dated_at, kind, status) AS (QUOTES), "
    "found AS MATERIALIZED (SELECT COLUMNS FROM quotes BY) "
)
_TOTAL = "SELECT 'total', '', CAST(coalesce(sum(n), 0) AS bigint) FROM found"
_OFTEN = (
    "SELECT * FROM (SELECT 'FACET', CAST(FACET AS text), CAST(sum(n) AS bigint) FROM found "
    "GROUP BY FACET ORDER BY 3 DESC, FACET LIMIT SIZE) AS of_FACET"
)
_MONTHS = "SELECT 'month', MONTH, CAST(sum(n) AS bigint) FROM found GROUP BY month"
_MONTH = {  # as it is counted, and as it is told
    "postgresql": ("date_trunc('month', dated_at AT TIME ZONE 'UTC')", "to_char(month, 'YYYY-MM')"),
    "sqlite": ("substr(dated_at, 1, 7)", "month"),
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """So many quotes of one value. That of a speaker or a source is the slug, and `name` says who it is."""

    value: str
    count: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many quotes there are, and the values of each facet: the most frequent, or the latest, first."""

    total: int
    facets: dict[str, list[Bucket]]
    counted_at: datetime | None = None  # where they may be of a minute ago


def count_facets(quotes: QuerySet[Quote], names: Collection[str], size: int) -> Counts:
    """Count `quotes` by the facets `names`, `size` values of each, in three statements at most.

    What takes long is counted once a minute, and says when.
    """
    key = _key(quotes, names, size)
    kept: Counts | None = None
    with suppress(RedisError):  # a cache that is down keeps nothing
        kept = cache.get(key)
    if kept is not None:
        return kept
    began, now = time.monotonic(), timezone.now()
    counts = _count(quotes, names, size)
    if time.monotonic() - began >= _DEAR:
        counts = replace(counts, counted_at=now)
        with suppress(RedisError):
            cache.set(key, counts, timeout=_KEPT)
    return counts


def _key(quotes: QuerySet[Quote], names: Collection[str], size: int) -> str:
    try:
        asked = quotes.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        asked = None
    return f"facets:{sha256(repr((asked, sorted(names), size)).encode()).hexdigest()}"


def _count(quotes: QuerySet[Quote], names: Collection[str], size: int) -> Counts:
    counted: dict[str, Counter[str]] = {name: Counter() for name in ("total", *FACETS)}
    for facet, value, count in _rows(quotes, names, size):
        counted[facet][value] += count
        if facet == "month":
            counted["year"][value[:4]] += count
    facets = {name: _buckets(name, counted[name], size) for name in FACETS if name in names}
    for name, model in (("speaker", Speaker), ("source", Source)):
        if facets.get(name):
            known = model.objects.filter(pk__in=[bucket.value for bucket in facets[name]])
            facets[name] = _named(facets[name], known.values_list("pk", "slug", "name"))
    return Counts(counted["total"].total(), facets)


def _rows(quotes: QuerySet[Quote], names: Collection[str], size: int) -> list[tuple[str, str, int]]:
    often = [name for name in ("speaker", "source", "kind", "status") if name in names]
    counts = [_TOTAL, *(_OFTEN.replace("FACET", name).replace("SIZE", str(size)) for name in often)]
    columns = list(often)
    if {"month", "year"} & set(names):  # all of them: years are made of months
        month, told = _MONTH[connection.vendor]
        columns.append(f"{month} AS month")
        counts.append(_MONTHS.replace("MONTH", told))
    asked = quotes.order_by().values_list("speaker", "source", "dated_at", "kind", "review_status")
    try:
        sql, parameters = asked.query.sql_with_params()
    except EmptyResultSet:  # filters that no row can pass
        return []
    # Where few rows are told apart they are put together first; of speakers there may be as many as quotes.
    places = ", ".join(map(str, range(1, len(columns) + 1)))
    by = f"GROUP BY {places}" if columns and "speaker" not in often else ""
    columns.append(f"{'1' if columns and not by else 'count(*)'} AS n")
    found = _FOUND.replace("COLUMNS", ", ".join(columns)).replace("BY", by).replace("QUOTES", sql)
    with connection.cursor() as cursor:
        cursor.execute(found + " UNION ALL ".join(counts), parameters)
        return list(cursor.fetchall())


def _buckets(name: str, counted: Counter[str], size: int) -> list[Bucket]:
    found = [Bucket(value, count) for value, count in counted.most_common()]
    if name in {"year", "month"}:
        found.sort(key=lambda bucket: bucket.value, reverse=True)
    return found[:size]


def _named(buckets: list[Bucket], rows: Iterable[tuple[Any, str, str]]) -> list[Bucket]:
    known = {str(key): (slug, name) for key, slug, name in rows}
    return [Bucket(known[one.value][0], one.count, known[one.value][1]) for one in buckets]
