"""A reader's way in a real browser, on small screens and large, light and dark, checked by axe-core."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes.models import Quote, Reader

VIEWS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


def check(page: Page) -> None:
    """No serious violation, and nothing to be scrolled to at the side, in any view."""
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        violations = Axe().run(page).response["violations"]
        serious = [one for one in violations if one["impact"] in {"serious", "critical"}]
        assert serious == [], (page.url, width, scheme)
        sizes = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert sizes[0] <= sizes[1], (page.url, width)


@pytest.mark.dear
def test_a_reader_follows_changes_and_ends_it_with_nothing_in_the_way(
    chrome: Browser, live_server: LiveServer, kettles: Quote, settings: Any
) -> None:
    settings.SITE_IN_MAIL = live_server.url
    page = chrome.new_page()
    page.goto(f"{live_server.url}/speakers/oona-marlowe/")
    page.get_by_role("link", name="By mail").click()
    check(page)
    page.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the address")
    check(page)
    page.get_by_label("Your mail address").fill("rita@reader.example")
    page.get_by_label("at once").check()
    page.get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")
    check(page)
    (asked,) = mail.outbox
    link = re.search(r"http://\S+/confirm/\S+", str(asked.body))
    assert link
    page.goto(link[0])
    check(page)
    page.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("Confirmed")
    check(page)
    page.get_by_label("How often").select_option("weekly")
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_label("How often")).to_have_value("weekly")
    page.get_by_role("button", name="Remove all").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It has ended")
    check(page)
    page.close()
    assert not Reader.objects.exists()
