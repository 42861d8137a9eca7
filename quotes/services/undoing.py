"""Decisions taken back one by one, the latest first, and taken again: both are steps of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from quotes.models import By, Quote, ReviewDecision, Speaker
from quotes.selectors import resolve_redirects
from quotes.services import awaited, publications
from quotes.services.deadlocks import transactional
from quotes.services.review import DecidedSinceError, Guard, ReviewError, no_guard
from quotes.services.wording import (
    CLOSED,
    Words,
    joined,
    keep_step,
    locked_with_articles,
    put,
    refuse_overlap,
    stretches,
    words_of,
)
from quotes.services.words import index_quotes

_Action = ReviewDecision.Action
_AS_ONE = frozenset({_Action.SPLIT, _Action.JOIN})  # with several quotes, and never taken back with one alone


@dataclass(frozen=True, slots=True)
class Standing:
    """Of the steps with a quote, the earliest first: decisions in force, and what took some back."""

    done: tuple[ReviewDecision, ...]
    undone: tuple[ReviewDecision, ...]

    @property
    def undoable(self) -> ReviewDecision | None:
        """The decision that would be taken back next."""
        return self.done[-1] if self.done else None

    @property
    def before_last(self) -> ReviewDecision | None:
        """The decision that would be in force then."""
        return self.done[-2] if len(self.done) > 1 else None

    @property
    def redoable(self) -> int | None:
        """The key of the decision that would be taken again next."""
        return self.undone[-1].undoes_id if self.undone else None


@dataclass(frozen=True, slots=True)
class _Turn:
    """A quote, the step before which it was as it is to be, and the decision that is in force then."""

    quote: Quote
    base: ReviewDecision
    stands: ReviewDecision | None


def standing(steps: Iterable[ReviewDecision]) -> Standing:
    """Read it out of all steps with a quote.

    Notes change nothing. After a new decision nothing is left to be taken again, and after a step of the
    extractor's nothing to be taken back, either: it was about another state of things.
    """
    done: list[ReviewDecision] = []
    undone: list[ReviewDecision] = []
    known = {step.pk: step for step in steps}
    for _, step in sorted(known.items()):
        if step.editor_id is None:
            done, undone = [], []
        elif step.undoes_id is not None:
            done = [one for one in done if one.pk != step.undoes_id]
            undone.append(step)
        elif step.redoes_id is not None:
            undone = [one for one in undone if one.undoes_id != step.redoes_id]
            done.append(known[step.redoes_id])
        elif step.action != _Action.NOTE:
            done, undone = [*done, step], []
    return Standing(tuple(done), tuple(undone))


@transactional
def undo(
    *,
    quote: Quote,
    editor: User | AnonymousUser,
    decision: int | None = None,
    whole: bool = False,
    note: str = "",
    guard: Guard = no_guard,
) -> list[Quote]:
    """Take back the last decision about a quote: status, speaker, words and kind are as before it.

    `decision` is the key of the one that is meant. A split and a join are taken back with all their quotes;
    with `whole` so is what was given to somebody at once. A move is taken back for this quote alone: for
    all there is `merging.undo_change`.
    Returns the quotes that changed, this one first; none where it was taken back already.
    Raises DecidedSinceError where it is not the last one, or the quote is not as it had left it, and
    ReviewError where there is nothing to be taken back.
    """
    return _turn(_Action.UNDO, quote, editor, decision, whole=whole, note=note, guard=guard)


@transactional
def redo(
    *,
    quote: Quote,
    editor: User | AnonymousUser,
    decision: int | None = None,
    whole: bool = False,
    note: str = "",
    guard: Guard = no_guard,
) -> list[Quote]:
    """Take again what `undo` took back last. `decision` is the key of the decision itself; as `undo`."""
    return _turn(_Action.REDO, quote, editor, decision, whole=whole, note=note, guard=guard)


def _turn(
    action: ReviewDecision.Action,
    quote: Quote,
    editor: User | AnonymousUser,
    decision: int | None,
    *,
    whole: bool,
    note: str,
    guard: Guard,
) -> list[Quote]:
    meant = _meant(action, quote, decision)
    theirs = _with(meant, quote, whole=whole)
    locked = locked_with_articles([quote, *(step.quote for step in theirs.values())], _for_one(quote, guard))
    locked.sort(key=lambda one: one.pk != quote.pk)
    now = _standing_of(locked[0])
    if decision is not None and _is_turned(action, now, decision):
        return []
    turned: list[_Turn] = []
    for one in locked:
        wanted = theirs[one.pk].pk
        there = _standing_of(one)
        if one.pk != quote.pk and _is_turned(action, there, wanted):
            continue
        base = _back_to(action, one, there, wanted)
        stands = base.undoes if action == _Action.REDO else there.before_last
        turned.append(_Turn(one, base, stands))
    _restore(turned, action, editor, note)
    return [turn.quote for turn in turned]


def _meant(action: ReviewDecision.Action, quote: Quote, decision: int | None) -> ReviewDecision:
    if decision is not None:
        found = quote.decisions.filter(pk=decision, undoes=None, redoes=None).exclude(editor=None).first()
        if found is None or found.action == _Action.NOTE:
            raise ReviewError(f"there is no decision {decision} about this quote")
        return found
    there = _standing_of(quote)
    last = there.undoable
    undoable = last.pk if last else None
    key = there.redoable if action == _Action.REDO else undoable
    if key is None:
        raise ReviewError(f"there is nothing to {action.value}")
    return quote.decisions.get(pk=key)


def _with(step: ReviewDecision, quote: Quote, *, whole: bool) -> dict[int, ReviewDecision]:
    """The decision, and those that were taken with it, by the keys of their quotes."""
    if step.batch is None or step.action == _Action.MOVE or not (whole or step.action in _AS_ONE):
        return {quote.pk: step}
    steps = ReviewDecision.objects.filter(batch=step.batch, undoes=None, redoes=None).select_related("quote")
    return {one.quote_id: one for one in steps}


def _for_one(quote: Quote, guard: Guard) -> Guard:
    """The guard is about what was looked at, and not about the others."""
    return lambda one: guard(one) if one.pk == quote.pk else None


def _standing_of(quote: Quote) -> Standing:
    return standing(quote.decisions.select_related("from_speaker", "to_speaker"))


def _is_turned(action: ReviewDecision.Action, there: Standing, key: int) -> bool:
    """Whether what is asked for was the last thing to happen already."""
    if action == _Action.UNDO:
        return there.redoable == key
    last = there.undoable
    return last is not None and last.pk == key and there.redoable != key


def _back_to(action: ReviewDecision.Action, quote: Quote, there: Standing, key: int) -> ReviewDecision:
    """The step before which the quote was as it is to be."""
    if action == _Action.UNDO:
        base = there.undoable if there.undoable and there.undoable.pk == key else None
    else:
        base = there.undone[-1] if there.redoable == key else None
    if base is None or not _is_after(quote, base):
        raise DecidedSinceError(f"“{quote}” is not as it was then: something else was decided since", quote)
    return base


def _is_after(quote: Quote, step: ReviewDecision) -> bool:
    """Whether the quote is as the step left it."""
    if step.to_words is None and step.from_words is not None:
        is_so = quote.gone_at is not None
    else:
        is_so = step.to_words is None or _shift(quote, step.to_words) is not None
    speaker = _now(step.to_speaker)
    return (
        is_so
        and quote.review_status == step.to_status
        and quote.speaker_id == (speaker.pk if speaker else None)
        and step.to_kind in {"", quote.kind}
    )


def _now(speaker: Speaker | None) -> Speaker | None:
    return speaker and resolve_redirects(speaker)


def _shift(quote: Quote, words: Words) -> int | None:
    """How much further on these words stand now, in a text that changed; None where it has others."""
    shift: int = quote.segments[0][0] - words["segments"][0][0]
    is_same = quote.text == words["text"] and quote.segments == _moved(words, shift)
    return shift if is_same else None


def _moved(words: Words, shift: int) -> list[list[int]]:
    return [[start + shift, end + shift] for start, end in words["segments"]]


def _restore(
    turned: list[_Turn],
    action: ReviewDecision.Action,
    editor: User | AnonymousUser,
    note: str,
) -> None:
    quotes = [turn.quote for turn in turned]
    for turn in turned:
        quote, base = turn.quote, turn.base
        was_open = _is_open(quote)
        fields = _before(quote, base)
        of = {"undoes": base} if action == _Action.UNDO else {"redoes_id": base.undoes_id}
        told: dict[str, Any] = {"to_status": fields["review_status"], "to_speaker": fields["speaker"]}
        if turn.stands is not None:  # it is rejected, or retracted, for the reason from then
            told |= {"reason": turn.stands.reason, "public_note": turn.stands.public_note}
        if base.from_kind:
            told |= {"from_kind": quote.kind, "to_kind": base.from_kind}
        step = keep_step(quote, editor, action=action, note=note, **told, **of)
        if base.undoes is not None:
            awaited.answer(step=base.undoes)
        else:
            awaited.take_back(step=base)
        words = words_of(quote)
        put(quote, fields)
        if base.from_words or base.to_words:
            step.from_words = words if base.to_words else None
            step.to_words = words_of(quote) if base.from_words else None
            step.save(update_fields=["from_words", "to_words"])
        if _is_open(quote) and (not was_open or base.from_words):
            refuse_overlap(quote.revision, quote.segments, besides=quotes)
        quote.save()
    index_quotes(quotes=quotes)
    publications.refresh(quotes=Quote.objects.filter(pk__in=[quote.pk for quote in quotes]), by=By.EDITOR)


def _is_open(quote: Quote) -> bool:
    return quote.gone_at is None and quote.review_status not in CLOSED


def _before(quote: Quote, step: ReviewDecision) -> dict[str, Any]:
    """What the quote was before the step. Raises ReviewError where that cannot be any more."""
    if step.from_words is None and step.to_words is not None:  # it was made by it
        return {
            "review_status": Quote.Status.UNREVIEWED,
            "speaker": None,
            "attributed_by": By.EXTRACTOR,
            "confidence": 0.0,
            "gone_at": timezone.now(),
        }
    speaker = _now(step.from_speaker)
    if speaker is None and step.from_status == Quote.Status.APPROVED:
        raise ReviewError(f"“{quote}” would be approved with no speaker")
    fields: dict[str, Any] = {
        "review_status": step.from_status,
        "speaker": speaker,
        "confidence": step.from_confidence,
        "attributed_by": By.EDITOR if step.from_confidence is None else By.EXTRACTOR,
        "kind": step.from_kind or quote.kind,
    }
    if step.from_words is None:
        return fields
    shift = _shift(quote, step.to_words or step.from_words)
    segments = _moved(step.from_words, shift or 0)
    is_old = step.to_words is None and quote.revision.article.current_revision_id != quote.revision_id
    if shift is None or is_old or joined(quote.revision.text, segments) != step.from_words["text"]:
        raise ReviewError(f"the words from before are not in the text any more: “{step.from_words['text']}”")
    return fields | {"gone_at": None} | stretches(quote.revision, segments)
