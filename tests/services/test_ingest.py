"""An article goes in once, whatever happens."""

from datetime import UTC, datetime

import pytest

from quotes.ingestion import DocumentError
from quotes.models import Article, Quote, Source
from quotes.services.ingest import Outcome, store_article
from tests.conftest import FERRY, Ingest, document

pytestmark = pytest.mark.django_db


def test_a_new_article_is_stored_with_its_text_verbatim() -> None:
    text = "  “Mind the gap,”\r\nsaid Ann Lee.\t\n\n"
    article = store_article(document=document(text)).article
    assert article.text == text
    assert article.status == Article.Status.PENDING
    assert article.revision.number == 1


def test_the_same_article_again_changes_nothing() -> None:
    first = store_article(document=document())
    again = store_article(document=document())
    assert (first.outcome, again.outcome) == (Outcome.STORED, Outcome.UNCHANGED)
    assert first.article == again.article
    assert first.article.revisions.count() == 1


def test_a_changed_text_is_a_new_revision_of_the_same_article(article: Article) -> None:
    stored = store_article(document=document(FERRY.replace("two", "three")))
    assert stored.outcome is Outcome.REVISED
    assert stored.article == article
    assert [r.number for r in stored.article.revisions.all()] == [1, 2]
    assert "three electric ferries" in stored.article.text
    assert stored.article.status == Article.Status.PENDING


def test_a_corrected_date_reaches_the_quotes(ingest: Ingest) -> None:
    ingest()
    later = datetime(2026, 3, 7, tzinfo=UTC)
    assert store_article(document=document(published_at=later)).outcome is Outcome.REVISED
    assert set(Quote.objects.values_list("dated_at", flat=True)) == {later}


def test_an_article_without_an_address_is_known_by_its_text() -> None:
    first = store_article(document=document(url=""))
    again = store_article(document=document(url=""))
    other = store_article(document=document(FERRY + "More.", url=""))
    assert first.article == again.article != other.article
    assert first.article.canonical_url.startswith("urn:sha256:")
    assert first.article.web_url == ""


def test_an_outlet_is_known_by_its_host_whatever_it_calls_itself() -> None:
    store_article(document=document())
    store_article(document=document(url="https://www.tidewatch.example/other", source="Tidewatch Daily"))
    assert [s.name for s in Source.objects.all()] == ["Tidewatch"]


def test_a_known_article_under_another_name_makes_no_outlet() -> None:
    store_article(document=document(url="", source="One"))  # an outlet that has no host
    store_article(document=document(url="https://one.example/a", source="One"))
    store_article(document=document(url="https://one.example/a", source=""))
    assert [source.slug for source in Source.objects.all()] == ["one"]


def test_two_outlets_of_one_name_are_two() -> None:
    one = store_article(document=document(url="https://herald.example/a", source="The Herald")).article
    two = store_article(document=document(url="https://herald.test/b", source="The Herald")).article
    assert one.source != two.source
    assert one.source.slug == "the-herald"
    assert two.source.slug == "the-herald-herald-test"


@pytest.mark.parametrize("text", ["", " \n\t ", "a NUL \0 in it"], ids=repr)
def test_a_text_that_cannot_be_stored_is_refused_and_leaves_nothing(text: str) -> None:
    with pytest.raises(DocumentError):
        store_article(document=document(text))
    assert not Article.objects.exists()
    assert not Source.objects.exists()


def test_a_title_keeps_all_that_a_database_can_keep(ingest: Ingest) -> None:
    article = ingest(title="Mr\u00a0Quill\0 speaks", byline="\0Ada\u200d Holm")
    assert (article.revision.title, article.revision.byline) == ("Mr\u00a0Quill speaks", "Ada\u200d Holm")


def test_a_text_in_another_language_is_stored_and_marked_whatever_it_declares(ingest: Ingest) -> None:
    french = (
        "Le conseil du port achètera deux bacs électriques, a annoncé vendredi la présidente après une "
        "longue nuit de discussions. « Nous attendions depuis dix ans », a dit Oona Marlowe aux habitants."
    )
    article = ingest(french, language="en-GB")
    assert (article.revision.language, article.status) == ("fr", Article.Status.SKIPPED)
    assert not article.revision.quotes.exists()
