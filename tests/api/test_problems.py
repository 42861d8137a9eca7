"""Every error below /api/ is a problem document, whoever finds it: this API or Django itself."""

import json
import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from api.views import QuoteViewSet
from quotes.models import Article
from quotetracker.logs import JsonFormatter, LineFormatter
from tests.api.logins import by_token, problem

pytestmark = pytest.mark.django_db
QUOTES = "/api/v1/quotes/"
RENAME = "/api/v1/speakers/oona-marlowe/rename/"


@pytest.mark.parametrize(
    "address",
    ["/api", "/api/", "/api/v1/nothing", "/api/v1/nothing/", "/api/v2/quotes/", "/api/v1/a/b.c?d=e"],
)
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_where_there_is_nothing_it_says_where_the_api_starts(
    client: Client, address: str, method: str
) -> None:
    assert "/api/v1/docs/" in problem(getattr(client, method)(address), 404)["detail"]


@pytest.mark.parametrize("debug", [True, False])
def test_it_does_so_in_development_too(client: Client, settings: Any, debug: bool) -> None:
    settings.DEBUG = debug
    problem(client.get("/api/v1/nothing"), 404)


def test_outside_of_the_api_a_page_is_a_page(client: Client) -> None:
    for address in ("/apiary/", "/nothing/"):
        assert client.get(address)["Content-Type"].startswith("text/html")


def test_an_address_without_its_slash_leads_on_and_a_post_stays_one(client: Client) -> None:
    found = client.get("/api/v1/quotes?kind=direct")
    assert (found.status_code, found["Location"]) == (301, "/api/v1/quotes/?kind=direct")
    assert client.post("/api/v1/speakers/x/merge").status_code == 308


def test_a_method_that_is_not_possible_names_those_that_are(client: Client) -> None:
    answer = client.delete(QUOTES)
    assert "GET, HEAD, OPTIONS" in problem(answer, 405)["detail"]
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    problem(client.generic("PURGE", QUOTES), 405)


def test_what_is_accepted_nowhere_is_told_what_is_given(client: Client) -> None:
    answer = client.get(QUOTES, headers={"accept": "image/png"})
    assert "application/json" in problem(answer, 406)["detail"]


def test_a_host_that_is_not_ours_is_refused(client: Client, settings: Any) -> None:
    problem(client.get(QUOTES, headers={"host": "evil.example"}), 400)
    settings.SECURE_SSL_REDIRECT = True  # where it is asked for before anything of ours
    problem(client.get(QUOTES, headers={"host": "evil.example"}), 400)


