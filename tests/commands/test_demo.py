"""The first start: a port that cannot be used, and a database that cannot. What it prints: test_docs."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from quotes.management.examples import examples
from quotes.models import Quote
from quotetracker.port import complaint
from tests.conftest import Ingest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody serves."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_in_use_is_told_with_how_to_choose_another(taken: int) -> None:
    assert complaint(str(taken)) == (
        f"port {taken} is in use, perhaps by quotetracker already: stop that, or choose another: "
        "make run PORT=9000"
    )


def test_a_port_that_was_just_left_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), server.accept()[0] as served:
            served.shutdown(socket.SHUT_RDWR)  # which leaves the port in TIME_WAIT
    assert complaint(str(port)) == ""


@pytest.mark.parametrize(
    "port", ["abc", "70000", "65536", "0", "-1", "", " 8000", "8000.0", "٨٠٠٠", "9" * 5000]
)
def test_what_is_no_port_is_told(port: str) -> None:
    assert "is no port: give a whole number from 1 to 65535" in complaint(port)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize(("port", "said"), [("", "is in use"), ("abc", "is no port"), ("1;ls", "is no port")])
def test_make_run_says_so_before_anything_else(taken: int, port: str, said: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "quotetracker").mkdir()
    shutil.copy(ROOT / "quotetracker" / "port.py", tmp_path / "quotetracker")
    command = ["make", "run", f"PORT={port or taken}", f"PYTHON={sys.executable}"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert said in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / ".venv").exists()


def test_a_database_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    env = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'missing' / 'x.sqlite3'}"}
    command = [sys.executable, "manage.py", "demo"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "CommandError: the database cannot be used; DATABASE_URL says which it is: "
        "unable to open database file\n"
    )


@pytest.mark.django_db
def test_the_account_that_is_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create_superuser("edith", password="correct horse battery staple")
    call_command("local_admin")
    assert capsys.readouterr().out.strip().endswith("manage.py changepassword edith")
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_an_account_that_only_has_the_name_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create_user("admin", password="correct horse battery staple")
    call_command("local_admin")
    assert "Admin account made: user admin2, password " in capsys.readouterr().out
    assert not User.objects.get(username="admin").is_superuser


@pytest.mark.django_db
def test_examples_are_the_surest_of_each_kind_each_of_another_article(ingest: Ingest) -> None:
    assert examples() == []
    ingest()
    assert [quote.mention_text for quote in examples()] == ["Oona Marlowe"]
    ingest(
        "Marta Quill called the plan “a leaking bucket”. “Nobody asked the ferrymen,” she said on Sunday.",
        url="https://bugle.example/plan",
    )
    ingest(
        "Ann Lee opened the new school on Monday. “We built it in a year,” she said.",
        url="https://bugle.example/school",
    )
    named, partial, pronoun = examples()
    assert (named.kind, named.mention_text) == (Quote.Kind.DIRECT, "Oona Marlowe")
    assert (partial.text, partial.mention_text) == ("a leaking bucket", "Marta Quill")
    assert pronoun.mention_text == "she"
