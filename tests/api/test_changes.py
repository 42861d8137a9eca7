"""A copy kept in step by `quotes/?changed_since=`."""

from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from quotes.models import By, Publication, Quote, Source, Speaker
from quotes.services.merging import merge_speakers, move_quotes, rename_speaker, undo_change
from quotes.services.publications import begin_anew
from quotes.services.review import attribute, decide
from quotes.services.sources import save_source
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, Ingest, ReadAnew, document
from tests.mirror import Mirror

QUOTES = "/api/v1/quotes/"


@pytest.fixture
def mirror(client: Client, kettles: Quote) -> Mirror:
    """A copy of the article's three quotes."""
    made = Mirror(client)
    made.follow()
    return made


def get(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    response = client.get(path, query, headers={"accept": "application/json"})
    assert response.status_code == status, response.content
    return response.json()


def test_from_the_beginning_all_public_quotes_come_as_in_the_list(client: Client, mirror: Mirror) -> None:
    assert len(mirror.quotes) == 3
    assert mirror.quotes == mirror.listed()


@pytest.mark.parametrize("start", ["0", "start"])
def test_next_holds_where_to_go_on_also_when_nothing_is_new(
    client: Client, kettles: Quote, start: str
) -> None:
    page = get(client, QUOTES, changed_since=start, page_size=2)
    assert (len(page["results"]), page["up_to_date"]) == (2, False)
    page = get(client, page["next"])
    assert (len(page["results"]), page["up_to_date"]) == (1, True)
    later = get(client, page["next"])
    assert later == {"next": page["next"], "up_to_date": True, "results": []}
    assert "page_size=2" in page["next"]


def test_where_nothing_was_ever_stored_a_copy_is_up_to_date(client: Client, db: None) -> None:
    page = get(client, QUOTES, changed_since=0)
    assert (page["up_to_date"], page["results"]) == (True, [])
    assert get(client, page["next"])["up_to_date"]


def test_a_withdrawn_quote_comes_as_a_tombstone_and_says_nothing_of_what_was_said(
    mirror: Mirror, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, note="between us")
    (tombstone,) = mirror.follow()
    withdrawn_at = Publication.objects.get(quote=kettles).withdrawn_at
    assert withdrawn_at is not None
    assert tombstone == {
        "id": kettles.urn,
        "withdrawn": True,
        "withdrawn_at": withdrawn_at.isoformat().replace("+00:00", "Z"),
        "withdrawn_by": "editor",
    }
    assert mirror.quotes == mirror.listed()


def test_what_stays_withdrawn_does_not_come_again_and_what_is_public_again_does(
    mirror: Mirror, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    assert mirror.follow()
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    assert mirror.follow() == []
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert [one["text"] for one in mirror.follow()] == ["floating kettles"]


def test_what_was_never_public_does_not_come(
    client: Client, ingest: Ingest, editor: User, kettles: Quote, read_anew: ReadAnew
) -> None:
    Publication.objects.all().delete()
    Quote.objects.filter(pk=kettles.pk).update(confidence=0.2)
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    assert get(client, QUOTES, changed_since=0)["results"] == []
    get(client, f"{QUOTES}{kettles.public_id}/", status=404)


def renamed(kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    rename_speaker(speaker=kettles.speaker, name="Oona Lind", editor=editor)


def renamed_back(kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    undo_change(change=rename_speaker(speaker=kettles.speaker, name="O. M.", editor=editor), editor=editor)


def of_another_kind(kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    kettles.speaker.kind = Speaker.Kind.GROUP
    save_speaker(speaker=kettles.speaker)


def an_item_of_wikidata(kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    kettles.speaker.wikidata_id = "Q42"
    save_speaker(speaker=kettles.speaker)


def merged(kettles: Quote, editor: User) -> None:
    assert kettles.speaker
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    merge_speakers(source=kettles.speaker, target=desmond, editor=editor)


def approved(kettles: Quote, editor: User) -> None:
    decide(quotes=Quote.objects.filter(speaker=kettles.speaker), status=Quote.Status.APPROVED, editor=editor)


OONAS = {"We have waited ten years for this", "floating kettles"}
ALL = OONAS | {"The price is a scandal"}


@pytest.mark.parametrize(
    "step", [renamed, renamed_back, of_another_kind, an_item_of_wikidata, merged, approved]
)
def test_a_step_with_a_speaker_is_a_change_of_the_quotes_that_show_it(
    mirror: Mirror, kettles: Quote, editor: User, step: Callable[[Quote, User], None]
) -> None:
    step(kettles, editor)
    assert {one["text"] for one in mirror.follow()} == OONAS
    assert mirror.quotes == mirror.listed()


def test_a_move_and_its_undoing_are_changes_of_the_moved_quote(
    mirror: Mirror, kettles: Quote, editor: User
) -> None:
    change = move_quotes(quotes=[kettles], target="Una Merlow", editor=editor)
    assert [one["speaker"]["name"] for one in mirror.follow()] == ["Una Merlow"]
    undo_change(change=change, editor=editor)
    assert [one["speaker"]["name"] for one in mirror.follow()] == ["Oona Marlowe"]


def test_a_merge_undone_is_a_change_of_what_it_had_moved(
    mirror: Mirror, kettles: Quote, editor: User
) -> None:
    assert kettles.speaker
    desmond = Speaker.objects.get(slug="desmond-achterberg")
    change = merge_speakers(source=kettles.speaker, target=desmond, editor=editor)
    mirror.follow()
    undo_change(change=change, editor=editor)
    assert {one["text"] for one in mirror.follow()} == OONAS
    assert mirror.quotes == mirror.listed()


def test_an_editors_speaker_is_a_change(mirror: Mirror, kettles: Quote, editor: User) -> None:
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=marta, editor=editor)
    (change,) = mirror.follow()
    assert (change["speaker"]["name"], change["attributed_by"], change["confidence"]) == (
        "Marta Quill",
        "editor",
        None,
    )


def test_a_new_reading_is_a_change_of_what_it_changes_and_of_nothing_else(
    mirror: Mirror, kettles: Quote, read_anew: ReadAnew
) -> None:
    read_anew(kettles, confidence=0.93)
    assert {one["text"] for one in mirror.follow()} == ALL  # by another version of the extractor
    read_anew(kettles, confidence=0.91)
    assert [(one["text"], one["confidence"]) for one in mirror.follow()] == [("floating kettles", 0.91)]
    read_anew(kettles, confidence=0.91)
    assert mirror.follow() == []


@pytest.mark.parametrize("opinion", [{"found": False}, {"speaker": None}, {"confidence": 0.1}], ids=str)
def test_what_the_extractor_takes_back_is_withdrawn_by_it(
    mirror: Mirror, kettles: Quote, read_anew: ReadAnew, opinion: dict[str, Any]
) -> None:
    read_anew(kettles)
    mirror.follow()
    read_anew(kettles, **opinion)
    (tombstone,) = mirror.follow()
    assert (tombstone["id"], tombstone["withdrawn_by"]) == (kettles.urn, "extractor")


@pytest.mark.parametrize(
    "fields", [{"title": "Ferries at last"}, {"text": FERRY + "\nMore follows.\n"}, {"published_at": None}]
)
def test_another_title_text_or_date_of_the_article_is_a_change_of_its_quotes(
    mirror: Mirror, ingest: Ingest, fields: dict[str, Any]
) -> None:
    published_at = document().published_at
    assert published_at is not None
    ingest(**({"published_at": published_at.replace(day=7)} if "published_at" in fields else fields))
    assert {one["text"] for one in mirror.follow()} == ALL
    assert mirror.quotes == mirror.listed()


def test_the_same_article_again_is_no_change(mirror: Mirror, ingest: Ingest) -> None:
    ingest()
    assert mirror.follow() == []


def test_another_name_of_the_outlet_is_a_change_of_its_quotes(mirror: Mirror, kettles: Quote) -> None:
    source = Source.objects.get(slug="tidewatch")
    source.name = "The Tidewatch"
    save_source(source=source)
    assert {one["article"]["source"]["name"] for one in mirror.follow()} == {"The Tidewatch"}
    save_source(source=source)
    assert mirror.follow() == []


def test_a_quote_that_is_a_copy_is_a_quote_of_its_own(mirror: Mirror, ingest: Ingest) -> None:
    ingest(url="https://bugle.example/ferries", source="The Bugle", title="Ferries")
    assert {one["text"] for one in mirror.follow()} == ALL
    assert mirror.quotes == mirror.listed()  # but for `copies`, a figure of the moment


def test_a_threshold_that_is_changed_withdraws_and_publishes_once_the_table_is_refreshed(
    mirror: Mirror, client: Client, kettles: Quote, settings: Any
) -> None:
    settings.PUBLISH_THRESHOLD = 1.0
    assert mirror.follow() == []
    everything = get(client, QUOTES, changed_since=0)
    assert everything["results"] == []  # nothing that is not public is ever shown
    call_command("refresh_publications", verbosity=0)
    assert {one["withdrawn_by"] for one in mirror.follow()} == {"extractor"}
    assert mirror.quotes == {}
    settings.PUBLISH_THRESHOLD = 0.5
    call_command("refresh_publications", verbosity=0)
    assert len(mirror.follow()) == 3
    call_command("refresh_publications", verbosity=0)
    assert mirror.follow() == []


@pytest.mark.parametrize(
    "query",
    [
        {"speaker": "oona-marlowe"},
        {"source": "tidewatch"},
        {"kind": "direct"},
        {"min_confidence": "0.9"},
        {"text": "ferry"},
        {"copies": "false"},
        {"cursor": "x"},
    ],
    ids=str,
)
def test_filters_beside_it_are_refused_since_a_copy_would_miss_what_leaves_them(
    client: Client, kettles: Quote, query: dict[str, str]
) -> None:
    found = get(client, QUOTES, status=400, changed_since="0", **query)
    assert list(found["errors"]) == list(query)
    assert "leaves a filter" in found["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "changed_since=yesterday",
        "changed_since=-1",
        "changed_since=0123abcd-",
        "changed_since=0123abcd-x",
        "changed_since=0123abcd-1234567890123456789",
        "changed_since=%00",
        "changed_since=",
        "changed_since=0&changed_since=0",
    ],
)
def test_a_place_that_is_none_of_ours_is_an_error_that_names_it(
    client: Client, kettles: Quote, query: str
) -> None:
    assert list(get(client, f"{QUOTES}?{query}", status=400)["errors"]) == ["changed_since"]


def test_an_unknown_parameter_beside_it_is_as_anywhere(client: Client, db: None) -> None:
    found = get(client, QUOTES, status=400, changed_since="0", spaeker="x")
    assert found["errors"]["spaeker"][0].startswith("There is no such parameter.")
    assert list(get(client, QUOTES, status=400, changed_since="0", page_size="0")["errors"]) == ["page_size"]


def test_a_single_quote_has_no_changes_since(client: Client, kettles: Quote) -> None:
    get(client, f"{QUOTES}{kettles.public_id}/", status=400, changed_since="0")


def test_after_an_older_backup_was_restored_a_copy_has_to_be_made_again(
    client: Client, mirror: Mirror
) -> None:
    begin_anew()
    found = get(client, mirror.next, status=410)
    assert found["title"] == "Gone"
    assert "make another" in found["detail"]
    assert len(get(client, QUOTES, changed_since=0)["results"]) == 3


def test_a_number_that_was_not_given_yet_is_of_another_time(client: Client, mirror: Mirror) -> None:
    get(client, mirror.next.replace("&page_size", "0&page_size"), status=410)


def test_a_page_of_changes_costs_a_fixed_number_of_queries(
    client: Client, mirror: Mirror, kettles: Quote, editor: User, django_assert_num_queries: Any
) -> None:
    # Is there anything without a number; the counter; the page, the same words.
    with django_assert_num_queries(4):
        get(client, QUOTES, changed_since=0)
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    with django_assert_num_queries(4 + 5):  # a transaction in which numbers are given
        get(client, mirror.next)


@pytest.mark.parametrize("status", ["rejected", "disputed", "retracted"])
def test_a_quote_that_was_public_and_is_no_longer_is_gone(
    client: Client, kettles: Quote, editor: User, status: str
) -> None:
    address = f"{QUOTES}{kettles.public_id}/"
    decide(quotes=[kettles], status=Quote.Status(status), editor=editor, note="between us")
    response = client.get(address, headers={"accept": "application/json"})
    assert (response.status_code, response["Content-Type"]) == (410, "application/problem+json")
    found = response.json()
    assert found.keys() == {"type", "title", "status", "detail", "id", "withdrawn_at", "withdrawn_by"}
    assert (found["id"], found["withdrawn_by"]) == (kettles.urn, By.EDITOR)
    for secret in ("kettles", "Oona", "edith", "between us"):
        assert secret not in response.text
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    get(client, address)


def test_one_that_the_extractor_took_back_is_gone_too(
    client: Client, kettles: Quote, read_anew: ReadAnew
) -> None:
    read_anew(kettles, found=False)
    found = get(client, f"{QUOTES}{kettles.public_id}/", status=410)
    assert found["withdrawn_by"] == By.EXTRACTOR


def test_changes_and_what_is_gone_fit_the_schema(
    client: Client, mirror: Mirror, kettles: Quote, editor: User
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor)
    schema = get(client, "/api/v1/schema/", format="json")
    paths, components = schema["paths"], {"components": schema["components"]}
    listed = paths[QUOTES]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    page = get(client, QUOTES, changed_since=0)
    assert any("withdrawn" in one for one in page["results"])
    jsonschema.validate(page, listed | components)
    one = paths["/api/v1/quotes/{public_id}/"]["get"]["responses"]["410"]
    gone = get(client, f"{QUOTES}{kettles.public_id}/", status=410)
    jsonschema.validate(gone, one["content"]["application/problem+json"]["schema"] | components)


def test_people_can_look_around_in_changes(client: Client, mirror: Mirror) -> None:
    response = client.get(f"{QUOTES}?changed_since=0", headers={"accept": "text/html"})
    assert response["Content-Type"].startswith("text/html")
    assert "up_to_date" in response.text
