"""Steps with several quotes at once, steps taken back, and the article with all its quotes, by API."""

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Quote, ReviewDecision, RoleStatement, Speaker
from quotes.services.review import decide
from quotes.services.roles import Role, make_account
from quotes.services.speakers import save_speaker
from tests.api.logins import WORD, basic, by_token, problem
from tests.conftest import FERRY, Ingest

pytestmark = pytest.mark.django_db

REVIEW, ARTICLES = "/api/v1/review/quotes/", "/api/v1/review/articles/"
AT = FERRY.index("ten years")

Post = Callable[..., Any]


@pytest.fixture
def login(editor: User) -> str:
    return by_token(editor, "review")


@pytest.fixture
def post(client: Client, login: str) -> Post:
    def step(quote: Quote, name: str, *, if_match: str = "", by: str = login, **data: Any) -> Any:
        headers = {"authorization": by} | ({"if-match": if_match} if if_match else {})
        path = f"{REVIEW}{quote.public_id}/{name}/"
        return client.post(path, data, content_type="application/json", headers=headers)

    return step


@pytest.fixture
def look(client: Client, login: str) -> Callable[[Any], Any]:
    def read(record: Any) -> Any:
        path = REVIEW if isinstance(record, Quote) else ARTICLES
        return client.get(f"{path}{record.public_id}/", headers={"authorization": login})

    return read


@pytest.fixture
def waited(kettles: Quote) -> Quote:
    return Quote.objects.get(text="We have waited ten years for this")


@pytest.fixture
def marta(db: None) -> Speaker:
    return save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))


def test_a_decision_is_taken_back_and_taken_again(
    post: Post, look: Callable[[Any], Any], kettles: Quote, marta: Speaker
) -> None:
    before = look(kettles).json()
    assert (before["undoable"], before["redoable"]) == (None, None)
    given = post(kettles, "attribute", speaker="marta-quill").json()
    decision = given["decisions"][0]
    assert (decision["action"], given["undoable"]) == ("attribute", decision["id"])
    back = post(kettles, "undo", note="my mistake").json()
    for name in ("speaker", "attributed_by", "confidence", "review_status", "text", "kind", "is_public"):
        assert back[name] == before[name]
    assert (back["undoable"], back["redoable"], back["others"]) == (None, decision["id"], [])
    assert (back["decisions"][0]["undoes"], back["decisions"][0]["note"]) == (decision["id"], "my mistake")
    again = post(kettles, "redo", decision=decision["id"])
    assert again.status_code == 200
    assert again["ETag"] == again.json()["etag"]
    assert again.json()["speaker"]["slug"] == "marta-quill"
    assert again.json()["decisions"][0]["redoes"] == decision["id"]
    assert again["Content-Location"] == again.json()["url"]


def test_what_was_decided_before_something_else_is_a_412_with_what_it_is_now(
    post: Post, look: Callable[[Any], Any], kettles: Quote
) -> None:
    first = post(kettles, "approve").json()["undoable"]
    etag = look(kettles)["ETag"]
    post(kettles, "dispute")
    told = problem(post(kettles, "undo", decision=first), 412)
    assert told["current"]["review_status"] == "disputed"
    assert told["etag"] == told["current"]["etag"]
    assert "decided since" in told["detail"]
    problem(post(kettles, "undo", if_match=etag), 412)
    problem(post(kettles, "redo"), 400)
    problem(post(kettles, "undo", decision=0), 400)
    assert ReviewDecision.objects.count() == 2
    assert post(kettles, "undo", if_match=told["etag"]).json()["review_status"] == "approved"


def test_a_quote_is_split_and_joined_and_each_answer_has_the_others(
    post: Post, client: Client, waited: Quote, kettles: Quote
) -> None:
    def public() -> set[str]:
        return {one["text"] for one in client.get("/api/v1/quotes/").json()["results"]}

    before = public()
    answer = post(waited, "split", at=AT).json()
    (other,) = answer["others"]
    assert (answer["text"], other["text"]) == ("We have waited", "ten years for this")
    assert answer["decisions"][0]["batch"] == other["decisions"][0]["batch"]
    assert public() == before - {waited.text} | {"We have waited", "ten years for this"}
    joined = post(waited, "join", quotes=[other["id"], kettles.urn]).json()
    assert joined["text"] == "We have waited ten years for this floating kettles"
    assert [one["review_status"] for one in joined["others"]] == ["rejected", "rejected"]
    assert post(waited, "join", quotes=[other["id"]]).json()["others"] == []
    back = post(waited, "undo").json()
    assert {one["review_status"] for one in back["others"]} == {"approved", "unreviewed"}
    post(waited, "undo")
    assert public() == before
    for quotes in (["urn:uuid:7"], ["00000000-0000-4000-8000-000000000000"], []):
        assert set(problem(post(waited, "join", quotes=quotes), 400)["errors"]) == {"quotes"}
    assert "on both sides" in problem(post(waited, "split", at=0), 400)["detail"]


