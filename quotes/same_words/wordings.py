"""How a wording differs from another, in pieces of its words as they are written."""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from quotes.same_words.words import words_of

Change = Literal["same", "added", "left out"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both wordings, that this one has `added`, or that it has `left out`."""

    change: Change
    text: str


def difference(fullest: str, wording: str) -> list[Piece]:
    """`wording` in pieces beside `fullest`: what is the same is written as in `wording`.

    Words count as the same where only their spelling differs. The pieces that are not left out are the words
    of `wording` again, those that are not added the words of `fullest`, but for how they are spelled.
    """
    before, after = fullest.split(), wording.split()
    places = _aligned(before, after)
    pieces: list[Piece] = []
    added: list[str] = []
    at = 0  # in `before`
    for token, place in zip(after, places, strict=True):
        if place is None:
            added.append(token)
            continue
        first, end = place
        pieces += [Piece("left out", one) for one in before[at:first]]
        pieces += [Piece("added", one) for one in added]
        pieces.append(Piece("same", token))
        added, at = [], max(at, end)
    pieces += [Piece("left out", one) for one in before[at:]]
    pieces += [Piece("added", one) for one in added]
    return _joined(pieces)


def _aligned(before: list[str], after: list[str]) -> list[tuple[int, int] | None]:
    """For each token of `after` which tokens of `before` it is; None where it is in `after` alone."""
    ours, theirs = _words(before), _words(after)
    matcher = SequenceMatcher(None, [word for word, _ in ours], [word for word, _ in theirs], autojunk=False)
    found: list[list[int]] = [[] for _ in after]
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            found[theirs[block.b + step][1]].append(ours[block.a + step][1])
    sizes = Counter(token for _, token in theirs)
    return [
        (some[0], some[-1] + 1) if some and len(some) == sizes[token] else None
        for token, some in enumerate(found)
    ]


def _words(tokens: list[str]) -> list[tuple[str, int]]:
    """The words of tokens, each with the place of its token; one without words, such as a dash, is itself."""
    return [
        (word, at) for at, token in enumerate(tokens) for word in words_of(token).words or (token.casefold(),)
    ]


def _joined(pieces: list[Piece]) -> list[Piece]:
    return [
        Piece(change, " ".join(piece.text for piece in some))
        for change, some in groupby(pieces, key=lambda piece: piece.change)
    ]
