"""A step with many quotes: taken with each that it can be taken with; the others stay, and it is said why."""

import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.db import transaction

from quotes.models import By, Quote, ReviewDecision, Speaker
from quotes.services import publications
from quotes.services.corrections import reopen_locked
from quotes.services.deadlocks import in_transaction
from quotes.services.review import Guard, ReviewError, give, give_status, no_guard
from quotes.services.undoing import undo
from quotes.services.wording import locked_with_articles

Editor = User | AnonymousUser
# Takes the step with a locked quote, and says whether that changed anything. Raises ReviewError.
_Step = Callable[[Quote], bool]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of each quote, by their keys: `batch` names what was done, so that it can be undone."""

    batch: UUID
    changed: tuple[Quote, ...]
    same: tuple[Quote, ...]  # it is so already
    refused: tuple[tuple[Quote, str], ...]  # with why


def decide_each(
    *,
    quotes: Iterable[Quote],
    status: Quote.Status,
    editor: Editor,
    note: str = "",
    reason: str = "",
    public_note: str = "",
    guard: Guard = no_guard,
    is_trial: bool = False,
) -> Done:
    """Give each quote `status`, as `review.decide`. With `is_trial` nothing is kept of it."""
    batch = uuid.uuid4()
    told = {"note": note, "reason": reason, "public_note": public_note, "batch": batch}
    return _each(
        quotes, batch, lambda one: give_status(one, status, editor, **told), guard, is_trial=is_trial
    )


def attribute_each(
    *,
    quotes: Iterable[Quote],
    speaker: Speaker,
    editor: Editor,
    note: str = "",
    guard: Guard = no_guard,
    is_trial: bool = False,
) -> Done:
    """Let each quote be the speaker's, approved, as `review.attribute`."""
    batch = uuid.uuid4()
    step = partial(give, speaker=speaker, editor=editor, note=note, batch=batch)
    return _each(quotes, batch, step, guard, is_trial=is_trial)


def reopen_each(
    *,
    quotes: Iterable[Quote],
    editor: Editor,
    note: str = "",
    guard: Guard = no_guard,
    is_trial: bool = False,
) -> Done:
    """Take back what editors decided about each quote, as `corrections.reopen`."""
    batch = uuid.uuid4()
    step = partial(reopen_locked, editor=editor, note=note, batch=batch)
    return _each(quotes, batch, step, guard, is_trial=is_trial)


def undo_each(*, batch: UUID, editor: Editor, guard: Guard = no_guard, is_trial: bool = False) -> Done:
    """Take back the steps that were taken as one, each where nothing else was decided since."""
    return in_transaction(partial(_undone, batch, editor, guard, is_trial=is_trial))


def _undone(batch: UUID, editor: Editor, guard: Guard, *, is_trial: bool) -> Done:
    """All at once where that can be, which is much less work, else one by one."""
    steps = {step.quote_id: step for step in steps_of(batch)}
    quotes = locked_with_articles([step.quote for step in steps.values()], no_guard)

    def take_back(quote: Quote, *, whole: bool = False) -> list[Quote]:
        changed = undo(quote=quote, decision=steps[quote.pk].pk, editor=editor, whole=whole)
        for one in changed:
            guard(one)  # what it is by now, too: not everybody may bring a retraction back
        return changed

    changed: list[Quote] = []
    with suppress(ReviewError), transaction.atomic():
        for quote in quotes:
            guard(quote)
        changed = take_back(quotes[0], whole=True)
    if not changed:
        return _taken(quotes, batch, lambda one: bool(take_back(one)), guard, is_trial=is_trial)
    if is_trial:
        transaction.set_rollback(True)
    keys = {quote.pk for quote in changed}
    return Done(batch, tuple(changed), tuple(one for one in quotes if one.pk not in keys), ())


def steps_of(batch: UUID) -> Iterable[ReviewDecision]:
    """The steps with quotes that were taken as one."""
    steps = ReviewDecision.objects.filter(batch=batch, undoes=None, redoes=None).select_related("quote")
    return steps.exclude(action=ReviewDecision.Action.MOVE).order_by("quote")


def _each(quotes: Iterable[Quote], batch: UUID, step: _Step, guard: Guard, *, is_trial: bool) -> Done:
    return in_transaction(partial(_taken, list(quotes), batch, step, guard, is_trial=is_trial))


def _taken(quotes: Iterable[Quote], batch: UUID, step: _Step, guard: Guard, *, is_trial: bool) -> Done:
    changed: list[Quote] = []
    same: list[Quote] = []
    refused: list[tuple[Quote, str]] = []
    for quote in locked_with_articles(quotes, no_guard):
        try:
            with transaction.atomic():
                guard(quote)
                (changed if step(quote) else same).append(quote)
        except ReviewError as error:
            refused.append((quote, str(error)))
    if is_trial:
        transaction.set_rollback(True)
    else:
        publications.refresh(quotes=Quote.objects.filter(pk__in=[one.pk for one in changed]), by=By.EDITOR)
    return Done(batch, tuple(changed), tuple(same), tuple(refused))