def test_all_that_is_given_to_somebody_is_given_to_another_and_what_is_not_is_told(
    post: Post, waited: Quote, kettles: Quote, marta: Speaker, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    done = post(waited, "attribute-all", speaker="marta-quill", note="her sister").json()
    assert (done["speaker"]["slug"], done["others"]) == ("marta-quill", [])
    assert done["unchanged"] == [
        {"id": kettles.urn, "why": "closed", "detail": "it is rejected or retracted"}
    ]
    post(kettles, "undo")
    done = post(waited, "attribute-all", new_speaker={"name": "Ivo Lindqvist"}, same="speaker").json()
    assert [one["id"] for one in done["others"]] == [kettles.urn]
    assert {one["speaker"]["slug"] for one in (done, *done["others"])} == {"ivo-lindqvist"}
    back = post(waited, "undo", whole=True).json()
    assert [one["speaker"]["slug"] for one in (back, *back["others"])] == ["marta-quill", "oona-marlowe"]
    assert (
        "not a valid choice" in problem(post(waited, "attribute-all", speaker="a", same="b"), 400)["detail"]
    )


def test_a_new_speaker_of_what_is_refused_is_not_kept(
    post: Post, look: Callable[[Any], Any], waited: Quote
) -> None:
    etag = look(waited)["ETag"]
    post(waited, "approve")
    problem(post(waited, "attribute-all", if_match=etag, new_speaker={"name": "Ivo Lindqvist"}), 412)
    assert not Speaker.objects.filter(name="Ivo Lindqvist").exists()


def test_kind_note_and_a_note_for_readers_are_kept(post: Post, kettles: Quote) -> None:
    now = post(kettles, "kind", kind="direct").json()
    assert (now["kind"], now["review_status"]) == ("direct", "approved")
    assert (now["decisions"][0]["from_kind"], now["decisions"][0]["to_kind"]) == ("partial", "direct")
    noted = post(kettles, "note", note="ask the desk").json()
    assert (noted["decisions"][0]["action"], noted["decisions"][0]["note"]) == ("note", "ask the desk")
    assert (noted["etag"], noted["undoable"]) == (now["etag"], now["undoable"])
    assert post(kettles, "undo").json()["kind"] == "partial"
    told = post(kettles, "dispute", public_note="She denies it.").json()["decisions"][0]
    assert (told["to_status"], told["public_note"]) == ("disputed", "She denies it.")
    problem(post(kettles, "kind", kind="song"), 400)
    problem(post(kettles, "note", note=" "), 400)


def test_only_who_may_retract_takes_a_retraction_back(post: Post, kettles: Quote) -> None:
    make_account(name="rita", role=Role.REVIEWER, password=WORD)
    make_account(name="ed", role=Role.EDITOR, password=WORD)
    rita, ed = basic("rita"), basic("ed")
    assert "may retract" in problem(post(kettles, "retract", by=rita), 403)["detail"]
    assert post(kettles, "retract", by=ed, public_note="She did not.").status_code == 200
    for name in ("undo", "approve", "reject", "reopen", "kind", "attribute-all"):
        told = post(kettles, name, by=rita, kind="direct", new_speaker={"name": "Ivo"})
        assert "may retract" in problem(told, 403)["detail"], name
    assert post(kettles, "undo", by=ed).status_code == 200
    problem(post(kettles, "redo", by=rita), 403)
    assert post(kettles, "approve", by=rita).status_code == 200
    post(kettles, "retract", by=ed)
    post(kettles, "dispute", by=ed)
    problem(post(kettles, "undo", by=rita), 403)  # it would be retracted again
    kettles.refresh_from_db()
    assert kettles.review_status == "disputed"
    assert not Speaker.objects.filter(name="Ivo").exists()


# The article


def test_an_article_has_its_text_all_its_quotes_and_who_may_have_said_them(
    look: Callable[[Any], Any], post: Post, ingest: Ingest, kettles: Quote, editor: User
) -> None:
    article, other = kettles.revision.article, ingest(url="https://one.example/copy", source="The Copy")
    una = save_speaker(speaker=Speaker(name="Una Lind", kind="person"))
    RoleStatement.objects.create(
        speaker=una,
        article=article,
        role="harbour master",
        folded="harbour master",
        dated_at=kettles.dated_at,
    )
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, reason="not-a-quote")
    found = look(article)
    told = found.json()
    assert (told["id"], told["text"], told["revision"]) == (article.urn, FERRY, 1)
    assert [one["text"] for one in told["quotes"]] == [
        "We have waited ten years for this", "floating kettles", "The price is a scandal",
    ]  # fmt: skip
    for one in told["quotes"]:
        (start, end) = one["segments"][0]
        assert told["text"][start:end] == one["text"]
    waited, rejected, price = told["quotes"]
    assert (rejected["review_status"], rejected["decisions"][0]["reason"]) == ("rejected", "not-a-quote")
    assert (rejected["undoable"], rejected["is_public"]) == (rejected["decisions"][0]["id"], False)
    assert price["reasons"]
    assert price["cue"]["text"] == "said"
    assert price["certainty"] == price["confidence"]
    people = told["people"]
    assert [person["speaker"]["slug"] for person in people] == [
        "oona-marlowe", "desmond-achterberg", "una-lind",
    ]  # fmt: skip
    assert [person["quotes"] for person in people] == [2, 1, 0]
    assert people[2]["role"] == "harbour master"
    assert price["role"] == people[1]["role"]
    assert [(one["source"]["name"], one["is_public"]) for one in waited["elsewhere"]] == [("The Copy", True)]
    assert waited["elsewhere"][0]["id"] in [one.urn for one in Quote.objects.filter(revision__article=other)]
    approved = post(Quote.objects.get(text=price["text"], revision__article=article), "approve",
                    if_match=price["etag"])  # fmt: skip
    assert approved.status_code == 200
    again = look(article)
    assert again.json()["quotes"][2]["certainty"] == 1
    assert again["ETag"] != found["ETag"]


