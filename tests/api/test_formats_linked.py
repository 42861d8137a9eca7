"""Records as JSON-LD and as Web Annotations, against what schema.org and the W3C say of their shape."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from api.formats import annotations
from quotes.models import Article, ArticleRevision, Quote, Speaker
from tests.conftest import FERRY, Ingest

API = "/api/v1/"
LINKED = "application/ld+json"
ANNOTATED = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
# Of schema.org 29, what our types have; each a property of the type or of one that it is a kind of.
_ANY = {"url", "inLanguage"}
PROPERTIES = {
    "Quotation": {"text", "creator", "isPartOf", "isBasedOn", "datePublished", "dateModified", *_ANY},
    "Person": {"name", "url", "description", "sameAs"},
    "Organization": {"name", "url", "description", "sameAs"},
    "CreativeWork": {"name", "url", "description", "sameAs"},
    "NewsArticle": {"headline", "author", "url", "datePublished", "publisher"},
    "NewsMediaOrganization": {"name", "url"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position", "item"},
}
INTERRUPTED = (
    "The board met at noon.\n\n“We have waited,” Oona Marlowe said after the vote, “for ten long years.”"
)


def nodes_of(value: Any) -> list[dict[str, Any]]:
    """All nodes of a document."""
    if isinstance(value, list):
        return [node for one in value for node in nodes_of(one)]
    if not isinstance(value, dict):
        return []
    return [value, *(node for one in value.values() for node in nodes_of(one))]


def checked(document: Any) -> Any:
    """A document in the words of schema.org, with nothing in it that those do not have."""
    assert document.pop("@context") == "https://schema.org"
    for node in nodes_of(document):
        assert {name for name in node if name[0] != "@"} <= PROPERTIES[node["@type"]]
        assert all(value not in (None, "", []) for value in node.values())
        assert ":" in node.get("@id", "urn:")
    return document


def test_a_quote_is_a_quotation(client: Client, kettles: Quote) -> None:
    Speaker.objects.filter(slug="oona-marlowe").update(wikidata_id="Q42")
    for answer in (
        client.get(f"{API}quotes/{kettles.public_id}.jsonld"),
        client.get(f"{API}quotes/{kettles.public_id}/", headers={"accept": LINKED}),
        client.get(f"{API}quotes/{kettles.public_id}/?format=jsonld"),
    ):
        assert answer["Content-Type"] == LINKED
        quotation = checked(answer.json())
        article = kettles.revision.article
        assert quotation == {
            "@type": "Quotation",
            "@id": kettles.urn,
            "url": f"http://testserver/quotes/{kettles.public_id}/",
            "text": "floating kettles",
            "inLanguage": "en",
            "creator": {
                "@type": "Person",
                "@id": Speaker.objects.get(slug="oona-marlowe").urn,
                "name": "Oona Marlowe",
                "url": "http://testserver/speakers/oona-marlowe/",
                "sameAs": "http://www.wikidata.org/entity/Q42",
            },
            "isPartOf": {
                "@type": "NewsArticle",
                "@id": article.public_id.urn,
                "headline": "Harbour board orders electric ferries",
                "url": "https://www.tidewatch.example/ferries",
                "datePublished": "2026-03-06T09:30:00Z",
                "publisher": {
                    "@type": "NewsMediaOrganization",
                    "@id": "http://testserver/api/v1/sources/tidewatch/",
                    "name": "Tidewatch",
                    "url": "https://www.tidewatch.example/",
                },
            },
            "isBasedOn": kettles.source_url,
            "datePublished": "2026-03-06T09:30:00Z",
            "dateModified": kettles.updated_at.isoformat().replace("+00:00", "Z"),
        }


@pytest.mark.parametrize("name", ["quotes", "speakers", "articles", "sources"])
def test_a_page_of_a_list_is_an_item_list_that_says_where_it_goes_on(
    client: Client, ingest: Ingest, name: str
) -> None:
    ingest()
    ingest("“No,” said Ann Lee.", url="https://bugle.example/no", source="The Bugle")
    answer = client.get(f"{API}{name}.jsonld", {"page_size": 1})
    found = checked(answer.json())
    assert [item["position"] for item in found["itemListElement"]] == [1]
    assert answer["Link"].endswith('; rel="next"')
    further = client.get(answer["Link"][1:].partition(">")[0])
    assert further["Content-Type"] == LINKED
    assert 'rel="prev"' in further["Link"]
    ids = [document["itemListElement"][0]["item"]["@id"] for document in (found, further.json())]
    assert len(set(ids)) == 2


def test_an_article_has_its_byline_as_author_in_quotes_as_of_the_text_that_they_stand_in(
    client: Client, kettles: Quote
) -> None:
    article = kettles.revision.article
    ArticleRevision.objects.filter(article=article).update(byline="Una Lind and Capital Dispatch staff")
    told = checked(client.get(f"{API}articles/{article.public_id}.jsonld").json())
    assert told["author"] == "Una Lind and Capital Dispatch staff"
    quotation = checked(client.get(f"{API}quotes/{kettles.public_id}.jsonld").json())
    assert quotation["isPartOf"]["author"] == told["author"]


@pytest.mark.parametrize("kind", Speaker.Kind.values)
def test_every_kind_of_speaker_has_a_type(client: Client, article: Article, kind: str) -> None:
    Speaker.objects.filter(slug="oona-marlowe").update(kind=kind)
    node = checked(client.get(f"{API}speakers/oona-marlowe.jsonld").json())
    assert node["@type"] in {"Person", "Organization", "CreativeWork"}


def test_what_is_not_known_is_not_said(client: Client, ingest: Ingest) -> None:
    ingest(url=None, source="", title="", published_at=None)
    node = checked(client.get(f"{API}articles.jsonld").json())["itemListElement"][0]["item"]
    assert {"headline", "url", "datePublished"} & set(node) == set()


# Of the W3C's context, the terms that our annotations are made of.
TERMS = {
    "id", "type", "motivation", "created", "modified", "body", "target", "purpose", "format", "value",
    "source", "state", "sourceDate", "selector", "exact", "prefix", "suffix", "start", "end", "label",
    "total", "first", "last", "next", "prev", "partOf", "startIndex", "items",
}  # fmt: skip


def test_annotations_say_nothing_that_the_model_has_no_word_for(
    client: Client, article: Article, kettles: Quote
) -> None:
    for address in ("quotes.anno", f"quotes/{kettles.public_id}.anno", f"articles/{article.public_id}.anno"):
        document = client.get(f"{API}{address}").json()
        assert document.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
        assert {name for node in nodes_of(document) for name in node} <= TERMS


def targets_of(annotation: Any) -> list[Any]:
    """The targets of an annotation that has all that the model requires."""
    assert annotation["type"] == "Annotation"
    assert annotation["motivation"] == "identifying"
    assert [body["type"] for body in annotation["body"]] == ["TextualBody", "SpecificResource"]
    targets = annotation["target"] if isinstance(annotation["target"], list) else [annotation["target"]]
    for target in targets:
        assert (target["type"], target["state"]["type"]) == ("SpecificResource", "TimeState")
        assert ":" in target["source"]
        assert [one["type"] for one in target["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    return targets


def test_a_quote_is_an_annotation_of_its_article(client: Client, kettles: Quote) -> None:
    for answer in (
        client.get(f"{API}quotes/{kettles.public_id}.anno"),
        client.get(f"{API}quotes/{kettles.public_id}/", headers={"accept": ANNOTATED}),
    ):
        assert answer["Content-Type"] == ANNOTATED
        annotation = answer.json()
        assert annotation["@context"] == annotations.CONTEXT
        assert annotation["id"] == kettles.urn
        assert annotation["body"][0]["value"] == "Oona Marlowe"
        assert client.get(annotation["body"][1]["source"]).status_code == 200
        (target,) = targets_of(annotation)
        assert target["source"] == "https://www.tidewatch.example/ferries"
        quoted, placed = target["selector"]
        start = FERRY.index("floating")
        assert (placed["start"], placed["end"]) == (start, start + len("floating kettles"))
        assert quoted["exact"] == "floating kettles"
        assert quoted["prefix"] == FERRY[start - 32 : start]
        assert FERRY[placed["end"] :].startswith(quoted["suffix"])


def test_selectors_find_the_words_in_the_text_whatever_stands_around_them(
    client: Client, ingest: Ingest
) -> None:
    text = "“No,” said Ann Lee. 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 counts one each: 👩‍🚀.\n\n“Yes 👩‍🚀 indeed,” said Bo Ray."
    for number, one in enumerate((text, INTERRUPTED, FERRY)):
        article = ingest(one, url=f"https://tidewatch.example/{number}")
        found = client.get(f"{API}quotes.anno", {"article": str(article.public_id)}).json()
        assert found["type"] == "AnnotationPage"
        assert found["items"]
        for item in found["items"]:
            for target in targets_of(item):
                quoted, placed = target["selector"]
                start, end = placed["start"], placed["end"]
                assert article.text[start:end] == quoted["exact"]
                assert article.text[:start].endswith(quoted["prefix"])
                assert article.text[end:].startswith(quoted["suffix"])
                assert len(quoted["prefix"]) == min(32, start) or len(item["target"]) > 1
                assert len(quoted["suffix"]) <= 32


def test_an_interrupted_quote_has_a_target_for_each_part(client: Client, ingest: Ingest) -> None:
    ingest(INTERRUPTED)
    (annotation,) = client.get(f"{API}quotes.anno").json()["items"]
    first, second = targets_of(annotation)
    assert first["selector"][0]["exact"] == "We have waited,"
    assert first["selector"][0]["suffix"].startswith("” Oona Marlowe")
    assert second["selector"][0]["exact"] == "for ten long years."
    assert second["selector"][0]["prefix"].endswith("said after the vote, “")


def test_an_article_is_a_collection_of_annotations_in_the_order_of_the_text(
    client: Client, article: Article
) -> None:
    address = f"{API}articles/{article.public_id}.anno"
    found = client.get(address).json()
    assert (found["type"], found["total"], found["id"]) == (
        "AnnotationCollection",
        3,
        f"http://testserver{address}",
    )
    assert found["last"] == found["first"]["id"]
    page = client.get(found["last"]).json()
    assert page["type"] == "AnnotationPage"
    assert page["partOf"] == found["id"]
    assert page["items"] == found["first"]["items"]
    starts = [targets_of(item)[0]["selector"][1]["start"] for item in page["items"]]
    assert starts == sorted(starts)


def test_a_long_articles_collection_has_pages(
    client: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotations, "PAGE", 2)
    found = client.get(f"{API}articles/{article.public_id}.anno").json()
    assert found["last"].endswith(".anno?page=2")
    assert found["first"]["next"] == found["last"]
    last = client.get(found["last"]).json()
    assert (last["startIndex"], len(last["items"])) == (2, 1)
    assert last["prev"] == found["first"]["id"]
    assert "next" not in last
    for page, status in (("3", 404), ("0", 400), ("-1", 400), ("x", 400), ("9" * 5000, 400)):
        answer = client.get(f"{API}articles/{article.public_id}.anno", {"page": page})
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert client.get(f"{API}articles/{article.public_id}/", {"page": 1}).status_code == 400


def test_a_list_of_articles_is_no_annotation(client: Client, article: Article) -> None:
    assert client.get(f"{API}articles.anno").status_code == 404
    assert client.get(f"{API}articles/", {"format": "anno"}).status_code == 400
    assert client.get(f"{API}speakers/", headers={"accept": ANNOTATED})["Content-Type"] == LINKED


def test_an_article_without_quotes_is_an_empty_collection(client: Client, ingest: Ingest) -> None:
    article = ingest("Nobody says a word here, and it rains.", published_at=datetime(2026, 1, 1, tzinfo=UTC))
    found = client.get(f"{API}articles/{article.public_id}.anno").json()
    assert (found["total"], found["first"]["items"]) == (0, [])


def test_linked_data_costs_a_fixed_number_of_queries(
    client: Client, article: Article, kettles: Quote, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_list = 5 if connection.vendor == "postgresql" else 2  # in two steps; there, in a bounded transaction
    for address, queries in (
        ("quotes.jsonld", a_list),
        ("quotes.anno", a_list),
        (f"quotes/{kettles.public_id}.jsonld", 1),
        (f"quotes/{kettles.public_id}.anno", 2),
        (f"articles/{article.public_id}.anno", 3),
    ):
        with django_assert_num_queries(queries):
            assert client.get(f"{API}{address}").status_code == 200
