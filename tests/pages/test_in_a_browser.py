"""The pages in a real browser: a reader's way through them, every page at two widths, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from quotes.models import Article, Quote, Report, Speaker
from quotes.services.review import decide
from tests.conftest import Ingest
from tests.desk.editors import Desk

WIDTHS = (1280, 390)
HOSTILE = "</script><img src=x onerror=alert(1)>"


class Reader:
    """Somebody at a page, with what the browser complained about."""

    def __init__(self, chrome: Browser, site: LiveServer, **given: Any) -> None:
        self.context = chrome.new_context(base_url=site.url, **given)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and "status of 4" not in said.text:
            self.troubles.append(said.text)

    def check(self, where: str) -> None:
        """No serious violation, nothing to be scrolled to at the side, no complaint of the browser's."""
        assert self.troubles == [], where
        violations = Axe().run(self.page).response["violations"]
        serious = [one for one in violations if one["impact"] in {"serious", "critical"}]
        assert serious == [], f"{where}: {[(one['id'], one['nodes'][0]['html']) for one in serious]}"
        # What stands in a frame of somebody's page has that one's headings.
        best = {"heading-order", "landmark-one-main", "region"}
        if not where.startswith("embed"):
            best |= {"page-has-heading-one"}
        assert not best & {one["id"] for one in violations}, where
        width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], where
        self.troubles.clear()  # axe styles what it measures, which the Content-Security-Policy refuses


@pytest.fixture
def reader(chrome: Browser, live_server: LiveServer) -> Iterator[Reader]:
    made = Reader(chrome, live_server)
    yield made
    made.context.close()
    assert made.troubles == []


def addresses(quote: Quote) -> dict[str, str]:
    assert quote.speaker
    own = quote.get_absolute_url()
    return {
        "home": "/",
        "search": "/search/?q=the",
        "search, narrowed": f"/search/?q=the&speaker={quote.speaker.slug}&published_from=2026-01-01",
        "search, nothing asked": "/search/",
        "search, a bad question": "/search/?q=%22open",
        "search, nothing found": "/search/?q=zzzz",
        "speakers": "/speakers/?q=a",
        "speaker": quote.speaker.get_absolute_url(),
        "quote": own,
        "report": f"{own}report/",
        "reported": f"{own}report/?sent",
        "embed": f"{own}embed/",
        "article": reverse("article", args=[quote.revision.article.public_id]),
        "outlets": "/sources/",
        "outlet": reverse("source", args=[quote.source.slug]),
        "about": "/about/",
        "none": "/nowhere/",
    }


@pytest.mark.dear
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_can_be_used_by_anybody(
    chrome: Browser, live_server: LiveServer, article: Article, editor: User, scheme: str
) -> None:
    reader = Reader(chrome, live_server, color_scheme=scheme)
    quote = article.revision.quotes.order_by("start")[0]
    withdrawn = Quote.objects.get(text="floating kettles")
    decide(quotes=[withdrawn], status=Quote.Status.RETRACTED, editor=editor, public_note="Never said.")
    pages = {**addresses(quote), "withdrawn": withdrawn.get_absolute_url()}
    for width in WIDTHS:
        reader.page.set_viewport_size({"width": width, "height": 900})
        for name, address in pages.items():
            reader.page.goto(address)
            reader.check(f"{name}, {width}")
    reader.context.close()


@pytest.mark.dear
def test_no_data_breaks_a_page(reader: Reader, ingest: Ingest) -> None:
    """Names, titles and words of any length and script, and none where there may be none."""
    long = " ".join(f"wort{n}" for n in range(2000))
    ingest(
        f"“{long},” said Oona Marlowe. “We never saw it,” Desmond Achterberg said.",
        title="", published_at=None, url="https://bote.example/1", source="Bote" * 40,
    )  # fmt: skip
    quotes = list(Quote.objects.exclude(speaker=None).order_by("start"))
    Quote.objects.update(confidence=0.95)
    assert quotes[0].speaker
    Speaker.objects.filter(pk=quotes[0].speaker.pk).update(
        name="Donaudampfschifffahrtsgesellschaft" * 5, description=f"קברניט הנמל {HOSTILE}"
    )
    arabic = f"قال إن السفن لن تبحر اليوم {HOSTILE}"
    Quote.objects.filter(pk=quotes[1].pk).update(
        text=arabic, context=arabic, context_start=0, start=0, end=len(arabic), segments=[[0, len(arabic)]]
    )
    reader.page.set_viewport_size({"width": 390, "height": 900})
    for quote in Quote.objects.filter(pk__in=[one.pk for one in quotes]):
        pages = addresses(quote)
        for name in ("home", "search, narrowed", "speaker", "quote", "report", "embed", "article", "outlet"):
            reader.page.goto(pages[name])
            reader.check(f"{name}, 390")
    reader.page.goto(quotes[1].get_absolute_url())
    style = "getComputedStyle(document.querySelector('blockquote p')).direction"
    assert reader.page.evaluate(style) == "rtl"


@pytest.mark.dear
def test_a_reader_searches_opens_and_reports_and_an_editor_answers(
    reader: Reader, chrome: Browser, live_server: LiveServer, article: Article, editor: User
) -> None:
    page = reader.page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("kettle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("1 quote")
    page.get_by_role("link", name="6 March 2026").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Oona Marlowe")
    page.get_by_role("link", name="Report an error").click()
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_label("Somebody else said it")).to_be_visible()
    page.get_by_label("Somebody else said it").check()
    page.get_by_label("What should we know?").fill("Her brother said so.")
    page.get_by_role("button", name="Send to the editors").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    desk = Desk(chrome, live_server, editor)
    desk.page.goto("/admin/quotes/review/")
    desk.page.get_by_role("link", name="Reported by readers").click()
    expect(desk.page.locator("#quote .reported")).to_contain_text("Her brother said so.")
    expect(desk.page.locator("#quote blockquote")).to_have_text("floating kettles")
    desk.press("r", "1")
    desk.saved("")
    desk.go_to(2)
    expect(desk.page.locator("#quote .reported")).to_have_count(0)
    assert desk.troubles == []
    desk.context.close()

    (closed,) = Report.objects.all()
    assert (closed.closed_by, closed.decision and closed.decision.reason) == (editor, "not-a-quote")
    page.get_by_role("link", name="Back to the quote").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This quote was withdrawn")
    reader.troubles.clear()
