"""Finding quotes by the API: searching, filters, orders, facets, and how much of each record is answered."""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from api.ordering import ORDERS as ORDERED
from quotes.models import Article, Quote, Speaker
from quotes.selectors import public_quotes, with_certainty, with_change
from quotes.services.merging import merge_speakers, rename_speaker
from quotes.services.review import decide
from quotes.services.speakers import save_speaker
from tests.api.logins import problem
from tests.api.test_api import QUOTES, get, texts
from tests.conftest import FERRY, Ingest

WAITED, KETTLES, SCANDAL = (
    "We have waited ten years for this",
    "floating kettles",
    "The price is a scandal",
)
PAY = "Ferries don’t pay for themselves"
ALL = [WAITED, KETTLES, SCANDAL, PAY]


@pytest.fixture
def news(ingest: Ingest) -> None:
    """An article of Tidewatch with three quotes in March, one of the Bugle with one in April."""
    ingest()
    ingest(
        "“Ferries don’t pay for themselves,” Marta Quill told the Bugle.",
        url="https://bugle.example/pay",
        source="The Bugle",
        title="Ferries dear",
        published_at=datetime(2026, 4, 2, 23, 30, tzinfo=UTC),
    )
    Speaker.objects.filter(slug="marta-quill").update(wikidata_id="Q42")


pytestmark = pytest.mark.usefixtures("news")


def urn(slug: str) -> str:
    return Speaker.objects.get(slug=slug).urn


def errors(client: Client, query: str, path: str = QUOTES) -> dict[str, list[str]]:
    response = client.get(f"{path}?{query}", headers={"accept": "application/json"})
    assert response.status_code == 400, response.content
    found: dict[str, list[str]] = response.json()["errors"]
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=kettle", [KETTLES]),
        ("q=ferry", [PAY]),
        ("q=ferries+-pay", []),
        ("q=%22ten+years%22+OR+scandal", [WAITED, SCANDAL]),
        ("q=%E2%80%9Cten+years%E2%80%9D", [WAITED]),
        ("q=marlowe", []),
        ("q=marlowe&in=sentence", [WAITED]),
        ("q=year&speaker=oona-marlowe&kind=direct", [WAITED]),
        ("speaker=oona-marlowe,marta-quill", [WAITED, KETTLES, PAY]),
        ("speaker=oona-marlowe&speaker=marta-quill", [WAITED, KETTLES, PAY]),
        ("source=the-bugle,tidewatch", ALL),
        ("wikidata=Q42", [PAY]),
        ("wikidata=Q43", []),
        ("wikidata=Q43,Q42", [PAY]),
        ("kind=direct,partial", ALL),
        ("kind=partial", [KETTLES]),
        ("status=unreviewed", ALL),
        ("status=approved", []),
        ("language=en", [WAITED, KETTLES, SCANDAL]),
        ("language=EN,fr", [WAITED, KETTLES, SCANDAL]),
        ("language=fr", []),
        ("has_cue=true", ALL),
        ("has_cue=false", []),
        ("collected_from=2020-01-01", ALL),
        ("collected_to=2020-01-01", []),
        ("published_from=2026-03-06&published_to=2026-03-06", [WAITED, KETTLES, SCANDAL]),
    ],
)
def test_quotes_are_found(client: Client, query: str, expected: list[str]) -> None:
    answer = client.get(f"{QUOTES}?{query}", headers={"accept": "application/json"}).json()
    assert sorted(quote["text"] for quote in answer["results"]) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("q=%22ten", "q", "The quotation mark at character 1 is never closed"),
        ("q=-ferry", "q", "It only says what is not to be found"),
        ("q=%3F%3F", "q", "There is no word in it"),
        ("q=%20", "q", "There is no word in it"),
        ("q=ferry&in=title", "in", "There is no such value: give words or sentence."),
        ("in=sentence", "in", "give q, too"),
        ("highlight=true", "highlight", "give q, too"),
        ("q=ferry&highlight=yes", "highlight", "give true or false"),
        ("order=relevance", "order", "give q, too"),
        ("order=text", "order", "give article, too"),
        ("order=size", "order", "Known: date, collected"),
        ("order=--date", "order", "Known: date, collected"),
        ("order=date&order=changed", "order", "Give it once."),
        ("facets=speakers", "facets", "Did you mean speaker?"),
        ("facets=kind&facet_size=201", "facet_size", "from 1 to 200"),
        ("facet_size=20", "facet_size", "give facets, too"),
        ("fields=txt,id", "fields", "Did you mean text?"),
        ("expand=speakers", "expand", "Did you mean speaker?"),
        ("speker=oona-marlowe", "speker", "Did you mean speaker?"),
        ("speaker=oona-marlow", "speaker", "Did you mean oona-marlowe?"),
        ("speaker=urn:uuid:00000000-0000-4000-8000-000000000000", "speaker", "There is no speaker"),
        ("speaker=,", "speaker", "There is no speaker"),
        ("source=bugle", "source", "Did you mean the-bugle?"),
        ("source=tidewatch,nowhere-at-all", "source", "Take a slug from /api/v1/sources/."),
        ("kind=indirect", "kind", "Did you mean direct?"),
        ("kind=100%25", "kind", "There is no '100%' here."),
        ("wikidata=%25s", "wikidata", "'%s' is none: it looks like Q42."),
        ("status=rejected", "status", "Known: approved, unreviewed."),
        ("wikidata=42", "wikidata", "it looks like Q42"),
        ("article=12", "article", "an id looks like urn:uuid:"),
        ("language=English!", "language", "it looks like en"),
        ("has_cue=maybe", "has_cue", "Give true or false"),
        ("published_from=2026-04-01&published_to=2026-03-01", "published_from", "later than published_to"),
        ("collected_from=2026-04-01&collected_to=2026-03-01", "collected_from", "later than collected_to"),
        ("kind=" + ",".join(f"k{n}" for n in range(101)), "kind", "100 are the most"),
        ("min_confidence=", "min_confidence", "It is empty"),
    ],
)
def test_what_makes_no_sense_is_said_with_what_to_do(
    client: Client, query: str, parameter: str, said: str
) -> None:
    assert said in errors(client, query)[parameter][0]


