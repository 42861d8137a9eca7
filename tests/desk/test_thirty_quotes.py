"""Five articles at the desk by keyboard alone; after each kind of decision the API and the feed are asked."""

import pytest
from playwright.sync_api import expect

from quotes.models import Quote, Speaker
from quotes.services.speakers import save_speaker
from tests.conftest import FERRY, Ingest
from tests.desk.editors import Desk
from tests.desk.test_views import NEXT

BRIDGE = (
    "“The bridge will close on Monday,” said Ann Lee, mayor of Exville. “It is not safe,” she said.\n\n"
    "“Nobody told us anything,” said Desmond Achterberg. “My shop will not live through it,” he said.\n\n"
    "Paula Quill called the plan “a sad little joke”. We will fight it in court, she added.\n"
)
SCHOOL = (
    "“Every child gets a place,” said Ruth Okafor, the head. “We have hired six teachers,” she said.\n\n"
    "“I will believe it when I see it,” said Tom Blackwell. “They promised it last year,” he said.\n"
)
CLINIC = (
    "“The clinic will stay open,” said Bea Norling, its director. “We owe the town that much,” she said. "
    "“Nobody will lose a bed,” Norling said.\n\n"
    "“I was told the opposite,” said Ivo Tarrant, a nurse. “They told me on Monday,” he said. “I still have "
    "the letter,” Tarrant said.\n\n"
    "Carla Wendt called the letter “a plain mistake”. She called the plan “a quiet miracle”. “It will be "
    "mended,” she said.\n"
)
ORCHARD = (
    "“The frost took half of the pears. The wasps took the rest,” said Hanna Ruse, who runs the orchard. “We "
    "shall plant again,” she said.\n\n"
    "“Pears are finished here,” said Owen Pardoe, a grower. “I have said so for years,” Pardoe said. “Nobody "
    "listens to me,” Pardoe said.\n\n"
    "“He says that every autumn,” said Hanna Ruse. “And every autumn there are pears,” she said. Pardoe "
    "called her “a dreamer”. She called him “the weather”.\n"
)
# By the first words of the quote that is the most doubtful of each, so in this order.
ARTICLES = {"price": FERRY, "bridge": BRIDGE, "child": SCHOOL, "clinic": CLINIC, "frost": ORCHARD}


@pytest.fixture
def articles(ingest: Ingest) -> None:
    for place, (doubtful, text) in enumerate(ARTICLES.items(), 1):
        ingest(text, url=f"https://{doubtful}.example/1", source=doubtful.title())
        Quote.objects.filter(source__name=doubtful.title()).update(confidence=0.9)
        Quote.objects.filter(text__contains=doubtful).update(confidence=place / 10)
    save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    assert Quote.objects.count() == 30


@pytest.mark.dear
def test_thirty_quotes_of_five_articles_are_decided_by_keyboard(desk: Desk, articles: None) -> None:
    desk.page.goto(f"{NEXT}?queue=open")
    _approve_and_reject(desk)
    desk.press("n")
    _give_mend_and_add(desk)
    desk.press("n")
    _retract_undo_and_redo(desk)
    desk.press("n")
    _say_why_note_and_change_the_kind(desk)
    desk.press("n")
    _split_join_and_give_all(desk)
    assert len(desk.loads) == 5


def _approve_and_reject(desk: Desk) -> None:
    # The most doubtful article, at its doubtful quote
    expect(desk.page.locator("#quote blockquote")).to_contain_text("The price is a scandal")
    assert desk.feed("desmond-achterberg", "The price is a scandal") == "nothing"
    desk.press("a")
    desk.saved("Approve: “The price is a scandal”")
    assert desk.record("The price is a scandal")["review_status"] == "approved"
    assert desk.feed("desmond-achterberg", "The price is a scandal") == "an entry"
    # On to what is left, from the beginning
    expect(desk.page.locator("#quote h2")).to_contain_text("Quote 1 of 3")
    desk.press("a")
    desk.saved("Approve: “We have waited")
    desk.press("r")
    expect(desk.page.locator("#ask")).to_be_visible()
    desk.press("2")
    desk.saved("Reject: “floating kettles”")
    kettles = desk.record("floating kettles")
    assert (kettles["review_status"], kettles["decisions"][0]["reason"]) == ("rejected", "wrong-words")
    assert desk.feed("oona-marlowe", "floating kettles") == "withdrawn"
    expect(desk.page.locator(".left")).to_contain_text("All reviewed")


