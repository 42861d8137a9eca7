"""An editor's decisions about quotes. Each is kept; none is ever overwritten by the extractor.

The extractor's own steps, in the same history, are `services.extract`'s.
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User

from quotes.models import By, Quote, ReviewDecision, Speaker
from quotes.services import awaited, publications
from quotes.services.deadlocks import transactional

# Looks at each quote once it is locked, and raises where the decision was about something else.
Guard = Callable[[Quote], None]

_Action = ReviewDecision.Action
_ACTIONS = {
    Quote.Status.APPROVED: _Action.APPROVE,
    Quote.Status.REJECTED: _Action.REJECT,
    Quote.Status.DISPUTED: _Action.DISPUTE,
    Quote.Status.RETRACTED: _Action.RETRACT,
}


class ReviewError(ValueError):
    """The decision makes no sense as it is; the message says what to do."""


class DecidedSinceError(ReviewError):
    """The decision is about what `quote` is no longer."""

    def __init__(self, message: str, quote: Quote) -> None:
        super().__init__(message)
        self.quote = quote


def no_guard(_quote: Quote) -> None:
    """The decision is about whatever the quote is by now."""


@transactional
def decide(
    *,
    quotes: Iterable[Quote],
    status: Quote.Status,
    editor: User | AnonymousUser,
    note: str = "",
    reason: str = "",
    public_note: str = "",
    guard: Guard = no_guard,
) -> int:
    """Give each quote `status`, and return how many changed.

    `reason` is why it is rejected, `public_note` what readers may be told of a retraction or a dispute:
    another one is a decision, too, when the status is the same. Back to unreviewed lead
    `corrections.reopen` and `undoing.undo`, and nothing else.
    Raises ReviewError, and changes none, when one of them would be approved with no speaker.
    """
    if status == Quote.Status.UNREVIEWED:
        raise ReviewError("what was decided is taken back by reopening the quote")
    told = {"note": note, "reason": reason, "public_note": public_note}
    locked = locked_quotes(quotes, guard)
    changed = [quote.pk for quote in locked if give_status(quote, status, editor, **told)]
    publications.refresh(quotes=Quote.objects.filter(pk__in=changed), by=By.EDITOR)
    return len(changed)


@transactional
def attribute(
    *,
    quote: Quote,
    speaker: Speaker,
    editor: User | AnonymousUser,
    note: str = "",
    guard: Guard = no_guard,
) -> bool:
    """Say who said it: sets the speaker and approves the quote. Returns whether anything changed."""
    (locked,) = locked_quotes([quote], guard)
    is_changed = give(locked, speaker, editor, note=note)
    if is_changed:
        publications.refresh(quotes=Quote.objects.filter(pk=locked.pk), by=By.EDITOR)
    return is_changed


def locked_quotes(quotes: Iterable[Quote], guard: Guard = no_guard) -> list[Quote]:
    """These as they are now, until the end of the transaction."""
    keys = [quote.pk for quote in quotes]
    # In one order for everybody, so that two editors cannot wait for each other. The speakers are looked up
    # afterwards: joined to a row that was waited for, PostgreSQL has none for a speaker that was changed.
    locked = list(
        Quote.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .order_by("pk")
        .prefetch_related("speaker")
    )
    for quote in locked:
        guard(quote)
    return locked


def give_status(quote: Quote, status: Quote.Status, editor: User | AnonymousUser, **told: Any) -> bool:
    """Let a locked quote have this status. Returns whether it changed, or told, anything.

    Raises ReviewError for one without a speaker that would be approved.
    """
    if status == Quote.Status.APPROVED and quote.speaker is None:
        raise ReviewError(f"“{quote}” has no speaker: choose one, then approve it")
    return record(quote, status, quote.speaker, editor, action=_ACTIONS[status], **told)


def give(
    quote: Quote, speaker: Speaker, editor: User | AnonymousUser, *, note: str, batch: UUID | None = None
) -> bool:
    """Let a locked quote be the speaker's, approved. Returns whether anything changed."""
    told = {"note": note, "action": _Action.ATTRIBUTE, "batch": batch}
    return record(quote, Quote.Status.APPROVED, speaker, editor, **told)


def record(
    quote: Quote,
    status: Quote.Status,
    speaker: Speaker | None,
    editor: User | AnonymousUser,
    **told: Any,
) -> bool:
    """Take a step with a locked quote, and keep it. Returns whether it changed, or told, anything.

    To stay with what was decided tells something where readers, or a newer extractor, said something else.
    """
    is_same = quote.review_status == status and quote.speaker == speaker
    if is_same and not _tells_more(quote, told) and not awaited.is_awaited(quote):
        return False
    step = ReviewDecision.objects.create(
        quote=quote,
        editor_id=editor.pk,
        from_status=quote.review_status,
        to_status=status,
        from_speaker=quote.speaker,
        to_speaker=speaker,
        from_confidence=quote.confidence,
        **told,
    )
    awaited.answer(step=step)
    if quote.speaker != speaker:
        quote.attributed_by, quote.confidence = By.EDITOR, None  # the extractor was sure of somebody else
    quote.review_status, quote.speaker = status, speaker
    quote.save(update_fields=["review_status", "speaker", "attributed_by", "confidence", "updated_at"])
    return True


def _tells_more(quote: Quote, told: dict[str, Any]) -> bool:
    """Whether a reason or a note for readers is given that the decision in force does not have."""
    new = {name: told[name] for name in ("reason", "public_note") if told.get(name)}
    last = quote.decisions.filter(to_status=quote.review_status).order_by("-pk").first() if new else None
    return any(getattr(last, name, "") != value for name, value in new.items())
