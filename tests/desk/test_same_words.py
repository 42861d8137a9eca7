"""What editors see of the same words in other outlets, and say about them."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from quotes.desk.queues import queue_of
from quotes.desk.ranking import first_of, left_in
from quotes.models import Quote, SameWordsDecision
from quotes.services.review import decide
from quotes.services.same_words import group_waiting
from tests.desk.test_views import data_of, page_of
from tests.said import groups, said, stored

WORDS = "We have waited ten years for this, and we will not wait for the northern pier to fall into the bay."
QUOTES, DECISIONS = "/admin/quotes/quote/", "/admin/quotes/samewordsdecision/"


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def two(db: None) -> list[Quote]:
    quotes = [stored(WORDS, outlet="post"), stored(WORDS, outlet="courier", by="Desmond Achterberg")]
    group_waiting()
    return quotes


def test_what_outlets_disagree_about_waits_in_a_queue_until_it_is_settled(
    desk: Client, two: list[Quote], editor: User
) -> None:
    said("The books of the library have been wet for long enough.")
    queue = queue_of({"queue": "disagreed"})
    assert left_in(queue).quotes == 2
    assert first_of(queue, two[0].revision) == two[0]
    assert "Outlets disagree who said it" in desk.get(reverse("desk:queues")).text
    answer = desk.get(reverse("desk:queues"), {"queue": "disagreed"})
    assert answer.status_code == 302
    decide(quotes=[two[1]], status=Quote.Status.REJECTED, editor=editor)
    group_waiting()
    assert left_in(queue).quotes == 0


def test_the_panel_has_other_outlets_wordings_and_speakers(desk: Client, two: list[Quote]) -> None:
    (quote,) = data_of(desk.get(page_of(two[0].revision.article)).text)["quotes"]
    (other,) = quote["elsewhere"]
    assert other["source"]["name"] == "Courier"
    assert (other["speaker"]["name"], other["text"]) == ("Desmond Achterberg", WORDS)


def test_an_editor_takes_words_apart_and_together_and_that_back(desk: Client, two: list[Quote]) -> None:
    def step(address: str, action: str, keys: list[int]) -> str:
        data = {"action": action, "_selected_action": [str(key) for key in keys]}
        return desk.post(address, data, follow=True).text

    assert "1 no longer taken for the same words" in step(QUOTES, "not_same_words", [two[1].pk])
    assert groups() == []
    assert "no other quote is taken" in step(QUOTES, "not_same_words", [two[1].pk])
    step(DECISIONS, "undo", [SameWordsDecision.objects.get().pk])
    assert groups() == [{WORDS}]
    other = said("The books of the library have been wet for long enough.")[0]
    assert "Choose two" in step(QUOTES, "same_words", [other.pk])
    assert "2 are the same words now" in step(QUOTES, "same_words", [two[0].pk, other.pk])
    assert groups() == [{WORDS, other.text}]
    assert "is not the same as" in desk.get(DECISIONS).text
