"""The same words across outlets: grouped as they come, whatever becomes of the quotes, as editors say."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from quotes import tasks
from quotes.models import Quote, QuoteToGroup, SameWords, SameWordsDecision, Speaker, WordsKey
from quotes.services import same_words
from quotes.services.corrections import set_bounds
from quotes.services.grouping import Batch
from quotes.services.merging import merge_speakers, move_quotes, undo_change
from quotes.services.review import attribute, decide
from quotes.services.same_words import (
    SameWordsError,
    ask_to_group,
    ask_to_group_missing,
    group_waiting,
    tell_apart,
    tell_same,
    undo_told,
    waiting,
)
from tests.conftest import Ingest
from tests.said import groups, said, stored

FULL = "We have waited ten years for this, and we will not wait for the northern pier to fall into the bay."
TRIMMED = "we will not wait for the northern pier to fall"
SPELLED = "We've waited 10 years for this and we won't wait for the Northern pier to fall into the bay"
OTHER = "The books of the library have been wet for long enough, and the slates are paid for."

pytestmark = pytest.mark.django_db


def regroup(*quotes: Quote) -> None:
    ask_to_group(quotes=[quote.pk for quote in quotes])
    group_waiting()


@pytest.mark.parametrize(
    "texts", [(FULL, TRIMMED, SPELLED), (TRIMMED, SPELLED, FULL), (SPELLED, FULL, TRIMMED)]
)
def test_wordings_are_one_group_in_whatever_order_they_come(texts: tuple[str, ...]) -> None:
    said(*texts, OTHER)
    assert groups() == [{FULL, TRIMMED, SPELLED}]
    assert len(SameWords.objects.get().fullest.text) > len(TRIMMED)
    assert not waiting().exists()


def test_two_parts_of_a_long_quote_are_one_group_once_it_comes() -> None:
    first, second = "We have waited ten years for this", "wait for the northern pier to fall into the bay"
    said(first, second)
    assert groups() == []
    said(FULL)
    assert groups() == [{first, second, FULL}]


def test_no_wording_but_the_fullest_leads_to_another() -> None:
    """Else a phrase that many use would chain what they say."""
    said(
        f"{FULL} I am glad of it, and so is everybody on the northern shore.",
        "and so is everybody on the northern shore",
        "The pier is rotten, and so is everybody on the northern shore of that opinion, I can tell you.",
    )
    assert max(len(group) for group in groups()) == 2


def test_people_who_are_named_for_the_same_words_differ_until_they_are_merged(editor: User) -> None:
    one, other = stored(FULL, by="Oona Marlowe"), stored(FULL, by="Desmond Achterberg")
    group_waiting()
    group = SameWords.objects.get()
    assert group.speakers_differ
    assert one.speaker is not None
    assert other.speaker is not None
    change = merge_speakers(source=one.speaker, target=other.speaker, editor=editor)
    group_waiting()
    group.refresh_from_db()
    assert not group.speakers_differ
    undo_change(change=change, editor=editor)
    group_waiting()
    group.refresh_from_db()
    assert group.speakers_differ


def test_one_name_within_another_is_no_disagreement() -> None:
    stored(FULL, by="Oona Marlowe"), stored(FULL, by="Marlowe")
    group_waiting()
    assert not SameWords.objects.get().speakers_differ


def test_a_contrary_wording_is_grouped_and_marked_and_only_with_the_same_speaker() -> None:
    said(FULL, FULL.replace("will not", "will"))
    assert Quote.objects.filter(wording__is_contrary=True).count() == 1
    stored(OTHER, by="Marta Lind"), stored(OTHER.replace("have been", "have not been"), by="Ivo Quill")
    group_waiting()
    assert SameWords.objects.count() == 1


@pytest.mark.parametrize("status", [Quote.Status.REJECTED, Quote.Status.RETRACTED])
def test_what_an_editor_refuses_leaves_and_comes_back(editor: User, status: Quote.Status) -> None:
    first, second, third = said(FULL, TRIMMED, SPELLED)
    for quote in (first, second):
        decide(quotes=[quote], status=Quote.Status.APPROVED, editor=editor)
        decide(quotes=[quote], status=status, editor=editor)
        group_waiting()
        assert quote.text not in set().union(*groups())
        decide(quotes=[quote], status=Quote.Status.APPROVED, editor=editor)
        group_waiting()
        assert groups() == [{FULL, TRIMMED, SPELLED}]
    assert third.text in groups()[0]


def test_a_group_of_one_is_none_and_the_one_is_found_again() -> None:
    first, second = said(FULL, TRIMMED)
    Quote.objects.filter(pk=first.pk).update(review_status=Quote.Status.REJECTED)
    regroup(first)
    assert not SameWords.objects.exists()
    said("Really, we will not wait for the northern pier to fall")
    assert second.text in groups()[0]


def test_other_words_are_another_group(editor: User) -> None:
    _, second, third = said(FULL, FULL, OTHER)
    Quote.objects.filter(pk=second.pk).update(text=OTHER)
    regroup(second)
    assert groups() == [{OTHER}]
    assert set(Quote.objects.filter(wording__isnull=False)) == {second, third}


def test_a_quote_that_is_given_to_somebody_else_is_looked_at_again(editor: User) -> None:
    short = "a small miracle of neglect"
    one, other = said(short, short)
    assert len(groups()) == 1
    quill = Speaker.objects.create(slug="quill", name="Ivo Quill", kind="person")
    change = move_quotes(quotes=[other], target=quill, editor=editor)
    group_waiting()
    assert groups() == []
    undo_change(change=change, editor=editor)
    group_waiting()
    assert len(groups()) == 1
    attribute(quote=one, speaker=quill, editor=editor)
    group_waiting()
    assert groups() == []


def test_quotes_are_grouped_when_they_are_read_and_when_their_words_are_mended(
    ingest: Ingest, editor: User
) -> None:
    text = f"The board met on Friday.\n\n“{FULL}” said Oona Marlowe, the harbour master."
    for outlet in ("one", "two"):
        ingest(text, url=f"https://{outlet}.example/1", source=outlet)
    assert waiting().count() == 2
    group_waiting()
    assert len(groups()) == 1
    quote = Quote.objects.filter(wording__isnull=False).latest("pk")
    set_bounds(quote=quote, segments=[(quote.start, quote.start + 7)], editor=editor)
    group_waiting()
    assert groups() == []


# The queue


def test_what_is_asked_about_again_meanwhile_waits_again(monkeypatch: pytest.MonkeyPatch) -> None:
    quote = stored(FULL)
    group = Batch.group

    def change_meanwhile(batch: Batch) -> set[int]:
        ask_to_group(quotes=[quote.pk])
        return group(batch)

    monkeypatch.setattr(Batch, "group", change_meanwhile)
    assert same_words._group_next(10) == 1
    assert waiting().count() == 1


def test_who_dies_in_the_middle_leaves_all_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    stored(FULL), stored(TRIMMED)

    def die(batch: Batch, rows: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(Batch, "_write_groups", die)
        with pytest.raises(KeyboardInterrupt):
            group_waiting()
    assert (waiting().count(), groups(), WordsKey.objects.count()) == (2, [], 0)
    assert group_waiting() == 2
    assert groups() == [{FULL, TRIMMED}]
    assert group_waiting() == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_group_of_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_words, "_AT_ONCE", 3)
    for number in range(12):
        stored(FULL if number % 2 else SPELLED)

    def work(_: int) -> None:
        try:
            while waiting().exists():
                group_waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert groups() == [{FULL, SPELLED}]
    assert Quote.objects.filter(wording__isnull=False).count() == 12


def test_a_sweep_has_grouped_what_waits(settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    stored(FULL), stored(TRIMMED)
    tasks.sweep()
    assert groups() == [{FULL, TRIMMED}]


def test_quotes_from_before_are_asked_about_once() -> None:
    said(FULL, TRIMMED)
    stored(SPELLED)
    QuoteToGroup.objects.all().delete()
    last, count = ask_to_group_missing()
    assert (count, waiting().count()) == (3, 1)
    assert ask_to_group_missing(after=last) == (0, 0)
    group_waiting()
    assert groups() == [{FULL, TRIMMED, SPELLED}]


def test_a_phrase_that_everybody_uses_is_found_by_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.services.grouping._COMMON", 5)
    for number in range(20):
        stored(f"It is a great honour to be here among word{number} friends{number}", by=f"Speaker X{number}")
    group_waiting()
    counts: dict[int, int] = {}
    for key in WordsKey.objects.values_list("key", flat=True):
        counts[key] = counts.get(key, 0) + 1
    assert max(counts.values()) == 6  # so it is known to be one


# What editors say


def test_what_an_editor_tells_apart_stays_apart_until_that_is_undone(editor: User) -> None:
    first, second, third = said(FULL, TRIMMED, SPELLED)
    for quote in (second, first):  # the fullest, too
        batch = tell_apart(quote=quote, editor=editor, note="of another pier")
        kept = {FULL, TRIMMED, SPELLED} - {quote.text}
        assert groups() == [kept]
        regroup(first, second, third)
        assert groups() == [kept]
        undo_told(batch=batch, editor=editor)
        assert groups() == [{FULL, TRIMMED, SPELLED}]
    assert SameWordsDecision.objects.filter(undone_by=editor, note="of another pier").count() == 4


def test_what_came_later_does_not_bring_together_what_was_told_apart(editor: User) -> None:
    _, second = said(TRIMMED, f"Well, {TRIMMED}")
    tell_apart(quote=second, editor=editor)
    said(FULL)
    assert sum(second.text in group for group in groups()) + sum(TRIMMED in group for group in groups()) == 1


def test_what_an_editor_says_is_the_same_is_and_stays_it(editor: User) -> None:
    first, second, other = said(FULL, TRIMMED, OTHER)
    batch = tell_same(quote=other, other=second, editor=editor)
    assert groups() == [{FULL, TRIMMED, OTHER}]
    regroup(other, first, second)
    assert groups() == [{FULL, TRIMMED, OTHER}]
    undo_told(batch=batch, editor=editor)
    assert groups() == [{FULL, TRIMMED}]


def test_the_latest_word_of_an_editor_binds(editor: User) -> None:
    first, second = said(FULL, TRIMMED)
    tell_apart(quote=second, editor=editor)
    tell_same(quote=second, other=first, editor=editor)
    assert groups() == [{FULL, TRIMMED}]
    tell_apart(quote=second, editor=editor)
    assert groups() == []


def test_what_cannot_be_said_is_refused(editor: User) -> None:
    first, _ = said(FULL, OTHER)
    with pytest.raises(SameWordsError, match="no other quote"):
        tell_apart(quote=first, editor=editor)
    with pytest.raises(SameWordsError, match="one quote"):
        tell_same(quote=first, other=first, editor=editor)