def _give_mend_and_add(desk: Desk) -> None:
    # To somebody of the article, to one who is known, to one who is new
    expect(desk.page.locator("#quote blockquote")).to_contain_text("The bridge will close")
    desk.press("s")
    desk.choose("desm", "Desmond Achterberg")
    desk.saved("Give to Desmond Achterberg")
    closing = desk.record("The bridge will close on Monday")
    assert (closing["speaker"]["name"], closing["confidence"]) == ("Desmond Achterberg", None)
    desk.press("s")
    desk.choose("marta", "Marta Quill")
    desk.saved("Give to Marta Quill: “It is not safe”")
    assert desk.record("It is not safe")["speaker"]["slug"] == "marta-quill"
    assert desk.feed("marta-quill", "It is not safe") == "an entry"
    assert desk.feed("ann-lee", "It is not safe") == "withdrawn"
    desk.press("s")
    desk.choose("Yaa Boateng", "new person")
    desk.saved("Give to Yaa Boateng")
    assert desk.record("Nobody told us anything")["speaker"]["name"] == "Yaa Boateng"
    # Bounds: off with the first word, on with the next
    desk.go_to(4)
    desk.press("b", "ArrowRight", "Enter")
    desk.saved("New bounds: “shop will not")
    assert desk.record("shop will not live through it")["decisions"][0]["from_words"]["text"].startswith("My")
    desk.press("b", "ArrowLeft", "o", "ArrowLeft", "Enter")
    desk.saved("New bounds: “My shop will not live through”")
    assert desk.record("My shop will not live through")["review_status"] == "approved"
    assert desk.feed("desmond-achterberg", "My shop will not live through") == "an entry"
    # Missed words after the last quote: on to the next likely beginning, and to where that sentence ends
    desk.go_to(5)
    desk.press("m", "ArrowDown", "o", *["ArrowRight"] * 5, "Enter")
    expect(desk.page.locator("#who blockquote")).to_have_text("We will fight it in court")
    desk.choose("paul", "Paula Quill")
    desk.saved("Add for Paula Quill")
    added = desk.record("We will fight it in court")
    assert (added["attributed_by"], added["is_public"]) == ("editor", True)
    assert desk.feed("paula-quill", "We will fight it in court") == "an entry"
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 6 of 6")
    desk.press("u")
    desk.saved("Back to unreviewed")
    assert desk.record("We will fight it in court")["review_status"] == "unreviewed"
    desk.go_to(5)
    desk.press("d")
    desk.page.keyboard.type("She denies it.")
    desk.press("Tab")
    desk.page.keyboard.type("on the phone")
    desk.press("Enter")
    desk.saved("Dispute")
    last = desk.record("a sad little joke")["decisions"][0]
    assert (last["to_status"], last["public_note"], last["note"]) == (
        "disputed", "She denies it.", "on the phone",
    )  # fmt: skip
    assert desk.feed("paula-quill", "a sad little joke") == "withdrawn"


def _retract_undo_and_redo(desk: Desk) -> None:
    # As fast as keys go
    expect(desk.page.locator("#quote blockquote")).to_contain_text("Every child gets a place")
    desk.press("a", "a", "a", "a")
    expect(desk.page.locator(".left")).to_contain_text("All reviewed")
    expect(desk.page.locator(".is-saving")).to_have_count(0)
    school = Quote.objects.filter(source__name="Child")
    assert set(school.values_list("review_status", flat=True)) == {"approved"}
    desk.press("x")
    desk.page.keyboard.type("He never said so.")
    desk.press("Enter")
    desk.saved("Retract")
    words = "They promised it last year"
    last = desk.record(words)
    assert (last["is_public"], last["decisions"][0]["public_note"]) == (False, "He never said so.")
    assert desk.feed("tom-blackwell", words) == "withdrawn"
    # Back, step by step, and on again
    desk.press("z")
    desk.saved("Undo")
    assert (desk.record(words)["review_status"], desk.feed("tom-blackwell", words)) == (
        "approved",
        "an entry",
    )
    desk.press("z", "z")  # the second is about what the first one leaves
    desk.told("Nothing is decided about this quote that can be undone.")
    assert desk.record(words)["review_status"] == "unreviewed"
    expect(desk.page.locator("#quote .tag").first).to_have_text("Unreviewed")
    desk.press("y", "y", "y")
    desk.told("Nothing was undone about this quote that can be redone.")
    assert desk.record(words)["review_status"] == "retracted"
    assert desk.feed("tom-blackwell", words) == "withdrawn"
    assert len(desk.record(words)["decisions"]) == 6


