"""What waits for an editor's word about a quote: reports of readers, and what a newer extractor proposes.

Any decision answers it; to take that back asks again.
"""

from quotes.models import Quote, ReviewDecision
from quotes.services import proposals, reports


def is_awaited(quote: Quote) -> bool:
    return proposals.is_open(quote) or reports.has_open(quote)


def answer(*, step: ReviewDecision) -> None:
    """An editor decided about the quote, in this transaction: nothing about it waits any more."""
    proposals.answer(step=step)
    reports.close(decision=step)


def take_back(*, step: ReviewDecision) -> None:
    """The decision was taken back, in this transaction: what it answered waits again."""
    proposals.take_back(step=step)
    reports.open_again(decision=step)
