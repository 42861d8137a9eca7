"""The table of keys by which the same words are found: ten rows a quote, so read and written in bulk."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection

Row = tuple[int, int]  # a key, and the quote that is found by it


def stored_under(keys: Sequence[int], most: int) -> list[Row]:
    """The rows of these keys, of each so many at the least, if it has them: of a common one not all."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT asked.key, found.quote_id FROM unnest(%s::bigint[]) AS asked (key) "
                "CROSS JOIN LATERAL (SELECT quote_id FROM quotes_wordskey "
                "WHERE key = asked.key ORDER BY quote_id LIMIT %s) AS found",
                [array(keys), most],
            )
        else:
            cursor.execute(
                "SELECT key, quote_id FROM quotes_wordskey WHERE key IN (SELECT value FROM json_each(%s))",
                [json.dumps(keys)],
            )
        return [(key, quote) for key, quote in cursor.fetchall()]


def store(rows: Iterable[Row]) -> None:
    """Add these; those that are there stay."""
    _write(
        sorted(rows),
        "INSERT INTO quotes_wordskey (key, quote_id) "
        "SELECT * FROM unnest(%s::bigint[], %s::bigint[]) ON CONFLICT DO NOTHING",
        "INSERT OR IGNORE INTO quotes_wordskey (key, quote_id) VALUES (%s, %s)",
    )


def drop(rows: Iterable[Row]) -> None:
    """Take these out."""
    _write(
        sorted(rows),
        "DELETE FROM quotes_wordskey AS stored "
        "USING unnest(%s::bigint[], %s::bigint[]) AS old (key, quote_id) "
        "WHERE stored.key = old.key AND stored.quote_id = old.quote_id",
        "DELETE FROM quotes_wordskey WHERE key = %s AND quote_id = %s",
    )


def array(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL reads it: psycopg would look at each number for what is to be escaped."""
    return f"{{{','.join(map(str, numbers))}}}"


def _write(rows: Sequence[Row], at_once: str, one_by_one: str) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(at_once, [array(key for key, _ in rows), array(quote for _, quote in rows)])
        else:
            cursor.executemany(one_by_one, rows)
