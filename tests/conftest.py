"""What the tests share: a short article of our own, stored and read by the real services."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from pytest_django import DjangoDbBlocker

from quotes.extraction import ExtractedQuote, Extraction, ResolvedSpeaker, SpeakerKind, extract_quotes
from quotes.ingestion import ArticleDocument
from quotes.models import Article, Quote
from quotes.services import extract
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.services.reconcile import Reconciled
from quotes.services.stories import place_articles
from tests.databases import copied_from_template, emptied_where_not_empty, is_of_share, make_template
from tests.parallel import places_of

FERRY = (
    "The harbour board will buy two electric ferries, its chair announced on Friday.\n\n"
    "“We have waited ten years for this,” Oona Marlowe said. She called the old boats “floating kettles”.\n\n"
    "“The price is a scandal,” said Desmond Achterberg, who leads the opposition on the council.\n"
)

Ingest = Callable[..., Article]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--brief", action="store_true", help="this engine's share of the suite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("brief"):
        is_postgresql = connection.vendor == "postgresql"
        others = [item for item in items if not is_of_share(item, is_postgresql=is_postgresql)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if is_of_share(item, is_postgresql=is_postgresql)]
    # The longest begin first, else the last of them runs alone in the end.
    items.sort(key=lambda item: item.path.name != "test_contract.py")


def pytest_configure() -> None:
    # A hash that is slow on purpose costs each test that has an editor most of a second.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Nobody counts the requests of tests, but those that are about it.
    settings.RATES = dict.fromkeys(settings.RATES)
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ |= places_of(worker, os.environ)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Compressed bytes hold the second in which they were made, and each process makes its own: no name."""
    return argname if isinstance(val, bytes) and not val.isascii() else None


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with ExitStack() as within:
        within.enter_context(emptied_where_not_empty())
        if "PYTEST_XDIST_WORKER" in os.environ:
            with django_db_blocker.unblock():
                make_template(tmp_path_factory.getbasetemp().parent)
            within.enter_context(copied_from_template())
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def document(text: str = FERRY, **fields: Any) -> ArticleDocument:
    """An article about ferries, at an address of its own, unless told otherwise."""
    ferries = ArticleDocument(
        text=text,
        url="https://www.tidewatch.example/ferries",
        title="Harbour board orders electric ferries",
        source="Tidewatch",
        published_at=datetime(2026, 3, 6, 9, 30, tzinfo=UTC),
    )
    return replace(ferries, **fields)


@pytest.fixture
def ingest(db: None) -> Ingest:
    """Store and read an article, as `manage.py ingest` does."""

    def ingest_document(text: str = FERRY, **fields: Any) -> Article:
        article = store_article(document=document(text, **fields)).article
        extract_article(article_id=article.pk)
        place_articles(article_ids=[article.pk])
        return Article.objects.get(pk=article.pk)

    return ingest_document


@pytest.fixture
def article(ingest: Ingest) -> Article:
    return ingest()


@pytest.fixture
def kettles(article: Article) -> Quote:
    """Oona Marlowe's “floating kettles”."""
    return Quote.objects.get(text="floating kettles")


NEWER = "rules-newer"
ReadAnew = Callable[..., Reconciled]


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> ReadAnew:
    """Read the article of a quote as a newer extractor that differs about this quote alone.

    It gives the words to `speaker` (None: to nobody) with `confidence`, or does not find them.
    """

    def read(quote: Quote, *, found: bool = True, version: str = NEWER, **opinion: Any) -> Reconciled:
        name = opinion.get("speaker")
        if name:
            opinion["speaker"] = ResolvedSpeaker(name, SpeakerKind.PERSON)
        elif "speaker" in opinion:
            opinion |= {"mention": None, "cue": None, "confidence": 0.0}

        def differ(text: str, **how: bool) -> Extraction:
            quotes: list[ExtractedQuote] = []
            for one in extract_quotes(text, **how).quotes:
                if one.text != quote.text:
                    quotes.append(one)
                elif found:
                    quotes.append(replace(one, **opinion))
            return Extraction(tuple(quotes))

        monkeypatch.setattr(extract, "extract_quotes", differ)
        monkeypatch.setattr(extract, "EXTRACTOR_VERSION", version)
        done = extract_article(article_id=quote.revision.article_id, force=True)
        place_articles(article_ids=[quote.revision.article_id])
        return done

    return read


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("edith", password="correct horse battery staple")
