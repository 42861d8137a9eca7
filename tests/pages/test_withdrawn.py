"""The page of a quote that is public no more."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Article, Publication, Quote
from quotes.services.corrections import add_note
from quotes.services.review import decide
from quotes.services.splitting import join_quotes
from tests.conftest import Ingest, ReadAnew


def test_the_page_of_a_withdrawn_quote_says_that_and_why_and_not_what_it_was(
    client: Client, kettles: Quote, editor: User
) -> None:
    decide(
        quotes=[kettles],
        status=Quote.Status.RETRACTED,
        editor=editor,
        note="mail of Friday",
        public_note="<No> such words.",
    )
    page = client.get(kettles.get_absolute_url())
    assert page.status_code == 410
    for told in ("An editor retracted it.", "&lt;No&gt; such words.", kettles.urn, "by an editor"):
        assert told in page.text
    for hidden in ("kettles", "Marlowe", "Tidewatch", "mail of Friday", editor.username):
        assert hidden not in page.text


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("not-a-quote", "quotes nobody there"),
        ("wrong-words", "not taken as they stand"),
        ("duplicate", "there twice"),
        ("other", "was not right"),
    ],
)
def test_readers_are_told_why_a_quote_was_rejected(
    client: Client, kettles: Quote, editor: User, reason: str, told: str
) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, reason=reason)
    assert told in client.get(kettles.get_absolute_url()).text


@pytest.mark.parametrize(
    ("opinion", "told"),
    [({"found": False}, "no longer says it"), ({"confidence": 0.1}, "no longer sure enough")],
)
def test_readers_are_told_that_an_article_is_read_otherwise(
    client: Client, kettles: Quote, read_anew: ReadAnew, opinion: dict[str, Any], told: str
) -> None:
    read_anew(kettles, **opinion)
    page = client.get(kettles.get_absolute_url())
    assert (page.status_code, told in page.text, "by the program" in page.text) == (410, True, True)


def test_what_is_joined_to_another_says_that_and_not_why_it_was_rejected_long_ago(
    client: Client, article: Article, kettles: Quote, editor: User
) -> None:
    first = Quote.objects.get(text__startswith="We have waited")
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, public_note="Of long ago.")
    decide(quotes=[kettles, first], status=Quote.Status.APPROVED, editor=editor)
    join_quotes(quote=first, others=[kettles], editor=editor)
    page = client.get(kettles.get_absolute_url()).text
    assert "It was there twice." in page
    assert "Of long ago." not in page


def test_a_note_since_does_not_hide_why(client: Client, kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor, public_note="Never said.")
    add_note(quote=kettles, note="between us", editor=editor)
    page = client.get(kettles.get_absolute_url()).text
    assert ("Never said." in page, "between us" in page) == (True, False)


def test_there_is_no_page_of_what_never_was_public(client: Client, ingest: Ingest) -> None:
    ingest()
    Quote.objects.update(confidence=0.1)
    Publication.objects.all().delete()
    assert client.get(Quote.objects.all()[0].get_absolute_url()).status_code == 404
