"""The pages for readers."""

from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Article, Quote
from quotes.services.review import decide
from tests.conftest import Ingest


def test_the_home_page_shows_the_latest_quotes_and_their_speakers(client: Client, article: Article) -> None:
    page = client.get("/").text
    assert "<mark>floating kettles</mark>" in page
    assert "/speakers/desmond-achterberg/" in page
    assert "no date" not in page


def test_a_quote_of_an_article_without_a_date_is_shown_with_the_day_it_was_collected(
    client: Client, ingest: Ingest
) -> None:
    ingest(published_at=None)
    assert "no date, collected <time" in client.get("/").text


def test_an_empty_home_page_says_how_to_begin(client: Client, db: None) -> None:
    assert "manage.py ingest" in client.get("/").text


def test_a_speakers_page_lets_a_reader_find_the_feed(client: Client, article: Article) -> None:
    page = client.get("/speakers/oona-marlowe/").text
    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert "2 quotes" in page
    assert "scandal" not in page


def test_a_quotes_page_says_how_we_know(client: Client, kettles: Quote, editor: User) -> None:
    page = client.get(kettles.get_absolute_url()).text
    assert kettles.urn in page
    assert "“She” by “called”" in page
    assert "not yet checked by an editor" in page
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert ", not yet" not in client.get(kettles.get_absolute_url()).text
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor)
    assert client.get(kettles.get_absolute_url()).status_code == 404


def test_words_are_escaped(client: Client, kettles: Quote) -> None:
    kettles.context = kettles.context.replace("old boats", "<script>x")
    kettles.save()
    assert "<script>x" not in client.get("/").text
