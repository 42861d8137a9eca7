"""An article at the review desk is one editor's at a time."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from quotes.models import Article, DeskLease, PassedOver
from quotes.services.desk import IDLE, begin_again, leave, take
from quotes.services.ingest import store_article
from tests.conftest import document

QUEUE = "queue=doubtful"


@pytest.fixture
def unread(db: None) -> Article:
    """An article that waits; what it says does not matter here."""
    return store_article(document=document()).article


@pytest.fixture
def otto(db: None) -> User:
    return User.objects.create_user("otto", is_staff=True)


def run_out() -> None:
    DeskLease.objects.update(until=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_who_takes_an_article_first_has_it_and_keeps_it_by_working_on_it(
    unread: Article, editor: User, otto: User
) -> None:
    first = take(article_id=unread.pk, editor=editor)
    assert (first.editor, timezone.now() < first.until <= timezone.now() + IDLE) == (editor, True)
    DeskLease.objects.update(until=timezone.now() + timedelta(seconds=30))
    assert take(article_id=unread.pk, editor=otto).editor == editor
    again = take(article_id=unread.pk, editor=editor)
    assert again.until > timezone.now() + IDLE - timedelta(minutes=1)
    assert DeskLease.objects.count() == 1


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_anybodys(unread: Article, editor: User, otto: User) -> None:
    take(article_id=unread.pk, editor=editor)
    run_out()
    assert take(article_id=unread.pk, editor=otto).editor == otto
    assert take(article_id=unread.pk, editor=editor).editor == otto


@pytest.mark.django_db
def test_who_goes_on_lets_go_of_the_article_and_of_no_other(
    unread: Article, editor: User, otto: User
) -> None:
    take(article_id=unread.pk, editor=editor)
    leave(article_id=unread.pk, editor=otto, queue=QUEUE)
    assert take(article_id=unread.pk, editor=otto).editor == editor
    for _ in range(2):  # twice is once
        leave(article_id=unread.pk, editor=editor, queue=QUEUE)
    assert take(article_id=unread.pk, editor=otto).editor == otto
    assert PassedOver.objects.filter(editor=editor, queue=QUEUE).count() == 1


@pytest.mark.django_db
def test_what_was_passed_over_is_forgotten_in_its_queue_or_after_half_a_day(
    unread: Article, editor: User, otto: User
) -> None:
    for who, queue in ((editor, QUEUE), (editor, "kind=direct"), (otto, QUEUE)):
        leave(article_id=unread.pk, editor=who, queue=queue)
    assert begin_again(editor=editor, queue=QUEUE) == 1
    assert begin_again(editor=editor, queue=QUEUE) == 0
    PassedOver.objects.update(at=timezone.now() - timedelta(hours=13))
    leave(article_id=unread.pk, editor=editor, queue=QUEUE)
    assert list(PassedOver.objects.order_by("pk").values_list("editor__username", "queue")) == [
        ("otto", QUEUE),
        ("edith", QUEUE),
    ]


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """What each of these gives, each in a connection of its own, all let go at the same moment."""
    gate = Barrier(len(steps))
    given: list[Any] = [None] * len(steps)

    def run(place: int, step: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            gate.wait(10)
            given[place] = step()
        finally:
            connection.close()

    threads = [Thread(target=run, args=one) for one in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return given


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_run_out", [False, True])
def test_of_two_who_take_an_article_at_once_one_has_it_and_both_know_who(
    unread: Article, editor: User, otto: User, is_run_out: bool
) -> None:
    third = User.objects.create_user("third")
    for _ in range(5):
        DeskLease.objects.all().delete()
        if is_run_out:
            take(article_id=unread.pk, editor=third)
            run_out()
        leases = at_once(
            lambda: take(article_id=unread.pk, editor=editor), lambda: take(article_id=unread.pk, editor=otto)
        )
        assert leases[0].editor == leases[1].editor
        assert DeskLease.objects.get().editor == leases[0].editor


@pytest.mark.django_db(transaction=True)
def test_who_takes_while_the_other_lets_go_gets_an_answer(unread: Article, editor: User, otto: User) -> None:
    for _ in range(5):
        take(article_id=unread.pk, editor=editor)
        lease, _done = at_once(
            lambda: take(article_id=unread.pk, editor=otto),
            lambda: leave(article_id=unread.pk, editor=editor, queue=QUEUE),
        )
        assert lease.editor in {editor, otto}
        DeskLease.objects.all().delete()
