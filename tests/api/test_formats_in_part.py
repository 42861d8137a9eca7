"""Parts of records, and more of them, in formats beside JSON: chosen there too, or refused, never ignored."""

import pytest
from django.test import Client

from quotes.models import Quote
from tests.api.logins import problem
from tests.api.test_formats import API, body, lines, rows_of, table

EVERYTHING = "facets=kind&fields=id&expand=article"


def test_fields_are_the_columns_of_csv_in_the_order_asked_for(client: Client, kettles: Quote) -> None:
    text = body(client.get(f"{API}quotes.csv?fields=speaker_slug,text&speaker=desmond-achterberg"))
    assert text == "\ufeffspeaker_slug,text\r\ndesmond-achterberg,The price is a scandal\r\n"
    one = rows_of(body(client.get(f"{API}quotes/{kettles.public_id}.csv?fields=text,kind")))
    assert one == [{"text": "floating kettles", "kind": "partial"}]
    assert {"names": "Oona Marlowe", "quote_count": "2"} in table(
        client, "speakers.csv", fields="names,quote_count"
    )


def test_a_column_that_does_not_exist_is_named_with_those_that_do(client: Client, kettles: Quote) -> None:
    found = problem(client.get(f"{API}quotes.csv?fields=speaker_slgu"), 400)
    assert "Did you mean speaker_slug" in found["errors"]["fields"][0]


def test_json_lines_have_what_json_has(client: Client, kettles: Quote) -> None:
    (found,) = lines(
        client, "quotes.jsonl", q="kettles", highlight="true", expand="speaker", fields="speaker,highlight"
    )
    assert found["speaker"]["quote_count"] == 2
    assert {"text": "kettles", "hit": True} in found["highlight"]
    (one,) = lines(client, f"quotes/{kettles.public_id}.jsonl", fields="text")
    assert one == {"text": "floating kettles"}


@pytest.mark.parametrize(
    ("suffix", "query", "refused"),
    [
        ("csv", "facets=kind", "facets"),
        ("csv", "facets=kind&facet_size=3", "facet_size,facets"),
        ("csv", "expand=speaker", "expand"),
        ("csv", "q=kettles&highlight=true", "highlight"),
        ("jsonl", "facets=kind", "facets"),
        ("jsonld", f"{EVERYTHING}&q=kettles&highlight=true", "expand,facets,fields,highlight"),
        ("anno", f"{EVERYTHING}&q=kettles&highlight=true", "expand,facets,fields,highlight"),
    ],
)  # fmt: skip
def test_what_a_format_has_no_place_for_is_refused(
    client: Client, kettles: Quote, suffix: str, query: str, refused: str
) -> None:
    found = problem(client.get(f"{API}quotes.{suffix}?{query}"), 400)
    assert ",".join(sorted(found["errors"])) == refused
    assert "take json" in found["detail"]
    accepted = problem(client.get(f"{API}quotes/?format={suffix}&{query}"), 400)
    assert accepted["errors"].keys() == found["errors"].keys()


@pytest.mark.parametrize("suffix", ["csv", "jsonld", "anno"])
def test_a_record_by_itself_is_no_exception(client: Client, kettles: Quote, suffix: str) -> None:
    address = f"{API}quotes/{kettles.public_id}.{suffix}"
    assert list(problem(client.get(f"{address}?expand=speaker"), 400)["errors"]) == ["expand"]


def test_hits_are_no_field_of_an_answer_that_marks_none(client: Client, kettles: Quote) -> None:
    for query in (
        "fields=highlight",
        "q=kettles&fields=text,highlight",
        "q=kettles&highlight=false&fields=highlight",
    ):
        found = problem(client.get(f"{API}quotes/?{query}"), 400)
        assert "highlight=true" in found["errors"]["fields"][0]
