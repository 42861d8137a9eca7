"""The same words across outlets: which quotes wait to be grouped, who does it, what editors say.

What is to be looked at is a row of `QuoteToGroup`, written in the transaction that makes or changes the
quote. One process at a time works through them, in order, by the lock of one row, so of two quotes the later
sees the earlier. Whoever finds the turn taken has nothing to do.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from quotes.models import GroupingTurn, Quote, QuoteToGroup, SameWordsDecision, Wording
from quotes.services.deadlocks import in_transaction, transactional
from quotes.services.grouping import Batch
from quotes.services.words_keys import array

Editor = User | AnonymousUser

_AT_ONCE = 500  # quotes of a transaction
_ROWS_AT_ONCE = 400  # of two values: SQLite took 999 until 2020
_SECONDS = 60.0
_MOST_TOLD_APART = 200  # wordings that a decision is kept for


class SameWordsError(ValueError):
    """What cannot be said of these quotes; says why."""


def ask_to_group(*, quotes: Iterable[int]) -> None:
    """Have the quotes of these keys looked at: they are new, or not as they were. In the same transaction."""
    now, keys = timezone.now(), sorted(quotes)
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        QuoteToGroup.objects.bulk_create(
            [QuoteToGroup(quote_id=pk, asked_at=now) for pk in keys[start : start + _ROWS_AT_ONCE]],
            update_conflicts=True,
            unique_fields=["quote"],
            update_fields=["asked_at"],
        )


def ask_to_group_missing(*, after: int = 0, most: int = 10 * _AT_ONCE) -> tuple[int, int]:
    """Have those of the next quotes looked at that never were. Returns the last key, and how many there are.

    The last key is that of where to go on, 0 at the end. Those that are too short to be found are asked about
    each time, which changes nothing.
    """
    keys = Quote.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:most]
    some = list(keys)
    if not some:
        return 0, 0
    known = Exists(Wording.objects.filter(quote=OuterRef("pk")))
    waits = Exists(QuoteToGroup.objects.filter(quote=OuterRef("pk")))
    missing = Quote.objects.filter(~known, ~waits, pk__gte=some[0], pk__lte=some[-1])
    with transaction.atomic():
        ask_to_group(quotes=missing.values_list("pk", flat=True))
    return some[-1], len(some)


def waiting() -> QuerySet[QuoteToGroup]:
    """What is to be looked at, the quote first that was stored first."""
    return QuoteToGroup.objects.order_by("quote_id")


def group_waiting(*, seconds: float = _SECONDS) -> int:
    """Group the quotes that wait, until none does or so much time has passed. Returns how many.

    None while another process is at it.
    """
    until, done = monotonic() + seconds, 0
    while looked_at := in_transaction(partial(_group_next, _AT_ONCE)):
        done += looked_at
        if monotonic() > until:
            break
    return done


def _group_next(most: int) -> int:
    if not waiting().exists() or not _take_turn(wait=False):
        return 0
    tasks = list(waiting().values_list("quote_id", "asked_at")[:most])
    if tasks:
        _group(pk for pk, _ in tasks)
        _done(tasks)
    return len(tasks)


def _group(keys: Iterable[int]) -> None:
    """With the turn taken."""
    again = Batch(list(keys)).group()
    ask_to_group(quotes=again)


def _take_turn(*, wait: bool) -> bool:
    """Nobody else groups for the rest of the transaction. False where somebody does, without `wait`."""
    turn = GroupingTurn.objects.filter(pk=1)
    if not turn.exists():
        GroupingTurn.objects.bulk_create([GroupingTurn(pk=1)], ignore_conflicts=True)
    if connection.features.has_select_for_update_skip_locked:  # SQLite has one writer anyway
        turn = turn.select_for_update(skip_locked=not wait)
    return turn.first() is not None


def _done(tasks: Sequence[tuple[int, datetime]]) -> None:
    """They were looked at; those that were asked about again meanwhile stay."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM quotes_quotetogroup AS task USING unnest(%s::bigint[], %s::timestamptz[]) "
                "AS done (quote_id, asked_at) "
                "WHERE task.quote_id = done.quote_id AND task.asked_at = done.asked_at",
                [array(pk for pk, _ in tasks), [at for _, at in tasks]],
            )
        return
    by_moment: defaultdict[datetime, list[int]] = defaultdict(list)
    for pk, at in tasks:
        by_moment[at].append(pk)
    for at, keys in by_moment.items():
        QuoteToGroup.objects.filter(quote__in=keys, asked_at=at).delete()


# What editors say


@transactional
def tell_apart(*, quote: Quote, editor: Editor, note: str = "") -> UUID:
    """A quote is not the same words as the others of its group: it leaves them, for good.

    Returns the step, by which it is undone. Raises SameWordsError for a quote that is in no group.
    """
    _take_turn(wait=True)
    wording = Wording.objects.filter(quote=quote).first()
    if wording is None:
        raise SameWordsError("no other quote is taken for the same words")
    others = Wording.objects.filter(same_words=wording.same_words_id).exclude(quote=quote)
    keys = list(others.order_by("quote_id").values_list("quote_id", flat=True)[:_MOST_TOLD_APART])
    return _tell(quote, keys, editor, note, is_same=False)


@transactional
def tell_same(*, quote: Quote, other: Quote, editor: Editor, note: str = "") -> UUID:
    """A quote is the same words as another: it goes into its group, and stays there.

    Returns the step, by which it is undone. Raises SameWordsError for a quote and itself.
    """
    _take_turn(wait=True)
    if quote.pk == other.pk:
        raise SameWordsError("these are one quote: name another one")
    return _tell(quote, [other.pk], editor, note, is_same=True)


@transactional
def undo_told(*, batch: UUID, editor: Editor) -> int:
    """Take back what was said in a step; it stays in the history. Returns of how many quotes that was."""
    _take_turn(wait=True)
    rows = SameWordsDecision.objects.filter(batch=batch, undone_at__isnull=True)
    keys = {key for pair in rows.values_list("quote_id", "other_id") for key in pair}
    undone = rows.update(undone_at=timezone.now(), undone_by_id=editor.pk)
    _group(keys)
    return undone


def _tell(quote: Quote, others: Sequence[int], editor: Editor, note: str, *, is_same: bool) -> UUID:
    batch = uuid4()
    told: dict[str, Any] = {"is_same": is_same, "editor_id": editor.pk, "note": note, "batch": batch}
    SameWordsDecision.objects.bulk_create(
        SameWordsDecision(quote=quote, other_id=other, **told) for other in others
    )
    _group([quote.pk])
    return batch
