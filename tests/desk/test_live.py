"""What others decide about the article that one has at the desk."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Route, expect

from quotes.models import Article, Quote, Speaker
from quotes.services.corrections import add_note, add_quote, set_bounds
from quotes.services.ingest import store_article
from quotes.services.review import attribute, decide
from tests.conftest import FERRY, Ingest, document
from tests.desk.editors import LIVE, Desk


@pytest.fixture
def mara(db: None) -> User:
    return User.objects.create_superuser("mara")


def quote_of(words: str) -> Quote:
    return Quote.objects.get(text__startswith=words)


def test_what_others_decide_is_shown_where_it_stands_and_said(
    desk: Desk, article: Article, mara: User
) -> None:
    desk.listens(article).go_to(2)
    assert desk.later() == 304
    desk.told("")
    decide(quotes=[quote_of("floating")], status=Quote.Status.REJECTED, editor=mara, reason="other")
    assert desk.later() == 200
    desk.told("mara rejected “floating kettles”.")
    expect(desk.page.locator("#quote .tag").first).to_have_text("Rejected")
    expect(desk.page.locator("#quote li").last).to_contain_text("rejected, other by mara")
    expect(desk.page.locator("#text .current")).to_have_class("words who-0 is-rejected current")
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 2 of 3")
    # Several at once, whoever they are about; a quote that is new, too
    add_note(quote=quote_of("The price"), note="look at the minutes", editor=mara)
    oona = Speaker.objects.get(slug="oona-marlowe")
    attribute(quote=quote_of("The price"), speaker=oona, editor=mara)
    start = FERRY.index("two electric ferries")
    add_quote(article=article, segments=[(start, start + 3)], speaker=oona, editor=mara)
    desk.later()
    desk.told(
        "mara added “two”; mara left a note about “The price is a scandal”; "
        "mara gave “The price is a scandal” to Oona Marlowe."
    )
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 3 of 4")  # the same one as before
    # What one decides oneself is no news
    desk.press("z")
    desk.saved("Undo: “floating kettles”")
    desk.later()
    desk.page.clock.fast_forward(10_000)
    desk.told("")
    assert desk.record("floating kettles")["review_status"] == "unreviewed"


def test_it_moves_nothing_and_takes_neither_focus_nor_selection(
    desk: Desk, ingest: Ingest, mara: User
) -> None:
    article = ingest(FERRY + "\n".join(f"The board met on day {day}.\n" for day in range(80)))
    desk.listens(article)
    before = desk.page.evaluate(
        """() => {
            const text = document.getElementById("text");
            const piece = [...text.querySelectorAll("[data-at]")].at(-1).firstChild;
            const [from, to] = ["day 70", "day 71"].map((words) => piece.data.indexOf(words));
            getSelection().setBaseAndExtent(piece, from, piece, to);
            text.focus();
            text.scrollTop = 400;
            return [getSelection().toString(), text.scrollTop, document.activeElement.id];
        }"""
    )
    quote = quote_of("The price")
    start = quote.segments[0][0]
    set_bounds(quote=quote, segments=[(start + len("The "), quote.segments[0][1])], editor=mara)
    desk.later()
    desk.told("mara mended the words of “price is a scandal”.")
    now = "[getSelection().toString(), document.getElementById('text').scrollTop, document.activeElement.id]"
    assert desk.page.evaluate(now) == before
    assert before[0].startswith("day 70")


def test_it_overwrites_nothing_that_one_is_in_the_middle_of(desk: Desk, article: Article, mara: User) -> None:
    desk.listens(article).go_to(2)
    card = desk.page.locator("#unsaved .card")
    # A dialog: what was written stays, and what was looked at is not what is there any more
    desk.press("r", "Tab")
    desk.page.keyboard.type("a figure of speech")
    decide(quotes=[quote_of("floating")], status=Quote.Status.APPROVED, editor=mara)
    desk.later()
    desk.told("mara approved “floating kettles”.")
    expect(desk.page.locator("#ask textarea")).to_have_value("a figure of speech")
    desk.press("Enter")
    expect(card).to_contain_text("Not saved: it has changed")
    expect(card).to_contain_text("Status: Unreviewed → Approved")
    assert desk.record("floating kettles")["review_status"] == "approved"
    desk.press("t")
    desk.saved("Reject: “floating kettles”")
    assert desk.record("floating kettles")["decisions"][0]["note"] == "a figure of speech"
    # Words that are being marked
    desk.go_to(1)
    desk.press("b", "ArrowRight")
    quote = quote_of("We have")
    ((start, end),) = quote.segments
    set_bounds(quote=quote, segments=[(start, end - len(" for this"))], editor=mara)
    desk.later()
    desk.told("mara mended the words of “We have waited ten years”.")
    expect(desk.page.locator("#marking blockquote")).to_have_text("have waited ten years for this")
    desk.press("Enter")
    expect(card).to_contain_text("Words: “We have waited ten years for this” → “We have waited ten years”")
    desk.page.get_by_role("button", name="Leave it as it is").click()
    # A key that is pressed as the quote changes
    desk.go_to(3)
    oona = Speaker.objects.get(slug="oona-marlowe")
    attribute(quote=quote_of("The price"), speaker=oona, editor=mara)
    desk.later()
    desk.told("mara gave “The price is a scandal” to Oona Marlowe.")
    desk.press("d", "Enter")
    expect(card).to_contain_text("Speaker: Desmond Achterberg → Oona Marlowe")
    assert desk.record("The price is a scandal")["review_status"] == "approved"
    desk.page.get_by_role("button", name="Leave it as it is").click()


def test_what_cannot_be_shown_is_said(desk: Desk, article: Article, mara: User) -> None:
    desk.listens(article)

    def cut(route: Route) -> None:
        route.abort("connectionreset")

    desk.page.route(LIVE, cut)
    assert [desk.later(), desk.later()] == [0, 0]
    desk.told("What others decide is not shown here now: the site does not answer, or you are logged out.")
    desk.troubles.clear()  # the browser told of what we did to it
    desk.page.unroute(LIVE)
    decide(quotes=[quote_of("floating")], status=Quote.Status.APPROVED, editor=mara)
    desk.later()
    desk.told("mara approved “floating kettles”.")
    store_article(document=document(FERRY + "All is another now.\n"))
    desk.later()
    desk.told("The article has another text by now: load this page again.")


def test_a_page_that_nobody_looks_at_asks_nothing(desk: Desk, article: Article) -> None:
    desk.listens(article)
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    seen = (
        "Object.defineProperty(document, 'visibilityState', { value: '%s', configurable: true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    desk.page.evaluate(seen % "hidden")
    desk.page.clock.fast_forward(60_000)
    assert asked == []
    desk.page.evaluate(seen % "visible")
    assert desk.later() == 304
