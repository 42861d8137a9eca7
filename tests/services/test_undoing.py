"""Decisions taken back one by one, and taken again."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from quotes.models import By, Quote, ReviewDecision, Speaker, SpeakerChange
from quotes.search import matching, read_question
from quotes.selectors import public_quotes
from quotes.services.corrections import add_note, add_quote, reopen, set_bounds, set_kind
from quotes.services.extract import extract_article
from quotes.services.ingest import store_article
from quotes.services.merging import merge_speakers, move_quotes, undo_change
from quotes.services.review import DecidedSinceError, ReviewError, attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.undoing import redo, standing, undo
from tests.conftest import FERRY, Ingest, ReadAnew, document

pytestmark = pytest.mark.django_db

Step = Callable[[Quote], object]
FACTS = (
    "text", "folded", "segments", "start", "end", "context", "context_start", "fragment", "kind",
    "speaker_id",
    "attributed_by", "confidence", "review_status", "gone_at", "reasons", "rule", "mention_text", "cue_text",
)  # fmt: skip


def facts(quote: Quote) -> dict[str, Any]:
    """All of a quote that a decision may change."""
    now = Quote.objects.get(pk=quote.pk)
    return {name: getattr(now, name) for name in FACTS}


def span(words: str, text: str = FERRY) -> list[tuple[int, int]]:
    start = text.index(words)
    return [(start, start + len(words))]


def last(quote: Quote) -> ReviewDecision:
    return ReviewDecision.objects.filter(quote=quote).latest("pk")


@pytest.fixture
def marta(db: None) -> Speaker:
    return save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))


@pytest.fixture
def steps(editor: User, marta: Speaker) -> dict[str, Step]:
    """One of each kind, as an editor takes it."""

    def decided(status: Quote.Status, **told: Any) -> Step:
        return lambda quote: decide(quotes=[quote], status=status, editor=editor, **told)

    return {
        "approve": decided(Quote.Status.APPROVED),
        "reject": decided(Quote.Status.REJECTED, reason="not-a-quote"),
        "dispute": decided(Quote.Status.DISPUTED, public_note="She denies it."),
        "retract": decided(Quote.Status.RETRACTED, public_note="She did not say so."),
        "attribute": lambda quote: attribute(quote=quote, speaker=marta, editor=editor),
        "bounds": lambda quote: set_bounds(quote=quote, segments=span("kettles"), editor=editor),
        "kind": lambda quote: set_kind(quote=quote, kind="direct", editor=editor),
        "move": lambda quote: move_quotes(quotes=[quote], target=marta, editor=editor),
    }


NAMES = ("approve", "reject", "dispute", "retract", "attribute", "bounds", "kind", "move")


@pytest.mark.parametrize("name", NAMES)
def test_what_was_before_a_decision_is_so_again_and_then_after_it(
    kettles: Quote, editor: User, steps: dict[str, Step], name: str
) -> None:
    before = facts(kettles)
    steps[name](kettles)
    taken, after = last(kettles), facts(kettles)
    assert (taken.action, taken.editor) == (name, editor)
    assert undo(quote=kettles, editor=editor, note="by mistake") == [kettles]
    assert facts(kettles) == before
    back = last(kettles)
    assert (back.action, back.undoes, back.note) == ("undo", taken, "by mistake")
    assert (back.from_status, back.to_status) == (taken.to_status, taken.from_status)
    assert (back.from_speaker, back.to_speaker) == (taken.to_speaker, taken.from_speaker)
    assert (back.from_words, back.to_words) == (taken.to_words, taken.from_words)
    assert (back.from_kind, back.to_kind) == (taken.to_kind, taken.from_kind)
    assert redo(quote=kettles, editor=editor) == [kettles]
    assert facts(kettles) == after
    assert (last(kettles).action, last(kettles).redoes) == ("redo", taken)
    undo(quote=kettles, editor=editor)
    assert facts(kettles) == before


def test_all_decisions_are_taken_back_in_turn_and_taken_again_in_turn(
    kettles: Quote, editor: User, steps: dict[str, Step]
) -> None:
    states = [facts(kettles)]
    for name in ("approve", "bounds", "attribute", "kind", "dispute", "retract", "reject"):
        steps[name](kettles)
        states.append(facts(kettles))
    reopen(quotes=[kettles], editor=editor)
    assert facts(kettles) == states[0]
    undo(quote=kettles, editor=editor)
    for state in reversed(states):
        assert facts(kettles) == state
        if state is not states[0]:
            undo(quote=kettles, editor=editor)
    with pytest.raises(ReviewError, match="nothing to undo"):
        undo(quote=kettles, editor=editor)
    for state in states[1:]:
        redo(quote=kettles, editor=editor)
        assert facts(kettles) == state
    redo(quote=kettles, editor=editor)  # the reopening
    assert facts(kettles) == states[0]
    with pytest.raises(ReviewError, match="nothing to redo"):
        redo(quote=kettles, editor=editor)


def test_after_a_new_decision_nothing_is_left_to_be_taken_again_but_after_a_note(
    kettles: Quote, editor: User, steps: dict[str, Step]
) -> None:
    steps["reject"](kettles)
    undo(quote=kettles, editor=editor)
    assert add_note(quote=kettles, note="ask the desk", editor=editor)
    assert not add_note(quote=kettles, note="ask the desk", editor=editor)
    redo(quote=kettles, editor=editor)
    undo(quote=kettles, editor=editor)
    steps["approve"](kettles)
    with pytest.raises(ReviewError, match="nothing to redo"):
        redo(quote=kettles, editor=editor)
    with pytest.raises(ReviewError, match="is empty"):
        add_note(quote=kettles, note=" ", editor=editor)


def test_twice_the_same_is_once(kettles: Quote, editor: User, steps: dict[str, Step]) -> None:
    steps["approve"](kettles)
    steps["dispute"](kettles)
    key = last(kettles).pk
    for turn in (undo, redo, undo):
        assert turn(quote=kettles, decision=key, editor=editor) == [kettles]
        assert turn(quote=kettles, decision=key, editor=editor) == []
    assert ReviewDecision.objects.count() == 5
    assert facts(kettles)["review_status"] == "approved"


def test_what_was_decided_before_something_else_is_not_taken_back(
    kettles: Quote, editor: User, steps: dict[str, Step]
) -> None:
    steps["attribute"](kettles)
    key = last(kettles).pk
    steps["dispute"](kettles)
    before = facts(kettles)
    with pytest.raises(DecidedSinceError, match="decided since") as refused:
        undo(quote=kettles, decision=key, editor=editor)
    assert refused.value.quote.review_status == "disputed"
    with pytest.raises(DecidedSinceError):
        redo(quote=kettles, decision=key, editor=editor)
    with pytest.raises(ReviewError, match="no decision"):
        undo(quote=kettles, decision=key + 1000, editor=editor)
    assert facts(kettles) == before
    assert ReviewDecision.objects.count() == 2


def test_after_the_extractor_took_something_back_decisions_from_before_stay(
    kettles: Quote, editor: User, read_anew: ReadAnew, steps: dict[str, Step]
) -> None:
    steps["reject"](kettles)
    undo(quote=kettles, editor=editor)
    read_anew(kettles, speaker="Desmond Achterberg", confidence=0.9)
    assert ReviewDecision.objects.filter(editor=None).exists()
    with pytest.raises(ReviewError, match="nothing to redo"):
        redo(quote=kettles, editor=editor)


def test_a_quote_that_the_extractor_gave_to_somebody_else_is_not_approved_again(
    kettles: Quote, editor: User, read_anew: ReadAnew, steps: dict[str, Step]
) -> None:
    Quote.objects.filter(pk=kettles.pk).update(confidence=0.3)  # readers never saw it: no step is kept
    steps["approve"](kettles)
    undo(quote=kettles, editor=editor)
    read_anew(kettles, speaker="Desmond Achterberg", confidence=0.3)
    with pytest.raises(DecidedSinceError, match="not as it was"):
        redo(quote=kettles, editor=editor)


def test_a_merge_since_is_followed_and_a_move_since_is_in_the_way(
    kettles: Quote, editor: User, marta: Speaker, steps: dict[str, Step]
) -> None:
    oona = kettles.speaker
    assert oona
    steps["attribute"](kettles)
    given = last(kettles).pk
    other = save_speaker(speaker=Speaker(name="Oona M. Marlowe", kind="person"))
    merge_speakers(source=oona, target=other, editor=editor)
    change = move_quotes(quotes=[kettles], target="Marta Lind", editor=editor)
    with pytest.raises(DecidedSinceError):
        undo(quote=kettles, decision=given, editor=editor)
    undo_change(change=change, editor=editor)
    assert last(kettles).undoes
    undo(quote=kettles, decision=given, editor=editor)
    kettles.refresh_from_db()
    assert (kettles.speaker, kettles.attributed_by, kettles.review_status) == (
        other, By.EXTRACTOR, "unreviewed",
    )  # fmt: skip
    assert SpeakerChange.objects.count() == 2


def test_a_quote_that_was_added_is_gone_again_and_back_and_may_be_added_anew(
    kettles: Quote, editor: User, marta: Speaker
) -> None:
    article, words = kettles.revision.article, span("two electric ferries")

    def found() -> int:
        return matching(public_quotes(), read_question('"electric ferries"'), "words").count()

    added = add_quote(article=article, segments=words, speaker=marta, editor=editor)
    after = facts(added)
    undo(quote=added, editor=editor)
    now = facts(added)
    assert (now["review_status"], now["speaker_id"], found()) == ("unreviewed", None, 0)
    assert now["gone_at"]
    redo(quote=added, editor=editor)
    assert (facts(added), found()) == (after, 1)
    undo(quote=added, editor=editor)
    oona = kettles.speaker or marta
    anew = add_quote(article=article, segments=words, speaker=oona, editor=editor)
    assert (anew.pk, anew.speaker, found()) == (added.pk, oona, 1)


def test_words_that_are_another_quote_by_now_are_not_given_back(
    kettles: Quote, editor: User, marta: Speaker, steps: dict[str, Step]
) -> None:
    steps["reject"](kettles)
    add_quote(
        article=kettles.revision.article, segments=span("called the old boats “floating"), speaker=marta,
        editor=editor,
    )  # fmt: skip
    with pytest.raises(ReviewError, match="a quote already"):
        undo(quote=kettles, editor=editor)
    assert facts(kettles)["review_status"] == "rejected"


@pytest.mark.parametrize("name", ["bounds", "kind", "attribute", "dispute", "add"])
def test_in_a_text_that_changed_around_it_a_decision_stands_and_is_taken_back(
    kettles: Quote, editor: User, marta: Speaker, steps: dict[str, Step], name: str
) -> None:
    article = kettles.revision.article
    if name == "add":
        words = span("two electric ferries")
        quote = add_quote(article=article, segments=words, speaker=marta, editor=editor)
    else:
        quote = kettles
        steps[name](quote)
    after = facts(quote)
    store_article(document=document(f"Correction: there are three.\n\n{FERRY}"))
    extract_article(article_id=article.pk)
    now = facts(quote)
    same = ("text", "kind", "speaker_id", "review_status", "attributed_by", "confidence", "gone_at")
    assert {key: now[key] for key in same} == {key: after[key] for key in same}
    undo(quote=quote, editor=editor)
    quote.refresh_from_db()
    assert quote.review_status == "unreviewed"
    assert quote.text == quote.revision.text[quote.start : quote.end]
    if name == "bounds":
        assert (quote.text, quote.revision.number) == ("floating kettles", 2)
    redo(quote=quote, editor=editor)
    again = facts(quote)
    assert {key: again[key] for key in same} == {key: now[key] for key in same}


def test_another_note_for_readers_is_a_decision_too(kettles: Quote, editor: User) -> None:
    def retract(told: str) -> int:
        status = Quote.Status.RETRACTED
        return decide(quotes=[kettles], status=status, editor=editor, public_note=told)

    assert [retract(told) for told in ("She did not.", "She did not.", "", "It was her sister.")] == [
        1,
        0,
        0,
        1,
    ]
    undo(quote=kettles, editor=editor)
    assert facts(kettles)["review_status"] == "retracted"
    in_force = standing(kettles.decisions.all()).undoable
    assert in_force
    assert in_force.public_note == "She did not."


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there one waits for the other from the beginning")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_back_at_once_each_takes_back_only_what_was_seen(
    ingest: Ingest, editor: User
) -> None:
    ingest()
    kettles = Quote.objects.get(text="floating kettles")
    for status in (Quote.Status.APPROVED, Quote.Status.DISPUTED):
        decide(quotes=[kettles], status=status, editor=editor)
    key, start, told = last(kettles).pk, Barrier(2), list[int]()

    def take_back() -> None:
        try:
            start.wait(10)
            told.append(len(undo(quote=kettles, decision=key, editor=editor)))
        finally:
            connection.close()

    threads = [Thread(target=take_back) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == [0, 1]
    assert facts(kettles)["review_status"] == "approved"
