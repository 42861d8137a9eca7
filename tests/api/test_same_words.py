"""The same words in the API: on quotes, as a group of their own, and of public quotes alone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quotes.models import Quote, SameWords
from quotes.services.review import decide
from quotes.services.same_words import group_waiting
from tests.said import said, stored

FULL = "We have waited ten years for this, and we will not wait for the northern pier to fall into the bay."
TRIMMED = "Well, we won't wait for the northern pier to fall"
OTHER = "The books of the library have been wet for long enough, and the slates are paid for."

pytestmark = pytest.mark.django_db


def get(client: Client, address: str, status: int = 200) -> Any:
    response = client.get(address, headers={"accept": "application/json"})
    assert response.status_code == status, response.content
    return response.json()


@pytest.fixture
def quotes() -> list[Quote]:
    """Two outlets give the words to Oona Marlowe, a third one, later, to somebody else."""
    found = [
        stored(FULL, outlet="post", days=1),
        stored(TRIMMED, outlet="courier"),
        stored(FULL, outlet="tidewatch", days=2, by="Desmond Achterberg"),
        stored(OTHER, outlet="post"),
    ]
    group_waiting()
    return found


def test_a_quote_says_how_far_its_words_are_carried(client: Client, quotes: list[Quote]) -> None:
    group = SameWords.objects.get()
    told = {
        "url": f"http://testserver/api/v1/same-words/{group.public_id}/",
        "id": group.urn,
        "first_at": "2026-03-06T09:00:00Z",
        "outlets": 3,
        "quotes": 3,
        "speakers_differ": True,
    }
    for address in ("/api/v1/quotes/", "/api/v1/quotes/?expand=article", "/api/v1/quotes/?changed_since=0"):
        listed = {one["text"]: one["same_words"] for one in get(client, address)["results"]}
        assert listed == {FULL: told, TRIMMED: told, OTHER: None}, address
    assert get(client, f"/api/v1/quotes/{quotes[0].public_id}/")["same_words"] == told
    article = quotes[0].revision.article.public_id
    assert get(client, f"/api/v1/articles/{article}/?expand=quotes")["quotes"][0]["same_words"] == told


def test_a_group_has_its_wordings_in_order_with_what_differs(client: Client, quotes: list[Quote]) -> None:
    told = get(client, f"/api/v1/same-words/{SameWords.objects.get().public_id}/")
    assert (told["quotes"], told["outlets"], told["speakers_differ"]) == (3, 3, True)
    first, second, third = told["wordings"]
    assert [one["source"]["slug"] for one in (first, second, third)] == ["courier", "post", "tidewatch"]
    assert [one["speaker"]["slug"] for one in (second, third)] == ["oona-marlowe", "desmond-achterberg"]
    assert first["url"].endswith(f"/api/v1/quotes/{quotes[1].public_id}/")
    assert second["difference"] == [{"change": "same", "text": FULL}]
    assert first["difference"] == [
        {"change": "left out", "text": "We have waited ten years for this, and"},
        {"change": "added", "text": "Well,"},
        {"change": "same", "text": "we won't wait for the northern pier to fall"},
        {"change": "left out", "text": "into the bay."},
    ]


def test_what_is_not_public_counts_for_nothing(client: Client, quotes: list[Quote], editor: User) -> None:
    address = f"/api/v1/same-words/{SameWords.objects.get().public_id}/"
    decide(quotes=[quotes[2]], status=Quote.Status.DISPUTED, editor=editor)
    told = get(client, address)
    assert (told["quotes"], told["outlets"], told["speakers_differ"]) == (2, 2, False)
    decide(quotes=[quotes[0]], status=Quote.Status.REJECTED, editor=editor)
    get(client, address, 404)
    assert get(client, f"/api/v1/quotes/{quotes[1].public_id}/")["same_words"] is None


def test_quotes_can_be_narrowed_down_to_a_group(client: Client, quotes: list[Quote]) -> None:
    group = SameWords.objects.get()
    found = get(client, f"/api/v1/quotes/?same_words={group.public_id}")["results"]
    assert {one["text"] for one in found} == {FULL, TRIMMED}
    get(client, "/api/v1/quotes/?same_words=none", 400)


def test_a_page_of_quotes_takes_no_more_questions_for_more_of_them(client: Client) -> None:
    counts = []
    for number in range(2):
        said(*(f"{FULL} Said on day {number} of word{n}" for n in range(4)))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            get(client, "/api/v1/quotes/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("address", ["none", "00000000-0000-4000-8000-000000000000"])
def test_what_is_no_group_is_not_found(client: Client, address: str) -> None:
    assert get(client, f"/api/v1/same-words/{address}/", 404)["status"] == 404


def test_the_page_of_a_quote_tells_readers(client: Client, quotes: list[Quote]) -> None:
    page = client.get(f"/quotes/{quotes[1].public_id}/").text
    assert "Outlets disagree who said it" in page
    assert "in <bdi>Courier</bdi>; 3 quotes in 3 outlets" in page
    assert "<del>Well,</del> <ins>We have waited ten years for this, and</ins> we will not wait" in page
    assert "Oona Marlowe: this quote" in page.replace("<bdi>", "").replace("</bdi>", "")
    assert 'id="same-words"' not in client.get(f"/quotes/{quotes[3].public_id}/").text
