"""The reconciliation service, as OpenRefine and its kin use it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote as percent_encode
from urllib.parse import urlencode, urlsplit

import jsonschema
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from quotes.models import Article, Quote, RoleStatement, Speaker, SpeakerAlias
from quotes.services.merging import merge_speakers
from quotes.services.speakers import save_speaker
from tests.api import reconciliation_shapes as shapes
from tests.conftest import Ingest

SERVICE = "/api/v1/reconcile/"
FORM = "application/x-www-form-urlencoded"

Quoted = Callable[..., Speaker]


@pytest.fixture
def quoted(ingest: Ingest) -> Quoted:
    """A speaker with a public quote, of a name that no article has to resolve."""
    article = ingest()
    pattern = Quote.objects.filter(revision__article=article).order_by("start").first()
    assert pattern is not None

    def make(name: str, kind: str = "person", **fields: Any) -> Speaker:
        speaker = save_speaker(speaker=Speaker(name=name, kind=kind, **fields))
        copy = Quote.objects.get(pk=pattern.pk)
        begin = 1000 + 10 * Quote.objects.count()
        copy.pk, copy.public_id, copy.speaker = None, type(speaker)().public_id, speaker
        copy.start, copy.end, copy.context_start = begin, begin + 5, begin
        copy.save(force_insert=True)
        return speaker

    return make


def asked(client: Client, name: str, batch: Any, *, status: int = 200) -> Any:
    """What the service answers to a form, as OpenRefine sends it."""
    body = urlencode({name: batch if isinstance(batch, str) else json.dumps(batch)})
    answer = client.post(SERVICE, body, content_type=FORM)
    assert answer.status_code == status, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def candidates(client: Client, name: str, **query: Any) -> list[Any]:
    found = asked(client, "queries", {"q": {"query": name, **query}})
    jsonschema.validate(found, shapes.RESULTS)
    results: list[Any] = found["q"]["result"]
    assert [one["score"] for one in results] == sorted((one["score"] for one in results), reverse=True)
    assert all(0 <= one["score"] <= 100 for one in results)
    assert sum(one["match"] for one in results) <= 1
    return results


def matched(client: Client, name: str, **query: Any) -> str | None:
    """The name of the one that is declared a match."""
    found = [one["name"] for one in candidates(client, name, **query) if one["match"]]
    return found[0] if found else None


def get(client: Client, address: str, **query: Any) -> Any:
    answer = client.get(f"{SERVICE}{address}", query)
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def test_the_manifest_says_what_the_service_can(client: Client, db: None) -> None:
    manifest = get(client, "")
    jsonschema.validate(manifest, shapes.MANIFEST)
    assert {one["id"] for one in manifest["defaultTypes"]} == set(Speaker.Kind.values)


def test_every_address_of_the_manifest_answers(client: Client, quoted: Quoted) -> None:
    speaker = quoted("Vera Lindqvist")
    manifest = get(client, "")
    key = percent_encode(str(speaker.public_id), safe="")
    assert manifest["identifierSpace"] + str(speaker.public_id) == speaker.urn
    page = client.get(urlsplit(manifest["view"]["url"].replace("{{id}}", key)).path)
    assert (page.status_code, page["Location"]) == (302, "/speakers/vera-lindqvist/")
    preview = client.get(urlsplit(manifest["preview"]["url"].replace("{{id}}", key)).path)
    assert preview.status_code == 200
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in services:
        path = urlsplit(service["service_url"] + service["service_path"]).path
        assert client.get(path, {"prefix": "a"} if "suggest" in path else {}).status_code == 200


def test_a_service_is_there_without_the_last_slash(client: Client, quoted: Quoted) -> None:
    quoted("Vera Lindqvist")
    address = SERVICE.rstrip("/")
    assert client.get(address).json() == get(client, "")
    body = urlencode({"queries": '{"q": {"query": "Vera Lindqvist"}}'})
    assert client.post(address, body, content_type=FORM).json()["q"]["result"][0]["match"]


def test_a_batch_is_answered_by_its_keys_by_post_and_by_get(client: Client, quoted: Quoted) -> None:
    quoted("Vera Lindqvist")
    quoted("Northmoor Transit", "organization")
    batch = {"q0": {"query": "Vera Lindqvist"}, "": {"query": "Northmoor Transit"}, "ü": {"query": "Nobody"}}
    found = asked(client, "queries", batch)
    jsonschema.validate(found, shapes.RESULTS)
    assert {key: [one["name"] for one in value["result"]] for key, value in found.items()} == {
        "q0": ["Vera Lindqvist"], "": ["Northmoor Transit"], "ü": [],
    }  # fmt: skip
    assert get(client, "", queries=json.dumps(batch)) == found
    assert asked(client, "queries", {}) == {}


def test_a_candidate_says_who_it_is(client: Client, quoted: Quoted) -> None:
    speaker = quoted("Vera Lindqvist", description="mayor of Northmoor")
    (one,) = candidates(client, "Vera Lindqvist")
    assert one == {
        "id": str(speaker.public_id),
        "name": "Vera Lindqvist",
        "description": "mayor of Northmoor",
        "type": [{"id": "person", "name": "Person"}],
        "score": 100.0,
        "match": True,
        "features": [
            {"id": "name_likeness", "value": 100.0},
            {"id": "same_id", "value": False},
            {"id": "quote_count", "value": 1},
        ],
    }


@pytest.mark.parametrize(
    "written",
    [
        "Vera Lindqvist", "VERA LINDQVIST", "Lindqvist, Vera", "Ms Vera Lindqvist", "Ms. Vera  Lindqvist",
        "Vera Lindqvíst",
    ],
)  # fmt: skip
def test_a_name_is_matched_however_a_table_has_it(client: Client, quoted: Quoted, written: str) -> None:
    quoted("Vera Lindqvist")
    assert matched(client, written) == "Vera Lindqvist"


@pytest.mark.parametrize("written", ["Lindqvist", "V. Lindqvist", "Vera Lindquist", "Vera", "Lindqvst"])
def test_what_may_be_another_is_offered_and_not_matched(client: Client, quoted: Quoted, written: str) -> None:
    quoted("Vera Lindqvist")
    assert [one["name"] for one in candidates(client, written)] == ["Vera Lindqvist"]
    assert matched(client, written) is None


def test_namesakes_are_never_matched_by_the_name_alone(client: Client, quoted: Quoted) -> None:
    quoted("John Marsh", description="striker")
    quoted("John Marsh", description="high court judge")
    assert len(candidates(client, "John Marsh")) == 2
    assert matched(client, "John Marsh") is None
    properties = [{"pid": "role", "v": "judge"}]
    found = candidates(client, "John Marsh", properties=properties)
    assert [(one["description"], one["match"]) for one in found] == [
        ("high court judge", True),
        ("striker", False),
    ]


def test_namesakes_are_told_apart_by_every_role_that_articles_gave(client: Client, quoted: Quoted) -> None:
    one, other = (quoted("John Marsh", description="striker") for _ in range(2))
    article = Quote.objects.get(speaker=one).revision.article
    for year, role in ((2019, "captain of Northmoor United"), (2024, "high court judge")):
        RoleStatement.objects.create(
            speaker=one, article=article, role=role, folded=role, dated_at=datetime(year, 1, 1, tzinfo=UTC)
        )
    found = candidates(client, "John Marsh", properties=[{"pid": "role", "v": "judge"}])
    assert [(it["id"], it["match"]) for it in found] == [
        (str(one.public_id), True),
        (str(other.public_id), False),
    ]
    extended = asked(client, "extend", {"ids": [str(one.public_id)], "properties": [{"id": "role"}]})
    roles = ["high court judge", "captain of Northmoor United", "striker"]
    assert extended["rows"][str(one.public_id)]["role"] == [{"str": role} for role in roles]
    card = client.get(f"{SERVICE}speakers/{one.public_id}/preview/", headers={"accept": "text/html"})
    assert "person · high court judge · captain of Northmoor United · striker<" in card.text


def test_a_role_of_an_article_that_does_not_quote_the_speaker_is_told_nowhere(
    client: Client, quoted: Quoted, ingest: Ingest
) -> None:
    marsh = quoted("John Marsh", description="striker")
    other = ingest("Nobody spoke.", url="https://tidewatch.example/silence")
    RoleStatement.objects.create(
        speaker=marsh,
        article=other,
        role="suspect",
        folded="suspect",
        dated_at=datetime(2024, 1, 1, tzinfo=UTC),
    )
    extended = asked(client, "extend", {"ids": [str(marsh.public_id)], "properties": [{"id": "role"}]})
    assert extended["rows"][str(marsh.public_id)]["role"] == [{"str": "striker"}]


def test_a_middle_name_is_matched_while_nobody_else_fits(client: Client, quoted: Quoted) -> None:
    quoted("John Marsh")
    assert matched(client, "John Arthur Marsh") == "John Marsh"
    quoted("John A. Marsh")
    assert matched(client, "John Arthur Marsh") is None


def test_a_person_and_a_body_of_one_name_are_told_apart_by_type(client: Client, quoted: Quoted) -> None:
    quoted("Baker Hughes")
    quoted("Baker Hughes", "organization")
    assert matched(client, "Baker Hughes") is None
    for kind in ("person", "organization"):
        for given_type in (kind, [kind]):
            (one,) = candidates(client, "Baker Hughes", type=given_type)
            assert (one["type"][0]["id"], one["match"]) == (kind, True)


def test_what_many_are_called_is_no_match(client: Client, quoted: Quoted) -> None:
    quoted("residents", "group")
    assert [one["name"] for one in candidates(client, "residents")] == ["residents"]
    assert matched(client, "residents") is None


def test_other_names_count_but_not_how_an_article_goes_on_to_call_somebody(
    client: Client, quoted: Quoted
) -> None:
    speaker = quoted("Vera Lindqvist")
    for name, origin in (("Wera Lindkvist", "editor"), ("Madam Mayor", "mention")):
        SpeakerAlias.objects.create(speaker=speaker, name=name, folded=name.lower(), origin=origin)
    save_speaker(speaker=speaker)
    assert matched(client, "Wera Lindkvist") == "Vera Lindqvist"
    assert matched(client, "Madam Mayor") is None


def test_wikidata_decides_where_it_is_known(client: Client, quoted: Quoted) -> None:
    quoted("John Marsh", wikidata_id="Q42")
    quoted("John Marsh")
    for value in ("Q42", "https://www.wikidata.org/wiki/Q42", {"id": "Q42", "name": "x"}, ["Q42"]):
        found = candidates(client, "John Marsh", properties=[{"pid": "wikidata_id", "v": value}])
        assert (found[0]["score"], found[0]["match"]) == (100.0, True)
    first, second = candidates(client, "John Marsh", properties=[{"pid": "wikidata_id", "v": "Q43"}])
    assert (first["score"], second["score"]) == (100.0, 20.0)
    asked_for = asked(client, "queries", {"q": {"properties": [{"pid": "wikidata_id", "v": "Q42"}]}})
    assert [one["match"] for one in asked_for["q"]["result"]] == [True]


def test_an_id_finds_its_speaker(client: Client, quoted: Quoted) -> None:
    speaker = quoted("Vera Lindqvist", wikidata_id="Q42")
    for text in (str(speaker.public_id), speaker.urn, "Q42"):
        assert matched(client, text) == "Vera Lindqvist"
    for text in (str(speaker.public_id), speaker.urn):
        assert [one["name"] for one in get(client, "suggest/entity/", prefix=text)["result"]] == [
            "Vera Lindqvist"
        ]


def test_a_limit_bounds_the_candidates(client: Client, quoted: Quoted) -> None:
    for given_name in ("Ann", "Bea", "Cyd"):
        quoted(f"{given_name} Marsh")
    assert len(candidates(client, "Marsh")) == 3
    assert len(candidates(client, "Marsh", limit=2)) == 2
    assert len(candidates(client, "Marsh", limit=2.0, type_strict="should")) == 2


def test_who_is_not_public_is_no_candidate(client: Client, quoted: Quoted) -> None:
    speaker = quoted("Vera Lindqvist")
    Quote.objects.filter(speaker=speaker).update(confidence=0.1)
    assert candidates(client, "Vera Lindqvist") == []
    assert candidates(client, speaker.urn) == []
    for address in (f"speakers/{speaker.public_id}/", f"speakers/{speaker.public_id}/preview/"):
        assert client.get(f"{SERVICE}{address}").status_code == 404


def test_the_id_of_a_merged_speaker_leads_on(client: Client, quoted: Quoted, editor: Any) -> None:
    old, now = quoted("Wera Lindkvist"), quoted("Vera Lindqvist")
    merge_speakers(source=old, target=now, editor=editor)
    assert matched(client, str(old.public_id)) == "Vera Lindqvist"
    page = client.get(f"{SERVICE}speakers/{old.public_id}/")
    assert page["Location"] == "/speakers/vera-lindqvist/"
    rows = asked(client, "extend", {"ids": [str(old.public_id)], "properties": [{"id": "slug"}]})["rows"]
    assert rows == {str(old.public_id): {"slug": [{"str": "vera-lindqvist"}]}}


def test_suggestions_begin_with_what_was_typed(client: Client, quoted: Quoted) -> None:
    for name in ("Vera Lindqvist", "Vera Lindgren"):
        quoted(name)
    found = get(client, "suggest/entity/", prefix="vera lin")
    jsonschema.validate(found, shapes.ENTITIES)
    assert {one["name"] for one in found["result"]} == {"Vera Lindqvist", "Vera Lindgren"}
    assert len(get(client, "suggest/entity/", prefix="vera lin", cursor=1)["result"]) == 1
    assert get(client, "suggest/entity/", prefix="") == {"result": []}
    kinds = get(client, "suggest/type/", prefix="pers")
    jsonschema.validate(kinds, shapes.TYPES)
    assert kinds["result"] == [{"id": "person", "name": "Person"}]
    properties = get(client, "suggest/property/", prefix="WIKI")
    jsonschema.validate(properties, shapes.PROPERTIES)
    assert [one["id"] for one in properties["result"]] == ["wikidata_id"]


def test_properties_are_proposed_and_fetched(client: Client, quoted: Quoted) -> None:
    proposed = get(client, "properties/", type="person")
    jsonschema.validate(proposed, shapes.PROPOSALS)
    assert len(get(client, "properties/", type="person", limit=2)["properties"]) == 2
    speaker = quoted("Vera Lindqvist", description="mayor", wikidata_id="Q42")
    key = str(speaker.public_id)
    query = {"ids": [key, "nobody"], "properties": [{"id": one["id"]} for one in proposed["properties"]]}
    found = asked(client, "extend", query)
    jsonschema.validate(found, shapes.EXTENSION)
    assert [one["id"] for one in found["meta"]] == [one["id"] for one in proposed["properties"]]
    assert found["rows"][key] == {
        "wikidata_id": [{"str": "Q42"}],
        "role": [{"str": "mayor"}],
        "kind": [{"str": "person"}],
        "names": [{"str": "Vera Lindqvist"}],
        "quote_count": [{"int": 1}],
        "slug": [{"str": "vera-lindqvist"}],
        "page": [{"str": "http://testserver/speakers/vera-lindqvist/"}],
    }
    assert set(map(str, found["rows"]["nobody"].values())) == {"[]"}
    assert get(client, "", extend=json.dumps(query)) == found


def test_a_preview_is_a_small_page_for_any_frame(client: Client, quoted: Quoted) -> None:
    speaker = quoted("Vera <b>Lindqvist", description="mayor <script>")
    answer = client.get(f"{SERVICE}speakers/{speaker.public_id}/preview/", headers={"accept": "text/html"})
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "X-Frame-Options" not in answer
    assert "Vera &lt;b&gt;Lindqvist" in answer.text
    assert "<script>" not in answer.text
    assert "1 quote<" in answer.text


def test_any_page_may_ask(client: Client, db: None) -> None:
    answer = client.options(SERVICE, headers={"origin": "http://127.0.0.1:3333"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answer["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("name", "text", "parameter"),
    [
        ("queries", "", "queries"),
        ("queries", "[]", "queries"),
        ("queries", "{", "queries"),
        ("queries", "[" * 100_000, "queries"),
        ("queries", "9" * 5000, "queries"),
        ("queries", '{"\\ud800": {"query": "x"}}', "queries"),
        ("queries", '{"q": []}', "queries.q"),
        ("queries", '{"q": {}}', "queries.q"),
        ("queries", '{"q": {"query": ""}}', "queries.q"),
        ("queries", '{"q": {"query": 5}}', "queries.q"),
        ("queries", '{"q": {"qurey": "x"}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "type": "ship"}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "type": 5}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "limit": 0}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "limit": true}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "limit": NaN}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "properties": {}}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "properties": [{"pid": "role"}]}}', "queries.q"),
        ("queries", '{"q": {"query": "x", "properties": [{"pid": 5, "v": 5}]}}', "queries.q"),
        ("extend", '{"ids": "x", "properties": []}', "extend"),
        ("extend", '{"ids": [], "properties": ["x"]}', "extend"),
        ("extend", '{"ids": [], "properties": [{"id": "height"}]}', "extend"),
        ("extend", '{"ids": [], "properties": [{"id": []}]}', "extend"),
        ("other", "{}", "queries"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(
    client: Client, db: None, name: str, text: str, parameter: str
) -> None:
    found = asked(client, name, text, status=400)
    assert (found["status"], list(found["errors"])) == (400, [parameter])


@pytest.mark.parametrize(
    "address",
    [
        "?querys={}", "?queries={}&extend={}", "suggest/entity/?prefix=a&cursor=x", "suggest/type/?q=a",
        "properties/?limit=0",
    ],
)  # fmt: skip
def test_parameters_that_make_no_sense_are_refused(client: Client, db: None, address: str) -> None:
    answer = client.get(f"{SERVICE}{address}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_batch_is_bounded(client: Client, db: None) -> None:
    size = get(client, "")["batchSize"]
    batch = {f"q{number}": {"query": f"Nobody {number}"} for number in range(size)}
    assert len(asked(client, "queries", batch)) == size
    asked(client, "queries", batch | {"more": {"query": "Nobody"}}, status=413)
    asked(client, "extend", {"ids": list(map(str, range(501))), "properties": []}, status=413)


def test_json_is_not_what_is_sent_here(client: Client, db: None) -> None:
    answer = client.post(SERVICE, "{}", content_type="application/json")
    assert answer.status_code == 415
    assert FORM in answer.json()["detail"]


def test_nobody_is_at_an_id_that_is_none(client: Client, db: None) -> None:
    for key in ("x", "00000000-0000-0000-0000-000000000000", "%00", "ü"):
        for address in (f"speakers/{key}/", f"speakers/{key}/preview/"):
            answer = client.get(f"{SERVICE}{address}")
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    name=st.text(max_size=40).filter(str.strip),
    key=st.text(max_size=5),
    value=st.text(max_size=20) | st.integers() | st.booleans() | st.lists(st.text(max_size=5), max_size=2),
)
def test_no_query_breaks_the_service(
    client: Client, article: Article, name: str, key: str, value: Any
) -> None:
    query = {
        "query": name.strip("\0") or "x",
        "properties": [{"pid": "wikidata_id", "v": value}, {"pid": "role", "v": value}],
    }
    found = asked(client, "queries", {key: query})
    jsonschema.validate(found, shapes.RESULTS)
    assert list(found) == [key]


def test_more_candidates_cost_no_more_queries(
    client: Client, quoted: Quoted, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(6):
        quoted(f"Vera Lindqvist {'abcdef'[number]}")
        with django_assert_max_num_queries(20):
            asked(client, "queries", {"q": {"query": "Vera Lindqvist"}})
