"""Copies are looked for once an article, whoever is lost over it, and nobody's feed suffers meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError

from quotes import tasks
from quotes.ingestion import ArticleDocument
from quotes.models import Article, ArticleKey, Quote
from quotes.services import stories
from quotes.services.extract import extract_articles
from quotes.services.ingest import StoredArticle, store_article, store_articles
from quotes.services.queue import read_articles
from quotes.services.stories import ask_for_placing, place_articles, place_waiting, to_place
from tests.services.test_stories import OTHER, WIRE, printed

SHORT = "The harbour board met on Friday.\n\n“We sail at dawn,” said Oona Marlowe, the harbour master."
FEED = "/speakers/oona-marlowe/feed.atom"


def read_only(*texts: str) -> list[int]:
    """Articles that were read by somebody who was killed before looking for copies."""
    documents = [
        ArticleDocument(text=text, url=f"https://{number}.example/") for number, text in enumerate(texts)
    ]
    stored = store_articles(documents=documents)
    articles = sorted(one.article.pk for one in stored if isinstance(one, StoredArticle))
    extract_articles(article_ids=articles)
    return articles


def later(seconds: float) -> None:
    """So much time passes for whoever is placing."""
    for article in Article.objects.filter(placing_until__isnull=False):
        Article.objects.filter(pk=article.pk).update(
            placing_until=article.placing_until and article.placing_until - timedelta(seconds=seconds)
        )


def revised(article: int, text: str) -> None:
    store_article(document=ArticleDocument(text=text, url=Article.objects.get(pk=article).canonical_url))
    extract_articles(article_ids=[article])


def entries(client: Client) -> int:
    return client.get(FEED).content.decode().count("<entry>")


@pytest.mark.django_db
def test_who_reads_an_article_places_it_and_nobody_else_is_sent(settings: Any) -> None:
    articles = read_only(*WIRE)
    assert to_place() == []
    later(settings.LEASE_SECONDS + 1)
    assert to_place() == articles


@pytest.mark.django_db
def test_a_backlog_is_sent_once_until_the_messages_may_be_lost(settings: Any) -> None:
    articles = read_only(*WIRE)
    Article.objects.update(placing_until=None)
    assert to_place(limit=2) == articles[:2]
    assert to_place(limit=2) == articles[2:4]
    assert to_place() == articles[4:]
    assert to_place() == []
    later(settings.RESEND_SECONDS - 1)
    assert to_place() == []
    later(2)
    assert to_place() == articles


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_each_article_once() -> None:
    articles = read_only(*(f"It was vote {number}." for number in range(60)))
    Article.objects.update(placing_until=None)

    def take(_: int) -> list[int]:
        try:
            return to_place(limit=10)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = [article for some in pool.map(take, range(12)) for article in some]
    assert sorted([*taken, *to_place()]) == articles


@pytest.mark.django_db
def test_a_message_that_comes_twice_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = read_only(*WIRE)
    assert place_waiting(article_ids=articles) == len(articles)
    monkeypatch.setattr(stories, "shingles_of", None)  # whoever compares texts again, breaks
    assert place_waiting(article_ids=articles) == 0


@pytest.mark.django_db
def test_an_article_that_is_read_again_while_it_is_placed_is_placed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles = read_only("\n\n".join(WIRE))

    def read_again(*_: Any) -> dict[int, list[int]]:
        Article.objects.update(extractor_version="older")
        extract_articles(article_ids=articles)
        return {}

    with monkeypatch.context() as patch:
        patch.setattr(stories, "_alike", read_again)
        place_articles(article_ids=articles)
    assert Article.objects.get().needs_placing
    place_articles(article_ids=articles)
    assert not Article.objects.get().needs_placing


@pytest.mark.django_db
def test_before_it_is_known_whether_it_is_a_copy_a_quote_is_no_entry(client: Client) -> None:
    articles = read_only("\n\n".join(WIRE))
    assert entries(client) == 0
    place_articles(article_ids=articles)
    assert entries(client) == 1


@pytest.mark.django_db
def test_what_was_placed_stays_in_its_feed_while_it_is_placed_again(client: Client) -> None:
    article = printed("agency", *WIRE)
    added = "“We will build it anew by the spring of next year,” said Oona Marlowe, the harbour master."
    revised(article, "\n\n".join([*WIRE, added]))
    assert Article.objects.get().needs_placing
    assert Quote.objects.filter(speaker__slug="oona-marlowe", gone_at=None).count() == 2
    assert entries(client) == 1  # what it says for the first time may be a copy
    place_articles(article_ids=[article])
    assert entries(client) == 2


@pytest.mark.django_db
def test_what_was_never_placed_still_waits_after_a_second_reading(client: Client) -> None:
    (article,) = read_only("\n\n".join(WIRE))
    revised(article, "\n\n".join([*WIRE, "The board meets again on the first Monday of June."]))
    assert entries(client) == 0
    place_articles(article_ids=[article])
    assert entries(client) == 1


@pytest.mark.django_db
def test_a_reading_that_fails_does_not_let_anything_pass_as_placed(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (article,) = read_only("\n\n".join(WIRE))

    def fail(_: str, **__: bool) -> None:
        raise RuntimeError("it broke")

    monkeypatch.setattr("quotes.services.extract.extract_quotes", fail)
    revised(article, OTHER)
    assert Article.objects.get().status == Article.Status.FAILED
    assert entries(client) == 0


@pytest.mark.django_db
def test_articles_from_before_the_update_stay_in_feeds_while_they_are_placed(client: Client) -> None:
    printed("agency", *WIRE)
    ArticleKey.objects.all().delete()
    Article.objects.update(held_from=None)  # read before copies were looked for
    assert ask_for_placing() == 1
    assert entries(client) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", [SHORT, "Gone.", "“No,” said Oona Marlowe."])
def test_a_short_text_is_looked_at_once_and_is_a_copy_of_nothing(client: Client, text: str) -> None:
    article = printed("agency", text)
    assert not ArticleKey.objects.exists()
    assert ask_for_placing() == 0
    Article.objects.update(held_from=None)  # read before copies were looked for
    assert ask_for_placing() == 1
    assert place_waiting(article_ids=[article]) == 1
    assert ask_for_placing() == 0
    assert Article.objects.get().story is None


@pytest.mark.django_db
def test_a_broker_that_fails_over_one_kind_of_message_leaves_the_other_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles = read_only(*WIRE)
    sent = timezone.now()
    Article.objects.update(sent_at=sent, placing_until=None)

    def fail(_: list[int]) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(tasks.place_articles, "delay", fail)
    tasks.sweep()
    assert set(Article.objects.values_list("sent_at", flat=True)) == {sent}
    assert to_place() == articles  # at the next sweep, not after the time of a lost message

    until = set(Article.objects.values_list("placing_until", flat=True))
    monkeypatch.setattr(tasks.read_articles, "delay", fail)
    tasks.send(articles)
    assert set(Article.objects.values_list("sent_at", flat=True)) == {None}
    assert set(Article.objects.values_list("placing_until", flat=True)) == until


@pytest.mark.django_db
def test_copies_that_come_together_join_the_story_that_is_there() -> None:
    text = "\n\n".join(WIRE)
    articles = read_only(*(f"{text} {number}." for number in range(12)))
    for some in (articles[:4], articles[4:8], articles[8:]):
        place_articles(article_ids=some)
    (story,) = set(Article.objects.values_list("story", flat=True))
    assert story is not None


@pytest.mark.django_db
def test_a_sweep_places_what_was_left_where_there_is_no_broker(settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    articles = read_only("\n\n".join(WIRE), "\n\n".join(WIRE))
    later(settings.LEASE_SECONDS + 1)
    tasks.sweep()
    assert not Article.objects.filter(needs_placing=True).exists()
    assert len(set(Article.objects.values_list("story", flat=True))) == 1
    assert not read_articles(article_ids=articles)
