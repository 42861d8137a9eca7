"""The review desk in a real browser, by keyboard; what the record says is asked of the API."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from quotes.models import Article, Quote
from tests.browsers import BrowserNotFoundError, chromium
from tests.conftest import Ingest
from tests.desk.editors import REVIEW, Desk
from tests.desk.test_views import HOSTILE

_DECISIONS = re.compile(rf"{REVIEW}.+")


def test_undo_goes_back_to_what_was_decided_last(desk: Desk, article: Article) -> None:
    desk.open(article)
    desk.press("a", "r", "1")
    desk.saved("Reject")
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 3 of 3")
    desk.press("z")
    desk.saved("Undo: “floating kettles”")
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 2 of 3")
    assert desk.record("floating kettles")["review_status"] == "unreviewed"
    desk.press("z")
    desk.saved("Undo: “We have waited")
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 1 of 3")
    desk.press("z")
    expect(desk.page.locator("#told")).to_contain_text("Nothing is decided")


def test_the_later_of_two_is_shown_what_changed_and_asked(
    desk: Desk, chrome: Browser, live_server: LiveServer, article: Article
) -> None:
    other = Desk(chrome, live_server, User.objects.create_superuser("otto"))
    for one in (desk, other):
        one.hears_nothing().open(article).go_to(2)
    desk.press("s")
    desk.choose("desm", "Desmond")
    desk.saved("Give to Desmond Achterberg")
    other.press("a")
    card = other.page.locator("#unsaved .card")
    expect(card).to_contain_text("Not saved: it has changed")
    expect(card).to_contain_text("Status: Unreviewed → Approved")
    expect(card).to_contain_text("Speaker: Oona Marlowe → Desmond Achterberg")
    expect(card).to_contain_text("by edith")
    other.go_to(2)
    expect(other.page.locator(".speaker .name")).to_have_text("Desmond Achterberg")
    other.page.get_by_role("button", name="Leave it as it is").click()
    expect(card).to_have_count(0)
    # Meant all the same, it is decided once that was said.
    desk.go_to(2)
    desk.press("r", "1")
    desk.saved("Reject: “floating kettles”")
    other.press("a")
    expect(card).to_contain_text("Status: Approved → Rejected")
    other.press("t")
    other.saved("Approve: “floating kettles”")
    assert [step["editor"] for step in desk.record("floating kettles")["decisions"]] == [
        "otto",
        "edith",
        "edith",
    ]
    # Nor does what was decided in the same breath go past what nobody has seen.
    desk.go_to(3)
    other.go_to(3)
    desk.press("s")
    desk.choose("oona", "Oona Marlowe")
    desk.saved("Give to Oona Marlowe")
    other.press("d", "Enter")
    expect(other.page.locator("#ask")).to_be_hidden()
    other.press("a")
    expect(card).to_have_count(2)
    assert desk.record("The price is a scandal")["review_status"] == "approved"
    for _ in range(2):
        other.page.get_by_role("button", name="Leave it as it is").first.click()
    # Two who decide the same do not differ.
    desk.go_to(1)
    other.go_to(1)
    desk.press("a")
    desk.saved("Approve: “We have")
    other.press("a")
    other.saved("Approve: “We have")
    expect(card).to_have_count(0)
    other.context.close()
    assert all("412" in trouble for trouble in other.troubles)


def _cut(route: Route) -> None:
    route.abort("connectionreset")


def _lost(route: Route) -> None:
    """The decision arrives, and its answer does not."""
    route.fetch()
    route.abort("connectionreset")


def _refused(route: Route) -> None:
    route.fulfill(status=403, json={"title": "Forbidden", "status": 403, "detail": "CSRF Failed."})


def _broken(route: Route) -> None:
    route.fulfill(status=502, body="<html>Bad gateway</html>")


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (_cut, "could not be reached"),
        (_lost, "could not be reached"),
        (_refused, "Log in in another tab"),
        (_broken, "Something broke"),
    ],
)
def test_what_fails_is_said_and_kept_and_tried_again(
    desk: Desk, article: Article, trouble: Any, told: str
) -> None:
    desk.open(article).go_to(2)
    desk.page.route(_DECISIONS, trouble)
    desk.press("r")
    desk.page.locator("#ask textarea").fill("a figure of speech")
    desk.press("Enter")
    card = desk.page.locator("#unsaved .card")
    expect(card).to_contain_text("Reject: “floating kettles”")
    expect(card).to_contain_text(told)
    expect(desk.page.locator("#said")).to_contain_text("Not saved.")
    desk.press("n")  # does not lead away
    expect(desk.page.locator("#said")).to_contain_text("Not everything is saved")
    desk.go_to(2)
    expect(desk.page.locator("#quote .tag").first).to_have_text("Unreviewed")
    desk.page.unroute(_DECISIONS)
    desk.press("t")
    desk.saved("Reject: “floating kettles”")
    expect(card).to_have_count(0)
    kettles = desk.record("floating kettles")
    assert (kettles["review_status"], len(kettles["decisions"])) == ("rejected", 1)
    assert kettles["decisions"][0]["note"] == "a figure of speech"
    desk.troubles.clear()  # the browser told of what we did to it


def test_what_cannot_be_undone_alone_says_why(desk: Desk, article: Article) -> None:
    desk.open(article).go_to(1)
    desk.press("c", "Enter")
    desk.saved("Split off “years for this”")
    desk.go_to(2)
    desk.press("r", "1")
    desk.saved("Reject: “years for this”")
    desk.go_to(1)
    desk.press("z")
    card = desk.page.locator("#unsaved .card")
    expect(card).to_contain_text("“years for this” is not as it was then: something else was decided since")
    expect(desk.page.locator("#quote blockquote")).to_have_text("We have waited ten")
    desk.page.get_by_role("button", name="Drop it").click()
    desk.go_to(2)
    desk.press("z")
    desk.saved("Undo: “years for this”")
    desk.go_to(1)
    desk.press("z")
    desk.saved("Undo: “We have waited ten”")
    expect(desk.page.locator("#quote blockquote")).to_have_text("We have waited ten years for this")
    assert desk.record("years for this")["gone_at"]
    desk.troubles.clear()  # the browser told of the one that was refused


def test_no_decision_is_taken_twice_because_its_answer_was_lost(desk: Desk, article: Article) -> None:
    desk.hears_nothing().open(article).go_to(1)
    quote = Quote.objects.get(text="We have waited ten years for this")
    card = desk.page.locator("#unsaved .card")
    for taken, (keys, told) in enumerate(
        [
            (["i", "3"], "Kind transcript"),
            (["w", *"heard it", "Enter"], "Note"),
            (["c", "Enter"], "Split off “years for this”"),
            (["z"], "Undo"),
            (["y"], "Redo"),
            (["z"], "Undo"),
            (["g", "1"], "Join with “floating kettles”"),
            (["e", *"desmond", "Enter"], "Give all to Desmond Achterberg"),
        ],
        1,
    ):
        desk.page.route(_DECISIONS, _lost)
        desk.go_to(1)
        desk.press(*keys)
        expect(card).to_contain_text("could not be reached")
        desk.page.unroute(_DECISIONS)
        desk.press("t")
        desk.saved(told)
        expect(card).to_have_count(0)
        assert quote.decisions.count() == taken, told
    quote.refresh_from_db()
    assert (quote.speaker and quote.speaker.name, len(quote.segments)) == ("Desmond Achterberg", 2)
    desk.troubles.clear()  # the browser told of what we did to it


def test_offsets_are_right_among_letters_off_the_basic_plane(desk: Desk, ingest: Ingest) -> None:
    article = ingest(HOSTILE)
    desk.open(article)
    expect(desk.page.locator("#text")).to_have_text(article.text, use_inner_text=False)
    expect(desk.page.locator(".words.current")).to_have_text("We \u202ehave 🚢 waited </script> long")
    assert desk.page.evaluate("window.stolen") is None
    desk.press("b", "o", *["ArrowLeft"] * 5, "Enter")
    desk.saved("New bounds")
    quote = Quote.objects.get()
    assert quote.text == article.text[quote.start : quote.end] == "We \u202ehave 🚢 waited"
    desk.page.evaluate(
        """() => {
            const piece = document.querySelector("#text span").firstChild;
            const from = piece.data.indexOf("𝔅oard");
            getSelection().setBaseAndExtent(piece, from, piece, from + "𝔅oard 👩".length);
        }"""
    )
    desk.press("m", "Enter")
    desk.choose("oona", "Oona Marlowe")
    desk.saved("Add for Oona Marlowe")
    added = Quote.objects.get(extractor_version="editor")
    assert added.text.startswith("𝔅oard 👩")
    assert article.text[added.start : added.end] == added.text


def test_no_key_does_anything_while_one_writes_or_holds_a_modifier(desk: Desk, article: Article) -> None:
    sent: list[str] = []
    desk.page.on("request", lambda request: sent.append(request.method))
    desk.open(article)
    desk.press("s")
    desk.page.keyboard.type("a r u x d n z y c g i w e t ? ")
    desk.press("Escape", "Control+a", "Alt+a", "Meta+u", "Shift+A", "Shift+U")
    desk.press("d")
    desk.page.keyboard.type("a u 1 2")
    desk.press("Escape")
    expect(desk.page.locator("#ask")).to_be_hidden()
    desk.press("?")  # at once
    expect(desk.page.get_by_role("dialog", name="Keys")).to_be_visible()
    for label in ("Next quote", "Approve", "Next article", "Retract", "Undo", "The other end"):
        expect(desk.page.locator("#help dd").filter(has_text=label).first).to_be_visible()
    desk.press("a", "Escape")
    expect(desk.page.locator("#help")).to_be_hidden()
    desk.press("b", "a", "u", "Escape")
    expect(desk.page.locator("#marking .card")).to_have_count(0)
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 1 of 3")
    assert set(sent) == {"GET"}


def test_the_ends_are_dragged_to_other_words(desk: Desk, article: Article) -> None:
    desk.open(article).go_to(1)
    desk.press("b")
    shown = desk.page.locator("#marking blockquote")
    for end, word, words in (
        ("end", "ten", "We have waited ten"),
        ("start", "waited", "waited ten"),
        ("start", "years", "ten"),  # not past the other end
        ("end", "board", "ten"),
        ("end", "said", "ten years for this,” Oona Marlowe said"),
        ("end", "this", "ten years for this"),
    ):
        desk.drag(end, word)
        expect(shown).to_have_text(words)
    desk.press("Enter")  # the focus is where it was
    desk.saved("New bounds: “ten years for this”")
    assert desk.record("ten years for this")["review_status"] == "approved"
    desk.press("c")
    expect(desk.page.locator(".handle.is-end")).to_be_hidden()
    desk.drag("start", "this")
    desk.drag("start", "Oona")  # not out of the quote
    expect(shown.locator("p")).to_have_text(["ten years for", "this"])
    desk.press("Escape")
    expect(desk.page.locator(".handle.is-start")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 820])
def test_it_works_by_touch_at_every_width(
    chrome: Browser, live_server: LiveServer, editor: User, article: Article, width: int
) -> None:
    desk = Desk(chrome, live_server, editor, viewport={"width": width, "height": 850}, has_touch=True)
    page = desk.open(article).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#text").get_by_text("floating kettles").tap()
    expect(page.locator("#quote h2")).to_have_text("Quote 2 of 3")
    for name in ("Bounds", "Begins: one word on", "Save and approve"):
        page.get_by_role("button", name=name).tap()
    desk.saved("New bounds: “kettles”")
    for name in ("Bounds", "Begins: one word back", "Save and approve"):
        page.get_by_role("button", name=name).tap()
    desk.saved("New bounds: “floating kettles”")
    page.get_by_role("button", name="More").tap()
    page.get_by_role("button", name="Split").tap()
    page.get_by_role("button", name="Split and approve both").tap()
    desk.saved("Split off “kettles”: “floating”")
    page.get_by_role("button", name="Speaker").tap()
    page.get_by_role("option", name="Desmond").tap()
    desk.saved("Give to Desmond")
    desk.context.close()
    assert desk.troubles == []


@pytest.mark.dear
@pytest.mark.parametrize("width", [390, 820])
def test_the_ends_are_dragged_by_finger(
    chrome: Browser, live_server: LiveServer, editor: User, article: Article, width: int
) -> None:
    desk = Desk(chrome, live_server, editor, viewport={"width": width, "height": 850}, has_touch=True)
    page = desk.open(article).page
    page.locator("#text").get_by_text("floating kettles").tap()
    expect(page.locator("#quote h2")).to_have_text("Quote 2 of 3")
    for name in ("Bounds", "Begins: one word on", "Save and approve"):
        page.get_by_role("button", name=name).tap()
    desk.saved("New bounds: “kettles”")
    page.get_by_role("button", name="Bounds").tap()
    desk.drag("start", "floating", by="finger")
    expect(page.locator("#marking blockquote")).to_have_text("floating kettles")
    desk.press("Enter")
    desk.saved("New bounds: “floating kettles”")
    desk.context.close()
    assert desk.troubles == []


@pytest.mark.dear
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_out(
    chrome: Browser, live_server: LiveServer, editor: User, article: Article, scheme: Any
) -> None:
    desk = Desk(chrome, live_server, editor, color_scheme=scheme)
    desk.open(article)
    # What is dark has other colours, and nothing else.
    rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {"resultTypes": ["violations"]}

    def check(where: str) -> None:
        found = Axe().run(desk.page, options=rules)
        assert found.violations_count == 0, f"{where}: {found.generate_report()}"

    check("a quote")
    for key, where in (("b", "#marking .card"), ("r", "#ask"), ("e", "#who"), ("?", "#help")):
        desk.press(key)
        expect(desk.page.locator(where)).to_be_visible()
        check(where)
        desk.press("Escape")
        expect(desk.page.locator(where)).to_be_hidden()
    desk.page.route(_DECISIONS, _cut)
    desk.press("a")
    expect(desk.page.locator("#unsaved .card")).to_be_visible()
    check("trouble")
    desk.context.close()


def test_light_and_dark_are_those_of_the_admin_site(desk: Desk, article: Article) -> None:
    theme = desk.open(article).page.locator("#theme")
    for name, kept in (("light", "light"), ("dark", "dark"), ("system", "auto")):
        theme.click()
        expect(theme).to_have_text(f"Theme: {name}")
        assert (
            desk.page.evaluate("[localStorage.theme, document.documentElement.dataset.theme]") == [kept] * 2
        )
    theme.click()
    desk.page.goto("/admin/")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "light")


def test_an_empty_article_and_an_empty_queue_are_no_dead_ends(desk: Desk, ingest: Ingest) -> None:
    desk.open(ingest("The board met on Friday. Nobody spoke."))
    expect(desk.page.locator("#quote")).to_contain_text("No quotes here")
    desk.press("a", "r", "j", "l", "b", "n")
    expect(desk.page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()


def test_without_a_browser_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(BrowserNotFoundError, match="apt-get install chromium"):
        chromium()
