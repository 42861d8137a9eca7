"""The outbox: an article is read once, and none is forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone

from quotes.ingestion import ArticleDocument
from quotes.models import Article, Quote
from quotes.services import queue
from quotes.services.ingest import store_article
from quotes.services.queue import MOST_ATTEMPTS, read_articles, retry_articles, to_send
from quotes.tasks import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    text = "The board met. “We sail,” said Oona Marlowe, the harbour master."
    return store_article(document=ArticleDocument(text=text, url="https://one.example/1")).article


def test_a_pending_article_is_read_once(article: Article) -> None:
    assert read_articles(article_ids=[article.pk])
    assert not read_articles(article_ids=[article.pk])
    assert Quote.objects.count() == 1
    article.refresh_from_db()
    assert (article.status, article.claimed_until) == (Article.Status.EXTRACTED, None)


def test_what_another_worker_has_is_left_to_it_until_its_time_is_over(article: Article) -> None:
    Article.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert not read_articles(article_ids=[article.pk])
    Article.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert read_articles(article_ids=[article.pk])


def test_an_article_is_sent_for_once_until_the_message_may_be_lost(article: Article, settings: Any) -> None:
    assert to_send() == [article.pk]
    assert to_send() == []
    Article.objects.update(sent_at=timezone.now() - timedelta(seconds=settings.RESEND_SECONDS + 1))
    assert to_send() == [article.pk]


def test_an_article_that_ends_its_reader_again_and_again_is_given_up(article: Article) -> None:
    Article.objects.update(attempts=MOST_ATTEMPTS, claimed_until=timezone.now() - timedelta(seconds=1))
    assert not read_articles(article_ids=[article.pk])
    article.refresh_from_db()
    assert article.status == Article.Status.FAILED
    assert "ended the process" in article.last_error
    assert retry_articles(article_ids=[article.pk]) == [article.pk]
    assert read_articles(article_ids=[article.pk])


def test_trouble_with_the_database_is_not_the_articles_fault(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise OperationalError("gone away")

    monkeypatch.setattr(queue, "extract_articles", fail)
    with pytest.raises(OperationalError):
        read_articles(article_ids=[article.pk])
    article.refresh_from_db()
    assert (article.status, article.attempts, article.claimed_until) == (Article.Status.PENDING, 0, None)


def test_without_a_broker_an_article_is_read_here_and_now(article: Article, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    send([article.pk])
    assert Quote.objects.count() == 1
