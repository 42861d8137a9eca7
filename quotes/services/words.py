"""The index of words kept in step with the quotes: in the transaction that stores them."""

from collections.abc import Iterable, Iterator

from django.db import transaction

from quotes.models import Quote
from quotes.search.index import known_between, remove, write_words

_BATCH = 500
_NO_END = 2**62


def index_quotes(*, quotes: Iterable[Quote]) -> None:
    """Let these be found by their words as they are now. In the transaction that stores them."""
    write_words((quote.pk, quote.text, quote.context) for quote in quotes)


def index_missing(*, anew: bool = False) -> Iterator[int]:
    """Index the quotes that are not, with `anew` all, and drop what is left of quotes that are no more.

    Gives how many it has looked at, batch by batch; each is a transaction. Interrupted, it goes on when it is
    called again.
    """
    last = 0
    while keys := list(
        Quote.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
    ):
        _index_between(last + 1, keys[-1], keys, anew=anew)
        last = keys[-1]
        yield len(keys)
    remove(known_between(last + 1, _NO_END))


@transaction.atomic
def _index_between(first: int, last: int, keys: list[int], *, anew: bool) -> None:
    known = known_between(first, last)
    remove(known.difference(keys))
    missing = keys if anew else [key for key in keys if key not in known]
    # Locked, so that whoever changes one of them does it before this or after it.
    rows = Quote.objects.select_for_update(of=("self",)).filter(pk__in=missing).order_by("pk")
    write_words(rows.values_list("pk", "text", "context"))