def test_speakers_and_articles_are_known_by_both_forms_of_their_ids(client: Client) -> None:
    article = Article.objects.get(canonical_url="https://bugle.example/pay")
    for given_id in (urn("marta-quill"), urn("marta-quill").removeprefix("urn:uuid:")):
        assert texts(client, speaker=given_id) == [PAY]
    for given_id in (article.public_id.urn, str(article.public_id), article.public_id.urn.upper()):
        assert texts(client, article=given_id) == [PAY]


def test_the_former_slug_of_a_speaker_leads_on(client: Client, editor: User) -> None:
    rename_speaker(speaker=Speaker.objects.get(slug="marta-quill"), name="Marta Feder", editor=editor)
    found = texts(client, speaker="marta-quill,oona-marlowe", kind="direct", order="date")
    assert found == [PAY, WAITED]


def test_a_merged_speaker_leads_on_by_slug_id_and_wikidata_id(client: Client, editor: User) -> None:
    marta, oona = (Speaker.objects.get(slug=slug) for slug in ("marta-quill", "oona-marlowe"))
    merge_speakers(source=marta, target=oona, editor=editor)
    for query in ({"speaker": "marta-quill"}, {"speaker": marta.urn}, {"wikidata": "Q42"}):
        assert sorted(texts(client, **query)) == sorted([PAY, WAITED, KETTLES])
    (speaker,) = get(client, "/api/v1/speakers/", wikidata="Q42")["results"]
    assert speaker["slug"] == "oona-marlowe"


def test_what_an_editor_approved_is_sure_whatever_the_extractor_thought(client: Client, editor: User) -> None:
    quote = Quote.objects.get(text=SCANDAL)
    Quote.objects.filter(pk=quote.pk).update(confidence=0.81)
    assert SCANDAL not in texts(client, min_confidence="0.9")
    assert texts(client, order="confidence")[-1] == SCANDAL
    decide(quotes=[quote], status=Quote.Status.APPROVED, editor=editor)
    assert SCANDAL in texts(client, min_confidence="0.9")
    assert [quote["text"] for quote in get(client, f"{QUOTES}?status=approved")["results"]] == [SCANDAL]
    assert texts(client, order="confidence")[0] == SCANDAL


def test_hits_are_marked_where_they_are_asked_for(client: Client) -> None:
    (quote,) = get(client, QUOTES, q="“ten years” OR boat", highlight="true")["results"]
    assert quote["highlight"] == [
        {"text": "We have waited ", "hit": False},
        {"text": "ten years", "hit": True},
        {"text": " for this", "hit": False},
    ]
    found: dict[str, Any] = {"q": "boats kettle", "in": "sentence", "highlight": "true"}
    (quote,) = get(client, QUOTES, **found)["results"]
    assert [piece["text"] for piece in quote["highlight"] if piece["hit"]] == ["boats", "kettles"]
    assert "".join(piece["text"] for piece in quote["highlight"]) == Quote.objects.get(text=KETTLES).context
    assert "highlight" not in get(client, QUOTES, q="ten")["results"][0]


