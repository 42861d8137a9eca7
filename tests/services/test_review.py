"""An editor's decisions are kept, all of them."""

import pytest
from django.contrib.auth.models import User

from quotes.models import By, Quote, ReviewDecision, Speaker
from quotes.selectors import public_quotes, withdrawn_quotes
from quotes.services.review import ReviewError, attribute, decide
from quotes.services.speakers import save_speaker


def is_public(quote: Quote) -> bool:
    return public_quotes().filter(pk=quote.pk).exists()


@pytest.mark.parametrize("status", ["rejected", "disputed", "retracted"])
def test_what_an_editor_refuses_is_no_longer_public(kettles: Quote, editor: User, status: str) -> None:
    assert is_public(kettles)
    decide(quotes=[kettles], status=Quote.Status(status), editor=editor)
    assert not is_public(kettles)


def test_an_approved_quote_is_public_whatever_its_confidence(kettles: Quote, editor: User) -> None:
    Quote.objects.filter(pk=kettles.pk).update(confidence=0.1)
    assert not is_public(kettles)
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    assert is_public(kettles)


def test_every_step_is_kept_with_who_took_it_and_why(kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, note="not her words")
    decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor)
    steps = ReviewDecision.objects.order_by("pk").values_list("from_status", "to_status", "editor", "note")
    assert list(steps) == [
        ("unreviewed", "rejected", editor.pk, "not her words"),
        ("rejected", "approved", editor.pk, ""),
    ]


def test_the_same_decision_twice_is_one(kettles: Quote, editor: User) -> None:
    assert decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor) == 1
    assert decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor) == 0
    assert ReviewDecision.objects.count() == 1


def test_words_that_nobody_said_cannot_be_approved_and_nothing_changes(kettles: Quote, editor: User) -> None:
    others = list(Quote.objects.exclude(pk=kettles.pk))
    Quote.objects.filter(pk=kettles.pk).update(speaker=None)
    with pytest.raises(ReviewError, match="no speaker"):
        decide(quotes=[kettles, *others], status=Quote.Status.APPROVED, editor=editor)
    assert not ReviewDecision.objects.exists()
    assert set(Quote.objects.values_list("review_status", flat=True)) == {"unreviewed"}


def test_the_extractors_confidence_does_not_vouch_for_an_editors_speaker(
    kettles: Quote, editor: User
) -> None:
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    attribute(quote=kettles, speaker=other, editor=editor)
    kettles.refresh_from_db()
    assert (kettles.attributed_by, kettles.confidence) == (By.EDITOR, None)
    decide(quotes=[kettles], status=Quote.Status.DISPUTED, editor=editor)
    before, after = ReviewDecision.objects.order_by("pk")
    assert before.from_confidence is not None
    assert after.from_confidence is None


def test_what_was_decided_is_taken_back_by_reopening_alone(kettles: Quote, editor: User) -> None:
    with pytest.raises(ReviewError, match="reopening"):
        decide(quotes=[kettles], status=Quote.Status.UNREVIEWED, editor=editor)


def test_why_it_is_rejected_and_what_readers_are_told_is_kept(kettles: Quote, editor: User) -> None:
    decide(quotes=[kettles], status=Quote.Status.REJECTED, editor=editor, reason="not-a-quote")
    decide(quotes=[kettles], status=Quote.Status.RETRACTED, editor=editor, public_note="She never said so.")
    last, first = ReviewDecision.objects.all()
    assert (first.reason, first.public_note) == ("not-a-quote", "")
    assert (last.reason, last.public_note) == ("", "She never said so.")


def test_a_quote_that_is_not_what_was_looked_at_is_not_touched(kettles: Quote, editor: User) -> None:
    def refuse(quote: Quote) -> None:
        raise LookupError(quote.review_status)

    Quote.objects.update(review_status="disputed")
    with pytest.raises(LookupError, match="disputed"):
        decide(quotes=[kettles], status=Quote.Status.APPROVED, editor=editor, guard=refuse)
    assert not ReviewDecision.objects.exists()


def test_a_quote_given_to_somebody_else_is_approved_and_withdrawn_from_the_first(
    kettles: Quote, editor: User
) -> None:
    oona = Speaker.objects.get(slug="oona-marlowe")
    other = save_speaker(speaker=Speaker(name="Marta Quill", kind="person"))
    assert attribute(quote=kettles, speaker=other, editor=editor)
    assert list(public_quotes().filter(speaker=other)) == [kettles]
    assert list(withdrawn_quotes(oona)) == [kettles]
    assert not withdrawn_quotes(other).exists()
