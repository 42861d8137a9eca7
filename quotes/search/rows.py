"""What the index keeps of a quote."""

from collections.abc import Sequence
from dataclasses import dataclass

from quotes.search.analysis import indexed


@dataclass(frozen=True, slots=True)
class Row:
    """The folded words of a quote and of the sentence around; None is a place without one."""

    quote: int
    words: Sequence[str | None]
    sentence: Sequence[str | None]


def row(quote: int, text: str, context: str) -> Row:
    return Row(quote, indexed(text), indexed(context))
