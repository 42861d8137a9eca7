"""An editor at the desk, in a browser."""

from typing import Any

import feedparser
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes.models import Article, Quote

REVIEW = "/api/v1/review/quotes/"


class Desk:
    """An editor at a page of the desk."""

    def __init__(self, chrome: Browser, site: LiveServer, user: User, **given: Any) -> None:
        self.api = Client()
        self.api.force_login(user)
        self.site = site.url
        self.context: BrowserContext = chrome.new_context(base_url=site.url, **given)
        session = self.api.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.troubles: list[str] = []
        self.loads: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("domcontentloaded", lambda page: self.loads.append(page.url))

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not said.location["url"].endswith("favicon.ico"):
            self.troubles.append(said.text)

    def open(self, article: Article) -> "Desk":
        self.page.goto(f"/admin/quotes/review/{article.public_id}/")
        expect(self.page.locator("#quote h2")).to_contain_text("uote")
        return self

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, place: int) -> None:
        """To a quote, by its number in the article."""
        here = int(self.page.locator("#quote h2").inner_text().split()[1])
        self.press(*["j" if place > here else "k"] * abs(place - here))
        expect(self.page.locator("#quote h2")).to_contain_text(f"Quote {place} of")

    def saved(self, what: str) -> None:
        expect(self.page.locator("#said")).to_contain_text(f"Saved. {what}")

    def told(self, what: str) -> None:
        """What is said in sight, and by a screen reader."""
        expect(self.page.locator("#told")).to_have_text(what)

    def choose(self, typed: str, chosen: str) -> None:
        """Type into the field for speakers until `chosen` is marked in its list, and take that one."""
        dialog = self.page.locator("#who")
        self.page.keyboard.type(typed)
        option = dialog.get_by_role("option").filter(has_text=chosen).first
        expect(option).to_be_visible()
        for _ in range(20):
            if option.get_attribute("aria-selected") == "true":
                break
            self.press("ArrowDown")
        expect(dialog.get_by_role("combobox")).to_have_attribute(
            "aria-activedescendant", option.get_attribute("id") or "none"
        )
        self.press("Enter")
        expect(dialog).to_be_hidden()

    def feed(self, speaker: str, words: str) -> str:
        """What the feed of a speaker says of the quote with these words."""
        quote = Quote.objects.get(text=words)
        feed = feedparser.parse(self.api.get(f"/speakers/{speaker}/feed.atom").content)
        title = next((entry.title for entry in feed.entries if entry.id == quote.urn), "")
        if title.startswith(("Withdrawn: ", "Corrected: ")):
            return "withdrawn"
        return "an entry" if title else "nothing"

    def record(self, words: str) -> Any:
        """What the API says of the quote with these words."""
        quote = Quote.objects.get(text=words)
        return self.api.get(f"{REVIEW}{quote.public_id}/").json()
