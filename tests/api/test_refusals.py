"""What the API refuses to take or to give, and how it says so."""

from base64 import b64encode
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Article, Quote, Speaker, SpeakerChange
from quotes.services.merging import rename_speaker
from quotes.services.speakers import save_speaker
from tests.api.logins import WORD, basic, problem

pytestmark = pytest.mark.django_db
API = "/api/v1/"
LISTS = [f"{API}{name}/" for name in ("quotes", "speakers", "articles", "sources")]


@pytest.fixture(autouse=True)
def quick_logins(settings: Any) -> None:
    """A password is checked without the time that this takes by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def addresses(kettles: Quote) -> list[str]:
    """Of each kind one, lists and records."""
    article = kettles.revision.article
    return [
        API,
        *LISTS,
        f"{API}quotes/{kettles.public_id}/",
        f"{API}speakers/oona-marlowe/",
        f"{API}articles/{article.public_id}/",
        f"{API}sources/tidewatch/",
    ]


@pytest.mark.parametrize("asked", ["xls", "xml", "JSON", "html", "jsonp", "<b>", "json,api"])
def test_a_format_that_does_not_exist_is_an_error_that_names_it_and_those_that_do(
    client: Client, addresses: list[str], asked: str
) -> None:
    for address in [*addresses, f"{API}speaker-changes/"]:
        found = problem(client.get(address, {"format": asked}), 400)
        (error,) = found["errors"]["format"]
        assert error.startswith("There is no such format. Formats here: a")
        assert error.endswith(("api, json.", "csv, json, jsonl, jsonld."))
        assert found["detail"].startswith("format: ")


@pytest.mark.parametrize("accept", ["*/*", "text/html", "application/json", "text/csv"])
def test_whatever_an_asker_of_an_unknown_format_accepts_is_told_so(
    client: Client, article: Article, accept: str
) -> None:
    problem(client.get(f"{LISTS[0]}?format=xls", headers={"accept": accept}), 400)


def test_the_schema_and_the_docs_name_their_formats_too(client: Client) -> None:
    assert "json, yaml" in problem(client.get(f"{API}schema/?format=csv"), 400)["detail"]
    problem(client.get(f"{API}docs/?format=csv"), 400)
    problem(client.get(f"{API}schema/", headers={"accept": "text/html"}), 406)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("has_cue=yes", "Give true or false."),
        ("copies=False", "Give true or false."),
        ("min_confidence=90%25", "Give a number from 0 to 1."),
        ("min_confidence=2", "Give a number from 0 to 1."),
        ("language=english", "it looks like en"),
        ("fields=", "It is empty"),
        ("format=csv&changed_since=0", "as JSON"),
    ],
)
def test_what_makes_no_sense_is_told_what_would(
    client: Client, article: Article, query: str, told: str
) -> None:
    assert told in problem(client.get(f"{API}quotes/?{query}"), 400)["detail"]


def test_who_is_not_there_is_told_with_those_that_are_near(client: Client, article: Article) -> None:
    found = problem(client.get(f"{API}speakers/oona/"), 404)
    assert "Did you mean oona-marlowe?" in found["detail"]
    assert "with a public quote." in problem(client.get(f"{API}speakers/xyz/"), 404)["detail"]


@pytest.mark.parametrize("query", ["version=%0d%0aX:1", "version=%00", "lang=en", "x=1", "format=json&x=1"])
def test_what_describes_the_api_takes_no_parameters(client: Client, query: str) -> None:
    """The schema wrote a version that was asked for into a header."""
    for name in ("", "schema/"):
        found = problem(client.get(f"{API}{name}?{query}"), 400)
        assert "Those here: none." in found["detail"]


def test_the_suffix_of_the_list_of_lists_is_in_none_of_their_addresses(client: Client) -> None:
    assert client.get(f"{API}.json").json()["quotes"] == f"http://testserver{API}quotes/"


def test_a_format_is_no_part_of_an_address(client: Client, article: Article) -> None:
    assert ".csv, .json" in problem(client.get(f"{API}quotes.xls"), 404)["detail"]
    problem(client.get(f"{API}speaker-changes.csv"), 404)


def test_formats_that_exist_are_given(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        assert client.get(address, {"format": "json"})["Content-Type"] == "application/json"
        assert client.get(address, {"format": "api"})["Content-Type"].startswith("text/html")


@pytest.fixture
def writes(article: Article, editor: User) -> list[tuple[str, dict[str, str]]]:
    """Every address that changes something, with what it takes."""
    una = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    step = rename_speaker(speaker=una, name="Una Lind", editor=editor)
    oona = f"{API}speakers/oona-marlowe/"
    quote = Quote.objects.filter(speaker__slug="oona-marlowe").first()
    assert quote is not None
    return [
        (f"{oona}merge/", {"into": "una-lind"}),
        (f"{oona}move/", {"quotes": quote.urn, "to": "una-lind"}),
        (f"{oona}rename/", {"name": "Oona Lind"}),
        (f"{oona}not-the-same/", {"other": "una-lind"}),
        (f"{API}speaker-changes/{step.public_id}/undo/", {"note": "no"}),
    ]


@pytest.mark.parametrize(
    "media_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", "text/json", ""],
)
def test_what_is_not_json_is_not_taken_and_json_is_named(
    client: Client, writes: list[tuple[str, dict[str, str]]], media_type: str
) -> None:
    for address, data in writes:
        body = "&".join(f"{name}={value}" for name, value in data.items())
        if media_type.startswith("multipart"):
            body = f'--x\r\nContent-Disposition: form-data; name="into"\r\n\r\n{body}\r\n--x--\r\n'
        response = client.generic(
            "POST", address, body, content_type=media_type, headers={"authorization": basic("edith", WORD)}
        )
        assert "application/json" in problem(response, 415)["detail"], address
    assert SpeakerChange.objects.filter(undone_at=None).count() == 1


def test_a_form_is_not_taken_from_the_session_of_the_admin_site_either(
    client: Client, writes: list[tuple[str, dict[str, str]]], editor: User
) -> None:
    client.force_login(editor)
    for address, data in writes:
        problem(client.post(address, data), 415)
        assert client.post(address, data, headers={"accept": "text/html"}).status_code == 415


@pytest.mark.parametrize("media_type", ["application/json", "application/json; charset=utf-8"])
def test_json_is_taken_and_nothing_at_all_where_nothing_is_needed(
    client: Client, writes: list[tuple[str, dict[str, str]]], media_type: str
) -> None:
    login = {"authorization": basic("edith", WORD)}
    assert client.post(writes[2][0], writes[2][1], content_type=media_type, headers=login).status_code == 200
    assert client.generic("POST", writes[4][0], headers=login).status_code == 200


@pytest.mark.parametrize(
    "body", ["{", "[]", "7", '"into"', "null", "{'into': 'una-lind'}", "\xff", "[" * 20_000]
)
def test_json_that_is_none_or_no_object_is_refused(
    client: Client, writes: list[tuple[str, dict[str, str]]], body: str
) -> None:
    for address, _ in writes[:4]:
        response = client.generic(
            "POST",
            address,
            body.encode("latin-1"),
            content_type="application/json",
            headers={"authorization": basic("edith", WORD)},
        )
        problem(response, 400)


WRONG_LOGINS = [
    basic("edith", "wrong"),
    basic("nobody", WORD),
    basic("edith", ""),
    basic("gone", WORD),
    basic("edith\0", WORD),
    "Basic",
    "Basic ",
    "Basic edith:secret",
    "Basic a b",
    "Basic ====",
    "Basic " + b64encode(b"edith").decode(),
    "Bearer 1234",
    "Token edith",
    "edith",
    "Digest username=edith",
]


@pytest.mark.parametrize("login", WRONG_LOGINS)
def test_reading_with_a_login_that_is_wrong_is_refused(
    client: Client, addresses: list[str], editor: User, login: str
) -> None:
    User.objects.create_user("gone", password=WORD, is_active=False)
    for address in addresses if login == WRONG_LOGINS[0] else addresses[:2]:
        response = client.get(address, headers={"authorization": login})
        problem(response, 401)
        assert [way.split()[0] for way in response["WWW-Authenticate"].split(", ")] == [
            "Token", "Bearer", "Basic",
        ]  # fmt: skip


def test_reading_needs_no_login_and_a_right_one_is_welcome(client: Client, addresses: list[str]) -> None:
    User.objects.create_user("rea", password=WORD)
    for address in addresses[:2]:
        for headers in ({}, {"authorization": basic("rea", WORD)}, {"authorization": ""}):
            assert client.get(address, headers=headers).status_code == 200


def test_the_session_of_the_admin_site_reads_and_writes_json(
    client: Client, writes: list[tuple[str, dict[str, str]]], editor: User
) -> None:
    client.force_login(editor)
    page = client.get(writes[2][0].removesuffix("rename/"), headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "edith" in page.text
    assert client.post(*writes[2], content_type="application/json").status_code == 200


def test_a_session_whose_account_was_disabled_reads_as_nobody(client: Client, article: Article) -> None:
    user = User.objects.create_user("rea", password=WORD)
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(LISTS[0]).status_code == 200
