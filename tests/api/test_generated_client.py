"""A client that is generated from the schema reads what the API answers, and writes by it."""

import sys
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Quote
from quotes.services.review import decide
from tests.api.contract import one_connection
from tests.api.generated import ask, choice, generate, model
from tests.api.logins import by_token


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("generated")
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(folder)
        document = Client().get("/api/v1/schema/", {"format": "json"}).content
        generate(document, folder)
        yield
    for name in [name for name in sys.modules if name.partition(".")[0] == "generated_client"]:
        del sys.modules[name]


@pytest.fixture(autouse=True)
def _one_connection(package: None, kettles: Quote) -> Iterator[None]:
    with one_connection():
        yield


@pytest.fixture
def token(editor: User) -> str:
    return by_token(editor).partition(" ")[2]


def kind(answer: Any) -> str:
    """Which record of the schema the answer was read as."""
    return type(answer.parsed).__name__


def test_lists_are_read_by_several_filters_and_page_by_page(kettles: Quote) -> None:
    asked: dict[str, Any] = {
        "speaker": ["oona-marlowe", "desmond-achterberg"],
        "source": ["tidewatch"],
        "kind": [choice("QuotesListKindItem", "direct"), choice("QuotesListKindItem", "partial")],
        "published_from": date(2026, 3, 1),
        "min_confidence": 0.5,
        "page_size": 2,
    }
    first = ask("quotes.quotes_list", **asked).parsed
    cursor = parse_qs(urlsplit(first.next_).query)["cursor"][0]
    second = ask("quotes.quotes_list", **asked, cursor=cursor).parsed
    assert [len(first.results), len(second.results), second.next_] == [2, 1, None]
    texts = {quote.text for quote in (*first.results, *second.results)}
    assert len(texts) == 3
    assert kettles.text in texts
    assert first.results[0].article.published_at.year == 2026


def test_searches_counts_and_parts_are_read(kettles: Quote) -> None:
    found = ask(
        "quotes.quotes_list",
        q="kettle OR scandal",
        highlight=True,
        facets=[choice("QuotesListFacetsItem", "speaker"), choice("QuotesListFacetsItem", "month")],
        fields=[choice("QuotesListFieldsItem", "text"), choice("QuotesListFieldsItem", "highlight")],
    ).parsed
    assert found.count == 2
    assert {bucket.value for bucket in found.facets.speaker} == {"oona-marlowe", "desmond-achterberg"}
    assert [bucket.value for bucket in found.facets.month] == ["2026-03"]
    assert {piece.text for quote in found.results for piece in quote.highlight if piece.hit} == {
        "kettles", "scandal",
    }  # fmt: skip


def test_a_quote_is_asked_for_by_its_id_and_missed_as_a_problem(kettles: Quote, editor: User) -> None:
    listed = ask("quotes.quotes_list", q="kettles").parsed.results[0]
    found = ask("quotes.quotes_retrieve", listed.id)
    assert (kind(found), found.parsed.text) == ("QuoteDetail", kettles.text)
    missed = ask("quotes.quotes_retrieve", str(uuid4()))
    assert (missed.status_code, kind(missed), missed.parsed.status) == (404, "Problem", 404)
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    gone = ask("quotes.quotes_retrieve", listed.id)
    assert (gone.status_code, kind(gone)) == (410, "WithdrawnProblem")
    assert (gone.parsed.id, gone.parsed.withdrawn_by) == (listed.id, "editor")


def test_a_wrong_parameter_is_read_as_a_problem_that_names_it() -> None:
    refused = ask("quotes.quotes_list", speaker=["nobody"])
    assert (refused.status_code, kind(refused)) == (400, "Problem")
    assert set(refused.parsed.errors.additional_properties) == {"speaker"}


def test_what_has_changed_is_read(kettles: Quote, editor: User) -> None:
    changes = ask("quotes.quotes_list", changed_since="0").parsed
    assert changes.up_to_date
    assert kettles.text in {quote.text for quote in changes.results}
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    place = parse_qs(urlsplit(changes.next_).query)["changed_since"][0]
    (withdrawn,) = ask("quotes.quotes_list", changed_since=place).parsed.results
    assert (type(withdrawn).__name__, withdrawn.withdrawn) == ("WithdrawnQuote", True)


def test_an_article_is_handed_in_and_followed(token: str, django_capture_on_commit_callbacks: Any) -> None:
    text = "The pier stays open, the council said.\n\n“We will not close it,” said Una Lindqvist.\n"
    article = model("ArticleIn", text=text, url="https://www.tidewatch.example/pier", title="Pier stays")
    with django_capture_on_commit_callbacks(execute=True):
        taken = ask("ingest.ingest_create", token=token, body=article, idempotency_key="pier-1")
    assert (taken.status_code, kind(taken)) == (202, "Submission")
    again = ask("ingest.ingest_create", token=token, body=article, idempotency_key="pier-1").parsed
    assert again.id == taken.parsed.id
    now = ask("ingest.ingest_retrieve", taken.parsed.id, token=token).parsed
    assert (now.id, now.state) == (taken.parsed.id, "done")
    assert now.article.startswith("http://localhost/api/v1/articles/")


def test_a_decision_is_held_to_what_was_looked_at(kettles: Quote, token: str) -> None:
    address = str(kettles.public_id)
    looked_at = ask("review.review_quotes_retrieve", address, token=token)
    held = {"token": token, "if_match": looked_at.headers["ETag"]}
    heard = model("Decision", note="heard")
    approved = ask("review.review_quotes_approve_create", address, **held, body=heard)
    assert (approved.status_code, kind(approved)) == (200, "ReviewQuote")
    assert approved.parsed.decisions[0].note == "heard"
    refused = ask("review.review_quotes_reject_create", address, **held, body=model("Rejection"))
    assert (refused.status_code, kind(refused)) == (412, "ChangedProblem")
    assert refused.parsed.current.review_status == "approved"
    assert refused.parsed.etag == approved.headers["ETag"].removeprefix("W/")  # as it was compressed


def test_without_a_login_writing_is_a_problem(kettles: Quote) -> None:
    refused = ask("review.review_quotes_approve_create", str(kettles.public_id))
    assert (refused.status_code, kind(refused)) == (401, "Problem")
