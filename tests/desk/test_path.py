"""The way through a queue in a real browser: choose it, decide, go on, until nothing is left."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from quotes.models import DeskLease, Quote
from tests.conftest import FERRY, Ingest
from tests.desk.editors import Desk
from tests.desk.test_queues import LONG
from tests.desk.test_thirty_quotes import BRIDGE, SCHOOL
from tests.desk.test_views import NEXT


@pytest.fixture
def three(ingest: Ingest) -> None:
    """Of each of three articles one quote is doubtful."""
    for name, text in (("ferry", FERRY), ("bridge", BRIDGE), ("school", SCHOOL)):
        ingest(text, url=f"https://{name}.example/1", source=name.title())
    Quote.objects.update(confidence=0.9)
    for words, confidence in (("price", 0.1), ("bridge", 0.2), ("child", 0.3)):
        Quote.objects.filter(text__contains=words).update(confidence=confidence)


def place(desk: Desk, told: str) -> None:
    expect(desk.page.locator("#place .progress")).to_contain_text(told)


def test_a_queue_is_chosen_and_worked_through_until_it_is_empty(desk: Desk, three: None) -> None:
    desk.page.goto(NEXT)
    row = desk.page.get_by_role("listitem").filter(has_text="not sure enough")
    expect(row).to_contain_text("3")
    row.get_by_role("link", name="Doubtful").click()
    for done, (words, left) in enumerate((("The price is", 3), ("The bridge will", 2), ("Every child", 1))):
        expect(desk.page.locator("#quote blockquote")).to_contain_text(words)
        place(desk, f"Doubtful: {done} done today, {left} left")
        desk.press("a")
        desk.saved("Approve")
        desk.press("n")
    expect(desk.page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    expect(desk.page.locator("main")).to_contain_text("You decided about 3 quotes today")
    assert not DeskLease.objects.exists()
    desk.page.get_by_role("link", name="All queues").click()
    expect(desk.page.get_by_role("listitem").filter(has_text="not sure enough")).to_contain_text("0")


def test_the_line_on_top_follows_what_is_decided(desk: Desk, three: None) -> None:
    desk.page.clock.install()
    desk.page.goto(f"{NEXT}?source=school")
    place(desk, "School: 0 done today, 4 left")
    DeskLease.objects.update(until=DeskLease.objects.get().until.replace(year=2100))
    desk.press("a")
    desk.saved("Approve")
    desk.page.clock.run_for(20_000)
    place(desk, "School: 1 done today, 3 left, 12 an hour")
    assert DeskLease.objects.get().until.year < 2100


def test_two_editors_in_one_queue_work_on_different_articles(
    desk: Desk, chrome: Browser, live_server: LiveServer, three: None
) -> None:
    other = Desk(chrome, live_server, User.objects.create_superuser("otto"))
    for one, words in ((desk, "The price is"), (other, "The bridge will")):
        one.page.goto(f"{NEXT}?queue=doubtful")
        expect(one.page.locator("#quote blockquote")).to_contain_text(words)
        expect(one.page.locator(".held")).to_have_count(0)
    first = desk.page.url
    desk.press("n")
    expect(desk.page.locator("#quote blockquote")).to_contain_text("Every child")
    other.page.goto(desk.page.url)
    expect(other.page.locator(".held")).to_contain_text("edith is at this article")
    other.page.goto(first)
    expect(other.page.locator(".held")).to_have_count(0)
    other.context.close()
    assert other.troubles == []


def test_ones_own_queue_is_put_together_in_the_form(desk: Desk, three: None) -> None:
    desk.page.goto(NEXT)
    desk.page.get_by_label("Source", exact=True).fill("bridge")
    desk.page.get_by_label("Speaker", exact=True).fill("Ann Le")
    desk.page.get_by_role("button", name="Begin").click()
    expect(desk.page.get_by_role("heading", name="There is no speaker “Ann Le”.")).to_be_visible()
    desk.troubles.clear()  # the browser tells of the 404
    desk.page.get_by_role("link", name="Ann Lee").click()
    place(desk, "Bridge · Ann Lee: 0 done today, 2 left")


@pytest.mark.dear
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 820, 1440])
def test_queues_are_for_everybody_at_every_width(
    chrome: Browser, live_server: LiveServer, editor: User, ingest: Ingest, scheme: str, width: int
) -> None:
    for n in range(2):
        ingest(LONG, url=f"https://{n}.example/ferry", source=f"The Tide {n}")
    size = {"width": width, "height": 800}
    desk = Desk(chrome, live_server, editor, color_scheme=scheme, viewport=size)
    for address in (NEXT, f"{NEXT}?queue=disputed", f"{NEXT}?source=the-tide-0"):
        answer = desk.page.goto(address)
        assert answer is not None
        assert answer.ok
        results = Axe().run(desk.page)
        assert results.violations_count == 0, results.generate_report()
        assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.context.close()
