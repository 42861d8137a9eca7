"""Articles that are handed in: stored or fetched once, and what became of them."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from quotes import tasks
from quotes.ingestion import DocumentError
from quotes.ingestion.fetch import ForbiddenAddressError
from quotes.models import Article, Page, Quote, Submission
from quotes.services.submissions import SubmissionError, submit
from quotes.services.visiting import visit_host
from tests.conftest import FERRY, document
from tests.web import LocalWeb, local_web
from tests.web.pages import words_of

pytestmark = pytest.mark.django_db(transaction=True)

State = Submission.State


@pytest.fixture
def web(settings: Any) -> Iterator[LocalWeb]:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["localhost"]
    settings.FETCH_TIMEOUT_SECONDS = 2
    settings.HOST_DELAY_SECONDS = 0
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with local_web() as web:
        yield web


class Outbox:
    """Who was sent for, once the submission was stored."""

    def __init__(self, editor: User) -> None:
        self.articles: list[int] = []
        self.hosts: list[int] = []
        self.submit = partial(
            submit, editor=editor, digest="0", send=self.articles.extend, visit=self.hosts.append
        )


@pytest.fixture
def outbox(editor: User) -> Outbox:
    return Outbox(editor)


def now(submission: Submission) -> tuple[str, str]:
    """Its state, and what is said of it."""
    found: Any = Submission.objects.get(pk=submission.pk)
    return found.state, found.detail


def test_a_text_is_stored_and_sent_to_the_readers(outbox: Outbox) -> None:
    made = outbox.submit(what=document())
    article = Article.objects.get()
    assert (made.article, article.text) == (article, FERRY)
    assert (outbox.articles, outbox.hosts) == ([article.pk], [])
    assert now(made) == (State.READING, "")
    tasks.read_articles(outbox.articles)
    assert now(made) == (State.DONE, "")
    outbox.submit(what=document())
    assert outbox.articles == [article.pk]  # it is read already


def test_an_address_is_due_at_once_and_its_host_is_visited(outbox: Outbox) -> None:
    made = outbox.submit(what="HTTPS://tidewatch.example/ferries?utm_source=x#top")
    page = Page.objects.get()
    assert (page.url, page.source.homepage) == (
        "https://tidewatch.example/ferries", "https://tidewatch.example/",
    )  # fmt: skip
    assert page.next_fetch_at
    assert page.next_fetch_at <= timezone.now()
    assert (outbox.articles, outbox.hosts) == ([], [page.host_id])
    assert now(made) == (State.QUEUED, "")
    Page.objects.update(last_error="it answered 503", attempts=1)
    assert now(made) == (State.QUEUED, "it answered 503")
    Page.objects.update(status="failed", next_fetch_at=None)
    assert now(made) == (State.FAILED, "it answered 503")


def test_with_no_broker_it_is_fetched_and_read_here_and_now(web: LocalWeb, editor: User) -> None:
    hand_in = partial(submit, editor=editor, digest="0", send=tasks.send, visit=tasks.visit)
    good, missing = hand_in(what=f"{web.site}/good/3"), hand_in(what=f"{web.site}/status/404")
    assert now(good) == (State.DONE, "")
    assert now(missing)[0] == State.FAILED
    assert "404" in now(missing)[1]
    assert Quote.objects.get().text == words_of(3)
    private = hand_in(what="http://127.0.0.1:1/x")
    assert now(private)[0] == State.FAILED
    assert "not on the public internet" in now(private)[1]


def test_an_address_that_is_known_is_fetched_again(outbox: Outbox, web: LocalWeb) -> None:
    first = outbox.submit(what=f"{web.site}/good/3")
    visit_host(host_id=outbox.hosts[0], send=outbox.articles.extend)
    assert now(first) == (State.READING, "")
    Page.objects.update(fetched_at=timezone.now() - timedelta(days=1), next_fetch_at=None)
    again = outbox.submit(what=f"{web.site}/good/3")
    assert Page.objects.count() == 1
    assert now(again) == (State.QUEUED, "")
    visit_host(host_id=outbox.hosts[0], send=outbox.articles.extend)
    assert now(again) == (State.READING, "")
    tasks.read_articles(outbox.articles)
    assert now(first) == now(again) == (State.DONE, "")


def test_an_address_that_was_refused_is_tried_again(outbox: Outbox, web: LocalWeb) -> None:
    outbox.submit(what=f"{web.site}/status/404")
    visit_host(host_id=outbox.hosts[0], send=outbox.articles.extend)
    assert Page.objects.get().status == Page.Status.REFUSED
    again = outbox.submit(what=f"{web.site}/status/404")
    assert now(again)[0] == State.QUEUED
    visit_host(host_id=outbox.hosts[0], send=outbox.articles.extend)
    assert now(again)[0] == State.FAILED


def test_what_became_of_the_article_is_said(outbox: Outbox) -> None:
    made = outbox.submit(what=document())
    Article.objects.update(status="failed", last_error="ValueError: odd")
    assert now(made) == (State.FAILED, "ValueError: odd")
    Article.objects.update(status="skipped", last_error="only English is read, and this is fr")
    assert now(made) == (State.DONE, "only English is read, and this is fr")
    Submission.objects.update(article=None)
    assert now(made) == (State.FAILED, "it was removed")


def test_the_same_key_with_the_same_is_the_same_submission(outbox: Outbox) -> None:
    one = outbox.submit(what=document(), key="k")
    two = outbox.submit(what=document(), key="k")
    other = outbox.submit(what=document(), key="another")
    assert one == two != other
    assert outbox.articles == [Article.objects.get().pk] * 2  # not for the one that was known


def test_the_same_key_with_something_else_is_refused(outbox: Outbox) -> None:
    outbox.submit(what=document(), key="k")
    with pytest.raises(SubmissionError, match="take a new one"):
        outbox.submit(what=document("Other."), key="k", digest="1")
    assert Article.objects.count() == 1


def test_keys_of_two_accounts_have_nothing_to_do_with_each_other(outbox: Outbox) -> None:
    other = Outbox(User.objects.create_user("una"))
    assert outbox.submit(what=document(), key="k") != other.submit(
        what=document("Other."), key="k", digest="1"
    )


def test_what_cannot_be_stored_leaves_nothing_behind(outbox: Outbox) -> None:
    with pytest.raises(DocumentError):
        outbox.submit(what=document("  "), key="k")
    with pytest.raises((DocumentError, ForbiddenAddressError)):
        outbox.submit(what="ftp://one.example/", key="k")
    assert not Submission.objects.exists()
    assert outbox.submit(what=document(), key="k", digest="1").article


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there one waits for the other from the beginning")
def test_the_same_sent_twice_at_once_is_taken_in_once(editor: User) -> None:
    start, taken, outbox = Barrier(4), list[int](), Outbox(editor)

    def send_it() -> None:
        try:
            start.wait(10)
            taken.append(outbox.submit(what=document(), key="k").pk)
        finally:
            connection.close()

    threads = [Thread(target=send_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(taken) == 4
    assert len(set(taken)) == 1
    assert len(outbox.articles) == 1
