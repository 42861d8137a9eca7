"""What editors made of the extractor's claims."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quotes import judgements as module
from quotes.accuracy import Share
from quotes.judgements import Judgements, Outcome, judgements
from quotes.models import Article, Quote, Speaker
from quotes.services.corrections import add_note, add_quote, reopen, set_bounds
from quotes.services.merging import merge_speakers
from quotes.services.review import attribute, decide
from quotes.services.speakers import save_speaker
from quotes.services.undoing import redo, undo
from tests.conftest import FERRY

Decide = Callable[..., None]


@pytest.fixture
def decided(editor: User) -> Decide:
    def status(quote: Quote, to: Quote.Status, **told: Any) -> None:
        decide(quotes=[quote], status=to, editor=editor, **told)

    return status


@pytest.fixture
def other(db: None) -> Speaker:
    return save_speaker(speaker=Speaker(name="Ruth Pell", kind="person"))


def counted(found: Judgements) -> dict[Outcome, int]:
    return {outcome: count for outcome, count in found.outcomes.items() if count}


@pytest.mark.django_db
def test_nothing_decided_is_nothing_counted() -> None:
    found = judgements()
    assert (found.total, found.weeks, found.sources, counted(found)) == (Share(), {}, {}, {})


@pytest.mark.parametrize(
    ("status", "told", "outcome"),
    [
        ("approved", {}, Outcome.RIGHT),
        ("rejected", {"reason": "not-a-quote"}, Outcome.NO_QUOTE),
        ("rejected", {"reason": "wrong-words"}, Outcome.WORDS),
        ("rejected", {"reason": "duplicate"}, Outcome.DUPLICATE),
        ("rejected", {"reason": "other"}, Outcome.REJECTED),
        ("rejected", {}, Outcome.REJECTED),
        ("disputed", {}, Outcome.DISPUTED),
        ("retracted", {}, Outcome.RETRACTED),
    ],
)
def test_each_decision_is_counted_as_what_it_is(
    kettles: Quote, decided: Decide, status: str, told: dict[str, str], outcome: Outcome
) -> None:
    decided(kettles, Quote.Status(status), **told)
    found = judgements()
    assert counted(found) == {outcome: 1}
    counts = outcome not in {Outcome.DUPLICATE, Outcome.DISPUTED}
    assert found.total == Share(int(outcome is Outcome.RIGHT), int(counts))


def test_it_is_counted_by_week_outlet_kind_and_confidence(kettles: Quote, decided: Decide) -> None:
    confidence = kettles.confidence
    assert confidence is not None
    decided(kettles, Quote.Status.APPROVED)
    found = judgements()
    one = Share(1, 1)
    assert (found.kinds, found.sources) == ({kettles.kind: one}, {kettles.source: one})
    assert found.hundredths == {int(confidence * 100 + 1e-6): one}
    assert list(found.confidences.values()) == [pytest.approx(confidence)]
    ((week, share),) = found.weeks.items()
    assert (week.weekday(), share) == (0, one)


def test_the_first_confidence_counts_where_somebody_else_said_it(
    kettles: Quote, editor: User, other: Speaker
) -> None:
    confidence = kettles.confidence
    assert confidence is not None
    attribute(quote=kettles, speaker=other, editor=editor)
    found = judgements()
    assert counted(found) == {Outcome.SPEAKER: 1}
    assert found.hundredths == {int(confidence * 100 + 1e-6): Share(0, 1)}


def test_the_last_word_counts(kettles: Quote, decided: Decide, editor: User, other: Speaker) -> None:
    decided(kettles, Quote.Status.APPROVED)
    decided(kettles, Quote.Status.REJECTED, reason="duplicate")
    decided(kettles, Quote.Status.REJECTED, reason="not-a-quote")
    assert counted(judgements()) == {Outcome.NO_QUOTE: 1}
    attribute(quote=kettles, speaker=other, editor=editor)
    assert counted(judgements()) == {Outcome.SPEAKER: 1}


def test_what_is_rejected_again_or_noted_is_so_for_the_same_reason(
    kettles: Quote, decided: Decide, editor: User
) -> None:
    decided(kettles, Quote.Status.REJECTED, reason="duplicate")
    undo(quote=kettles, editor=editor)
    assert not judgements().outcomes[Outcome.DUPLICATE]
    redo(quote=kettles, editor=editor)
    assert counted(judgements()) == {Outcome.DUPLICATE: 1}
    add_note(quote=kettles, editor=editor, note="As in the Courier.")
    assert counted(judgements()) == {Outcome.DUPLICATE: 1}
    decided(kettles, Quote.Status.APPROVED)
    undo(quote=kettles, editor=editor)
    assert counted(judgements()) == {Outcome.DUPLICATE: 1}


def test_who_is_given_back_to_the_first_speaker_was_named_rightly(
    kettles: Quote, editor: User, other: Speaker
) -> None:
    first = kettles.speaker
    assert first
    attribute(quote=kettles, speaker=other, editor=editor)
    attribute(quote=kettles, speaker=first, editor=editor)
    assert counted(judgements()) == {Outcome.RIGHT: 1}


def test_what_was_taken_back_counts_as_it_is_decided_again(
    kettles: Quote, decided: Decide, editor: User
) -> None:
    start = FERRY.index("kettles")
    set_bounds(quote=kettles, segments=[(start, start + 7)], editor=editor)
    assert counted(judgements()) == {Outcome.WORDS: 1}
    reopen(quotes=[kettles], editor=editor)
    assert counted(judgements()) == {}
    decided(kettles, Quote.Status.APPROVED)
    assert counted(judgements()) == {Outcome.RIGHT: 1}


def test_a_merge_says_nothing_of_the_quotes(
    kettles: Quote, decided: Decide, editor: User, other: Speaker
) -> None:
    decided(kettles, Quote.Status.APPROVED)
    assert kettles.speaker
    merge_speakers(source=kettles.speaker, target=other, editor=editor)
    assert counted(judgements()) == {Outcome.RIGHT: 1}


def test_what_the_extractor_did_not_claim_is_counted_apart(
    article: Article, kettles: Quote, editor: User
) -> None:
    assert kettles.speaker
    start = FERRY.index("electric")
    add_quote(article=article, segments=[(start, start + 8)], speaker=kettles.speaker, editor=editor)
    found = judgements()
    assert (found.unclaimed, counted(found)) == (1, {})


def test_it_takes_two_queries(article: Article, decided: Decide) -> None:
    for quote in Quote.objects.all():
        decided(quote, Quote.Status.APPROVED)
    with CaptureQueriesContext(connection) as queries:
        assert judgements().total == Share(3, 3)
    assert len(queries) == 2


def test_the_latest_steps_alone_are_looked_at(
    article: Article, decided: Decide, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = Quote.objects.order_by("pk")
    for quote in (first, *others):
        decided(quote, Quote.Status.APPROVED)
    monkeypatch.setattr(module, "MOST", 2)
    assert judgements().total == Share(2, 2)
    decided(first, Quote.Status.DISPUTED)
    assert judgements().total == Share(1, 1)
