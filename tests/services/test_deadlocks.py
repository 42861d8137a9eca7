"""Two editors who wait for each other: the database lets one of them go, who begins again."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.test import Client

from quotes.models import Quote, Speaker, SpeakerChange
from quotes.services import merging, review
from quotes.services.deadlocks import repeated
from quotes.services.merging import merge_speakers
from quotes.services.review import decide
from tests.api.logins import by_token, problem
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db(transaction=True)
only_postgresql = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="there one waits for the other from the beginning"
)


class LetGoError(Exception):
    """What psycopg says."""

    sqlstate = "40P01"


def let_go(*_: Any, **__: Any) -> None:
    raise OperationalError("deadlock detected") from LetGoError()


class Meeting:
    """Where each of the two waits, the first time, until the other has locked something, too."""

    def __init__(self) -> None:
        self._barrier = Barrier(2)
        self.came: list[str] = []

    def come(self, name: str) -> None:
        is_first_time = name not in self.came
        self.came.append(name)
        if is_first_time:
            self._barrier.wait(10)


def at_once(*steps: Callable[[], Any]) -> None:
    """Each in a connection of its own, in which a deadlock is noticed soon."""
    failed: list[BaseException] = []

    def take(step: Callable[[], Any]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET deadlock_timeout = '20ms'")
            step()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=take, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Meeting:
    """A merge waits when it has locked its speakers."""
    made = Meeting()
    change = merging._change

    def changed(*args: Any, **kwargs: Any) -> SpeakerChange:
        made.come("merge")
        return change(*args, **kwargs)

    monkeypatch.setattr(merging, "_change", changed)
    return made


@only_postgresql
def test_a_merge_and_a_decision_that_wait_for_each_other_are_both_done(
    ingest: Ingest, editor: User, meeting: Meeting
) -> None:
    ingest()
    kettles = Quote.objects.get(text="floating kettles")
    oona, desmond = (Speaker.objects.get(slug=slug) for slug in ("oona-marlowe", "desmond-achterberg"))
    at_once(
        lambda: merge_speakers(source=oona, target=desmond, editor=editor),
        lambda: decide(
            quotes=[kettles],
            status=Quote.Status.APPROVED,
            editor=editor,
            guard=lambda _: meeting.come("decision"),
        ),
    )
    assert len(meeting.came) > 2  # one of them began again
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.review_status) == (desmond, Quote.Status.APPROVED)
    assert SpeakerChange.objects.count() == 1
    assert kettles.decisions.count() == 1


@only_postgresql
def test_a_form_of_the_admin_site_begins_again_too(
    ingest: Ingest, editor: User, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest()
    scandal = Quote.objects.get(text="The price is a scandal")
    oona, desmond = (Speaker.objects.get(slug=slug) for slug in ("oona-marlowe", "desmond-achterberg"))
    locked = review.locked_quotes

    def come(quotes: Any, *args: Any) -> list[Quote]:
        found = locked(quotes, *args)
        meeting.come("form")
        return found

    monkeypatch.setattr(review, "locked_quotes", come)
    desk = Client()
    desk.force_login(editor)
    form = {
        "speaker": oona.pk,
        "note": "",
        "_approve": "1",
        "decisions-TOTAL_FORMS": "0",
        "decisions-INITIAL_FORMS": "0",
    }
    answers: list[int] = []
    at_once(
        lambda: merge_speakers(source=desmond, target=oona, editor=editor),
        lambda: answers.append(desk.post(f"/admin/quotes/quote/{scandal.pk}/change/", form).status_code),
    )
    assert len(meeting.came) > 2
    assert answers == [302]
    scandal.refresh_from_db()
    assert (scandal.speaker, scandal.review_status) == (oona, Quote.Status.APPROVED)


def test_what_is_let_go_each_time_is_a_503_that_says_when_to_come_again(
    client: Client, ingest: Ingest, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest()
    tries: list[int] = []

    def never(*_: Any, **__: Any) -> None:
        tries.append(1)
        let_go()

    monkeypatch.setattr(review, "locked_quotes", never)
    quote = Quote.objects.get(text="floating kettles")
    answer = client.post(
        f"/api/v1/review/quotes/{quote.public_id}/approve/",
        {},
        content_type="application/json",
        headers={"authorization": by_token(editor)},
    )
    assert "Send it again" in problem(answer, 503)["detail"]
    assert answer["Retry-After"] == "2"
    assert len(tries) == 5


def test_what_failed_otherwise_or_within_a_transaction_is_not_done_again(db: None) -> None:
    tries: list[str] = []

    def fail() -> None:
        tries.append("for something else")
        raise OperationalError("the disk is full")

    def fail_within() -> None:
        tries.append("within")
        let_go()

    with pytest.raises(OperationalError):
        repeated(fail)
    with pytest.raises(OperationalError), transaction.atomic():
        repeated(fail_within)
    assert tries == ["for something else", "within"]
