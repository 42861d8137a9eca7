"""The admin site in a real browser: lists and forms at three widths, light and dark, checked by axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from quotes.models import Article, Quote, Speaker
from quotes.services.reports import report
from quotes.services.speakers import save_speaker
from tests.conftest import Ingest
from tests.desk.editors import Desk

QUOTES = "/admin/quotes/quote/"
WIDTHS = (390, 820, 1440)
LISTS = (
    "quote", "article", "speaker", "link", "source", "suggestion", "speakerchange", "apitoken", "page",
    "report", "webhook", "delivery", "subscription", "message",
)  # fmt: skip


def check(desk: Desk, where: str) -> None:
    """No serious violation, nothing to be scrolled to at the side, and no complaint of the browser's.

    Axe styles what it measures, which the Content-Security-Policy refuses.
    """
    page = desk.page
    assert desk.troubles == [], where
    violations = Axe().run(page).response["violations"]
    serious = [one["id"] for one in violations if one["impact"] in {"serious", "critical"}]
    assert serious == [], f"{where}: {[(one['id'], one['nodes'][0]['html']) for one in violations]}"
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], where
    desk.troubles.clear()


@pytest.mark.dear
def test_lists_have_no_serious_violation(desk: Desk, article: Article) -> None:
    save_speaker(speaker=Speaker(name="Una Bright", kind="person"))
    for name in LISTS:
        desk.page.goto(f"/admin/quotes/{name}/")
        check(desk, name)
    desk.page.goto(f"{QUOTES}?speaker={Quote.objects.all()[0].speaker_id}&confidence=90&q=zz*")
    check(desk, "filters that are open")
    desk.context.close()


@pytest.mark.dear
def test_a_list_in_which_nothing_is_ticked_can_be_read_at_any_width(desk: Desk, article: Article) -> None:
    report(quote=Quote.objects.all()[0], fault="speaker", note="The mayor said so.")
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        desk.page.goto("/admin/quotes/report/")
        for cell in (".field-words", ".field-told", ".field-speaker"):
            box = desk.page.locator(f"#result_list tbody {cell}").first.bounding_box()
            assert box is not None
            assert box["width"] > 80, f"{cell}, {width}"
        check(desk, f"reports, {width}")
    desk.context.close()


@pytest.mark.dear
def test_forms_have_no_serious_violation(desk: Desk, article: Article) -> None:
    quote = Quote.objects.exclude(speaker=None)[0]
    for width in WIDTHS:
        desk.page.set_viewport_size({"width": width, "height": 900})
        for name, record in (("quote", quote), ("article", article), ("speaker", quote.speaker)):
            assert record is not None
            desk.page.goto(f"/admin/quotes/{name}/{record.pk}/change/")
            check(desk, f"{name}, {width}")
    desk.context.close()


@pytest.mark.dear
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_quotes_can_be_used_at_any_width(
    chrome: Browser, live_server: LiveServer, editor: User, article: Article, scheme: str
) -> None:
    desk = Desk(chrome, live_server, editor, color_scheme=scheme)
    page = desk.page
    Quote.objects.filter(kind="partial").update(speaker=None)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/admin/quotes/quote/{article.revision.quotes.all()[0].pk}/change/")
        check(desk, f"quote, {width}")
        page.goto(QUOTES)
        check(desk, f"quotes, {width}")
        for cell in (".field-speaker", ".field-sure", ".field-dated"):
            box = page.locator(f"#result_list tbody {cell}").first.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
        page.locator("#action-toggle").check()
        page.select_option("select[name=action]", "approve")
        page.get_by_role("button", name="Go").click()
        check(desk, f"what will change, {width}")
        page.get_by_role("link", name="Back, with the ticks").click()
        expect(page.locator(".action-select:checked")).to_have_count(3)
    desk.context.close()


def test_a_speaker_is_typed_and_filtered_by_and_quotes_are_approved_and_undone(
    desk: Desk, ingest: Ingest
) -> None:
    ingest()
    ingest(
        "“No, we will not,” said Ann Lee, the mayor of Exville.", url="https://b.example/1", source="Bugle"
    )
    page = desk.page
    page.goto(QUOTES)
    page.locator("summary", has_text="Filters").click()
    page.locator("#by-speaker + .select2").click()
    page.keyboard.type("ann")
    page.get_by_role("option", name="Ann Lee · mayor of Exville · Bugle").click()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    page.locator("#action-toggle").check()
    page.select_option("select[name=action]", "approve")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Approve: 1").click()
    expect(page.locator(".messagelist")).to_contain_text("1 now approved")
    assert Quote.objects.get(source__name="Bugle").review_status == "approved"
    page.get_by_role("link", name="Undo").click()
    page.get_by_role("button", name="Undo: 1").click()
    expect(page.locator(".messagelist")).to_contain_text("1 are as they were before")
    assert Quote.objects.get(source__name="Bugle").review_status == "unreviewed"
