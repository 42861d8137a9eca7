"""Single quotation marks as top-level quotes ('British style'), told apart from apostrophes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotes.extraction.types import Span

_OPENING = re.compile(r"(?<![^\s(\[{—–―:/-])(?:‘|‚|'|’(?=[A-Z]))(?=[^\s'’‘)\]}.,;!?])")
_CLOSING = re.compile(r"(?<=\S)['’‘](?![\w'’])")
# Words that begin with an apostrophe.
_ELISION = re.compile(
    r"['’‘](?:\d0s|\d{2}(?!\d)|tis|twas|twere|twill|em|til|till|cause|cos|coz|round|bout|n|neath|gainst|ere|em|kay|hood)(?![\w])",
    re.IGNORECASE,
)
# Bodies whose names end in an abbreviation.
_OWNER = re.compile(r"(?<!\w)(?:Bros|Cos|Co|Inc|Corp|Ltd|Assn|Dept|Jr|Sr|Esq|[A-Z])\.$")
_LONGEST = 2000  # characters of one single-quoted span


def single_spans(text: str, part: Span, doubles: Sequence[Span]) -> list[Span]:
    """Outer spans of single-quoted words in the paragraph `part`, in order.

    `doubles` are the double-quoted spans of the paragraph: single marks inside one are nested and ignored.
    """
    openings = [
        m.start()
        for m in _OPENING.finditer(text, part.start, part.end)
        if not _ELISION.match(text, m.start())
    ]
    if not openings:
        return []
    closings = [m.start() for m in _CLOSING.finditer(text, part.start, part.end)]
    # A span is never closed by a mark inside double ones.
    outside = [at for at in closings if not _inside(at, doubles)]
    found: list[Span] = []
    free_from = part.start
    next_closing = 0
    for number, opening in enumerate(openings):
        if opening < free_from or _inside(opening, doubles):
            continue
        while next_closing < len(closings) and closings[next_closing] <= opening + 1:
            next_closing += 1
        limit = min(_limit(openings, number, part, closings, next_closing), opening + _LONGEST)
        closing = _closing(text, outside, opening, limit)
        if closing is not None and any(char.isalnum() for char in text[opening + 1 : closing]):
            found.append(Span(opening, closing + 1))
            free_from = closing + 1
    return found


def _limit(openings: list[int], number: int, part: Span, closings: list[int], first: int) -> int:
    """A span ends before the next opening mark, if there is a closing mark between the two."""
    if number + 1 < len(openings) and first < len(closings) and closings[first] < openings[number + 1]:
        return openings[number + 1]
    return part.end


def _inside(at: int, doubles: Sequence[Span]) -> bool:
    return _around(at, doubles) is not None


def _around(at: int, doubles: Sequence[Span]) -> Span | None:
    """The double-quoted span that holds the character `at`, found by bisection."""
    position = bisect_left(doubles, at, key=lambda span: span.start) - 1
    return doubles[position] if position >= 0 and at < doubles[position].end else None


def _closing(text: str, closings: list[int], opening: int, limit: int) -> int | None:
    """The mark that closes the span: the first after punctuation, else the first that is no possessive."""
    fallback: int | None = None
    for position in range(bisect_right(closings, opening + 1), len(closings)):
        at = closings[position]
        if at >= limit:
            break
        if not _may_be_possessive(text, at):
            return at
        if fallback is None:
            fallback = at
    return fallback


def _may_be_possessive(text: str, at: int) -> bool:
    """dogs' tails, talkin' about, Lee Bros.' boats: a letter or abbreviation before, a word after."""
    if not re.match(r"\s[a-z]", text[at + 1 : at + 3]):
        return False
    return (text[at - 1] in "sSnNzx" and text[at - 2 : at] != "ss") or bool(
        _OWNER.search(text, max(at - 6, 0), at)
    )
