"""Lists and records as CSV and as JSON lines, as somebody downloads them."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from api.formats import streams
from quotes.models import Article, Quote, Speaker
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import Ingest

API = "/api/v1/"
NAMES = ("quotes", "speakers", "articles", "sources")


def body(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    found: str = (answer.getvalue() if answer.streaming else answer.content).decode()
    return found


def rows_of(text: str) -> list[dict[str, str]]:
    """As Excel reads a file: UTF-8 by its mark, CRLF at the end of every line."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def table(client: Client, address: str, **query: Any) -> list[dict[str, str]]:
    return rows_of(body(client.get(f"{API}{address}", query)))


def lines(client: Client, address: str, **query: Any) -> list[Any]:
    return [json.loads(line) for line in body(client.get(f"{API}{address}", query)).splitlines()]


@pytest.fixture
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three keys, read two rows at a time, so that a short list goes through all of it."""
    monkeypatch.setattr(streams, "_KEYS", 3)
    monkeypatch.setattr(streams, "BATCH", 2)


@pytest.fixture
def many(ingest: Ingest) -> None:
    """Ten quotes of one article, and an older one."""
    said = "\n\n".join(f"“We count up to {number} today,” Oona Marlowe said." for number in range(10))
    ingest(said)
    ingest(
        "“Ferries don’t pay for themselves,” Marta Quill told the Bugle.",
        url="https://bugle.example/pay",
        source="The Bugle",
        published_at=datetime(2025, 4, 2, tzinfo=UTC),
    )


def test_a_format_is_asked_for_by_suffix_by_parameter_or_by_accept(client: Client, kettles: Quote) -> None:
    for kind, suffix in (("text/csv", "csv"), ("application/x-ndjson", "jsonl")):
        for address in ("quotes", f"quotes/{kettles.public_id}", "speakers", "articles", "sources"):
            asked = [
                client.get(f"{API}{address}.{suffix}"),
                client.get(f"{API}{address}/", {"format": suffix}),
                client.get(f"{API}{address}/", headers={"accept": kind}),
                client.get(f"{API}{address}.{suffix}", headers={"accept": "application/json"}),
            ]
            assert {answer["Content-Type"] for answer in asked} == {f"{kind}; charset=utf-8"}
            assert "Accept" in asked[2]["Vary"]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/*", ""])
def test_whoever_takes_anything_gets_json(client: Client, article: Article, accept: str) -> None:
    answer = client.get(f"{API}quotes/", headers={"accept": accept} if accept else {})
    assert answer["Content-Type"] == "application/json"


def test_a_row_says_who_where_and_how_we_know(client: Client, kettles: Quote) -> None:
    (row,) = [row for row in table(client, "quotes.csv") if row["text"] == "floating kettles"]
    assert row["id"] == kettles.urn
    assert (row["speaker"], row["speaker_slug"], row["speaker_kind"]) == (
        "Oona Marlowe",
        "oona-marlowe",
        "person",
    )
    assert row["speaker_id"] == Speaker.objects.get(slug="oona-marlowe").urn
    assert (row["source"], row["source_slug"]) == ("Tidewatch", "tidewatch")
    assert row["article_title"] == "Harbour board orders electric ferries"
    assert row["article_id"] == kettles.revision.article.public_id.urn
    assert row["published_at"] == "2026-03-06T09:30:00Z"
    assert (row["mention"], row["cue"], row["kind"]) == ("She", "called", "partial")
    assert row["source_url"] == kettles.source_url
    assert json.loads(row["segments"]) == kettles.segments
    assert float(row["confidence"]) == kettles.confidence
    assert (row["attributed_by"], row["review_status"], row["gone_at"]) == ("extractor", "unreviewed", "")


def test_an_editors_word_has_no_confidence(client: Client, kettles: Quote, editor: User) -> None:
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=marta, editor=editor)
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    (row,) = table(client, f"quotes/{kettles.public_id}.csv")
    assert (row["confidence"], row["attributed_by"], row["review_status"]) == ("", "editor", "approved")


def test_speakers_articles_and_sources_are_tables_too(client: Client, article: Article) -> None:
    speakers = {row["slug"]: row for row in table(client, "speakers.csv")}
    assert (speakers["oona-marlowe"]["quote_count"], speakers["oona-marlowe"]["names"]) == (
        "2",
        "Oona Marlowe",
    )
    (row,) = table(client, "articles.csv")
    assert (row["id"], row["source_slug"], row["revision"]) == (article.public_id.urn, "tidewatch", "1")
    assert table(client, "sources.csv") == [
        {"slug": "tidewatch", "name": "Tidewatch", "homepage": "https://www.tidewatch.example/"}
    ]


@pytest.mark.usefixtures("many", "small_stretches")
@pytest.mark.parametrize("name", NAMES)
def test_json_lines_are_the_records_of_all_pages_in_their_order(client: Client, name: str) -> None:
    pages: list[Any] = []
    address = f"{API}{name}/?page_size=2"
    while address:
        page = client.get(address, headers={"accept": "application/json"}).json()
        pages += page["results"]
        address = page["next"]
    assert lines(client, f"{name}.jsonl") == pages
    key = "slug" if name == "sources" else "id"
    listed = [row[key].removeprefix("urn:uuid:") for row in table(client, f"{name}.csv")]
    assert listed == [record[key].removeprefix("urn:uuid:") for record in pages]


@pytest.mark.parametrize(
    "query", ["", "fields=text,id", "expand=speaker,article", "q=ten+OR+kettles&highlight=true"]
)
def test_a_line_is_the_record_of_the_page_field_by_field(
    client: Client, kettles: Quote, editor: User, query: str
) -> None:
    """Lines are made in a way of their own, as it is ten times as fast."""
    words = Quote.objects.exclude(pk=kettles.pk).latest("pk")
    Quote.objects.filter(pk=words.pk).update(
        mention_text="", mention_start=None, mention_end=None, text="a\u2028b “c” é",
        attributed_by="editor", confidence=None, review_status="approved",
        gone_at=datetime(2026, 5, 1, tzinfo=UTC),
    )  # fmt: skip
    page = client.get(f"{API}quotes/?{query}", headers={"accept": "application/json"}).json()["results"]
    found = [json.loads(line) for line in body(client.get(f"{API}quotes.jsonl?{query}")).split("\n")[:-1]]
    as_text = {record["id"]: json.dumps(record) for record in found}  # the order of fields, too
    assert as_text == {record["id"]: json.dumps(record) for record in page}
    assert len(found) > 1


@pytest.mark.usefixtures("many", "small_stretches")
def test_filters_hold_for_all_rows(client: Client) -> None:
    assert len(table(client, "quotes.csv")) == 11
    assert len(table(client, "quotes.csv", speaker="oona-marlowe")) == 10
    assert [row["source"] for row in table(client, "quotes.csv", source="the-bugle")] == ["The Bugle"]
    assert table(client, "quotes.csv", min_confidence="1") == []


@pytest.mark.usefixtures("many", "small_stretches")
def test_a_limit_bounds_the_rows_and_the_answer_says_how_it_goes_on(client: Client) -> None:
    for suffix in ("csv", "jsonl"):
        ids: list[str] = []
        address = f"{API}quotes.{suffix}?limit=4"
        names = []
        while address:
            answer = client.get(address)
            text = body(answer)
            found = rows_of(text) if suffix == "csv" else [json.loads(line) for line in text.splitlines()]
            ids += [row["id"] for row in found]
            names.append(answer["Content-Disposition"])
            link = answer.headers.get("Link", "")
            address = link.partition(">")[0].removeprefix("<")
            assert not link or link.endswith('>; rel="next"')
            assert f"quotes.{suffix}" in (urlsplit(address).path or f"quotes.{suffix}")
        assert ids == [row["id"] for row in table(client, "quotes.csv")]
        assert names == [f'attachment; filename="quotes-part.{suffix}"'] * 3


@pytest.mark.usefixtures("many")
def test_who_is_not_logged_in_gets_no_more_than_the_setting_says(
    client: Client, editor: User, settings: Any
) -> None:
    settings.DOWNLOAD_ROWS = 5
    answer = client.get(f"{API}quotes.csv")
    assert len(rows_of(body(answer))) == 5
    assert 'rel="next"' in answer["Link"]
    assert "quotes-part.csv" in answer["Content-Disposition"]
    assert client.get(f"{API}quotes.csv", {"limit": 6}).status_code == 400
    client.force_login(editor)
    answer = client.get(f"{API}quotes.csv")
    assert len(rows_of(body(answer))) == 11
    assert "Link" not in answer
    assert 'filename="quotes.csv"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=ten", "limit"),
        ("limit=10001", "limit"),
        ("limit=", "limit"),
        ("limit=1&limit=2", "limit"),
        ("page_size=10", "page_size"),
        ("spaeker=x", "spaeker"),
    ],
)
def test_what_makes_no_sense_is_a_problem_before_the_first_row(
    client: Client, article: Article, query: str, parameter: str
) -> None:
    for suffix in ("csv", "jsonl"):
        answer = client.get(f"{API}quotes.{suffix}?{query}")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert list(answer.json()["errors"]) == [parameter]


def test_a_cursor_that_is_none_is_not_found(client: Client, article: Article) -> None:
    answer = client.get(f"{API}quotes.csv?cursor=xyz")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_limit_is_for_lists_that_are_sent_whole(client: Client, kettles: Quote) -> None:
    for address in ("quotes/", "quotes.jsonld", f"quotes/{kettles.public_id}.csv"):
        answer = client.get(f"{API}{address}?limit=1")
        assert list(answer.json()["errors"]) == ["limit"]


def test_an_empty_list_is_a_line_of_names(client: Client, db: None) -> None:
    for name in NAMES:
        assert body(client.get(f"{API}{name}.csv")).count("\r\n") == 1
        assert body(client.get(f"{API}{name}.jsonl")) == ""


@pytest.mark.usefixtures("many", "small_stretches")
def test_what_is_withdrawn_while_it_is_sent_is_left_out(client: Client, editor: User) -> None:
    answer = client.get(f"{API}quotes.csv")
    sent = iter(answer)
    first = [next(sent), next(sent)]
    last = Quote.objects.order_by("dated_at", "id").first()
    assert last is not None
    decide(quotes=[last], status=Quote.Status.REJECTED, editor=editor)
    found = rows_of(b"".join([*first, *sent]).decode())
    assert len(found) == 10
    assert last.urn not in {row["id"] for row in found}


@pytest.mark.usefixtures("many", "small_stretches")
def test_what_comes_in_while_it_is_sent_moves_nothing(client: Client, ingest: Ingest) -> None:
    before = [row["id"] for row in table(client, "quotes.csv")]
    answer = client.get(f"{API}quotes.csv")
    sent = iter(answer)
    first = [next(sent), next(sent)]
    ingest(
        "“New,” said Ann Lee.", url="https://bugle.example/new", published_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    assert [row["id"] for row in rows_of(b"".join([*first, *sent]).decode())] == before


def test_nobody_sees_by_a_format_what_is_not_public(client: Client, kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    for suffix in ("csv", "jsonl", "jsonld", "anno"):
        answer = client.get(f"{API}quotes.{suffix}")
        text = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert "waited ten years" in text
        assert kettles.urn not in text
        assert client.get(f"{API}quotes/{kettles.public_id}.{suffix}").status_code in {404, 410}


def test_a_head_reads_no_rows(
    client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer: Any = client.head(f"{API}quotes.csv")
        assert answer.getvalue() == b""
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_a_merged_speakers_table_is_at_who_it_is_now(client: Client, article: Article) -> None:
    old = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    Speaker.objects.filter(pk=old.pk).update(merged_into=Speaker.objects.get(slug="oona-marlowe"))
    answer = client.get(f"{API}speakers/una-marlow.csv")
    assert urlsplit(answer["Location"]).path == f"{API}speakers/oona-marlowe.csv"
    assert [row["name"] for row in table(client, "speakers/oona-marlowe.csv")] == ["Oona Marlowe"]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("quotes.csv", 2),  # keys, rows
        ("quotes.jsonl", 3),  # and the same words
        ("speakers.csv", 4),  # keys; names, counts, rows
        ("speakers.jsonl", 3),
        ("articles.csv", 2),
        ("sources.csv", 2),
    ],
)
def test_a_thousand_rows_cost_a_fixed_number_of_queries(
    client: Client, address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        body(client.get(f"{API}{address}"))


def test_addresses_within_a_file_are_those_of_the_records(client: Client, kettles: Quote) -> None:
    for address in ("quotes.jsonl", f"quotes/{kettles.public_id}.jsonl", f"quotes/{kettles.public_id}.json"):
        for record in lines(client, address):
            for url in (record["url"], record["speaker"]["url"], record["article"]["url"]):
                assert urlsplit(url).path.endswith("/")
                assert client.get(url).status_code == 200


def test_the_columns_are_stable(client: Client, article: Article) -> None:
    """Whoever reads them by name or by place relies on these: a new one comes last."""
    heads = {
        name: body(client.get(f"{API}{name}.csv")).splitlines()[0].removeprefix("\ufeff") for name in NAMES
    }
    assert heads["quotes"].startswith(
        "id,text,kind,speaker,speaker_slug,speaker_id,speaker_kind,wikidata_id,source,source_slug,article_title,"
        "article_url,article_id,published_at,collected_at,updated_at,gone_at,confidence,attributed_by,"
        "review_status,source_url,language,mention,cue,sentence,segments,revision,extractor_version"
    )
    assert heads["speakers"].startswith(
        "id,name,slug,kind,description,wikidata_id,names,quote_count,created_at,updated_at"
    )
    assert heads["articles"].startswith(
        "id,title,byline,url,published_at,fetched_at,language,source,source_slug,status,revision,content_hash"
    )
    assert heads["sources"].startswith("slug,name,homepage")
