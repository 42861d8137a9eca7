"""An editor at the desk, in a browser."""

import re
from time import time
from typing import Any

import feedparser
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from playwright.sync_api import TimeoutError as LateError
from pytest_django.live_server_helper import LiveServer

from quotes.models import Article, Quote

REVIEW = "/api/v1/review/quotes/"
LIVE = re.compile(r"/api/v1/review/articles/")

_PATIENCE = 15_000  # milliseconds, on a machine that has much else to do
# The place of a word of the text in the window, and the middle of the line where an end stands now.
_PLACE = """([end, word]) => {
    const text = document.getElementById("text");
    const drafts = [...text.querySelectorAll(".draft")];
    const draft = end === "start" ? drafts[0] : drafts.at(-1);
    const line = [...draft.getClientRects()].at(end === "start" ? 0 : -1);
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const from = walker.currentNode.data.indexOf(word);
        if (from < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, from);
        range.setEnd(walker.currentNode, from + word.length);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return [(left + right) / 2, (top + bottom) / 2, (line.top + line.bottom) / 2];
    }
}"""


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
        self.page.set_default_timeout(_PATIENCE)
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

    def hears_nothing(self) -> "Desk":
        """What others decide does not come here by itself."""
        self.context.route(LIVE, lambda route: route.fulfill(status=304))
        return self

    def listens(self, article: Article) -> "Desk":
        """At the article, with the clock at rest: what others decide comes at `later`, and not before."""
        self.page.clock.install()
        self.open(article)
        self.page.clock.pause_at(self.page.evaluate("Date.now()") + 60_000)
        self.later()
        return self

    def later(self) -> int:
        """Until the site was asked for what others decided. Returns the status of its answer; 0 for none."""
        began = time() * 1000
        for _ in range(40):
            try:
                with self.page.expect_request(LIVE, timeout=250) as asked:
                    self.page.clock.fast_forward(5_000)
            except LateError:  # the answer before this one is not taken in yet
                continue
            response = asked.value.response()
            if response is None:
                return 0
            if asked.value.timing["startTime"] >= began:  # of one from before the browser may tell late
                return response.status
        raise AssertionError("The page does not ask what others decided.")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go_to(self, place: int) -> None:
        """To a quote, by its number in the article."""
        here = int(self.page.locator("#quote h2").inner_text().split()[1])
        self.press(*["j" if place > here else "k"] * abs(place - here))
        expect(self.page.locator("#quote h2")).to_contain_text(f"Quote {place} of")

    def drag(self, end: str, word: str, by: str = "mouse") -> None:
        """One of the ends of what is being marked to a word of the text, by its handle."""
        handle = self.page.locator(f".handle.is-{end}").bounding_box()
        assert handle
        x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
        to_x, to_y, line = self.page.evaluate(_PLACE, [end, word])
        # As far from the middle of the line as it was taken.
        path = [(x, y), ((x + to_x) / 2, y), (to_x, to_y + y - line)]
        if by == "mouse":
            self.page.mouse.move(x, y)
            self.page.mouse.down()
            for place in path:
                self.page.mouse.move(*place)
            self.page.mouse.up()
            return
        fingers = self.context.new_cdp_session(self.page)
        for kind, (at_x, at_y) in zip(("touchStart", "touchMove", "touchMove"), path, strict=True):
            there = {"type": kind, "touchPoints": [{"x": at_x, "y": at_y}]}
            fingers.send("Input.dispatchTouchEvent", there)
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def saved(self, what: str) -> None:
        expect(self.page.locator("#said")).to_contain_text(f"Saved. {what}", timeout=_PATIENCE)

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
