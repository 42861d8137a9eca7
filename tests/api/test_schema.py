"""The OpenAPI schema: exact enough that what is generated from it reads every answer."""

from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from quotes.models import Quote
from tests.conftest import ReadAnew

QUOTES = "/api/v1/quotes/"


def get(client: Client, path: str, **query: Any) -> Any:
    response = client.get(path, query, headers={"accept": "application/json"})
    assert response.status_code == 200, response.content
    return response.json()


def test_the_schema_is_openapi_3_1_and_names_every_filter(client: Client) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    assert schema["openapi"].startswith("3.1")
    parameters = {p["name"] for p in schema["paths"][QUOTES]["get"]["parameters"]}
    assert parameters == {
        "cursor", "page_size", "speaker", "wikidata", "source", "article", "kind", "status", "attributed_by",
        "min_confidence", "language", "has_cue", "text", "copies", "same_words",
        "published_from", "published_to",
        "collected_from", "collected_to", "q", "in", "highlight", "order", "facets", "facet_size", "fields",
        "expand", "changed_since", "limit",
    }  # fmt: skip


def test_the_schema_says_how_to_log_in_and_where_one_has_to(client: Client) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    assert set(schema["components"]["securitySchemes"]) == {"token", "basic"}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            is_open = {} in operation["security"]
            asks = method == "get" or path.endswith("/reconcile/")
            for_some = path.split("/")[3] in {"speaker-changes", "review", "ingest", "extract", "webhooks"}
            assert is_open == (asks and not for_some), (path, method)
            assert {"token": []} in operation["security"]


def test_the_schema_names_what_every_address_may_answer(client: Client) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            assert set(operation["responses"]) >= {"401", "406", "429"}
            assert set(operation["responses"]) & {"200", "201", "202", "204", "302"}
            assert ("304" in operation["responses"]) == (method == "get")


def test_the_schema_names_the_redirect_of_a_speaker_and_that_steps_are_json(client: Client) -> None:
    paths = get(client, "/api/v1/schema/", format="json")["paths"]
    assert "301" in paths["/api/v1/speakers/{slug}/"]["get"]["responses"]
    step = paths["/api/v1/speakers/{slug}/merge/"]["post"]["responses"]["200"]
    assert list(step["content"]) == ["application/json"]


def test_the_schema_is_made_without_a_warning(tmp_path: Path) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_the_schema_is_valid_and_every_operation_of_it_has_a_name_and_words(client: Client) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    OpenAPIV31SpecValidator(schema).validate()
    operations = [one for methods in schema["paths"].values() for one in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    for operation in operations:
        assert operation["summary"] != operation["description"] != ""
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description") or parameter["in"] == "path", parameter


def test_names_of_operations_stay_what_clients_call_them(client: Client) -> None:
    paths = get(client, "/api/v1/schema/", format="json")["paths"]
    assert {one["operationId"] for methods in paths.values() for one in methods.values()} == {
        "articles_list", "articles_retrieve", "extract_create", "ingest_create", "ingest_list",
        "ingest_retrieve",
        "quotes_list", "quotes_retrieve", "reconcile_create", "reconcile_properties_retrieve",
        "reconcile_retrieve", "reconcile_speakers_preview_retrieve", "reconcile_speakers_retrieve",
        "reconcile_suggest_entity_retrieve", "reconcile_suggest_property_retrieve",
        "reconcile_suggest_type_retrieve", "review_quotes_approve_create", "review_quotes_attribute_create",
        "review_quotes_bounds_create", "review_quotes_create", "review_quotes_dispute_create",
        "review_quotes_list", "review_quotes_reject_create", "review_quotes_reopen_create",
        "review_quotes_retract_create", "review_quotes_retrieve", "review_articles_retrieve",
        "review_quotes_attribute_all_create", "review_quotes_join_create", "review_quotes_kind_create",
        "review_quotes_note_create", "review_quotes_redo_create", "review_quotes_split_create",
        "review_quotes_undo_create", "same_words_retrieve", "sources_list", "sources_retrieve",
        "speaker_changes_list", "speaker_changes_retrieve", "speaker_changes_undo_create", "speakers_list",
        "speakers_merge_create", "speakers_move_create", "speakers_not_the_same_create",
        "speakers_rename_create", "speakers_retrieve", "webhooks_create", "webhooks_deliveries_list",
        "webhooks_destroy", "webhooks_list", "webhooks_partial_update", "webhooks_replay_create",
        "webhooks_retrieve", "webhooks_rotate_create",
    }  # fmt: skip


def test_real_answers_fit_the_schema(client: Client, kettles: Quote) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    for name in ("quotes", "speakers", "articles", "sources"):
        operation = schema["paths"][f"/api/v1/{name}/"]["get"]
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = answer | {"components": schema["components"]}
        jsonschema.validate(get(client, f"/api/v1/{name}/"), whole)


@pytest.mark.parametrize(
    "asked",
    [
        "fields=id,text",
        "expand=speaker,article",
        "facets=speaker,source,year,month,kind,status",
        "q=kettles+OR+kettle&highlight=true",
        "changed_since=0",
    ],
)
def test_quotes_fit_the_schema_however_they_are_asked_for(client: Client, kettles: Quote, asked: str) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    operation = schema["paths"][QUOTES]["get"]
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    found = get(client, f"{QUOTES}?{asked}")
    assert found["results"]
    jsonschema.validate(found, answer | {"components": schema["components"]})


def test_the_schema_says_that_all_of_a_record_is_there_but_where_fields_leaves_some_out(
    client: Client,
) -> None:
    records = get(client, "/api/v1/schema/", format="json")["components"]["schemas"]
    for name in ("ArticleBrief", "SourceBrief", "SpeakerBrief", "SpeakerChange", "Step", "WholeQuote"):
        assert set(records[name]["required"]) == set(records[name]["properties"]), name
    for name in ("Article", "ArticleDetail", "Quote", "QuoteDetail", "Source", "Speaker", "SpeakerDetail"):
        assert "required" not in records[name], name


def test_whatever_may_be_null_is_of_one_kind_else(client: Client) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    for name, record in schema["components"]["schemas"].items():
        for field, one in record.get("properties", {}).items():
            assert {} not in one.get("oneOf", ()), (name, field)


def test_no_default_of_the_schema_is_one_of_the_values_that_are_refused(client: Client) -> None:
    schema = get(client, "/api/v1/schema/", format="json")
    for name, record in schema["components"]["schemas"].items():
        for field, one in record.get("properties", {}).items():
            whole = jsonschema.Draft202012Validator(one | {"components": schema["components"]})
            assert "default" not in one or whole.is_valid(one["default"]), (name, field)


def test_a_real_quote_by_itself_fits_the_schema(client: Client, kettles: Quote, read_anew: ReadAnew) -> None:
    read_anew(kettles, speaker="Marta Quill")
    schema = get(client, "/api/v1/schema/", format="json")
    operation = schema["paths"]["/api/v1/quotes/{public_id}/"]["get"]
    answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["components"]["schemas"]["QuoteDetail"]["properties"]["reasons"]["type"] == "array"
    quote = get(client, f"{QUOTES}{kettles.public_id}/")
    assert quote["withdrawals"]
    jsonschema.validate(quote, answer | {"components": schema["components"]})
