"""Logging in to the API by a token."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from quotes.models import ApiToken, Article
from quotes.services.tokens import make_token, revoke_token
from tests.api.logins import by_token, problem

pytestmark = pytest.mark.django_db
QUOTES = "/api/v1/quotes/"
CHANGES = "/api/v1/speaker-changes/"


def ask(client: Client, login: str, address: str = QUOTES) -> Any:
    return client.get(address, headers={"authorization": login})


@pytest.mark.parametrize("scheme", ["Token", "Bearer", "token", "BEARER"])
def test_a_token_opens_what_its_account_may_by_either_word(
    client: Client, article: Article, editor: User, scheme: str
) -> None:
    assert ask(client, by_token(editor, scheme=scheme), CHANGES).status_code == 200


def test_a_token_never_gives_more_than_the_account_has(client: Client, article: Article) -> None:
    reader = User.objects.create_user("rea")
    assert "account may not" in problem(ask(client, by_token(reader), CHANGES), 403)["detail"]


def test_a_token_without_the_scope_is_told_which_one_it_needs(client: Client, editor: User) -> None:
    assert "`administer`" in problem(ask(client, by_token(editor, "read", "review"), CHANGES), 403)["detail"]


@pytest.mark.parametrize(
    "secret", ["", "qt_", "qt_unknown", "1234", "ä", "qt_ab cd", "\ud800" * 3, "x" * 5000]
)
@pytest.mark.parametrize("scheme", ["Token", "Bearer"])
def test_a_token_that_is_none_is_refused_for_reading_too_and_told_the_form(
    client: Client, article: Article, secret: str, scheme: str
) -> None:
    login = f"{scheme} {secret}".encode("utf-8", "surrogatepass").decode("latin-1")
    answer = ask(client, login)
    assert "Authorization: Token qt_…" in problem(answer, 401)["detail"]
    assert "Token" in answer["WWW-Authenticate"]
    assert "Basic" in answer["WWW-Authenticate"]


def test_a_token_that_expired_was_revoked_or_is_of_a_disabled_account_is_told_so(
    client: Client, editor: User
) -> None:
    old = by_token(editor)
    ApiToken.objects.update(
        created_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(days=1)
    )
    assert "expired" in problem(ask(client, old), 401)["detail"]
    revoked = make_token(user=editor, name="lost", scopes=["read"])
    revoke_token(token=revoked)
    assert "was revoked" in problem(ask(client, f"Token {revoked.secret}"), 401)["detail"]
    left = by_token(editor)
    User.objects.update(is_active=False)
    assert "disabled" in problem(ask(client, left), 401)["detail"]


def test_a_token_is_no_password_and_a_password_no_token(client: Client, editor: User) -> None:
    problem(ask(client, "Token correct horse battery staple"), 401)
    problem(ask(client, by_token(editor).replace("Token", "Basic")), 401)


def test_a_token_needs_no_csrf_token_and_a_session_does(article: Article, editor: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    rename = "/api/v1/speakers/oona-marlowe/rename/"
    login = {"authorization": by_token(editor, "administer")}
    done = browser.post(rename, {"name": "Oona Lind"}, content_type="application/json", headers=login)
    assert done.status_code == 200
    assert done["Content-Location"] == done.json()["url"]
    browser.force_login(editor)
    refused = browser.post(rename, {"name": "Oona Quill"}, content_type="application/json")
    assert "CSRF" in problem(refused, 403)["detail"]
    problem(browser.post(rename, {"name": "Oona Quill"}), 403)


def test_asking_with_a_token_costs_one_query_more_and_each_minute_another(
    client: Client, article: Article, editor: User, django_assert_num_queries: Any
) -> None:
    login = by_token(editor)
    a_list = 6 if connection.vendor == "postgresql" else 3  # keys, rows, same words; there, in a transaction
    with django_assert_num_queries(2 + a_list):  # the token, that it was used
        ask(client, login)
    with django_assert_num_queries(1 + a_list):
        ask(client, login)
    ApiToken.objects.update(last_used_at=timezone.now() - timedelta(seconds=61))
    with django_assert_num_queries(2 + a_list):
        ask(client, login)
