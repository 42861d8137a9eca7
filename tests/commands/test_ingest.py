"""manage.py ingest, and the account for looking around."""

from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from quotes.ingestion import isolated
from quotes.models import Article, Quote, Source, Speaker
from quotes.services import extract, stories
from tests.conftest import FERRY
from tests.hostile import GREEDY, LARGE, SLOW
from tests.web import local_web
from tests.web.server import BAD_PAGES

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


def test_of_a_few_articles_each_quote_is_shown_of_many_a_line_each(tmp_path: Path) -> None:
    files = []
    for number in range(4):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(f"Title: Ferries {number}\n\n{FERRY}Ferry number {number} sails.\n")
    out, _ = ingest(*files[:3])
    assert out.count("“floating kettles”") == 3
    out, _ = ingest(*files)
    assert out.splitlines() == [
        *(f"unchanged: Ferries {number} (Local files), 3 quotes" for number in range(3)),
        "stored: Ferries 3 (Local files), 3 quotes",
        "Articles: 1 stored, 3 unchanged. Quotes: 12 (--verbosity 2 shows them).",
    ]
    assert ingest(*files, again=True, verbosity=2)[0].count("“floating kettles”") == 4
    assert ingest(*files, verbosity=0)[0] == "Articles: 4 unchanged. Quotes: 12.\n"


def test_what_did_not_change_is_neither_read_nor_placed_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(file)
    monkeypatch.setattr(extract, "extract_quotes", lambda *_, **__: pytest.fail("read again"))
    monkeypatch.setattr(stories, "shingles_of", lambda text: pytest.fail("placed again"))
    assert "1 unchanged" in ingest(file)[0]


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


def refused(*items: str) -> list[str]:
    """What is said of each of these, none of which can be taken in."""
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match=f"{len(items)} of {len(items)}"):
        call_command("ingest", *items, stdout=out, stderr=err)
    return err.getvalue().splitlines()


@pytest.mark.parametrize(
    "item",
    [
        "example.com/story",
        "www.example.com",
        "news.example.co.uk/a/b?c=1",
        "EXAMPLE.com:8080/",
        "bücher.example/x",
    ],
)
def test_a_missing_file_that_looks_like_an_address_is_told_what_an_address_needs(item: str) -> None:
    assert refused(item) == [
        f"{item}: it cannot be read: no such file or directory; an address needs http:// or https://, "
        f"if that is one: https://{item}"
    ]


@pytest.mark.parametrize(
    "item",
    ["story.txt", "articles/story.txt", "./example.com/story", "/srv/www.d/story", "example.com", "a.b"],
)
def test_an_ordinary_missing_file_is_just_missing(item: str) -> None:
    assert refused(item) == [f"{item}: it cannot be read: no such file or directory"]


@pytest.mark.parametrize(
    "item", ["ftp://x.example/story", "file:///etc/passwd", "htps://x.example/", "s3://a/b"]
)
def test_an_address_that_is_not_of_the_web_is_told_what_it_needs(item: str) -> None:
    assert refused(item) == [f"{item}: an address needs http:// or https://: nothing else is fetched"]


def test_a_file_whose_name_looks_like_an_address_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("example.com").mkdir()
    Path("example.com/story").write_text(FERRY)
    assert "3 quotes" in ingest("example.com/story")[0]


def test_what_cannot_be_fetched_is_named_once_with_the_reason(settings: Any) -> None:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["localhost"]
    settings.FETCH_TIMEOUT_SECONDS = 1
    with local_web() as web:
        reasons = {path: said for path, said in BAD_PAGES.items() if said != "robots.txt"}
        addresses = [f"{web.site}{path}" for path in reasons]
        said = refused(*addresses, "http://nowhere.invalid/a", "http://localhost:9/a", "http://[::1/")
    for address, reason, line in zip(addresses, reasons.values(), said, strict=False):
        assert line.startswith(f"{address}: ")
        assert reason in line
        assert line.replace(f"it leads to {address}: ", "").count(address) == 1
    assert said[-3] == "http://nowhere.invalid/a: it cannot be reached: there is no host 'nowhere.invalid'"
    assert said[-2].startswith("http://localhost:9/a: it cannot be reached: ")
    assert said[-1] == "http://[::1/: it is not a web address: Invalid IPv6 URL"


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


@pytest.mark.parametrize(
    ("page", "seconds", "said"), [(SLOW, 0.01, "longer than"), (GREEDY, 30, "cannot be read")]
)
def test_a_page_that_takes_all_time_or_memory_is_refused_and_the_next_item_stored(
    page: str, seconds: float, said: str, tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:  # fmt: skip
    settings.MAX_ARTICLE_BYTES = LARGE
    monkeypatch.setattr(isolated, "SECONDS", seconds)
    hostile = tmp_path / "hostile.html"
    hostile.write_text(page)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match="1 of 2"):
        call_command("ingest", str(hostile), str(file), stdout=out, stderr=err)
    assert said in err.getvalue()
    assert "1 stored" in out.getvalue()


def test_a_hostile_page_at_an_address_is_refused(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["localhost"]
    monkeypatch.setattr(isolated, "SECONDS", 0.01)
    with local_web() as web:
        web.changed["/hostile"] = SLOW
        (said,) = refused(f"{web.site}/hostile")
    assert "longer than" in said
