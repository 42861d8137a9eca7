"""A newsroom made up, larger than a page of a feed."""

import pytest

from quotes.management.newsroom import furnish
from tests.desk import conftest

SPEAKERS = 5

chrome = conftest.chrome


@pytest.fixture
def newsroom(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """600 quotes in 80 articles; the first speaker has most of them."""
    monkeypatch.setattr("quotes.management.newsroom.analyze", lambda: None)  # in no transaction
    furnish(600, SPEAKERS, 80)
