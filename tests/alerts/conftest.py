"""A browser for the tests of pages."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browsers import browser


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps a loop running in this thread, for which Django would refuse its database.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with browser() as opened:
            yield opened
