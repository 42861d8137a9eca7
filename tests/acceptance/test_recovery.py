"""A killed worker and a killed broker: every article is read exactly once in the end."""

import sys
from collections import Counter
from pathlib import Path

import pytest

from quotes.ingestion import ArticleDocument
from quotes.models import Article, Link, Quote, Speaker
from quotes.services.ingest import store_article
from tests.brokers import own_redis
from tests.workers import service, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES = 200
SURNAMES = ("Marlowe", "Quill", "Achterberg", "Lind", "Tarrant")


def text_of(number: int) -> str:
    name = f"Oona {SURNAMES[number % len(SURNAMES)]}"
    return f"The board met again.\n\n“We sail at {number} bells,” said {name}, the harbour master."


def is_read(count: int) -> bool:
    return Article.objects.filter(status=Article.Status.EXTRACTED).count() >= count


def test_all_articles_are_read_once_though_worker_and_broker_are_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(ARTICLES):
        url = f"https://one.example/{number}"
        store_article(document=ArticleDocument(text=text_of(number), url=url, source="One"))
    short = {"QUOTETRACKER_LEASE_SECONDS": "3", "QUOTETRACKER_RESEND_SECONDS": "3"}
    with own_redis() as redis, service(redis.url, tmp_path, **short) as running:
        worker = running.worker(queues="extract")
        other = running.worker(queues="fetch", processes=1)
        beat = running.beat()
        wait_until(lambda: is_read(ARTICLES // 10), running)
        running.kill(worker)
        redis.kill()
        assert not is_read(ARTICLES)
        running.kill(other)
        running.kill(beat)
        left = Article.objects.filter(status=Article.Status.PENDING).count()

        redis.start()
        running.worker()
        running.beat()
        seconds = wait_until(lambda: is_read(ARTICLES), running)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{left} articles left by a killed worker and broker: read after {seconds:.1f} s\n"
        )

    said = Counter(Quote.objects.values_list("text", flat=True))
    assert said == Counter(f"We sail at {number} bells" for number in range(ARTICLES))
    assert Speaker.objects.count() == len(SURNAMES)
    assert Link.objects.count() == ARTICLES
