"""manage.py ingest, and the account for looking around."""

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from quotes.models import Article, Quote, Source, Speaker
from tests.conftest import FERRY

pytestmark = pytest.mark.django_db


def ingest(*items: object, **options: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("ingest", *map(str, items), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ferries.txt"
    path.write_text(
        f"URL: https://www.tidewatch.example/ferries\nSource: Tidewatch\nTitle: Ferries\n\n{FERRY}"
    )
    return path


def test_an_article_is_stored_and_its_quotes_are_shown(file: Path) -> None:
    out, _ = ingest(file)
    assert "stored: Ferries (Tidewatch), 3 quotes" in out
    assert "“floating kettles”" in out
    assert "says so: She called" in out
    assert "Articles: 1 stored. Quotes: 3." in out


def test_the_second_time_changes_nothing(file: Path) -> None:
    ingest(file)
    before = list(Quote.objects.values()), list(Article.objects.values()), list(Speaker.objects.values())
    out, _ = ingest(file)
    assert "unchanged: Ferries (Tidewatch), 3 quotes" in out
    assert (
        list(Quote.objects.values()),
        list(Article.objects.values()),
        list(Speaker.objects.values()),
    ) == before


def test_a_file_without_a_header_takes_its_metadata_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text(FERRY)
    ingest(
        path, url="https://tidewatch.example/plain", source="Tidewatch", published="2026-03-06T09:30:00+00:00"
    )
    article = Article.objects.get()
    assert (article.canonical_url, article.source.name) == ("https://tidewatch.example/plain", "Tidewatch")
    assert article.published_at is not None


def test_standard_input_is_an_article_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(FERRY.encode())))
    assert "3 quotes" in ingest("-")[0]
    assert Source.objects.get().name == "Local files"


def test_what_cannot_be_taken_in_is_named_and_the_rest_is_taken_in(file: Path, tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    items = [
        str(tmp_path / "missing"),
        str(file),
        "http://127.0.0.1:9/",
        "https://user:pw@tidewatch.example/",
    ]
    with pytest.raises(CommandError, match="3 of 4"):
        call_command("ingest", *items, stdout=out, stderr=err)
    assert "no such file" in err.getvalue()
    assert "not on the public internet" in err.getvalue()
    assert Article.objects.count() == 1


@pytest.mark.parametrize("options", [{"published": "soon"}, {"url": "ftp://x.example/"}], ids=str)
def test_options_that_make_no_sense_store_nothing(file: Path, options: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        ingest(file, **options)
    assert not Article.objects.exists()


def test_one_address_is_for_one_file(file: Path) -> None:
    with pytest.raises(CommandError, match="one article"):
        ingest(file, file, url="https://tidewatch.example/x")


def test_reading_again_can_be_asked_for(file: Path) -> None:
    ingest(file)
    assert "says so" in ingest(file, again=True)[0]
    assert Quote.objects.count() == 3


def test_the_local_admin_is_made_once_and_its_password_works() -> None:
    out = StringIO()
    call_command("local_admin", stdout=out)
    password = out.getvalue().split("password ")[1].split()[0]
    assert User.objects.get(username="admin").check_password(password)
    call_command("local_admin", stdout=(again := StringIO()))
    assert "already" in again.getvalue()
    assert User.objects.count() == 1
