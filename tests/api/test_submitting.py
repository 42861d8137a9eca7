"""Articles handed in by API, and texts that are read without being stored."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from quotes import tasks
from quotes.extraction import EXTRACTOR_VERSION
from quotes.models import Article, Page, Quote, Speaker, Submission
from tests.api.logins import by_token, problem
from tests.conftest import FERRY
from tests.web import LocalWeb, local_web
from tests.web.pages import article, words_of

pytestmark = pytest.mark.django_db(transaction=True)

INGEST, EXTRACT = "/api/v1/ingest/", "/api/v1/extract/"
STORED = (Article, Page, Quote, Speaker, Submission)


class Sender:
    """A program with a token of the scope `ingest`."""

    def __init__(self, client: Client, user: User) -> None:
        self._client = client
        self._login = {"authorization": by_token(user, "ingest")}

    def post(self, path: str = INGEST, key: str = "", **data: Any) -> Any:
        headers = self._login | ({"idempotency-key": key} if key else {})
        return self._client.post(path, data, content_type="application/json", headers=headers)

    def get(self, address: str) -> Any:
        return self._client.get(urlsplit(address).path, headers=self._login)


@pytest.fixture
def sender(client: Client, editor: User) -> Sender:
    return Sender(client, editor)


@pytest.fixture
def web(settings: Any) -> Iterator[LocalWeb]:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["localhost"]
    settings.HOST_DELAY_SECONDS = 0
    with local_web() as web:
        yield web


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The articles that workers are sent for, who take their time."""
    sent: list[int] = []
    monkeypatch.setattr(tasks, "send", sent.extend)
    return sent


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in STORED)


def test_a_text_is_taken_in_and_read_by_the_workers(
    sender: Sender, client: Client, workers: list[int]
) -> None:
    given = {
        "text": FERRY, "url": "https://tidewatch.example/ferries?utm_source=x", "title": "Ferries",
        "byline": "Una Lind", "source": "Tidewatch", "published_at": "2026-03-06T09:30:00Z", "language": "en",
    }  # fmt: skip
    answer = sender.post(**given)
    assert answer.status_code == 202
    taken = answer.json()
    assert answer["Location"] == taken["url"]
    assert (taken["state"], taken["detail"]) == ("reading", "")
    assert sender.get(taken["url"]).json() == taken
    tasks.read_articles(workers)
    assert sender.get(taken["url"]).json()["state"] == "done"
    stored = client.get(taken["article"]).json()
    assert (stored["title"], stored["byline"], stored["canonical_url"], stored["published_at"]) == (
        "Ferries", "Una Lind", "https://tidewatch.example/ferries", "2026-03-06T09:30:00Z",
    )  # fmt: skip
    assert stored["source"]["name"] == "Tidewatch"
    assert Article.objects.get().text == FERRY
    quotes = client.get(taken["quotes"]).json()["results"]
    assert {one["text"] for one in quotes} >= {"floating kettles"}


