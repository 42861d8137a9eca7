"""Who hands in articles sees a list of them, and what became of each."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from quotes import tasks
from quotes.models import Article, Submission
from quotes.services.submissions import submit
from tests.api.logins import by_token, problem
from tests.conftest import document

pytestmark = pytest.mark.django_db
INGEST = "/api/v1/ingest/"


@pytest.fixture
def desk(db: None) -> User:
    user = User.objects.create_user("ed")
    user.user_permissions.set(Permission.objects.filter(codename="add_article"))
    return user


def hand_in(user: User, url: str, *, address: bool = False) -> Submission:
    what = url if address else document("“No,” said Una Lind.", url=url)
    return submit(what=what, editor=user, digest="0", send=lambda _: None, visit=lambda _: None)


@pytest.fixture
def handed_in(desk: User, editor: User) -> list[Submission]:
    """One to be fetched, one to be read, one that was read, and one of which that failed."""
    made = [
        hand_in(desk, "https://a.example/1", address=True),
        *(hand_in(desk, f"https://a.example/{number}") for number in (2, 3, 4)),
    ]
    hand_in(editor, "https://a.example/5")
    assert made[2].article
    assert made[3].article
    tasks.read_articles([made[2].article.pk])
    Article.objects.filter(pk=made[3].article.pk).update(
        status=Article.Status.FAILED, last_error="it could not be parsed"
    )
    return made


def get(client: Client, user: User, address: str = INGEST, status: int = 200, **query: str) -> Any:
    answer = client.get(address, query or None, headers={"authorization": by_token(user, "ingest")})
    if status != 200:
        return problem(answer, status)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_their_own_are_listed_the_latest_first(
    client: Client, desk: User, handed_in: list[Submission]
) -> None:
    found = get(client, desk)
    assert [one["id"] for one in found["results"]] == [one.urn for one in reversed(handed_in)]
    assert [one["address"] for one in found["results"]] == [f"https://a.example/{n}" for n in (4, 3, 2, 1)]
    for one in found["results"]:
        assert get(client, desk, one["url"]) == one


def test_a_failed_one_says_why_and_all_can_be_asked_for_by_state(
    client: Client, desk: User, handed_in: list[Submission]
) -> None:
    def of(state: str) -> list[str]:
        return [one["id"] for one in get(client, desk, state=state)["results"]]

    (failed,) = get(client, desk, state="failed")["results"]
    assert failed["detail"] == "it could not be parsed"
    assert of("queued") == [handed_in[0].urn]
    assert of("reading,done") == [handed_in[2].urn, handed_in[1].urn]
    assert "Did you mean failed" in get(client, desk, status=400, state="faled")["detail"]


def test_they_come_in_pages(client: Client, desk: User, handed_in: list[Submission]) -> None:
    first = get(client, desk, page_size="3")
    second = get(client, desk, first["next"])
    assert [one["id"] for one in second["results"]] == [handed_in[0].urn]
    assert get(client, desk, second["previous"])["results"] == first["results"]


def test_what_does_not_exist_is_said_at_a_submission_too(
    client: Client, desk: User, handed_in: list[Submission]
) -> None:
    address = f"{INGEST}{handed_in[0].public_id}/"
    assert list(get(client, desk, address, status=400, state="done")["errors"]) == ["state"]


def test_a_long_list_costs_no_more_queries(
    client: Client, desk: User, handed_in: list[Submission], django_assert_num_queries: Any
) -> None:
    login = by_token(desk, "ingest")
    with django_assert_num_queries(5):
        client.get(INGEST, headers={"authorization": login})
