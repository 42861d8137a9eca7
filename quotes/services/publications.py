"""What is public and what no longer is, in the order of its changes, so that copies can be kept in step.

Whoever changes what a public quote shows says so here, in the same transaction; the change has no number
then. Numbers are given afterwards, by one at a time, to what is committed. So a change that commits late gets
a late number, whenever it began, and who has read up to a number has missed nothing below it.
"""

import secrets
from collections.abc import Iterator, Sequence

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from quotes.models import By, ChangeCounter, Publication, Quote
from quotes.selectors import public
from quotes.services.same_words import ask_to_group

_NUMBERED_AT_ONCE, _BATCHES = 1000, 20
_SETTLED_AT_ONCE = 5000
_AT_ONCE = 900  # keys of a query: SQLite took 999 values until 2020


@transaction.atomic(savepoint=False)
def refresh(*, quotes: QuerySet[Quote], by: By, regroup: bool = True) -> None:
    """Keep that what these quotes show changes in this transaction, or that they were withdrawn, and by whom.

    Quotes that never were public, and those that stay withdrawn, are passed over. To be called last: it locks
    rows that everybody locks who changes what is shown, in one order. Without `regroup` nothing changed by
    which the same words are told.
    """
    if connection.vendor == "postgresql":
        # Else it looks at the commit whether speakers are there, and locks them then, after these rows. Who
        # renames one locks it before them: the two would wait for each other.
        connection.check_constraints()
    # First locked, then looked at: so is seen what others committed who had them before.
    theirs = Publication.objects.filter(quote__in=quotes.order_by().values("pk")).order_by("quote_id")
    were_public = dict(theirs.select_for_update(of=("self",)).values_list("quote_id", "is_public"))
    if regroup:
        ask_to_group(quotes=quotes.order_by("pk").values_list("pk", flat=True))
    # By their keys from here on: a table that grows has no statistics yet, and PostgreSQL would go through
    # all of it for each of these.
    shown = list(quotes.filter(public()).order_by("pk").values_list("pk", flat=True))
    now = timezone.now()
    for some in _parts(shown):
        Publication.objects.bulk_create(
            [Publication(quote_id=pk, is_public=True, changed_at=now, first_public_at=now) for pk in some],
            update_conflicts=True,
            unique_fields=["quote"],
            update_fields=["number", "changed_at", "is_public", "withdrawn_at", "withdrawn_by"],
        )
    hidden = {pk for pk, was_public in were_public.items() if was_public}.difference(shown)
    for some in _parts(sorted(hidden)):
        Publication.objects.filter(pk__in=some).update(
            number=None, changed_at=now, is_public=False, withdrawn_at=now, withdrawn_by=by
        )


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """As many as a query takes."""
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def number_changes() -> ChangeCounter:
    """Give numbers to changes that are committed and have none: enough of them for any page of changes.

    Returns the counter. What is being changed again just now gets its number later. To be called in no
    transaction, by who shows changes and not by workers, whose commits may not be on disk yet: a number that
    somebody has seen is never given again.
    """
    waiting = _waiting()
    if not waiting.exists():
        return change_counter()
    with transaction.atomic():
        counter = change_counter(for_update=True)
        free = waiting.select_for_update(skip_locked=True, of=("self",))
        keys = list(free.values_list("pk", flat=True)[:_NUMBERED_AT_ONCE])
        if not keys:
            return counter
        # Each as far from the last number as its key is from the first one's: one statement, no two the same.
        Publication.objects.filter(pk__in=keys).update(number=F("quote_id") + (counter.last + 1 - keys[0]))
        counter.last += keys[-1] - keys[0] + 1
        counter.save(update_fields=["last"])
        return counter


def number_all_changes() -> bool:
    """Give numbers to all changes that are committed; False where that takes more than one should wait for.

    As `number_changes`, over and over: what others are changing again just now is left to them.
    """
    last = None
    for _ in range(_BATCHES):
        counter = number_changes()
        if counter.last == last or not _waiting().exists():
            return True
        last = counter.last
    return False


def _waiting() -> QuerySet[Publication]:
    return Publication.objects.filter(number__isnull=True).order_by("quote_id")


def change_counter(*, for_update: bool = False) -> ChangeCounter:
    """The one row; made at the first question."""
    rows = ChangeCounter.objects.select_for_update() if for_update else ChangeCounter.objects
    return rows.get_or_create(pk=1, defaults={"series": _new_series()})[0]


def begin_anew() -> None:
    """Let nobody go on from a number that was given out so far: all copies have to be made again."""
    with transaction.atomic():
        counter = change_counter(for_update=True)
        counter.series = _new_series()
        counter.save(update_fields=["series"])


def _new_series() -> str:
    return secrets.token_hex(4)


def settle_all() -> Iterator[tuple[int, int, int]]:
    """Bring what is kept here in line with what is public, as after the threshold was changed.

    Yields, after each batch, how many quotes were looked at so far, of how many, and how many of them were
    published or withdrawn. What is right already stays as it is: an interrupted one is simply done again.
    """
    total, done, changed, last = Quote.objects.count(), 0, 0, 0
    while some := list(
        Quote.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_SETTLED_AT_ONCE]
    ):
        changed += _settle(some[0], some[-1])
        done, last = done + len(some), some[-1]
        yield done, max(done, total), changed


def _settle(first: int, last: int) -> int:
    """Of the quotes from one key to another. Returns how many were wrong."""
    shown = Quote.objects.filter(public(), pk__gte=first, pk__lte=last).values_list("pk", flat=True)
    kept = Publication.objects.filter(is_public=True, quote_id__gte=first, quote_id__lte=last)
    wrong = set(shown) ^ set(kept.values_list("pk", flat=True))
    if wrong:
        refresh(quotes=Quote.objects.filter(pk__in=wrong), by=By.EXTRACTOR, regroup=False)
    return len(wrong)
