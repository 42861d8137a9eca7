"""Whole pages, as sites of many kinds have them: what comes out of each is written beside it."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from quotes.ingestion import ArticleDocument, read_document
from quotes.ingestion.language import language_of

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


def expected(name: str) -> dict[str, Any]:
    page: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return page


def read(name: str) -> ArticleDocument:
    data = (PAGES / f"{name}.html").read_bytes()
    return read_document(data, max_bytes=1_000_000, url=expected(name)["url"])


def time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def test_every_page_has_its_expectations() -> None:
    assert NAMES
    assert sorted(path.stem for path in PAGES.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", [name for name in NAMES if expected(name)["paragraphs"] is not None])
def test_the_paragraphs_of_a_page_are_those_of_its_article(name: str) -> None:
    found = [line for line in read(name).text.split("\n\n") if line.strip()]
    assert found == expected(name)["paragraphs"]


@pytest.mark.parametrize("name", [name for name in NAMES if expected(name)["paragraphs"] is not None])
def test_a_page_says_what_it_is(name: str) -> None:
    document, page = read(name), expected(name)
    found = {
        "canonical": document.url,
        "title": document.title,
        "byline": document.byline,
        "source": document.source,
        "published": document.published_at,
        "modified": document.modified_at,
    }
    times = {key: time(page[key]) for key in ("published", "modified")}
    assert found == {key: page[key] for key in found} | times


@pytest.mark.parametrize("name", NAMES)
def test_the_language_of_a_page_is_that_of_its_text(name: str) -> None:
    document = read(name)
    assert language_of(document.text, document.language).lower() == expected(name)["language"].lower()
