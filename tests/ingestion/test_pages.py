"""Whole pages, as sites of many kinds have them: what comes out of each is written beside it."""

import json
from datetime import datetime
from pathlib import Path
from typing import TypedDict

import pytest

from quotes.ingestion import ArticleDocument, read_document
from quotes.ingestion.language import language_of

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


class Page(TypedDict):
    """What is to come out of a page; without paragraphs only its language counts."""

    url: str
    canonical: str
    title: str
    byline: str
    source: str
    language: str
    published: str | None
    modified: str | None
    paragraphs: list[str] | None


def expected(name: str) -> Page:
    page: Page = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    return page


def read(name: str) -> ArticleDocument:
    data = (PAGES / f"{name}.html").read_bytes()
    return read_document(data, max_bytes=1_000_000, url=expected(name)["url"])


def time(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


ARTICLES = [name for name in NAMES if expected(name)["paragraphs"] is not None]
# What is not read right yet: times in headings, and an invitation without a link.
KNOWN = ("06-live-blog", "13-related-links")


def test_every_page_has_its_expectations() -> None:
    assert NAMES
    assert sorted(path.stem for path in PAGES.glob("*.json")) == NAMES


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[pytest.mark.xfail] if one in KNOWN else []) for one in ARTICLES]
)
def test_the_paragraphs_of_a_page_are_those_of_its_article(name: str) -> None:
    found = [line for line in read(name).text.split("\n\n") if line.strip()]
    assert found == expected(name)["paragraphs"]


@pytest.mark.parametrize("name", ARTICLES)
def test_a_page_says_what_it_is(name: str) -> None:
    document, page = read(name), expected(name)
    assert (document.url, document.title) == (page["canonical"], page["title"])
    assert (document.byline, document.source) == (page["byline"], page["source"])
    times = (document.published_at, document.modified_at)
    assert times == (time(page["published"]), time(page["modified"]))


@pytest.mark.parametrize("name", NAMES)
def test_the_language_of_a_page_is_that_of_its_text(name: str) -> None:
    document = read(name)
    assert language_of(document.text, document.language).lower() == expected(name)["language"].lower()
