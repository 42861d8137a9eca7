"""What the pages of the review desk are given, and who gets them."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from quotes.models import Article, Quote, Speaker
from quotes.services.corrections import add_quote
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, Ingest

NEXT = "/admin/quotes/review/"
# What a page must survive: an end of a script, a comment, another direction, letters off the basic plane.
HOSTILE = (
    "The board met.</script><script>window.stolen = 1</script><!-- \u202e 𝔅oard 👩🏽‍🚀 &amp; ]]>\n\n"
    "“We \u202ehave 🚢 waited </script> long,” Oona Marlowe said.\n"
)


def page_of(article: Article) -> str:
    return reverse("desk:article", args=[article.public_id])


def data_of(html: str) -> Any:
    found = re.search(r'<script id="desk-data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.mark.parametrize("path", ["", "speakers/", "{id}/"])
def test_only_staff_who_may_change_quotes_come_in(client: Client, article: Article, path: str) -> None:
    address = NEXT + path.format(id=article.public_id)
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={address}")
    may = Permission.objects.get(codename="change_quote")
    for name, is_staff, permissions, expected in (
        ("reader", True, [], 403),
        ("outsider", False, [may], 403),
        ("editor", True, [may], 200),
    ):
        user = User.objects.create_user(name, is_staff=is_staff)
        user.user_permissions.set(permissions)
        client.force_login(user)
        assert client.get(address).status_code == expected, name
    assert client.post(address).status_code == 405


def test_the_page_runs_nothing_but_our_own_files(desk: Client, article: Article) -> None:
    answer = desk.get(page_of(article))
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert "no-store" in answer["Cache-Control"]
    html = answer.text
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    scripts = re.findall(r"<script([^>]*)>", html)
    assert len(scripts) == 4
    assert all("src=" in script or 'type="application/json"' in script for script in scripts)


def test_each_quote_of_the_page_is_as_the_api_has_it(desk: Client, kettles: Quote, editor: User) -> None:
    marta = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor, note="heard it")
    attribute(quote=kettles, speaker=marta, editor=editor)
    article = kettles.revision.article
    start = FERRY.index("two electric ferries")
    add_quote(article=article, segments=[(start, start + 3)], speaker=marta, editor=editor)
    given = data_of(desk.get(page_of(article)).text)
    assert [quote["text"] for quote in given["quotes"]][:2] == ["two", "We have waited ten years for this"]
    for quote in given["quotes"]:
        answer = desk.get(f"{given['decide_url']}{quote['id'].removeprefix('urn:uuid:')}/")
        version = answer["ETag"].split(".")[0]
        assert quote.pop("etag") == f'{version}"'
        assert quote.pop("elsewhere") == []
        theirs = answer.json()
        if quote["speaker"]:
            theirs["speaker"].pop("url")
        for step, other in zip(quote["decisions"], theirs["decisions"], strict=True):
            assert step.pop("decided_at")[:19] == other.pop("decided_at")[:19]
        assert quote == {name: theirs[name] for name in quote}


def test_the_people_of_the_article_come_with_their_roles_the_most_quoted_first(
    desk: Client, ingest: Ingest
) -> None:
    article = ingest(
        "“No,” said Ann Lee, mayor of Exville. “Never,” she said. “Yes,” said Desmond Achterberg."
    )
    people = data_of(desk.get(page_of(article)).text)["people"]
    assert [person["name"] for person in people] == ["Ann Lee", "Desmond Achterberg"]
    assert people[0]["role"] == "mayor of Exville"


def test_who_a_name_in_the_article_may_mean_is_among_its_people(desk: Client, article: Article) -> None:
    namesake = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person", description="a painter"))
    article.links.get(name="Oona Marlowe").candidates.add(namesake)
    people = data_of(desk.get(page_of(article)).text)["people"]
    assert people[-1] == {"slug": "oona-marlow", "name": "Oona Marlow", "kind": "person", "role": "a painter"}


def test_the_same_words_elsewhere_are_told(desk: Client, ingest: Ingest) -> None:
    text = FERRY + "The boats will be built in the yard at Port Ellery, where ninety people work.\n" * 4
    first = ingest(text)
    ingest(text, url="https://www.other.example/ferries", source="The Other")
    quotes = data_of(desk.get(page_of(first)).text)["quotes"]
    sources = [[copy["source"]["name"] for copy in quote["elsewhere"]] for quote in quotes]
    assert sources == [["The Other"]] * 3


def test_an_article_cannot_break_out_of_its_page(desk: Client, ingest: Ingest) -> None:
    article = ingest(HOSTILE, title="</title><script>window.stolen = 1</script>")
    html = desk.get(page_of(article)).text
    assert "<script>window" not in html
    given = data_of(html)
    assert given["article"]["text"] == article.text
    (quote,) = given["quotes"]
    ((start, end),) = quote["segments"]
    assert article.text[start:end] == quote["text"] == "We \u202ehave 🚢 waited </script> long"


def test_a_page_takes_as_few_queries_for_many_quotes_as_for_one(
    desk: Client, ingest: Ingest, editor: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    long = ingest(
        "\n\n".join(f"“We sail on day {n},” said Ann Lee." for n in range(40)), url="https://a.example/1"
    )
    decide(quotes=Quote.objects.all(), status=Quote.Status.APPROVED, editor=editor)
    short = ingest()
    assert Quote.objects.filter(revision__article=long).count() == 40
    for article in (short, long):
        # session, account, article, quotes, their decisions and reports, roles, who names may mean; where are
        # copies, their words, the same words; the article taken (4 in a transaction), what is left, how far
        # the editor is
        with django_assert_num_queries(17):
            assert desk.get(page_of(article)).status_code == 200


def test_an_article_without_quotes_says_so(desk: Client, ingest: Ingest) -> None:
    article = ingest("The board met on Friday. Nobody spoke.")
    given = data_of(desk.get(page_of(article)).text)
    assert (given["quotes"], given["next_url"]) == ([], f"{NEXT}?queue=open&after={article.public_id}")


def test_an_article_that_is_not_there_is_a_404(desk: Client) -> None:
    assert desk.get(f"{NEXT}00000000-0000-4000-8000-000000000000/").status_code == 404


def test_speakers_are_found_whether_readers_know_them_or_not(
    desk: Client, ingest: Ingest, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ingest("“No,” said Ann Lee, mayor of Exville.")
    Quote.objects.update(confidence=0.1)
    save_speaker(speaker=Speaker(name="Anna Leeson", kind="person"))
    with django_assert_num_queries(9):
        found = desk.get(f"{NEXT}speakers/", {"name": "ann le"}).json()["results"]
    assert [one["name"] for one in found] == ["Ann Lee", "Anna Leeson"]
    assert (found[0]["role"], found[0]["outlet"], found[0]["quote_count"]) == (
        "mayor of Exville", "Tidewatch", 0,
    )  # fmt: skip
    assert desk.get(f"{NEXT}speakers/", {"name": "…"}).json() == {"results": []}


def test_the_admin_site_leads_there(desk: Client, article: Article) -> None:
    assert f'href="{NEXT}"' in desk.get("/admin/").text
    record = reverse("admin:quotes_article_change", args=[article.pk])
    assert f'href="{page_of(article)}"' in desk.get(record).text
