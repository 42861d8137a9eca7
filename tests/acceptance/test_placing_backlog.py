"""A backlog of articles to place over a real broker: one message each, none lost with the broker."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from quotes.ingestion import ArticleDocument
from quotes.models import Article
from quotes.services.ingest import StoredArticle, store_articles
from tests.brokers import OwnRedis, messages_in, own_redis
from tests.services.test_stories import WIRE
from tests.workers import QUEUES, environment, service, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

ARTICLES, A_MESSAGE = 45, 20


def backlog() -> None:
    """Articles that were read, and that nobody is placing."""
    text = "\n\n".join(WIRE)
    documents = [
        ArticleDocument(text=f"{text} {number}.", url=f"https://{number}.example/")
        for number in range(ARTICLES)
    ]
    stored = store_articles(documents=documents)
    assert all(isinstance(one, StoredArticle) for one in stored)
    Article.objects.update(
        status=Article.Status.EXTRACTED, needs_placing=True, sent_at=timezone.now(), extractor_version="1"
    )


def sweep(redis: OwnRedis, folder: Path, times: int) -> None:
    code = f"import django; django.setup(); from quotes.tasks import sweep; [sweep() for _ in range({times})]"
    subprocess.run(
        [sys.executable, "-c", code],
        env=environment(redis.url, folder, DJANGO_SETTINGS_MODULE="quotetracker.settings"),
        cwd=settings.BASE_DIR, check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_a_backlog_is_sent_once_and_placed_though_the_broker_was_down(tmp_path: Path) -> None:
    backlog()
    with own_redis() as redis:
        redis.kill()
        sweep(redis, tmp_path, times=1)
        assert set(Article.objects.values_list("placing_until", flat=True)) == {None}
        assert not Article.objects.filter(sent_at=None).exists()
        redis.start()
        sweep(redis, tmp_path, times=3)
        assert messages_in(redis.url, QUEUES[1]) == -(-ARTICLES // A_MESSAGE)
        with service(redis.url, tmp_path) as running:
            running.worker(queues="extract", processes=1)
            wait_until(lambda: not Article.objects.filter(needs_placing=True).exists(), running)
    (story,) = set(Article.objects.values_list("story", flat=True))
    assert story is not None
