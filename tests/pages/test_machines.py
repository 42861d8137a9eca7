"""What machines are told: linked data, cards, oEmbed, sitemaps, robots.txt, llms.txt."""

import json
import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from quotes.models import Quote, Speaker
from quotes.pictures import Card, draw
from quotes.services.review import decide
from quotes.views import machines
from tests.conftest import Ingest

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# What sitemaps.org's own schema demands, in the parts that are used here.
SCHEMA = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.sitemaps.org/schemas/sitemap/0.9"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><choice>
    <element name="urlset">
      <oneOrMore><element name="url"><ref name="place"/></element></oneOrMore></element>
    <element name="sitemapindex">
      <oneOrMore><element name="sitemap"><ref name="place"/></element></oneOrMore></element>
  </choice></start>
  <define name="place">
    <element name="loc"><data type="anyURI"><param name="pattern">https?://.+</param></data></element>
    <optional><element name="lastmod"><data type="dateTime"/></element></optional>
  </define>
</grammar>
"""


def linked(page: str) -> Any:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)


def metas(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', page)
    return {name: unescape(value) for name, value in found}


def locations(client: Client, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    root = etree.fromstring(answer.content)
    etree.RelaxNG(etree.fromstring(SCHEMA)).assertValid(root)
    return [str(one.text) for one in root.iter(f"{SITEMAP}loc")]


def oembed(client: Client, quote: Quote, **more: str) -> Any:
    url = f"http://testserver{quote.get_absolute_url()}"
    return client.get("/oembed", {"url": url, **more})


def test_a_quotes_page_is_a_quotation_of_somebody_in_an_article(client: Client, kettles: Quote) -> None:
    data = linked(client.get(kettles.get_absolute_url()).text)
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Quotation")
    assert data["text"] == "floating kettles"
    assert (data["creator"]["@type"], data["creator"]["name"]) == ("Person", "Oona Marlowe")
    article = data["isPartOf"]
    assert (article["@type"], article["datePublished"][:10]) == ("NewsArticle", "2026-03-06")
    assert article["publisher"] == article["publisher"] | {
        "@type": "NewsMediaOrganization", "name": "Tidewatch",
    }  # fmt: skip


def test_other_pages_are_what_they_are(client: Client, kettles: Quote) -> None:
    article = reverse("article", args=[kettles.revision.article.public_id])
    kinds = {
        path: linked(client.get(path).text)["@type"]
        for path in ("/", "/speakers/oona-marlowe/", "/sources/tidewatch/", article)
    }
    assert list(kinds.values()) == ["WebSite", "Person", "NewsMediaOrganization", "NewsArticle"]
    parts = linked(client.get(article).text)["hasPart"]
    assert [part["@type"] for part in parts] == ["Quotation"] * 3


@pytest.mark.django_db
@settings(max_examples=30, deadline=None)
@given(
    name=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40)
)
@pytest.mark.parametrize("around", ["{}", "</script><script>alert(1)</script>{}", "<!--<script>{}", "]]>&{}"])
def test_no_words_end_the_data_or_are_changed_by_it(around: str, name: str) -> None:
    from quotes.templatetags.pages import ld_json

    told = around.format(name)
    written = ld_json({"text": told})
    assert written.count("<") == 2
    assert json.loads(written[len('<script type="application/ld+json">') : -len("</script>")]) == {
        "text": told
    }


def test_a_link_to_a_quote_is_shown_as_a_card(client: Client, kettles: Quote) -> None:
    told = metas(client.get(kettles.get_absolute_url()).text)
    assert told["og:title"] == "Oona Marlowe: “floating kettles”"
    assert told["og:url"] == f"http://testserver{kettles.get_absolute_url()}"
    assert told["twitter:card"] == "summary_large_image"
    picture = client.get(told["og:image"])
    assert picture["Content-Type"] == "image/png"
    with Image.open(BytesIO(picture.content)) as image:
        assert image.size == (1200, 630) == (int(told["og:image:width"]), int(told["og:image:height"]))
    again = client.get(told["og:image"], headers={"if-none-match": picture["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Quote.objects.filter(pk=kettles.pk).update(text="floating pots")
    assert client.get(told["og:image"])["ETag"] != picture["ETag"]


def test_there_is_no_picture_of_what_is_not_public(client: Client, kettles: Quote, editor: User) -> None:
    path = reverse("quote-card", args=[kettles.public_id])
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    gone = client.get(path)
    assert (gone.status_code, gone["Content-Type"]) == (410, "text/plain")
    kettles.publication.delete()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "words", ["Πόσο κάνει;", "Сколько стоит?", "Žluťoučký kůň, Đồng Tháp, ﬁn", "naïve\u200b"]
)
def test_the_worlds_latin_greek_and_cyrillic_have_letters(words: str) -> None:
    assert Card(words, "Élise Sauvterre", "Der Bote").can_be_drawn


@pytest.mark.parametrize("words", ["多少钱", "كم السعر", "🚢 ahoy"])
def test_what_has_no_letters_has_no_picture_and_the_page_names_none(
    client: Client, kettles: Quote, words: str
) -> None:
    Quote.objects.filter(pk=kettles.pk).update(text=words)
    told = metas(client.get(kettles.get_absolute_url()).text)
    assert ("og:image" in told, told["twitter:card"]) == (False, "summary")
    assert client.get(reverse("quote-card", args=[kettles.public_id])).status_code == 404


@pytest.mark.parametrize("words", ["x" * 600, "Ja. " * 150, "so it goes", "", "one\n\n\ntwo"])
def test_any_length_has_room(words: str) -> None:
    with Image.open(BytesIO(draw(Card(words, "n " * 100, "o" * 100)))) as image:
        assert image.size == (1200, 630)
        inked = image.convert("L").crop((1140, 0, 1200, 630)).getextrema()
        assert isinstance(inked[0], (int, float))
        assert inked[0] > 200  # nothing runs into the right margin


def test_a_quote_is_embedded_by_its_address(client: Client, kettles: Quote) -> None:
    page = client.get(kettles.get_absolute_url()).text
    (discovered,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', page)
    answer = client.get(unescape(discovered))
    data = answer.json()
    assert (data["version"], data["type"]) == ("1.0", "rich")
    assert {"html", "width", "height"} <= data.keys()  # what oEmbed demands of the type rich
    assert all(isinstance(data[name], int) and data[name] > 0 for name in ("width", "height"))
    assert data["author_name"] == "Oona Marlowe"
    assert "<script" not in data["html"]
    assert answer["Access-Control-Allow-Origin"] == "*"
    (framed,) = re.findall(r'<iframe src="([^"]+)"', data["html"])
    embed = client.get(framed)
    assert "floating kettles" in embed.text
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed


def test_an_embedded_quote_has_the_size_that_was_asked_for(client: Client, kettles: Quote) -> None:
    data = oembed(client, kettles, maxwidth="320", maxheight="150").json()
    assert (data["width"], data["height"]) == (320, 150)
    assert 'width="320" height="150"' in data["html"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"format": "xml"}, 501),
        ({"maxwidth": "wide"}, 400),
        ({"url": ""}, 404),
        ({"url": "http://[bad"}, 404),
        ({"url": "https://evil.example/quotes/0c8f7aad-36e7-4708-9955-fda6742515d4/"}, 404),
        ({"url": "http://testserver/about/"}, 404),
        ({"url": "http://testserver/quotes/0c8f7aad-36e7-4708-9955-fda6742515d4/"}, 404),
        ({"url": "x" * 5000}, 404),
    ],
)
def test_what_cannot_be_embedded_is_refused(
    client: Client, kettles: Quote, asked: dict[str, str], status: int
) -> None:
    assert (
        oembed(client, kettles, **asked).status_code == status
        if "url" not in asked
        else (client.get("/oembed", asked).status_code == status)
    )


def test_what_is_withdrawn_says_so_where_it_is_embedded(client: Client, kettles: Quote, editor: User) -> None:
    (framed,) = re.findall(r'src="([^"]+)"', oembed(client, kettles).json()["html"])
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    embed = client.get(framed)
    assert (embed.status_code, "was withdrawn" in embed.text, "kettles" in embed.text) == (410, True, False)
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert oembed(client, kettles).status_code == 410


def test_sitemaps_name_every_public_page_once_and_nothing_else(
    client: Client, ingest: Ingest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, (model, field, _, of) in machines._PARTS.items():
        monkeypatch.setitem(machines._PARTS, kind, (model, field, 2, of))
    article = ingest()
    ingest("“We saw nothing,” said Ann Lee.", url="https://bugle.example/1", source="Bugle")
    Quote.objects.filter(text="We saw nothing").update(confidence=0.1)
    parts = locations(client, "/sitemap.xml")
    found = [path.removeprefix("http://testserver") for part in parts for path in locations(client, part)]
    public = Quote.objects.filter(revision__article=article)
    expected = ["/", "/speakers/", "/sources/", "/about/", "/sources/tidewatch/"]
    expected += [quote.get_absolute_url() for quote in public]
    expected += [one.get_absolute_url() for one in Speaker.objects.filter(quotes__in=public).distinct()]
    expected += [reverse("article", args=[article.public_id])]
    assert sorted(found) == sorted(expected)
    assert all(client.get(path).status_code == 200 for path in found)


@pytest.mark.parametrize("part", ["quotes-7", "nothing-0", "pages-1", "quotes-99999999999999999999"])
def test_there_are_no_other_parts(client: Client, kettles: Quote, part: str) -> None:
    assert client.get(f"/sitemaps/{part}.xml").status_code == 404


def test_robots_are_told_where_the_sitemap_is_and_what_is_not_for_them(client: Client, db: None) -> None:
    told = client.get("/robots.txt").text.splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in told
    assert "Disallow: /admin/" in told


def test_language_models_are_told_what_this_is(client: Client, db: None) -> None:
    told = client.get("/llms.txt")
    assert told.text.startswith("# quotetracker\n\n> ")
    for address in re.findall(r"\]\((http[^)]+)\)", told.text):
        assert client.get(address).status_code == 200, address
