"""Tokens of the API in the admin site."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from quotes.models import ApiToken
from quotes.services.tokens import make_token, token_of

TOKENS = "/admin/quotes/apitoken/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def ed(db: None) -> User:
    """Somebody who may make tokens, and is no superuser."""
    ed = User.objects.create_user("ed", is_staff=True)
    ed.user_permissions.set(Permission.objects.filter(codename__in=("add_apitoken", "view_apitoken")))
    return ed


def make(desk: Client, **fields: Any) -> Any:
    asked = {"name": "mirror", "scopes": ["review", "read"], "expires": "2999-12-31"} | fields
    return desk.post(f"{TOKENS}add/", asked)


def secret_in(page: Any) -> str:
    return str(page.text.split("<pre><code>")[1].split("<")[0])


def test_a_token_is_made_and_shown_this_once(desk: Client, editor: User) -> None:
    assert "None of them gives more than the account" in desk.get(f"{TOKENS}add/").text
    page = make(desk, user=editor.pk)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    token = token_of(secret=secret_in(page))
    assert (token.user, token.scopes) == (editor, "read review")
    assert token.expires_at is not None
    assert token.expires_at.date() == date(3000, 1, 1)
    for address in (TOKENS, f"{TOKENS}{token.pk}/change/", f"{TOKENS}{token.pk}/history/"):
        shown = desk.get(address)
        assert shown.status_code == 200
        assert secret_in(page) not in shown.text
        assert token.digest not in shown.text


def test_a_superuser_makes_tokens_for_others_and_others_for_themselves(
    desk: Client, editor: User, ed: User
) -> None:
    assert token_of(secret=secret_in(make(desk, user=ed.pk))).user == ed
    desk.force_login(ed)
    assert 'name="user"' not in desk.get(f"{TOKENS}add/").text
    assert token_of(secret=secret_in(make(desk, user=editor.pk))).user == ed


def test_whoever_is_no_superuser_sees_and_revokes_only_their_own(
    desk: Client, editor: User, ed: User
) -> None:
    hers, his = (make_token(user=user, name=user.username, scopes=["read"]) for user in (editor, ed))
    desk.force_login(ed)
    shown = desk.get(TOKENS).text
    assert his.prefix in shown
    assert hers.prefix not in shown
    desk.post(TOKENS, {"action": "revoke", "_selected_action": [hers.pk, his.pk]})
    assert [token.revoked_at is None for token in ApiToken.objects.order_by("pk")] == [True, False]


def test_revoking_is_an_action_and_twice_does_no_harm(desk: Client, editor: User) -> None:
    token = make_token(user=editor, name="lost", scopes=["read"])
    asked = {"action": "revoke", "_selected_action": [token.pk]}
    assert "revoked." in desk.post(TOKENS, asked, follow=True).text
    assert "revoked already" in desk.post(TOKENS, asked, follow=True).text


def test_a_token_is_never_changed_nor_deleted(desk: Client, editor: User) -> None:
    token = make_token(user=editor, name="mirror", scopes=["read"])
    assert desk.post(f"{TOKENS}{token.pk}/change/", {"name": "other"}).status_code == 403
    assert desk.post(f"{TOKENS}{token.pk}/delete/", {"post": "yes"}).status_code == 403
    assert ApiToken.objects.get().name == "mirror"


def test_a_form_that_makes_no_sense_is_refused(desk: Client, editor: User) -> None:
    yesterday = timezone.now().date() - timedelta(days=1)
    wrong: dict[str, Any]
    for wrong in ({"scopes": []}, {"scopes": ["all"]}, {"name": ""}, {"expires": yesterday}):
        assert "errornote" in make(desk, **({"user": editor.pk} | wrong)).text
    assert not ApiToken.objects.exists()
    assert make(desk, user=editor.pk, expires="").status_code == 200
    assert ApiToken.objects.get().expires_at is None
