"""manage.py api_token."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from quotes.models import ApiToken
from quotes.services.tokens import token_of

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("api_token", *args, stdout=out)
    return out.getvalue()


def test_a_token_is_made_and_its_secret_printed_once(editor: User) -> None:
    secret, told, *_ = run("create", "edith", "--scopes", "ingest, read", "--name", "mirror").splitlines()
    token = token_of(secret=secret)
    assert (token.user, token.name, token.scopes) == (editor, "mirror", "read ingest")
    assert "this once" in told
    listed = run("list", "edith")
    assert token.prefix in listed
    assert secret not in listed
    assert "read,ingest" in listed
    assert "active" in listed


def test_it_expires_in_a_year_or_when_it_is_told(editor: User) -> None:
    for given, expected in (
        ([], timezone.now() + timedelta(days=365)),
        (["--expires", "30"], timezone.now() + timedelta(days=30)),
        (["--expires", "2999-12-31"], datetime(3000, 1, 1, tzinfo=UTC)),
    ):
        token = token_of(secret=run("create", "edith", *given).split()[0])
        assert token.expires_at is not None
        assert abs(token.expires_at - expected) < timedelta(minutes=1)
    assert token_of(secret=run("create", "edith", "--expires", "never").split()[0]).expires_at is None


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("create", "nobody"), "no account 'nobody'"),
        (("create", "edith", "--scopes", "write"), "no scope write: choose of read"),
        (("create", "edith", "--scopes", ","), "needs a scope"),
        (("create", "edith", "--expires", "soon"), "give a day"),
        (("create", "edith", "--expires", "0"), "give a day"),
        (("create", "edith", "--expires", "2020-02-30"), "give a day"),
        (("create", "edith", "--expires", "9999-12-31"), "give a day"),
        (("create", "edith", "--expires", "2020-01-01"), "in the past"),
        (("revoke", "edith"), "no such token"),
        (("revoke", "edith", "qt_12345678"), "no such token"),
    ],
)
def test_what_makes_no_sense_is_said_with_what_to_do(editor: User, args: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(*args)
    assert not ApiToken.objects.exists()


def test_tokens_are_revoked_one_by_one_or_all(editor: User) -> None:
    secrets = [run("create", "edith").split()[0] for _ in range(3)]
    assert "revoked" in run("revoke", "edith", f"{secrets[0][:11]}…")
    with pytest.raises(CommandError, match="Nothing was revoked"):
        run("revoke", "edith", secrets[1][:11], "qt_12345678")
    assert ApiToken.objects.filter(revoked_at__isnull=True).count() == 2
    assert "was revoked already" in run("revoke", "edith", "--all")
    assert not ApiToken.objects.filter(revoked_at__isnull=True).exists()


def test_where_there_is_none_the_list_says_how_to_make_one(editor: User) -> None:
    assert "api_token create" in run("list")