def test_an_article_with_many_quotes_and_decisions_costs_no_more_queries(
    look: Callable[[Any], Any], ingest: Ingest, editor: User, django_assert_max_num_queries: Any
) -> None:
    many = FERRY + "".join(
        f"\n“Reason number {word} is good,” said Vera Stone{word}, a sailor.\n"
        for word in ("ten", "ley", "well", "ham", "ford")
    )
    small, large = ingest(url="https://one.example/small"), ingest(many, url="https://one.example/large")
    ingest(many, url="https://two.example/large", source="The Copy")
    quotes = Quote.objects.filter(revision__article=large)
    assert quotes.count() >= 8
    for status in ("approved", "rejected", "disputed"):
        decide(quotes=quotes, status=Quote.Status(status), editor=editor)
    look(small)  # the token is seen to be used
    for article in (small, large):
        # token, article, quotes, decisions, what readers report, copies, the same words and their quotes,
        # roles, candidates
        with django_assert_max_num_queries(10):
            assert look(article).status_code == 200


def test_real_answers_fit_the_schema(
    client: Client, post: Post, look: Callable[[Any], Any], waited: Quote, kettles: Quote, marta: Speaker
) -> None:
    schema = client.get("/api/v1/schema/", {"format": "json"}).json()

    def check(path: str, method: str, answer: Any) -> None:
        content = schema["paths"][path][method]["responses"][str(answer.status_code)]["content"]
        (one,) = content.values()
        jsonschema.validate(answer.json(), one["schema"] | {"components": schema["components"]})

    detail = f"{REVIEW}{{public_id}}/"
    check(f"{detail}split/", "post", post(waited, "split", at=AT))
    check(f"{detail}undo/", "post", post(waited, "undo"))
    check(f"{detail}redo/", "post", post(waited, "redo"))
    check(f"{detail}redo/", "post", post(waited, "redo"))
    check(f"{detail}join/", "post", post(waited, "join", quotes=[kettles.urn]))
    check(f"{detail}attribute-all/", "post", post(waited, "attribute-all", speaker="marta-quill"))
    check(f"{detail}kind/", "post", post(waited, "kind", kind="partial"))
    check(f"{ARTICLES}{{public_id}}/", "get", look(waited.revision.article))