def test_with_no_broker_it_is_read_before_the_answer(sender: Sender, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    assert sender.post(text=FERRY).json()["state"] == "done"
    assert Quote.objects.count() == 3


def test_a_page_is_taken_in_as_by_ingest(sender: Sender, workers: list[int]) -> None:
    answer = sender.post(html=article(3), url="https://tarnbay.example/3", source="Tarn Bay Post")
    assert answer.status_code == 202
    stored = Article.objects.get()
    assert stored.revision.title == "Vote 3 on the library roof"
    assert words_of(3) in stored.text
    assert "All rights reserved" not in stored.text
    assert (stored.canonical_url, stored.source.name) == ("https://tarnbay.example/3", "Tarn Bay Post")


def test_an_address_is_fetched(sender: Sender, web: LocalWeb, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    assert sender.post(url=f"{web.site}/good/3").json()["state"] == "done"
    assert Quote.objects.get().text == words_of(3)
    missing = sender.post(url=f"{web.site}/status/404").json()
    assert (missing["state"], missing["article"], missing["quotes"]) == ("failed", None, None)
    assert "404" in missing["detail"]


def test_the_same_request_with_the_same_key_is_taken_in_once(sender: Sender, workers: list[int]) -> None:
    answers = [sender.post(key="2026-11-30 no. 7", text=FERRY) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(workers) == 1
    told = problem(sender.post(key="2026-11-30 no. 7", text="Other."), 422)
    assert "take a new one" in told["detail"]
    assert sender.post(key="another", text=FERRY).json()["id"] != answers[0].json()["id"]


@pytest.mark.parametrize("key", ["k" * 256, "a\x7fb"])
def test_a_key_that_is_none_is_refused(sender: Sender, key: str) -> None:
    assert set(problem(sender.post(key=key, text=FERRY), 400)["errors"]) == {"Idempotency-Key"}
    assert nothing_is_stored()


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({}, "Give `url`, `html` or `text`"),
        ({"title": "Ferries"}, "only beside"),
        ({"url": "https://a.example/", "source": "A"}, "source: only beside `html` or `text`"),
        ({"text": "a", "html": "<p>a</p>"}, "not both"),
        ({"text": ""}, "text: "),
        ({"text": " \n"}, "The text is empty"),
        ({"text": "a\0b"}, "text: Null characters"),
        ({"text": "a", "url": "ftp://a.example/"}, "url: 'ftp://a.example/' is not a web address"),
        ({"url": "https://una:secret@a.example/"}, "leave them out"),
        ({"url": "https://a.example/" + "a" * 2000}, "url: "),
        ({"html": "no markup"}, "give what has no markup as `text`"),
        ({"html": "<html><body></body></html>"}, "No article was found"),
        ({"text": "a", "published_at": "yesterday"}, "published_at: "),
    ],
    ids=str,
)
def test_what_is_no_article_is_refused_with_a_hint_and_nothing_is_stored(
    sender: Sender, given: dict[str, str], hint: str
) -> None:
    assert hint in problem(sender.post(**given), 400)["detail"]
    assert nothing_is_stored()


def test_what_is_no_object_or_no_json_is_refused(client: Client, editor: User) -> None:
    login = {"authorization": by_token(editor)}
    for body in ('["text"]', '"text"', "null", "7"):
        problem(client.post(INGEST, body, content_type="application/json", headers=login), 400)
    problem(client.post(INGEST, {"text": "a"}, headers=login), 415)


@pytest.mark.parametrize("path", [INGEST, EXTRACT])
def test_an_article_may_be_as_large_as_elsewhere_and_no_larger(
    sender: Sender, workers: list[int], settings: Any, path: str
) -> None:
    settings.MAX_ARTICLE_BYTES, settings.EXTRACT_CHARACTERS = 1000, 1000
    assert sender.post(path, text="“" * 300).status_code in {200, 202}  # twice as many bytes, escaped
    assert "1,000 bytes" in problem(sender.post(path, text="e" * 1001), 400)["detail"]
    problem(sender.post(path, text="e" * 7000), 413)


def test_only_who_handed_it_in_sees_what_became_of_it(
    sender: Sender, client: Client, workers: list[int]
) -> None:
    taken = sender.post(text=FERRY).json()
    una = User.objects.create_user("una")
    una.user_permissions.set(Permission.objects.filter(codename="add_article"))
    problem(Sender(client, una).get(taken["url"]), 404)
    problem(client.get(taken["url"]), 401)


# Read without being stored


def test_a_text_is_read_and_nothing_stored(sender: Sender) -> None:
    found = sender.post(EXTRACT, text=FERRY).json()
    assert (found["text"], found["title"], found["extractor_version"]) == (FERRY, "", EXTRACTOR_VERSION)
    assert [one["text"] for one in found["quotes"]] == [
        "We have waited ten years for this", "floating kettles", "The price is a scandal",
    ]  # fmt: skip
    for one in found["quotes"]:
        assert " ".join(FERRY[start:end] for start, end in one["segments"]) == one["text"]
        assert FERRY[one["cue"]["start"] : one["cue"]["end"]] == one["cue"]["text"]
        assert one["reasons"]
    assert found["quotes"][-1]["speaker"]["name"] == "Desmond Achterberg"
    assert found["quotes"][-1]["speaker"]["kind"] == "person"
    assert nothing_is_stored()


def test_a_page_is_read_and_its_text_given(sender: Sender) -> None:
    found = sender.post(EXTRACT, html=article(3)).json()
    (quote,) = found["quotes"]
    assert quote["text"] == words_of(3)
    ((start, end),) = quote["segments"]
    assert found["text"][start:end] == words_of(3)
    assert found["title"] == "Vote 3 on the library roof"
    assert nothing_is_stored()


def test_what_is_long_or_an_address_is_not_read_on_the_spot(sender: Sender, settings: Any) -> None:
    settings.EXTRACT_CHARACTERS = 100
    told = problem(sender.post(EXTRACT, text="e" * 101), 400)
    assert told["errors"] == {"text": ["It has 101 characters; read here are 100 at most."]}
    assert "no address is fetched" in problem(sender.post(EXTRACT, url="https://a.example/"), 400)["detail"]


def test_reading_on_the_spot_counts_as_a_search(sender: Sender, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "search": (1, 60), "writing": (5, 60)}
    assert sender.post(EXTRACT, text="a").status_code == 200
    assert "(search)" in problem(sender.post(EXTRACT, text="a"), 429)["detail"]
    assert sender.post(text="“No,” said Una Lind.").status_code == 202


def test_real_answers_fit_the_schema(sender: Sender, client: Client, workers: list[int]) -> None:
    schema = client.get("/api/v1/schema/", {"format": "json"}).json()

    def check(path: str, method: str, answer: Any) -> None:
        content = schema["paths"][path][method]["responses"][str(answer.status_code)]["content"]
        (one,) = content.values()
        jsonschema.validate(answer.json(), one["schema"] | {"components": schema["components"]})

    check(INGEST, "post", taken := sender.post(text=FERRY, key="k"))
    check(INGEST, "post", sender.post(text="a", key="k"))
    check(f"{INGEST}{{public_id}}/", "get", sender.get(taken["Location"]))
    check(EXTRACT, "post", sender.post(EXTRACT, text=FERRY))
    check(EXTRACT, "post", sender.post(EXTRACT))
