"""What README and docs show is what a newcomer gets: `make run`, and every request."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from quotes.models import ApiToken
from quotes.services.tokens import make_token
from tests.acceptance.documented import ROOT, ids_in, masked, requests_of
from tests.acceptance.programs import printed_by, programs_of

DOCUMENTS = ["README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
PASSWORD = re.compile(r"password (\S+) ")
README = (ROOT / "README.md").read_text()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What `manage.py demo` prints; what it stores is there for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("demo", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_first_start_prints_what_the_readme_shows(demo: str) -> None:
    shown = re.search(
        r"^\$ make run\nInstalling into .venv \.\.\.\n(.*?)^```", README, re.MULTILINE | re.DOTALL
    )
    assert shown is not None
    assert PASSWORD.sub("password ", shown[1]) == PASSWORD.sub("password ", demo)


def test_the_first_start_prints_a_screenful_with_the_password_last(demo: str) -> None:
    lines = demo.splitlines()
    assert len(lines) <= 24
    assert "password" in lines[-1]


@pytest.mark.django_db
def test_the_second_start_reads_nothing_and_says_how_to_get_another_password(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.services.extract.extract_quotes", lambda *_, **__: pytest.fail("read again"))
    out = StringIO()
    call_command("demo", port=9000, stdout=out)
    first, *_, last = out.getvalue().splitlines()
    assert first == "Articles: 16 unchanged. Quotes: 308."
    assert "http://127.0.0.1:9000/admin/" in out.getvalue()
    assert last.endswith("manage.py changepassword admin")


@pytest.mark.django_db
def test_every_documented_request_is_answered_as_shown(demo: str, client: Client) -> None:
    password = PASSWORD.search(demo)
    assert password is not None
    ids: dict[str, str] = {}  # of the documents -> of this database
    for document in DOCUMENTS:
        with transaction.atomic():
            for request in requests_of(document):
                answer = request.ask(client, password[1], ids)
                if request.shown is None:
                    assert answer.status_code == 200, request
                else:
                    assert masked(answer.json()) == masked(request.shown), request
                    ids |= zip(ids_in(request.shown), ids_in(answer.json()), strict=True)
            transaction.set_rollback(True)  # each is read by itself


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("program", "shown"),
    [pytest.param(*each, id=each[1]) for document in DOCUMENTS for each in programs_of(document)],
)
def test_every_documented_program_prints_what_is_shown(
    demo: str, client: Client, monkeypatch: pytest.MonkeyPatch, program: str, shown: str
) -> None:
    admin = User.objects.get(username="admin")
    token = make_token(user=admin, name="docs", scopes=ApiToken.Scope.values)
    monkeypatch.setenv("QUOTETRACKER_TOKEN", token.secret)
    assert shown
    assert printed_by(program, client) == shown


def test_the_cookbook_answers_fifteen_questions_and_more() -> None:
    questions = (ROOT / "docs/cookbook.md").read_text().split("\n## ")[1:]
    assert len(questions) >= 15
    assert all("$ curl" in question or "```python" in question for question in questions)


def test_an_answer_is_shown_of_every_record_and_of_an_error() -> None:
    shown = [request for request in requests_of("docs/api.md") if request.shown is not None]
    for name in ("quotes", "speakers", "articles", "sources"):
        assert any(f"/api/v1/{name}/" in request.url for request in shown), name
    assert any(request.data for request in shown)
    assert any("errors" in request.shown for request in shown)


@pytest.mark.parametrize("shown", [{"a": 1}, {"a": [1], "b": 2}, {"a": [2]}, {"a": [1, 1]}, {"a": ["1"]}, {}])
def test_an_answer_with_a_field_or_a_value_too_many_or_too_few_is_another(shown: Any) -> None:
    assert masked(shown) != masked({"a": [1]})
