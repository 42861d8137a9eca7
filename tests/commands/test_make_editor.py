"""Accounts with roles."""

import io
from itertools import pairwise
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

from quotes.services.roles import Role, role_group

pytestmark = pytest.mark.django_db

STRONG = "seven old kettles float"


def run(*args: str) -> str:
    out = io.StringIO()
    call_command("make_editor", *args, stdout=out)
    return out.getvalue()


def test_an_account_is_made_with_a_password_that_is_shown_once() -> None:
    told = run("rita")
    password = told.split("Password ")[1].split()[0]
    rita = User.objects.get(username="rita")
    assert rita.check_password(password)
    assert (rita.is_staff, rita.is_superuser) == (True, False)
    assert [group.name for group in rita.groups.all()] == ["reviewer"]
    assert rita.has_perm("quotes.change_quote")
    assert not rita.has_perm("quotes.retract_quote")
    assert "Password" not in run("rita", "--role", "editor")
    rita = User.objects.get(username="rita")
    assert rita.check_password(password)
    assert [group.name for group in rita.groups.all()] == ["editor"]
    assert rita.has_perm("quotes.retract_quote")


def test_the_password_may_come_from_standard_input_or_be_asked_for(monkeypatch: Any) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{STRONG}\n"))
    assert STRONG not in run("rita", "--password", "stdin")
    assert User.objects.get().check_password(STRONG)
    monkeypatch.setattr("getpass.getpass", lambda: f"{STRONG}!")
    run("rita", "--password", "ask")
    assert User.objects.get().check_password(f"{STRONG}!")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="No password"):
        run("otto", "--password", "stdin")


@pytest.mark.parametrize(
    ("name", "password", "hint"),
    [("rita", "1234", "too short"), ("a b", STRONG, "valid username"), ("edith", STRONG, "superuser")],
)
def test_what_makes_no_sense_is_refused_and_makes_nothing(
    editor: User, monkeypatch: Any, name: str, password: str, hint: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password))
    with pytest.raises(CommandError, match=hint):
        run(name, "--password", "stdin")
    assert list(User.objects.all()) == [editor]


def test_each_role_may_do_what_the_one_before_may_and_more() -> None:
    ranks = [set(role_group(role).permissions.values_list("codename", flat=True)) for role in Role]
    assert all(less < more for less, more in pairwise(ranks))
    assert {name.split("_")[0] for name in ranks[0]} == {"view"}
    assert "view_apitoken" not in ranks[2]
    assert {"change_source", "add_apitoken"} <= ranks[3]


def test_a_group_that_was_changed_stays_so() -> None:
    group = role_group(Role.REVIEWER)
    group.permissions.clear()
    run("rita")
    assert not Group.objects.get(name="reviewer").permissions.exists()
