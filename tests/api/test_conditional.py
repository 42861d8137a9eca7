"""Answers that are the same are not sent twice, and none is given to whom it is not meant for."""

from collections.abc import Iterator
from gzip import decompress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import StreamingHttpResponse
from django.test import Client

from api.views import QuoteViewSet
from quotes.models import Article, Quote, Source, Speaker
from quotes.services.merging import rename_speaker
from quotes.services.review import decide
from quotes.versions import version_of
from tests.api.logins import by_token, problem

pytestmark = pytest.mark.django_db
API = "/api/v1/"
QUOTES = f"{API}quotes/"


@pytest.fixture
def addresses(kettles: Quote) -> list[str]:
    """Everything that is read: lists, records, and what describes it."""
    lists = [f"{API}{name}/" for name in ("quotes", "speakers", "articles", "sources")]
    records = [
        f"{QUOTES}{kettles.public_id}/",
        f"{API}speakers/oona-marlowe/",
        f"{API}articles/{kettles.revision.article.public_id}/",
        f"{API}sources/tidewatch/",
    ]
    return [API, f"{API}schema/", *lists, *records]


@pytest.mark.parametrize("method", ["get", "head"])
def test_whoever_has_an_answer_is_told_that_it_is_the_same(
    client: Client, addresses: list[str], method: str
) -> None:
    ask = getattr(client, method)
    for address in addresses:
        first = ask(address)
        assert first.status_code == 200
        assert first["ETag"].startswith('"')
        again = ask(address, headers={"if-none-match": f'"other", W/{first["ETag"]}'})
        assert (again.status_code, again.content) == (304, b""), address
        for name in ("ETag", "Cache-Control", "Vary"):
            assert again[name] == first[name], address
        assert ask(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_head_says_what_get_says(client: Client, addresses: list[str]) -> None:
    for address in addresses:
        got, asked = client.get(address), client.head(address)
        assert asked.content == b""
        for name in ("ETag", "Content-Length", "Content-Type", "Allow", "Vary"):
            assert got[name] == asked[name], (address, name)


def test_what_is_written_as_it_is_read_has_no_etag_and_is_not_begun_for_head(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in range(3):
            written.append(number)
            yield f"{number}\n".encode() * 100

    def streamed(*_: object, **__: object) -> StreamingHttpResponse:
        return StreamingHttpResponse(lines(), content_type="application/x-ndjson")

    monkeypatch.setattr(QuoteViewSet, "list", streamed)
    answer = client.get(QUOTES)
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-cache"
    assert answer.getvalue().startswith(b"0\n0\n")
    packed = client.get(QUOTES, headers={"accept-encoding": "gzip"})
    assert decompress(packed.getvalue()).endswith(b"2\n")
    written.clear()
    assert client.head(QUOTES).getvalue() == b""
    assert written == []


def test_another_answer_has_another_etag(client: Client, kettles: Quote, editor: User) -> None:
    record = f"{QUOTES}{kettles.public_id}/"
    seen = [client.get(record)["ETag"]]
    lists = [client.get(QUOTES)["ETag"]]
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    seen.append(client.get(record)["ETag"])
    lists.append(client.get(QUOTES)["ETag"])
    rename_speaker(speaker=Speaker.objects.get(slug="oona-marlowe"), name="Oona Marlow", editor=editor)
    seen.append(client.get(record)["ETag"])
    Source.objects.update(name="The Tidewatch")  # which no row of the quote knows
    seen += [client.get(record)["ETag"], client.get(record, headers={"accept": "text/html"})["ETag"]]
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    lists.append(client.get(QUOTES)["ETag"])
    assert len(set(seen)) == 5
    assert len(set(lists)) == 3


def test_the_etag_of_a_record_begins_with_the_version_of_its_row(
    client: Client, kettles: Quote, editor: User
) -> None:
    record = f"{QUOTES}{kettles.public_id}/"
    before = version_of(Quote.objects.get(pk=kettles.pk))
    assert client.get(record)["ETag"].strip('"').split(".")[0] == before
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    after = version_of(Quote.objects.get(pk=kettles.pk))
    assert before != after
    assert client.get(record)["ETag"].strip('"').split(".")[0] == after


def test_a_precondition_that_does_not_hold_is_a_problem(client: Client, kettles: Quote) -> None:
    problem(client.get(f"{QUOTES}{kettles.public_id}/", headers={"if-match": '"other"'}), 412)


def test_answers_say_what_they_hang_on_and_who_may_keep_them(
    client: Client, addresses: list[str], editor: User
) -> None:
    for address in addresses:
        answer = client.get(address)
        varies = {name.strip().lower() for name in answer["Vary"].split(",")}
        assert varies >= {"accept", "accept-encoding", "authorization", "cookie"}, address
        assert answer["Cache-Control"] == "no-cache"
    login = by_token(editor)
    assert client.get(QUOTES, headers={"authorization": login})["Cache-Control"] == "private, no-cache"
    client.force_login(editor)
    assert client.get(QUOTES)["Cache-Control"] == "private, no-cache"
    posted = client.post(f"{API}speakers/oona-marlowe/merge/", {}, content_type="application/json")
    assert posted["Cache-Control"] == "no-store"


def test_an_answer_is_compressed_for_who_asks_and_a_compressed_one_is_known_again(
    client: Client, article: Article
) -> None:
    plain = client.get(QUOTES)
    assert "Content-Encoding" not in plain
    packed = client.get(QUOTES, headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert decompress(packed.content) == plain.content
    assert packed["ETag"] == f"W/{plain['ETag']}"
    headers = {"accept-encoding": "gzip", "if-none-match": packed["ETag"]}
    assert client.get(QUOTES, headers=headers).status_code == 304


def test_pages_outside_of_the_api_are_not_compressed(client: Client, article: Article) -> None:
    page = client.get("/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in page


def test_a_list_names_its_neighbours_in_a_header_too(client: Client, article: Article) -> None:
    page = client.get(f"{QUOTES}?page_size=1").json()
    second = client.get(page["next"])
    links = second["Link"]
    assert f'<{second.json()["next"]}>; rel="next"' in links
    assert f'<{second.json()["previous"]}>; rel="prev"' in links
    assert "Link" not in client.get(QUOTES)


def urls_in(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [url for one in value.values() for url in urls_in(one)]
    if isinstance(value, list):
        return [url for one in value for url in urls_in(one)]
    return [value] if isinstance(value, str) and value.startswith("http://testserver/") else []


def test_the_format_of_an_answer_is_in_none_of_its_addresses(
    client: Client, addresses: list[str], editor: User
) -> None:
    rename_speaker(speaker=Speaker.objects.get(slug="oona-marlowe"), name="Oona Marlow", editor=editor)
    addresses = [address.replace("oona-marlowe", "oona-marlow") for address in addresses]
    client.force_login(editor)
    for address in [*addresses, f"{API}speaker-changes/"]:
        answer = client.get(address + ("?format=json&page_size=1" if address == QUOTES else "?format=json"))
        assert answer.status_code == 200
        found = urls_in(answer.json())
        assert found or "schema" in address
        assert not [url for url in found if "format" in url or ".json" in url]
        assert "format" not in answer.get("Link", "")
    suffixed = client.get(f"{API}speakers/oona-marlow.json").json()
    assert suffixed["url"] == f"http://testserver{API}speakers/oona-marlow/"


def test_ids_have_one_form_everywhere(client: Client, addresses: list[str], editor: User) -> None:
    rename_speaker(speaker=Speaker.objects.get(slug="oona-marlowe"), name="Oona Marlow", editor=editor)
    client.force_login(editor)
    for name in ("quotes", "speakers", "articles", "speaker-changes"):
        for record in client.get(f"{API}{name}/").json()["results"]:
            assert record["id"].startswith("urn:uuid:"), name
            assert client.get(record["url"]).json()["id"] == record["id"]
    article = client.get(f"{API}articles/").json()["results"][0]["id"]
    for form in (article, article.removeprefix("urn:uuid:")):
        assert len(client.get(QUOTES, {"article": form}).json()["results"]) == 3
