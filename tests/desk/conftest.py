"""A browser for all tests of a module, and an editor who works in it."""

import os
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browsers import browser
from tests.desk.editors import Desk


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps a loop running in this thread, for which Django would refuse its database.
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with browser() as opened:
            yield opened


@pytest.fixture
def desk(chrome: Browser, live_server: LiveServer, editor: User) -> Iterator[Desk]:
    made = Desk(chrome, live_server, editor)
    yield made
    made.context.close()
    assert made.troubles == []