def _say_why_note_and_change_the_kind(desk: Desk) -> None:
    expect(desk.page.locator("#quote blockquote")).to_contain_text("The clinic will stay open")
    for digit, words, reason in (
        ("1", "The clinic will stay open", "not-a-quote"),
        ("3", "We owe the town that much", "duplicate"),
    ):
        desk.press("r", digit)
        desk.saved(f"Reject: “{words}”")
        assert desk.record(words)["decisions"][0]["reason"] == reason
    desk.press("r", "ArrowDown", "ArrowDown", "ArrowDown", "Tab")
    desk.page.keyboard.type("she took it back")
    desk.press("Enter")
    desk.saved("Reject: “Nobody will lose a bed”")
    last = desk.record("Nobody will lose a bed")["decisions"][0]
    assert (last["reason"], last["note"]) == ("other", "she took it back")
    # A note decides nothing
    desk.press("w")
    desk.page.keyboard.type("ask him for the letter")
    desk.press("Enter")
    desk.saved("Note: “I was told the opposite”")
    noted = desk.record("I was told the opposite")
    assert (noted["review_status"], noted["decisions"][0]["note"]) == ("unreviewed", "ask him for the letter")
    expect(desk.page.locator("#quote .note")).to_have_text("ask him for the letter")
    desk.press("w", "Enter")
    desk.told("No note was left: nothing was written.")
    desk.press("i", "3")
    desk.saved("Kind transcript: “I was told the opposite”")
    told = desk.record("I was told the opposite")
    assert (told["kind"], told["review_status"]) == ("transcript", "approved")
    assert desk.feed("ivo-tarrant", "I was told the opposite") == "an entry"
    desk.press("z")
    desk.saved("Undo")
    told = desk.record("I was told the opposite")
    assert (told["kind"], told["review_status"]) == ("direct", "unreviewed")
    desk.press(*"aaaaaa")
    expect(desk.page.locator(".left")).to_contain_text("All reviewed")
    expect(desk.page.locator(".is-saving")).to_have_count(0)
    clinic = Quote.objects.filter(source__name="Clinic")
    assert sorted(clinic.values_list("review_status", flat=True)) == ["approved"] * 6 + ["rejected"] * 3


def _split_join_and_give_all(desk: Desk) -> None:
    # In two, where the second sentence begins; together again by undo; in two once more, at another word
    frost, wasps = "The frost took half of the pears.", "The wasps took the rest"
    expect(desk.page.locator("#quote blockquote")).to_contain_text(frost)
    desk.press("c")
    expect(desk.page.locator("#marking blockquote p")).to_have_text([frost, wasps])
    desk.press("Enter")
    desk.saved(f"Split off “{wasps}”")
    assert {desk.feed("hanna-ruse", words) for words in (frost, wasps)} == {"an entry"}
    assert [step["action"] for step in desk.record(wasps)["decisions"]] == ["split"]
    expect(desk.page.locator("#quote h2")).to_have_text("Quote 1 of 10")
    desk.press("z")
    desk.saved("Undo")
    assert desk.record(f"{frost} {wasps}")["review_status"] == "unreviewed"
    assert desk.feed("hanna-ruse", wasps) == "withdrawn"
    desk.press("y")
    desk.saved("Redo")
    # Joined with another of the same speaker
    desk.press("g", "2")
    desk.saved("Join with “We shall plant again”: “The frost")
    joined = f"{frost} We shall plant again"
    assert len(desk.record(joined)["segments"]) == 2
    assert desk.record("We shall plant again")["decisions"][0]["reason"] == "duplicate"
    assert desk.feed("hanna-ruse", joined) == "an entry"
    assert desk.feed("hanna-ruse", "We shall plant again") == "withdrawn"
    # All of a mention in the article; what else the extractor gave to him stays
    theirs = ("I have said so for years", "Nobody listens to me", "a dreamer")
    desk.go_to(5)
    expect(desk.page.locator("#quote blockquote")).to_have_text(theirs[0])
    desk.press("e")
    desk.choose("hanna", "Hanna Ruse")
    desk.saved("Give all to Hanna Ruse")
    assert [desk.record(words)["speaker"]["slug"] for words in theirs] == ["hanna-ruse"] * 3
    assert {desk.feed("owen-pardoe", words) for words in theirs} == {"withdrawn"}
    assert desk.record("Pears are finished here")["speaker"]["slug"] == "owen-pardoe"
    # Taken back for one alone, then for all others
    desk.go_to(5)
    desk.press("z", "1")
    desk.saved("Undo")
    desk.go_to(6)
    assert [desk.record(words)["speaker"]["slug"] for words in theirs[:2]] == ["owen-pardoe", "hanna-ruse"]
    desk.press("z", "2")
    desk.saved("Undo")
    assert {desk.feed("owen-pardoe", words) for words in theirs} == {"an entry"}
    assert {desk.record(words)["review_status"] for words in theirs} == {"unreviewed"}
    # In the list of speakers, too, all may be meant
    desk.go_to(4)
    desk.press("s", "Tab", "ArrowDown", "ArrowDown")
    desk.press("Shift+Tab")
    desk.choose("hanna", "Hanna Ruse")
    desk.saved("Give all to Hanna Ruse")
    assert {desk.record(words)["speaker"]["slug"] for words in theirs} == {"hanna-ruse"}
    desk.press(*"aaa")
    expect(desk.page.locator(".left")).to_contain_text("All reviewed")
    expect(desk.page.locator(".is-saving")).to_have_count(0)
