"""Many articles at once: the same comes of it as of one after the other."""

from collections import defaultdict
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from quotes.extraction import Extraction, extract_quotes
from quotes.ingestion import ArticleDocument, DocumentError
from quotes.models import Article, ArticleRevision, Link, Quote, RoleStatement, Source, Speaker, SpeakerAlias
from quotes.services import extract
from quotes.services.extract import extract_article, extract_articles
from quotes.services.ingest import StoredArticle, store_article, store_articles
from quotes.services.queue import MOST_ATTEMPTS, read_articles

TEXTS = [
    "The board met.\n\n“We sail,” said Oona Marlowe, the harbour master. “At dawn,” Ms Marlowe added.",
    "“Too late,” said Desmond Quill. “Never too late,” said Oona J. Marlowe, the harbour master.",
    "“Who knows,” said Quill. “No comment,” said a spokesman.",
    "“I do,” said Marlowe. “No comment,” said a spokesman.",
    "“It leaks,” said Oona Marlowe, a striker with Hollin Rovers.",
    "Nobody said anything at the meeting of the board.",
    "“We sail,” said Oona Marlowe, the harbour master, who leads the Harbour Union.",
]


def store(texts: list[str]) -> list[int]:
    documents = [
        ArticleDocument(text=text, url=f"https://one.example/{number}", source="One")
        for number, text in enumerate(texts)
    ]
    return [one.article.pk for one in store_articles(documents=documents) if isinstance(one, StoredArticle)]


def record() -> dict[str, Any]:
    """What was stored: the quotes, and who is one; not the names of records, for which the order counts."""
    people: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for link in Link.objects.select_related("article"):
        people[link.speaker_id].add((link.article.canonical_url, link.name))
    quotes = Quote.objects.values_list("revision__article__canonical_url", "text", "confidence", "context")
    names = SpeakerAlias.objects.exclude(count=0).values_list("name", "origin", "count")
    return {
        "quotes": sorted(quotes),
        "people": sorted(map(sorted, people.values())),
        "names": sorted(names),
        "roles": sorted(RoleStatement.objects.values_list("article__canonical_url", "role")),
        "articles": sorted(Article.objects.values_list("canonical_url", "status", "extractor_version")),
    }


def clear() -> None:
    for model in (Quote, Link, RoleStatement, SpeakerAlias, Speaker):
        model.objects.all().delete()
    Article.objects.update(current_revision=None)
    ArticleRevision.objects.all().delete()
    Article.objects.all().delete()


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [TEXTS, TEXTS[::-1], TEXTS[:1] * 3], ids=["forwards", "backwards", "same"])
def test_articles_read_at_once_are_as_if_read_one_by_one(texts: list[str]) -> None:
    for article in store(texts):
        extract_article(article_id=article)
    one_by_one = record()
    clear()
    extract_articles(article_ids=store(texts))
    at_once = record()
    assert {name for name in one_by_one if one_by_one[name] != at_once[name]} == set()


@pytest.mark.django_db
def test_an_article_that_cannot_be_read_does_not_touch_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_on_leaks(text: str, **how: bool) -> Extraction:
        if "leaks" in text:
            raise RecursionError("too deep")
        return extract_quotes(text, **how)

    monkeypatch.setattr(extract, "extract_quotes", break_on_leaks)
    assert read_articles(article_ids=store(TEXTS)) == len(TEXTS)
    failed = Article.objects.get(status=Article.Status.FAILED)
    assert (failed.canonical_url, "too deep" in failed.last_error) == ("https://one.example/4", True)
    assert Article.objects.filter(status=Article.Status.EXTRACTED).count() == len(TEXTS) - 1


@pytest.mark.django_db
def test_what_ended_its_reader_is_read_alone_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = store(TEXTS)
    together: list[list[int]] = []

    def die(*, article_ids: list[int]) -> None:
        together.append(article_ids)
        if articles[4] in article_ids:
            raise SystemExit  # as a process that is killed: nothing of it comes back
        extract_articles(article_ids=article_ids)

    monkeypatch.setattr("quotes.services.queue.extract_articles", die)
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(SystemExit):
            read_articles(article_ids=articles)
        Article.objects.update(claimed_until=None)
    read_articles(article_ids=articles)
    assert together[0] == articles
    assert all(len(some) == 1 for some in together[1:])
    statuses = dict(Article.objects.values_list("pk", "status"))
    assert statuses.pop(articles[4]) == Article.Status.FAILED
    assert set(statuses.values()) == {Article.Status.EXTRACTED}


@pytest.mark.django_db
def test_twenty_articles_take_little_more_than_twice_the_queries_of_one() -> None:
    texts = [f"{text}\n\n“Number {number},” said Marta Lind." for number, text in enumerate(TEXTS * 3)][:20]
    articles = store(texts)
    with CaptureQueriesContext(
        connection,
    ) as first:
        read_articles(article_ids=articles[:1])
    with CaptureQueriesContext(connection) as rest:
        read_articles(article_ids=articles[1:])
    assert len(rest) < 4 * len(first)


DOCUMENTS = st.builds(
    ArticleDocument,
    text=st.sampled_from(["One text.", "Another text.", "", "a\0b", "half \ud800"]),
    title=st.sampled_from(["", "Title", "Other\0"]),
    url=st.sampled_from(["", "https://one.example/a", "https://one.example/b", "https://two.example/a"]),
    source=st.sampled_from(["", "One"]),
)


class StoringAtOnce(TestCase):
    """store_articles is as store_article, one after the other."""

    @given(batches=st.lists(st.lists(DOCUMENTS, max_size=6), max_size=3))
    @settings(max_examples=60, deadline=None)
    def test_the_same_comes_of_it(self, batches: list[list[ArticleDocument]]) -> None:
        expected = [self._one(document) for batch in batches for document in batch]
        stored = self._stored()
        self._clear()
        found = [
            str(one) if isinstance(one, DocumentError) else one.outcome.value
            for batch in batches
            for one in store_articles(documents=batch)
        ]
        assert found == expected
        assert self._stored() == stored

    @staticmethod
    def _one(document: ArticleDocument) -> str:
        try:
            return store_article(document=document).outcome.value
        except DocumentError as error:
            return str(error)

    @staticmethod
    def _stored() -> list[tuple[Any, ...]]:
        return sorted(
            ArticleRevision.objects.values_list(
                "article__canonical_url", "article__source__slug", "number", "title", "text",
                "article__current_revision__number",
            )
        )  # fmt: skip

    @staticmethod
    def _clear() -> None:
        clear()
        Source.objects.all().delete()
