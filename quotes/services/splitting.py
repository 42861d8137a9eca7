"""One quote made of several, and several of one: one step with all of them, kept and taken back so."""

import uuid
from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser, User

from quotes.models import By, Quote, ReviewDecision
from quotes.services import publications
from quotes.services.deadlocks import transactional
from quotes.services.review import Guard, ReviewError, no_guard
from quotes.services.wording import (
    BY_HAND,
    CLOSED,
    change_words,
    checked,
    given_up,
    joined,
    keep_made,
    keep_step,
    locked_with_articles,
    put,
    refuse_overlap,
    stretches,
)
from quotes.services.words import index_quotes

_Action = ReviewDecision.Action
_DUPLICATE = ReviewDecision.Reason.DUPLICATE
# Which the second part has from the whole: who said it, and why we think so.
_INHERITED = (
    "source_id", "speaker", "kind", "attributed_by", "confidence", "reasons", "rule", "dated_at",
    "mention_text", "mention_start", "mention_end", "cue_text", "cue_start", "cue_end",
)  # fmt: skip


@transactional
def split_quote(
    *,
    quote: Quote,
    at: int,
    editor: User | AnonymousUser,
    note: str = "",
    guard: Guard = no_guard,
) -> list[Quote]:
    """Let the words from `at` on, an offset into its text, be a quote of their own; both are approved.

    Returns both, this one first: it keeps its id and the words before. Raises ReviewError.
    """
    (whole,) = locked_with_articles([quote], guard)
    _refuse_closed(whole)
    before = [[start, min(end, at)] for start, end in whole.segments if start < at]
    after = [[max(start, at), end] for start, end in whole.segments if end > at]
    text = whole.revision.text
    if not joined(text, before).strip() or not joined(text, after).strip():
        raise ReviewError(f"there are no words of it on both sides of {at}: give an offset within it")
    first, second = (_clean(whole, part) for part in (before, after))
    part = given_up(whole.revision, second) or Quote(revision=whole.revision)
    refuse_overlap(whole.revision, second, besides=[whole, part])
    batch = uuid.uuid4()
    told = {"to_status": Quote.Status.APPROVED, "note": note, "batch": batch}
    step = keep_step(whole, editor, action=_Action.SPLIT, **told)
    change_words(whole, step, first)
    whole.review_status = Quote.Status.APPROVED
    whole.save()
    put(part, stretches(whole.revision, second) | {name: getattr(whole, name) for name in _INHERITED})
    part.review_status, part.extractor_version, part.gone_at = Quote.Status.APPROVED, BY_HAND, None
    part.save()
    keep_made(part, editor, action=_Action.SPLIT, note=note, batch=batch)
    _show([whole, part])
    return [whole, part]


@transactional
def join_quotes(
    *,
    quote: Quote,
    others: Iterable[Quote],
    editor: User | AnonymousUser,
    note: str = "",
    guard: Guard = no_guard,
) -> list[Quote]:
    """Let the words of all be this one quote, approved; the others are rejected as duplicates of it.

    Returns all, this one first; none where they are joined already. Raises ReviewError for quotes of several
    speakers or texts, and for none to be joined.
    """
    keys = {other.pk for other in others} - {quote.pk}
    if not keys:
        raise ReviewError("name the quotes to join with it, at least one")
    chosen = [quote, *Quote.objects.filter(pk__in=keys)]
    locked = locked_with_articles(chosen, lambda one: guard(one) if one.pk == quote.pk else None)
    locked.sort(key=lambda one: (one.pk != quote.pk, one.start))
    whole, parts = locked[0], locked[1:]
    if all(_is_within(part, whole) for part in parts):
        return []
    for one in locked:
        _refuse_closed(one)
        if (one.revision_id, one.speaker_id) != (whole.revision_id, whole.speaker_id):
            raise ReviewError(f"“{one}” is of another speaker or text: give them to one speaker first")
    segments = _clean(whole, sorted(segment for one in locked for segment in one.segments))
    refuse_overlap(whole.revision, segments, besides=locked)
    batch = uuid.uuid4()
    told = {"note": note, "batch": batch}
    for part in parts:
        keep_step(
            part, editor, action=_Action.JOIN, to_status=Quote.Status.REJECTED, reason=_DUPLICATE, **told
        )
        part.review_status = Quote.Status.REJECTED
        part.save(update_fields=["review_status", "updated_at"])
    step = keep_step(whole, editor, action=_Action.JOIN, to_status=Quote.Status.APPROVED, **told)
    change_words(whole, step, segments)
    whole.review_status = Quote.Status.APPROVED
    whole.save()
    _show(locked)
    return locked


def _is_within(part: Quote, whole: Quote) -> bool:
    """Whether its words are the whole's already, and it is closed."""
    inside = all(any(a <= c and d <= b for a, b in whole.segments) for c, d in part.segments)
    return part.review_status == Quote.Status.REJECTED and part.revision_id == whole.revision_id and inside


def _refuse_closed(quote: Quote) -> None:
    if quote.review_status in CLOSED:
        raise ReviewError(f"“{quote}” is {quote.review_status}: take that back first")
    if quote.speaker is None:
        raise ReviewError(f"“{quote}” has no speaker: say who said it first")


def _clean(quote: Quote, segments: Sequence[Sequence[int]]) -> list[list[int]]:
    """Without stretches of white space alone, as a cut may leave."""
    text = quote.revision.text
    return checked([(start, end) for start, end in segments if text[start:end].strip()], quote.revision)


def _show(quotes: Sequence[Quote]) -> None:
    index_quotes(quotes=quotes)
    publications.refresh(quotes=Quote.objects.filter(pk__in=[quote.pk for quote in quotes]), by=By.EDITOR)