ORDERS = ["date", "collected", "changed", "confidence", "relevance"]


@pytest.mark.parametrize("order", [*ORDERS, *(f"-{name}" for name in ORDERS)])
def test_every_order_has_pages_that_follow_each_other_there_and_back(client: Client, order: str) -> None:
    query: dict[str, Any] = {"order": order, "q": "the OR ten OR kettles OR pay", "page_size": "1"}
    page = get(client, QUOTES, **query)
    there = [page]
    while page["next"]:
        there.append(page := get(client, page["next"]))
    back = [page]
    while page["previous"]:
        back.append(page := get(client, page["previous"]))
    assert [one["results"] for one in there] == [one["results"] for one in reversed(back)]
    ids = [one["results"][0]["id"] for one in there]
    assert len(set(ids)) == len(ids) == 4
    turned = order[1:] if order.startswith("-") else f"-{order}"
    whole = get(client, QUOTES, **query | {"order": turned, "page_size": "9"})["results"]
    assert [quote["id"] for quote in whole] == ids[::-1]


@pytest.mark.parametrize("name", ORDERS[:4])
def test_every_order_but_relevance_is_that_of_an_index(name: str) -> None:
    """A list is read out of it; else all quotes would be sorted for each page."""
    fields = ORDERED[name].fields
    with_place = with_change if name == "changed" else with_certainty
    found = with_place(public_quotes()).select_related(None).order_by(*fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few would be sorted
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = found.values_list("pk", *(field.lstrip("-") for field in fields))[:51].explain()
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_the_default_order_is_by_date_and_of_a_search_by_relevance(client: Client) -> None:
    assert texts(client)[0] == PAY
    assert texts(client, q="kettles OR pay")[0] == KETTLES
    assert texts(client, q="kettles OR pay", order="date")[0] == PAY


def test_a_cursor_is_of_one_order(client: Client) -> None:
    following = urlsplit(get(client, QUOTES, order="collected", page_size=1)["next"])
    (cursor,) = parse_qs(following.query)["cursor"]
    get(client, QUOTES, 404, order="changed", cursor=cursor)
    get(client, QUOTES, 404, cursor=cursor)
    decoded = json.loads(urlsafe_b64decode(cursor + "=="))
    assert decoded[:2] == [False, "-created_at"]


def test_the_quotes_of_an_article_stand_in_the_order_of_its_text(client: Client) -> None:
    article = get(client, "/api/v1/articles/", source="tidewatch")["results"][0]
    in_text = sorted((WAITED, KETTLES, SCANDAL), key=FERRY.index)
    assert [quote["text"] for quote in get(client, article["quotes"])["results"]] == in_text
    path = f"/api/v1/articles/{article['id'].removeprefix('urn:uuid:')}/"
    for answer in (
        get(client, path, expand="quotes"),
        get(client, "/api/v1/articles/", source="tidewatch", expand="quotes")["results"][0],
    ):
        assert [quote["text"] for quote in answer["quotes"]] == in_text
        assert "article" not in answer["quotes"][0]
    Quote.objects.filter(text=KETTLES).update(confidence=0.1)
    assert len(get(client, path, expand="quotes")["quotes"]) == 2


def test_an_article_is_found_by_its_address_as_people_have_it(client: Client) -> None:
    for address in (
        "https://bugle.example/pay",
        "HTTPS://Bugle.example:443/pay?utm_source=mail#top",
        "https://m.bugle.example/pay/amp",
    ):
        (article,) = get(client, "/api/v1/articles/", url=address)["results"]
        assert article["title"] == "Ferries dear"
    assert get(client, "/api/v1/articles/", url="https://bugle.example/other")["results"] == []
    assert "is not a web address" in errors(client, "url=bugle", "/api/v1/articles/")["url"][0]


def test_articles_and_speakers_are_narrowed_down(client: Client) -> None:
    def titles(**query: Any) -> list[str]:
        return [one["title"] for one in get(client, "/api/v1/articles/", **query)["results"]]

    assert titles(published_from="2026-04-01") == ["Ferries dear"]
    assert titles(source="tidewatch,the-bugle", collected_from="2020-01-01")[0] == "Ferries dear"
    assert titles(collected_to="2020-01-01") == []
    (speaker,) = get(client, "/api/v1/speakers/", wikidata="Q42")["results"]
    assert speaker["slug"] == "marta-quill"
    assert len(get(client, "/api/v1/speakers/", kind="person,group")["results"]) == 3


def test_records_are_answered_in_part(client: Client) -> None:
    (quote,) = get(client, QUOTES, speaker="marta-quill", fields="id,text")["results"]
    assert list(quote) == ["id", "text"]
    path = f"{QUOTES}{quote['id'].removeprefix('urn:uuid:')}/"
    assert set(get(client, path, fields="reasons,article")) == {"reasons", "article"}
    assert "title" in get(client, path, fields="article")["article"]
    for name in ("speakers", "articles", "sources"):
        assert list(get(client, f"/api/v1/{name}/", fields="url")["results"][0]) == ["url"]
    assert "reasons" in errors(client, "fields=reasons")["fields"][0]


def test_names_may_be_given_again_instead_of_by_commas(client: Client) -> None:
    asked = "fields=id&fields=text,speaker&expand=speaker&expand=article&facets=kind&facets=source"
    found = get(client, f"{QUOTES}?{asked}")
    assert set(found["results"][0]) == {"id", "text", "speaker"}
    assert set(found["facets"]) == {"kind", "source"}
    assert "aliases" in found["results"][0]["speaker"]


def test_a_record_is_at_its_id_as_records_have_it(client: Client) -> None:
    for name in ("quotes", "articles"):
        listed = get(client, f"/api/v1/{name}/")["results"][0]
        assert get(client, f"/api/v1/{name}/{listed['id']}/")["url"] == listed["url"]


def test_more_is_shown_of_speaker_and_article(client: Client) -> None:
    (quote,) = get(client, QUOTES, speaker="marta-quill", expand="speaker,article")["results"]
    assert quote["speaker"] == get(client, "/api/v1/speakers/", name="marta")["results"][0]
    assert quote["article"] == get(client, "/api/v1/articles/", source="the-bugle")["results"][0]
    path = f"{QUOTES}{quote['id'].removeprefix('urn:uuid:')}/"
    assert get(client, path, expand="speaker")["speaker"]["quote_count"] == 1


def test_a_record_by_itself_takes_no_filters(client: Client) -> None:
    path = f"{QUOTES}{Quote.objects.get(text=PAY).public_id}/"
    assert "Those here: expand, fields." in errors(client, "kind=direct", path)["kind"][0]


def test_facets_of_what_nothing_can_be_are_empty(client: Client) -> None:
    answer = get(client, QUOTES, facets="source,year", wikidata="Q17122988927411")

    assert answer["facets"] == {"source": [], "year": []}


def test_what_takes_long_to_count_is_counted_once_a_minute_and_says_when(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.facets._DEAR", 0)
    first = get(client, QUOTES, facets="kind")
    Quote.objects.filter(text=PAY).update(kind=Quote.Kind.PARTIAL)

    assert get(client, QUOTES, facets="kind", page_size="1")["facets"] == first["facets"]
    assert get(client, QUOTES, facets="kind", page_size="1")["counted_at"] == first["counted_at"]
    assert get(client, QUOTES, facets="kind", kind="direct")["count"] == first["count"] - 2
    assert get(client, QUOTES, facets="kind", facet_size="1")["facets"] != first["facets"]


def test_what_is_counted_in_no_time_is_of_now(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.facets._DEAR", 3600)
    before = get(client, QUOTES, facets="kind")
    Quote.objects.filter(text=PAY).update(kind=Quote.Kind.PARTIAL)

    assert "counted_at" not in before
    assert get(client, QUOTES, facets="kind")["facets"] != before["facets"]


def test_facets_count_what_the_filters_leave(client: Client) -> None:
    answer = get(client, QUOTES, facets="speaker,source,year,month,kind,status", page_size="1")
    assert (answer["count"], len(answer["results"])) == (4, 1)
    facets = answer["facets"]
    assert facets["speaker"][0] == {"value": "oona-marlowe", "name": "Oona Marlowe", "count": 2}
    assert [(one["value"], one["count"]) for one in facets["source"]] == [("tidewatch", 3), ("the-bugle", 1)]
    assert facets["year"] == [{"value": "2026", "name": "2026", "count": 4}]
    assert [(one["value"], one["count"]) for one in facets["month"]] == [("2026-04", 1), ("2026-03", 3)]
    assert [(one["value"], one["count"]) for one in facets["kind"]] == [("direct", 3), ("partial", 1)]
    assert [(one["value"], one["count"]) for one in facets["status"]] == [("unreviewed", 4)]
    narrowed = get(client, QUOTES, facets="kind", q="kettles OR scandal", speaker="oona-marlowe")
    assert (narrowed["count"], narrowed["facets"]) == (
        1,
        {"kind": [{"value": "partial", "name": "partial", "count": 1}]},
    )
    assert len(get(client, QUOTES, facets="speaker", facet_size="1")["facets"]["speaker"]) == 1
    assert get(client, QUOTES, facets="month,speaker", speaker="marta-quill", kind="partial")["facets"] == {
        "speaker": [],
        "month": [],
    }
    assert "facets" not in get(client, QUOTES)


def test_facets_count_one_saying_once_where_copies_are_left_out(client: Client, ingest: Ingest) -> None:
    ingest(url="https://copy.example/ferries", source="Copy")
    assert get(client, QUOTES, facets="kind")["count"] == 7
    assert get(client, QUOTES, facets="kind", copies="false")["count"] == 4


def test_the_number_of_questions_to_the_database_does_not_hang_on_what_is_there(
    client: Client, django_assert_max_num_queries: Any, ingest: Ingest
) -> None:
    asked: list[dict[str, Any]] = [
        {},
        {"q": "ferry OR ten OR the"},
        {"q": "ferry", "order": "date", "highlight": "true"},
        {"facets": "speaker,source,year,month,kind,status"},
        {"expand": "speaker,article"},
        {"speaker": "oona-marlowe,marta-quill", "source": "tidewatch,the-bugle"},
        {"speaker": f"oona-marlowe,{urn('marta-quill')}", "wikidata": "Q42"},
    ]

    def count(query: dict[str, Any]) -> int:
        with django_assert_max_num_queries(20) as captured:
            get(client, QUOTES, **query)
        return len(captured)

    before = [count(query) for query in asked]
    for number in range(3):
        save_speaker(speaker=Speaker(name=f"Someone {number}", kind="person"))
        ingest(
            f"“The ferry is late, {number},” said Ann Lee. “Ten,” said Bo Ek.",
            url=f"https://x.example/{number}",
        )
    assert [count(query) for query in asked] == before


def test_the_old_filter_for_text_announces_that_it_goes(client: Client) -> None:
    answer = client.get(QUOTES, {"text": "kettles"}, headers={"accept": "application/json"})
    assert answer["Deprecation"] == "@1796083200"
    assert answer["Sunset"] == "Wed, 01 Dec 2027 00:00:00 GMT"
    assert answer["Link"] == '</api/v1/docs/>; rel="deprecation"'
    assert "Deprecation" not in client.get(QUOTES, headers={"accept": "application/json"})


_NAMES = [
    "q", "in", "highlight", "order", "facets", "facet_size", "fields", "expand", "speaker", "wikidata",
    "source", "article", "kind", "status", "min_confidence", "language", "has_cue", "text", "copies",
    "published_from", "published_to", "collected_from", "collected_to", "cursor", "page_size",
    "changed_since", "limit", "format", "url", "name", "page",
]  # fmt: skip
_PATHS = [f"/api/v1/{name}/" for name in ("quotes", "articles", "speakers", "sources", "schema")] + [
    f"/api/v1/quotes.{suffix}" for suffix in ("csv", "jsonl", "jsonld", "anno")
]
_VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["\0", "a\0b", "ten years", '"ten years" -x', "date", "speaker,kind"]),
    st.sampled_from(["x" * 10_000, "ü" * 5_000, "x " * 5_000, '"' * 10_000, "-" * 10_000]),
    st.just(",".join(f"v{n}" for n in range(1000))),
    st.sampled_from(["oona-marlowe", "2026-03-06", "true", "0.5", "Q42", "en", "200"]),
    st.sampled_from(["9" * 400, "1e999", "NaN", "-0", "0001-01-01", "9999-12-31T23:59:59+14:00"]),
)


@hypothesis_settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(
    path=st.sampled_from(_PATHS),
    query=st.lists(st.tuples(st.sampled_from(_NAMES), _VALUES), min_size=1, max_size=4),
)
def test_no_query_breaks_it(client: Client, path: str, query: list[tuple[str, str]]) -> None:
    sent: dict[str, list[bytes]] = {}
    for name, value in query:
        sent.setdefault(name, []).append(value.encode("utf-8", "surrogatepass"))
    answer = client.get(path, sent, headers={"accept": "application/json"})
    if answer.status_code == 200:
        assert answer.getvalue() or path.endswith(".jsonl")  # of nothing there are no lines
    else:
        assert problem(answer, answer.status_code)["status"] in {400, 404, 410}, query
