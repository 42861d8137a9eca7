"""Tokens of the API as they are kept."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from quotes.models import ApiToken
from quotes.services.tokens import TokenError, make_token, revoke_token, token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(editor: User) -> ApiToken:
    return make_token(user=editor, name="mirror", scopes=["review", "read"])


def test_a_secret_has_256_bits_and_only_its_hash_and_beginning_are_kept(token: ApiToken) -> None:
    assert token.secret.startswith("qt_")
    assert len(token.secret) == 46
    kept = ApiToken.objects.values().get()
    assert kept["digest"] == sha256(token.secret.encode()).hexdigest()
    assert kept["prefix"] == token.secret[:11]
    assert token.secret not in map(str, kept.values())
    assert ApiToken.objects.get().secret == ""


def test_no_two_secrets_are_alike(editor: User) -> None:
    assert len({make_token(user=editor, name="x", scopes=["read"]).secret for _ in range(50)}) == 50


def test_scopes_are_kept_in_one_order_and_asked_for_by_name(token: ApiToken) -> None:
    assert token.scopes == "read review"
    assert token.has_scope(ApiToken.Scope.READ)
    assert not token.has_scope(ApiToken.Scope.ADMINISTER)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"scopes": ["red"]}, "no scope red"),
        ({"scopes": []}, "needs a scope"),
        ({"name": " "}, "needs a name"),
        ({"expires_at": timezone.now() - timedelta(days=1)}, "in the past"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_made(editor: User, fields: dict[str, Any], says: str) -> None:
    asked: dict[str, Any] = {"name": "mirror", "scopes": ["read"]} | fields
    with pytest.raises(TokenError, match=says):
        make_token(user=editor, **asked)
    assert not ApiToken.objects.exists()


def test_the_database_refuses_scopes_that_do_not_exist(token: ApiToken) -> None:
    for wrong in ({"scopes": "admin"}, {"scopes": ""}, {"scopes": "review read"}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiToken.objects.update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(expires_at=token.created_at - timedelta(days=1))


def test_a_token_is_found_by_its_secret_with_its_user(token: ApiToken, editor: User) -> None:
    assert token_of(secret=token.secret) == token
    assert token_of(secret=token.secret).user == editor
    for wrong in (token.secret[:-1], token.secret.upper(), token.digest, "", "\ud800"):
        with pytest.raises(TokenError, match="not known"):
            token_of(secret=wrong)


def test_its_use_is_noted_once_a_minute(token: ApiToken) -> None:
    token_of(secret=token.secret)
    first = ApiToken.objects.get().last_used_at
    token_of(secret=token.secret)
    assert first is not None
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=1))
    token_of(secret=token.secret)
    last = ApiToken.objects.get().last_used_at
    assert last is not None
    assert last >= first


def test_where_its_use_cannot_be_noted_it_opens_all_the_same(
    token: ApiToken, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "update", locked)
    assert token_of(secret=token.secret) == token


def test_revoking_twice_changes_nothing(token: ApiToken) -> None:
    assert revoke_token(token=token)
    at = token.revoked_at
    assert not revoke_token(token=token)
    assert token.revoked_at == at
    assert token.state_at(timezone.now()) == "revoked"
