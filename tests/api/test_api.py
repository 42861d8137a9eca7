"""The read API, as a researcher uses it."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.models import Article, Quote, Speaker
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, NEWER, Ingest, ReadAnew

QUOTES = "/api/v1/quotes/"


def cursor(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


def get(client: Client, path: str, status: int = 200, **query: Any) -> Any:
    response = client.get(path, query, headers={"accept": "application/json"})
    assert response.status_code == status, response.content
    return response.json()


def texts(client: Client, **query: Any) -> list[str]:
    return [quote["text"] for quote in get(client, QUOTES, **query)["results"]]


@pytest.fixture
def two_articles(ingest: Ingest) -> None:
    ingest()
    ingest(
        "“Ferries don’t pay for themselves,” Marta Quill told the Bugle.",
        url="https://bugle.example/pay",
        source="The Bugle",
        title="Ferries dear",
        published_at=datetime(2026, 4, 2, 23, 30, tzinfo=UTC),
    )


def test_the_root_leads_to_every_list(client: Client, article: Article) -> None:
    lists = get(client, "/api/v1/")
    for name in ("speaker-changes", "review/quotes", "webhooks"):
        assert client.get(lists.pop(name)).status_code == 401  # for editors
    for address in lists.values():
        assert get(client, urlsplit(address).path)["results"]


def test_a_quote_says_who_where_and_how_we_know(client: Client, kettles: Quote) -> None:
    quote = get(client, f"{QUOTES}{kettles.public_id}/")
    assert quote["id"] == kettles.urn
    assert quote["text"] == "floating kettles"
    assert quote["kind"] == "partial"
    assert quote["speaker"]["slug"] == "oona-marlowe"
    assert quote["segments"] == [[FERRY.index("floating"), FERRY.index("kettles") + 7]]
    assert quote["mention"] == {"text": "She", "start": FERRY.index("She"), "end": FERRY.index("She") + 3}
    assert quote["cue"]["text"] == "called"
    assert quote["sentence"][1] == {"text": "floating kettles", "quoted": True}
    assert quote["article"]["source"]["name"] == "Tidewatch"
    assert quote["source_url"].startswith("https://www.tidewatch.example/ferries#:~:text=")
    assert quote["review_status"] == "unreviewed"


def test_a_quote_by_itself_says_why(client: Client, kettles: Quote, read_anew: ReadAnew) -> None:
    read_anew(kettles, reasons=("‘called’ <b>beside</b> it", "she is Oona"), rule="governed")
    quote = get(client, f"{QUOTES}{kettles.public_id}/")
    assert quote["reasons"] == ["‘called’ <b>beside</b> it", "she is Oona"]
    assert quote["rule"] == "governed"
    assert quote["withdrawals"] == []
    assert "reasons" not in get(client, QUOTES)["results"][0]
    assert client.get(QUOTES, {"rule": "governed"}).status_code == 400


def test_what_an_editor_confirmed_is_sure_whatever_the_extractor_thought(
    client: Client, kettles: Quote, editor: User
) -> None:
    assert texts(client, min_confidence="1") == []
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert texts(client, min_confidence="1") == ["floating kettles"]
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=marta, editor=editor)
    (quote,) = get(client, QUOTES, min_confidence="1")["results"]
    assert (quote["attributed_by"], quote["confidence"]) == ("editor", None)


def test_reasons_for_another_speaker_are_not_given_for_an_editors(
    client: Client, kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(kettles, reasons=("she is Oona",), rule="governed")
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=marta, editor=editor)
    quote = get(client, f"{QUOTES}{kettles.public_id}/")
    assert (quote["reasons"], quote["rule"]) == ([], "")


def test_a_quote_by_itself_says_when_and_by_whom_it_was_withdrawn(
    client: Client, kettles: Quote, editor: User, read_anew: ReadAnew
) -> None:
    read_anew(kettles, version="rules-older")
    read_anew(kettles, speaker="Marta Quill", reasons=("she is Marta",))
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor, note="between us")
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    response = client.get(f"{QUOTES}{kettles.public_id}/", headers={"accept": "application/json"})
    by_editor, by_extractor = response.json()["withdrawals"]
    assert (by_editor["by"], by_editor["from_version"], by_editor["to_version"]) == ("editor", "", "")
    assert (by_extractor["by"], by_extractor["from_version"]) == ("extractor", "rules-older")
    assert by_extractor["to_version"] == NEWER
    assert by_extractor["at"] < by_editor["at"]
    # Whose it is not, and what editors wrote, is nobody else's business.
    for secret in ("Oona", "oona-marlowe", "edith", "between us"):
        assert secret not in response.text.replace(kettles.context, "")


def test_links_lead_where_they_say(client: Client, kettles: Quote) -> None:
    quote = get(client, f"{QUOTES}{kettles.public_id}/")
    speaker = get(client, quote["speaker"]["url"])
    article = get(client, quote["article"]["url"])
    assert speaker["quote_count"] == 2
    assert {q["text"] for q in get(client, speaker["quotes"])["results"]} == {
        "floating kettles",
        "We have waited ten years for this",
    }
    assert len(get(client, article["quotes"])["results"]) == 3
    assert get(client, article["source"]["url"])["slug"] == "tidewatch"
    assert client.get(speaker["feed"]).status_code == 200


def test_the_text_of_an_article_is_not_given_away(client: Client, article: Article) -> None:
    response = client.get(f"/api/v1/articles/{article.public_id}/", headers={"accept": "application/json"})
    assert "The harbour board will buy" not in response.text


@pytest.mark.usefixtures("two_articles")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 4),
        ({"speaker": "oona-marlowe"}, 2),
        ({"source": "the-bugle"}, 1),
        ({"kind": "partial"}, 1),
        ({"min_confidence": "0"}, 4),
        ({"min_confidence": "1"}, 0),
        ({"text": "FLOATING"}, 1),
        ({"text": "don't pay"}, 1),
        ({"text": "don’t pay"}, 1),
        ({"text": "100%_"}, 0),
        ({"published_from": "2026-04-02"}, 1),
        ({"published_to": "2026-04-01"}, 3),
        ({"published_to": "2026-04-02"}, 4),
        ({"published_from": "2026-04-02T23:30:00Z"}, 1),
        ({"published_from": "2026-04-02T23:30:01Z"}, 0),
        ({"published_from": "2026-03-06T10:30:00+01:00", "published_to": "2026-03-06"}, 3),
        ({"speaker": "oona-marlowe", "kind": "direct"}, 1),
        ({"speaker": "oona-marlowe", "source": "the-bugle"}, 0),
    ],
    ids=str,
)
def test_filters_narrow_the_list_down(client: Client, query: dict[str, str], found: int) -> None:
    assert len(texts(client, **query)) == found


@pytest.mark.usefixtures("two_articles")
@pytest.mark.parametrize(
    ("path", "query", "parameter"),
    [
        (QUOTES, "spaeker=oona-marlowe", "spaeker"),
        (QUOTES, "speaker=nobody-known", "speaker"),
        (QUOTES, "source=nowhere", "source"),
        (QUOTES, "article=12", "article"),
        (QUOTES, "kind=indirect", "kind"),
        (QUOTES, "min_confidence=2", "min_confidence"),
        (QUOTES, "min_confidence=nan", "min_confidence"),
        (QUOTES, "published_from=yesterday", "published_from"),
        (QUOTES, "published_to=9999-12-31", "published_to"),
        (QUOTES, "published_from=0001-01-01T00:00:00%2B10:00", "published_from"),
        (QUOTES, "text=%00", "text"),
        (QUOTES, "speaker=%00", "speaker"),
        (QUOTES, "page_size=0", "page_size"),
        (QUOTES, "page_size=201", "page_size"),
        (QUOTES, "page_size=ten", "page_size"),
        (QUOTES, "min_confidence=0&min_confidence=1", "min_confidence"),
        (QUOTES, "speaker=", "speaker"),
        (QUOTES, "kind=%20", "kind"),
        ("/api/v1/speakers/", "kind=ship", "kind"),
        ("/api/v1/articles/", "text=ferry", "text"),
        ("/api/v1/sources/", "name=Tidewatch", "name"),
    ],
)
def test_a_filter_that_makes_no_sense_is_an_error_that_names_it(
    client: Client, path: str, query: str, parameter: str
) -> None:
    response = client.get(f"{path}?{query}", headers={"accept": "application/json"})
    problem = response.json()
    assert response.status_code == problem["status"] == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(problem["errors"]) == [parameter]
    assert problem["detail"].startswith(f"{parameter}: ")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing/",
        f"{QUOTES}12/",
        f"{QUOTES}00000000-0000-0000-0000-000000000000/",
        "/api/v1/speakers/nobody/",
        f"{QUOTES}?cursor=xyz",
        f"{QUOTES}?cursor=cD1oZWxsbw==",
        f"{QUOTES}?cursor={cursor('x')}",
        f"{QUOTES}?cursor={cursor([])}",
        f"{QUOTES}?cursor={cursor([False, '2026-03-06', 1])}",
        f"{QUOTES}?cursor={cursor([False, 'soon', 1])}",
        f"{QUOTES}?cursor={cursor([False, '2026-03-06T00:00:00Z', 'x'])}",
        f"{QUOTES}?cursor={cursor([False, '2026-03-06T00:00:00Z'])}",
        f"{QUOTES}?cursor={cursor([1, '2026-03-06T00:00:00Z', 1])}",
        f"/api/v1/speakers/?cursor={cursor([False, 'a' + chr(0)])}",
        f"/api/v1/speakers/?cursor={cursor([False, None])}",
    ],
)
def test_what_is_not_there_is_a_problem_document(client: Client, article: Article, path: str) -> None:
    response = client.get(path, headers={"accept": "application/json"})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads(client: Client, article: Article, method: str) -> None:
    response = getattr(client, method)(QUOTES, headers={"accept": "application/json"})
    assert response.status_code in {403, 405}
    assert Quote.objects.count() == 3


def test_pages_follow_each_other_and_stay_put_while_quotes_come_in(client: Client, ingest: Ingest) -> None:
    ingest()
    page = get(client, QUOTES, page_size=2)
    first = [quote["text"] for quote in page["results"]]
    ingest(
        "“New,” said Ann Lee.", url="https://bugle.example/new", published_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
    second = get(client, page["next"])
    rest = [quote["text"] for quote in second["results"]]
    assert first + rest == ["The price is a scandal", "floating kettles", "We have waited ten years for this"]
    assert second["next"] is None
    back = get(client, second["previous"])
    assert [quote["text"] for quote in back["results"]] == first
    assert [quote["text"] for quote in get(client, back["previous"])["results"]] == ["New"]


def test_the_newest_come_first(client: Client, two_articles: None) -> None:
    assert texts(client)[0] == "Ferries don’t pay for themselves"


def test_only_what_is_public_is_shown(client: Client, kettles: Quote, editor: User) -> None:
    Quote.objects.filter(text="The price is a scandal").update(confidence=0.2)
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    assert texts(client) == ["We have waited ten years for this"]
    get(client, f"{QUOTES}{kettles.public_id}/", status=410)
    speakers = get(client, "/api/v1/speakers/")["results"]
    assert [(s["slug"], s["quote_count"]) for s in speakers] == [("oona-marlowe", 1)]


def test_a_merged_speaker_redirects_and_its_filter_leads_on(client: Client, article: Article) -> None:
    oona = Speaker.objects.get(slug="oona-marlowe")
    old = save_speaker(speaker=Speaker(name="Una Marlow", kind="person"))
    Speaker.objects.filter(pk=old.pk).update(merged_into=oona)
    response = client.get("/api/v1/speakers/una-marlow/")
    assert response.status_code == 301
    assert response["Location"].endswith("/api/v1/speakers/oona-marlowe/")
    assert len(texts(client, speaker="una-marlow")) == 2


def test_speakers_are_found_by_part_of_any_name(client: Client, article: Article) -> None:
    found = get(client, "/api/v1/speakers/", name="MARL")["results"]
    assert [speaker["slug"] for speaker in found] == ["oona-marlowe"]
    assert get(client, "/api/v1/speakers/", name="marl", kind="group")["results"] == []


def test_marks_alone_are_nobodys_name(client: Client, article: Article) -> None:
    assert get(client, "/api/v1/speakers/", name="%")["results"] == []


def test_where_nothing_acceptable_was_asked_for_the_answer_is_a_problem_document(
    client: Client, db: None
) -> None:
    for path in (QUOTES, "/api/v1/schema/"):  # which is YAML else
        answer = client.get(path, headers={"accept": "image/png"})
        assert (answer.status_code, answer["Content-Type"]) == (406, "application/problem+json")
        assert answer.json()["status"] == 406


def test_a_list_costs_a_fixed_number_of_queries(client: Client, two_articles: None) -> None:
    for path, queries in ((QUOTES, 3), ("/api/v1/speakers/", 2), ("/api/v1/articles/", 1)):
        with CaptureQueriesContext(connection) as captured:
            get(client, path)
        # The time that quotes may take is set beside them.
        assert len([one for one in captured if 'FROM "quotes_' in one["sql"]]) == queries


def test_an_empty_database_has_empty_lists(client: Client, db: None) -> None:
    for name in ("quotes", "speakers", "articles", "sources"):
        assert get(client, f"/api/v1/{name}/") == {"next": None, "previous": None, "results": []}


def test_the_docs_and_the_browsable_api_are_pages(client: Client, article: Article) -> None:
    for path in ("/api/v1/docs/", "/api/v1/", QUOTES, f"{QUOTES}?nonsense=1"):
        response = client.get(path, headers={"accept": "text/html"})
        assert response["Content-Type"].startswith("text/html")
    docs = client.get("/api/v1/docs/").text
    assert "https://" not in docs.split("<body>")[0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    name=st.sampled_from(
        [
            "speaker",
            "source",
            "text",
            "kind",
            "article",
            "min_confidence",
            "published_from",
            "published_to",
            "cursor",
            "changed_since",
        ]
    ),
    value=st.text(max_size=30),
)
def test_no_query_breaks_the_api(client: Client, article: Article, name: str, value: str) -> None:
    response = client.get(
        QUOTES, {name: value.encode("utf-8", "replace")}, headers={"accept": "application/json"}
    )
    assert response.status_code in {200, 400, 404}
