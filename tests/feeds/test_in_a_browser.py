"""A feed that is opened in a browser explains itself, under the strict Content-Security-Policy."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage
from pytest_django.live_server_helper import LiveServer

from tests.conftest import Ingest

pytestmark = pytest.mark.django_db(transaction=True)

# An element of a feed is no element of HTML: what it looks like is all that there is.
SEEN = """([selector, before]) => [...document.querySelectorAll(selector)].map(one =>
    before ? getComputedStyle(one, before).content : getComputedStyle(one).display)"""


@pytest.mark.parametrize("suffix", ["atom", "rss"])
def test_it_says_what_it_is_for_and_what_stands_in_it(
    chrome: Browser, live_server: LiveServer, ingest: Ingest, suffix: Literal["atom", "rss"]
) -> None:
    ingest()
    about, entry, hidden = {
        "atom": ("feed > subtitle", "entry", "content"),
        "rss": ("channel > description", "item", "guid"),
    }[suffix]
    said: list[ConsoleMessage] = []
    for scheme, paper in (("light", "rgb(253, 252, 249)"), ("dark", "rgb(23, 24, 26)")):
        context = chrome.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.on("console", lambda one: said.append(one))
        page.goto(f"/speakers/oona-marlowe/feed.{suffix}")
        assert "This is a feed." in page.evaluate(SEEN, [about, "::after"])[0]
        assert page.evaluate(SEEN, [f"{entry} > title", ""]) == ["block", "block"]
        assert set(page.evaluate(SEEN, [hidden, ""])) == {"none"}
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert [one.text for one in said if "favicon" not in one.location["url"]] == []
        context.close()
