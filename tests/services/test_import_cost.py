"""What taking in articles costs the database: statements of a batch, hardly more for many than for few."""

import json
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes.bench.archive import archive
from quotes.ingestion.archives import open_archive
from quotes.models import Publication, Quote
from quotes.services import queue
from quotes.services.importing import begin_import, import_records
from quotes.services.queue import AT_ONCE, read_articles

pytestmark = pytest.mark.django_db

_STORED = 14
# With a second look at new names that are alike. SQLite takes few values a statement: it inserts in parts.
_READ = {"postgresql": 62, "sqlite": 77}


def cost(count: int, seed: int) -> tuple[int, int]:
    """The statements by which a batch of so many articles is stored, and those by which it is read."""
    articles = [
        one | {"url": f"https://one.example/{seed}/{number}", "source": "One"}
        for number, one in enumerate(archive(count, seed=seed))
    ]
    lines = "".join(json.dumps(one) + "\n" for one in articles)
    opened = open_archive(BytesIO(lines.encode()), max_bytes=100_000)
    run = begin_import(archive=opened, name="archive.jsonl")
    with CaptureQueriesContext(connection) as storing:
        (to_read,) = import_records(archive=opened, run=run, source="", keep=len)
    with CaptureQueriesContext(connection) as reading:
        assert read_articles(article_ids=to_read) == count
    return len(storing), len(reading)


def test_an_imported_article_costs_three_to_four_statements_and_its_quotes_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same words are grouped after that: five hundred quotes at a time."""
    monkeypatch.setattr(queue, "group_waiting", lambda **_: 0)
    cost(1, seed=1)  # the outlet is known then
    few, many = cost(3, seed=3), cost(AT_ONCE, seed=4)
    assert Quote.objects.count() > 8 * AT_ONCE
    assert Publication.objects.exists()
    assert few[0] == many[0] == _STORED
    assert few[1] <= many[1] <= _READ[connection.vendor]
