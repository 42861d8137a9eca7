"""What machines that watch over the service are told."""

import json
import logging
from typing import Any

import pytest
from django.test import Client

from quotes.models import Article
from quotetracker.logs import JsonFormatter, LineFormatter
from tests.brokers import own_redis
from tests.conftest import Ingest


def test_it_is_alive_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_is_ready_when_the_database_is(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]) == (200, {"database": "ok"})


@pytest.mark.django_db
def test_it_is_not_ready_without_its_broker(client: Client, settings: Any) -> None:
    with own_redis() as redis:
        settings.CELERY_BROKER_URL = redis.url
        assert client.get("/readyz").json()["checks"]["broker"] == "ok"
        redis.kill()
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["broker"]) == (503, "cannot be reached")


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "another", "Bearer"])
def test_figures_are_for_who_knows_the_token(client: Client, settings: Any, token: str) -> None:
    settings.METRICS_TOKEN = "open sesame"
    assert client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_figures_tell_how_it_goes(client: Client, settings: Any, ingest: Ingest) -> None:
    settings.METRICS_TOKEN = "open sesame"
    ingest()
    Article.objects.create(
        source=Article.objects.get().source, canonical_url="https://x.example/", status="failed"
    )
    said = client.get("/metrics", headers={"Authorization": "Bearer open sesame"}).content.decode()
    assert 'quotetracker_articles{status="extracted"} 1.0' in said
    assert 'quotetracker_articles{status="failed"} 1.0' in said
    assert "quotetracker_oldest_pending_seconds 0.0" in said


@pytest.fixture
def record() -> logging.LogRecord:
    record = logging.LogRecord(
        "quotes.services.queue", logging.WARNING, "", 1, "cannot be %s", ("read",), None
    )
    record.article = 7
    return record


def test_a_line_of_the_log_says_which_article_it_is_about(record: logging.LogRecord) -> None:
    assert LineFormatter().format(record).endswith("quotes.services.queue: cannot be read article=7")
    line = json.loads(JsonFormatter().format(record))
    assert (line["article"], line["message"], line["level"]) == ("7", "cannot be read", "WARNING")