def test_a_body_that_is_too_big_is_refused_before_it_is_read_to_its_end(
    client: Client, article: Article, editor: User, settings: Any
) -> None:
    login = {"authorization": by_token(editor)}
    body = json.dumps({"name": "x" * 1_000_000})
    answer = client.generic("POST", RENAME, body, content_type="application/json", headers=login)
    assert "1,000,000 bytes" in problem(answer, 413)["detail"]
    body = json.dumps({"name": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    problem(client.generic("POST", RENAME, body, content_type="application/json", headers=login), 413)


def test_a_form_is_not_even_read(article: Article, editor: User, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 100, 3
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    browser.cookies["csrftoken"] = "a" * 32  # so that the other one is looked for in the form
    form = "application/x-www-form-urlencoded"
    for body in ("a=" + "b" * 200, "a=1&b=2&c=3&d=4"):
        problem(browser.generic("POST", RENAME, body, content_type=form), 415)
    problem(browser.generic("POST", RENAME, b"x", content_type="multipart/form-data"), 415)


@pytest.mark.parametrize("depth", [500, 5_000, 300_000])
def test_json_that_is_nested_deep_is_refused(
    client: Client, article: Article, editor: User, depth: int
) -> None:
    for body in ("[" * depth + "]" * depth, '{"name":' * depth + "1" + "}" * depth):
        answer = client.generic(
            "POST",
            RENAME,
            body,
            content_type="application/json",
            headers={"authorization": by_token(editor)},
        )
        problem(answer, 413 if len(body) > 1_000_000 else 400)


@pytest.mark.parametrize("name", ["\0", "\ud800", "x" * 201, ["x"], {"x": 1}, 1e400, None, "", "\u202e"])
def test_values_that_make_no_sense_are_refused(
    client: Client, article: Article, editor: User, name: Any
) -> None:
    login = {"authorization": by_token(editor)}
    body = json.dumps({"name": name})
    problem(client.generic("POST", RENAME, body, content_type="application/json", headers=login), 400)


def test_what_breaks_is_logged_under_an_id_that_the_answer_names_and_nothing_else(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the password of the database is secret")

    monkeypatch.setattr(QuoteViewSet, "records", broken)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR):
        answer = client.get(QUOTES)
    found = problem(answer, 500)
    assert found["instance"] == f"urn:uuid:{answer['Request-Id']}"
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text
    (logged,) = caplog.records
    line, *traceback = LineFormatter().format(logged).splitlines()
    assert line.endswith(f"request={answer['Request-Id']}")
    assert "secret" in traceback[-1]
    assert json.loads(JsonFormatter().format(logged))["request"] == answer["Request-Id"]


def test_a_browser_is_shown_its_error_on_a_page_to_look_around_on(client: Client) -> None:
    answer = client.get(f"{QUOTES}?speker=x", headers={"accept": "text/html"})
    assert answer.status_code == 400
    assert "There is no such parameter" in answer.text


def test_no_error_is_kept_by_a_cache(client: Client, article: Article) -> None:
    for address in ("/api/v1/nothing", f"{QUOTES}?speker=x", f"{QUOTES}12/", "/api/v1/speaker-changes/"):
        assert client.get(address)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("key", ["%00", "%ff", "%ed%a0%80", "%0a", "a" * 9000, "-1", "urn:uuid:x", "9" * 30])
def test_an_address_of_nothing_that_can_be_is_one_of_nothing(client: Client, editor: User, key: str) -> None:
    login = {"authorization": by_token(editor)}
    for name in ("quotes", "speakers", "articles", "sources", "speaker-changes"):
        problem(client.get(f"/api/v1/{name}/{key}/", headers=login), 404)
    for step in (f"speakers/{key}/merge", f"speaker-changes/{key}/undo"):
        body = {"into": "oona-marlowe"}
        problem(client.post(f"/api/v1/{step}/", body, content_type="application/json", headers=login), 404)


@pytest.mark.parametrize(
    "headers",
    [
        {"accept": "a" * 20_000},
        {"accept": ";;;,,/"},
        {"accept": "*/*;q=x"},
        {"accept-encoding": "\xff"},
        {"authorization": "Basic \xff"},
        {"authorization": "Token \xff"},
        {"cookie": "sessionid=\xff; csrftoken=\xff"},
        {"host": "a\xff"},
        {"if-match": "\xff"},
        {"if-modified-since": "yesterday"},
        {"if-none-match": 'x,"\\'},
        {"x-forwarded-for": "\xff"},
    ],
    ids=str,
)
def test_headers_that_make_no_sense_break_nothing(client: Client, headers: dict[str, str]) -> None:
    for address in (QUOTES, "/api/v1/docs/", "/api/v1/schema/", "/api/v1/speaker-changes/"):
        answer = client.get(address, headers=headers)
        assert answer.status_code < 500
        if answer.status_code >= 400:
            problem(answer, answer.status_code)


@pytest.mark.parametrize("charset", ["nonsense", "zlib", "base64", "utf-16", "undefined"])
def test_json_in_another_charset_is_refused_or_read_as_it_is(
    client: Client, article: Article, editor: User, charset: str
) -> None:
    login = {"authorization": by_token(editor)}
    sent = f"application/json; charset={charset}"
    problem(client.generic("POST", RENAME, b'{"name": "?!"}', content_type=sent, headers=login), 400)
