"""What editors decide about quotes by API."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from quotes.models import Quote, ReviewDecision, Speaker
from quotes.services.review import decide
from quotes.services.speakers import save_speaker
from tests.api.logins import WORD, basic, by_token, problem
from tests.conftest import FERRY, Ingest

pytestmark = pytest.mark.django_db

QUOTES, REVIEW = "/api/v1/quotes/", "/api/v1/review/quotes/"


class Desk:
    """A reviewer with a token of the scope `review`."""

    def __init__(self, client: Client, editor: User) -> None:
        self._client = client
        self._login = {"authorization": by_token(editor, "review")}

    def post(self, path: str, if_match: str = "", **data: Any) -> Any:
        headers = self._login | ({"if-match": if_match} if if_match else {})
        return self._client.post(path, data, content_type="application/json", headers=headers)

    def get(self, path: str, **query: str) -> Any:
        return self._client.get(path, query, headers=self._login)

    def step(self, quote: Quote, name: str, **data: Any) -> Any:
        """What the quote is after the step."""
        answer = self.post(f"{REVIEW}{quote.public_id}/{name}/", **data)
        assert answer.status_code == 200, answer.content
        assert answer["Content-Location"] == answer.json()["url"]
        return answer.json()


@pytest.fixture
def desk(client: Client, editor: User) -> Desk:
    return Desk(client, editor)


@pytest.fixture
def marta(db: None) -> Speaker:
    return save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))


@pytest.fixture
def changes(client: Client, kettles: Quote) -> Callable[[], list[Any]]:
    """What has changed since it was asked last, as whoever keeps a copy learns it."""
    place = client.get(f"{QUOTES}?changed_since=0").json()["next"]

    def ask() -> list[Any]:
        nonlocal place
        page = client.get(place).json()
        place = page["next"]
        found: list[Any] = page["results"]
        return found

    return ask


def segments(words: str) -> list[list[int]]:
    start = FERRY.index(words)
    return [[start, start + len(words)]]


# What reviewers see


def test_reviewers_see_every_quote_with_all_that_was_decided(
    desk: Desk, client: Client, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, reason="not-a-quote", note="a name")
    assert client.get(f"{QUOTES}{kettles.public_id}/").status_code == 410
    found = desk.get(f"{REVIEW}{kettles.public_id}/").json()
    assert (found["text"], found["review_status"], found["is_public"]) == (
        "floating kettles", "rejected", False,
    )  # fmt: skip
    assert found["reasons"] == kettles.reasons
    (step,) = found["decisions"]
    assert step.pop("decided_at")
    assert step.pop("id") == found["undoable"]
    assert step == {
        "action": "reject", "from_kind": "", "to_kind": "", "batch": None, "undoes": None, "redoes": None,
        "by": "editor", "editor": "edith", "from_status": "unreviewed", "to_status": "rejected",
        "from_speaker": "oona-marlowe", "to_speaker": "oona-marlowe", "from_words": None, "to_words": None,
        "reason": "not-a-quote", "note": "a name", "public_note": "",
    }  # fmt: skip
    listed = desk.get(REVIEW).json()["results"]
    assert len(listed) == 3
    assert {one["is_public"] for one in listed} == {True, False}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "rejected"}, {"floating kettles"}),
        ({"status": "unreviewed", "max_confidence": "0.5"}, {"The price is a scandal"}),
        ({"is_gone": "true"}, {"We have waited ten years for this"}),
        ({"is_gone": "false", "kind": "direct"}, {"The price is a scandal"}),
        ({"speaker": "oona-marlowe", "text": "kettles"}, {"floating kettles"}),
    ],
    ids=str,
)
def test_quotes_are_filtered_by_what_is_of_interest_to_reviewers(
    desk: Desk, kettles: Quote, editor: User, query: dict[str, str], found: set[str]
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    Quote.objects.filter(text__startswith="The price").update(confidence=0.4)
    Quote.objects.filter(text__startswith="We have").update(gone_at=timezone.now())
    assert {one["text"] for one in desk.get(REVIEW, **query).json()["results"]} == found


@pytest.mark.parametrize("name", ["copies", "changed_since", "nonsense"])
def test_a_filter_that_makes_no_sense_here_is_refused(desk: Desk, kettles: Quote, name: str) -> None:
    assert "status" in problem(desk.get(REVIEW, **{name: "false"}), 400)["errors"][name][0]


def test_many_quotes_and_many_decisions_cost_no_more_queries(
    desk: Desk, ingest: Ingest, editor: User, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        ingest(url=f"https://one.example/{number}", title=f"Ferries {number}")
    desk.get(REVIEW)
    with django_assert_num_queries(3):  # the token, the quotes, the same words
        assert len(desk.get(REVIEW).json()["results"]) == 9
    for status in ("approved", "rejected", "disputed"):
        decide(quotes=Quote.objects.all(), status=Quote.Status(status), editor=editor)
    one = f"{REVIEW}{Quote.objects.latest('pk').public_id}/"
    with django_assert_num_queries(10):
        assert len(desk.get(one).json()["decisions"]) == 3


# What they decide


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("approve", {"note": "heard it"}, "approved"),
        ("reject", {"reason": "duplicate"}, "rejected"),
        ("dispute", {}, "disputed"),
        ("retract", {"public_note": "She did not say so."}, "retracted"),
    ],
)
def test_each_decision_is_kept_and_seen_by_all_at_once(
    desk: Desk,
    client: Client,
    kettles: Quote,
    changes: Callable[[], list[Any]],
    name: str,
    data: dict[str, str],
    status: str,
) -> None:
    now = desk.step(kettles, name, **data)
    assert (now["review_status"], now["is_public"]) == (status, status == "approved")
    assert {key: now["decisions"][0][key] for key in data} == data
    (change,) = changes()
    answer = client.get(f"{QUOTES}{kettles.public_id}/")
    if status == "approved":
        assert change["review_status"] == answer.json()["review_status"] == "approved"
    else:
        assert change.keys() == {"id", "withdrawn", "withdrawn_at", "withdrawn_by"}
        told = problem(answer, 410)
        assert told["withdrawn_by"] == "editor"
        assert "She did not" not in answer.text


def test_a_decision_twice_is_one(desk: Desk, kettles: Quote) -> None:
    for _ in range(2):
        desk.step(kettles, "approve", note="heard it")
    assert ReviewDecision.objects.count() == 1


def test_a_quote_is_given_to_somebody_known_or_new_and_back(
    desk: Desk, client: Client, kettles: Quote, marta: Speaker, changes: Callable[[], list[Any]]
) -> None:
    now = desk.step(kettles, "attribute", speaker="marta-quill")
    assert (now["speaker"]["slug"], now["attributed_by"], now["confidence"]) == (
        "marta-quill",
        "editor",
        None,
    )
    assert [one["speaker"]["slug"] for one in changes()] == ["marta-quill"]
    now = desk.step(kettles, "attribute", new_speaker={"name": "Ivo Lindqvist", "kind": "person"})
    assert now["speaker"]["name"] == "Ivo Lindqvist"
    assert client.get("/api/v1/speakers/ivo-lindqvist/").json()["quote_count"] == 1
    now = desk.step(kettles, "reopen", note="I was wrong")
    assert (now["speaker"]["slug"], now["attributed_by"], now["review_status"]) == (
        "oona-marlowe", "extractor", "unreviewed",
    )  # fmt: skip
    assert client.get(f"{QUOTES}{kettles.public_id}/").json()["speaker"]["slug"] == "oona-marlowe"
    assert [one["speaker"]["slug"] for one in changes()] == ["oona-marlowe"]


def test_the_words_are_marked_anew_and_taken_back(
    desk: Desk, client: Client, kettles: Quote, changes: Callable[[], list[Any]]
) -> None:
    now = desk.step(kettles, "bounds", segments=segments("kettles"))
    assert (now["text"], now["segments"], now["review_status"]) == (
        "kettles", segments("kettles"), "approved",
    )  # fmt: skip
    assert now["decisions"][0]["from_words"]["text"] == "floating kettles"
    assert [one["text"] for one in changes()] == ["kettles"]
    desk.step(kettles, "reopen")
    assert client.get(f"{QUOTES}{kettles.public_id}/").json()["text"] == "floating kettles"


def test_a_quote_that_was_missed_is_added(
    desk: Desk, client: Client, kettles: Quote, marta: Speaker, changes: Callable[[], list[Any]]
) -> None:
    article = kettles.revision.article
    given: dict[str, Any] = {
        "segments": segments("two electric ferries"),
        "kind": "partial",
        "note": "on the tape",
    }
    added = desk.post(REVIEW, article=article.urn, revision=1, speaker="marta-quill", **given)
    assert added.status_code == 201
    assert added["Location"] == added.json()["url"]
    assert desk.get(urlsplit(added["Location"]).path).json() == added.json()
    assert (added.json()["text"], added.json()["is_public"]) == ("two electric ferries", True)
    assert added.json()["decisions"][0]["note"] == "on the tape"
    assert [one["text"] for one in changes()] == ["two electric ferries"]
    again = desk.post(REVIEW, article=str(article.public_id), speaker="marta-quill", **given)
    assert added.json()["id"] in problem(again, 400)["detail"]
    late = desk.post(REVIEW, article=article.urn, revision=2, speaker="marta-quill", segments=[[0, 3]])
    assert "revision 1" in problem(late, 400)["detail"]


@pytest.mark.parametrize(
    ("name", "data", "field", "hint"),
    [
        ("attribute", {}, "non_field_errors", "Give either"),
        ("attribute", {"speaker": "a", "new_speaker": {"name": "B"}}, "non_field_errors", "Give either"),
        ("attribute", {"speaker": "nobody-known"}, "speaker", "take a slug from"),
        ("attribute", {"new_speaker": {"name": "?!"}}, "new_speaker.name", "a letter"),
        ("reject", {"reason": "because"}, "reason", "not a valid choice"),
        ("approve", {"note": "n" * 501}, "note", "500"),
        ("bounds", {}, "segments", "required"),
        ("bounds", {"segments": [[1, "x"]]}, "segments.0.1", "integer"),
        ("bounds", {"segments": [[1, 2, 3]]}, "segments.0", "2"),
        ("bounds", {"segments": [[0, 99_999]]}, None, "no stretch of the text"),
        ("bounds", {"segments": segments("We have waited")}, None, "none of these words"),
    ],
)
def test_nonsense_is_refused_with_a_hint_and_changes_nothing(
    desk: Desk, kettles: Quote, name: str, data: dict[str, Any], field: str | None, hint: str
) -> None:
    told = problem(desk.post(f"{REVIEW}{kettles.public_id}/{name}/", **data), 400)
    assert hint.lower() in told["detail"].lower()
    assert set(told.get("errors", {})) == ({field} if field else set())
    assert not ReviewDecision.objects.exists()


def test_words_that_nobody_said_are_not_approved(desk: Desk, kettles: Quote) -> None:
    Quote.objects.update(speaker=None)
    answer = desk.post(f"{REVIEW}{kettles.public_id}/approve/")
    assert "has no speaker" in problem(answer, 400)["detail"]


@pytest.mark.parametrize("article", ["7", "urn:uuid:7", "00000000-0000-4000-8000-000000000000"])
def test_an_article_that_is_none_is_named(desk: Desk, marta: Speaker, article: str) -> None:
    answer = desk.post(REVIEW, article=article, segments=[[0, 3]], speaker="marta-quill")
    assert set(problem(answer, 400)["errors"]) == {"article"}


def test_a_new_speaker_of_a_step_that_is_refused_is_not_kept(desk: Desk, kettles: Quote) -> None:
    given: dict[str, Any] = {
        "article": kettles.revision.article.urn,
        "segments": segments("floating kettles"),
    }
    problem(desk.post(REVIEW, new_speaker={"name": "Ivo Lindqvist"}, **given), 400)
    assert not Speaker.objects.filter(name="Ivo Lindqvist").exists()


# Two at once


@pytest.mark.parametrize("seen", ["public", "review"])
def test_a_decision_about_what_has_changed_meanwhile_is_not_taken(
    desk: Desk, client: Client, kettles: Quote, seen: str
) -> None:
    path = f"{REVIEW}{kettles.public_id}/"
    looked = client.get(f"{QUOTES}{kettles.public_id}/") if seen == "public" else desk.get(path)
    etag = looked["ETag"]
    first = desk.post(f"{path}bounds/", if_match=etag, segments=segments("kettles"))
    assert first.status_code == 200
    for name in ("approve", "reject", "dispute", "retract", "reopen"):
        told = problem(desk.post(f"{path}{name}/", if_match=etag), 412)
        assert told["current"]["text"] == "kettles"
        assert told["current"] == desk.get(path).json()
        assert told["etag"] == first["ETag"]
    problem(desk.post(f"{path}bounds/", if_match=etag, segments=segments("floating")), 412)
    problem(desk.post(f"{path}attribute/", if_match=etag, new_speaker={"name": "Ivo"}), 412)
    assert not Speaker.objects.filter(name="Ivo").exists()
    assert ReviewDecision.objects.count() == 1
    assert desk.post(f"{path}approve/", if_match=told["etag"]).status_code == 200
    assert desk.post(f"{path}dispute/", if_match=f'"other", {desk.get(path)["ETag"]}').status_code == 200


def test_what_only_surrounds_the_quote_changes_no_decision(
    desk: Desk, kettles: Quote, marta: Speaker
) -> None:
    path = f"{REVIEW}{kettles.public_id}/"
    etag = desk.get(path)["ETag"]
    Speaker.objects.filter(slug="oona-marlowe").update(name="Oona M. Marlowe")
    assert desk.get(path)["ETag"] != etag
    assert desk.post(f"{path}approve/", if_match=f"W/{etag}").status_code == 200
    assert desk.post(f"{path}reject/", if_match="*").status_code == 200


# Who may


def test_only_reviewers_are_let_in(client: Client, kettles: Quote, editor: User) -> None:
    path = f"{REVIEW}{kettles.public_id}/"
    problem(client.get(path), 401)
    User.objects.create_user("vic", password=WORD)
    assert "editor" in problem(client.get(path, headers={"authorization": basic("vic")}), 403)["detail"]
    other = {"authorization": by_token(editor, "read", "ingest", "administer")}
    assert "`review`" in problem(client.post(f"{path}approve/", headers=other), 403)["detail"]
    problem(client.get(f"{REVIEW}00000000-0000-4000-8000-000000000000/", headers=other), 403)


def test_what_there_is_not_is_not_found(desk: Desk, db: None) -> None:
    nothing = f"{REVIEW}00000000-0000-4000-8000-000000000000/"
    problem(desk.get(nothing), 404)
    problem(desk.post(f"{nothing}approve/"), 404)
    problem(desk.post(f"{REVIEW}7/approve/"), 404)


def test_real_answers_fit_the_schema(desk: Desk, client: Client, kettles: Quote, marta: Speaker) -> None:
    schema = client.get("/api/v1/schema/", {"format": "json"}).json()

    def check(path: str, method: str, answer: Any) -> None:
        content = schema["paths"][path][method]["responses"][str(answer.status_code)]["content"]
        (one,) = content.values()
        jsonschema.validate(answer.json(), one["schema"] | {"components": schema["components"]})

    detail, path = f"{REVIEW}{{public_id}}/", f"{REVIEW}{kettles.public_id}/"
    check(detail, "get", looked := desk.get(path))
    check(f"{detail}bounds/", "post", desk.post(f"{path}bounds/", segments=segments("kettles")))
    check(f"{detail}approve/", "post", desk.post(f"{path}approve/", if_match=looked["ETag"]))
    check(f"{detail}reject/", "post", desk.post(f"{path}reject/", reason="x"))
    check(REVIEW, "get", desk.get(REVIEW))
    Quote.objects.update(speaker=None)
    check(REVIEW, "get", desk.get(REVIEW))
    check(detail, "get", desk.get(path))
