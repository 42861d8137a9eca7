"""Where a text answers a question."""

from collections.abc import Iterator

from quotes.search.analysis import Token, tokens
from quotes.search.questions import Question


def hits(question: Question, text: str) -> list[tuple[int, int]]:
    """Half-open offsets of what is found, in order, none overlapping another; a phrase is one stretch."""
    found = list(tokens(text))
    words = [token.word for token in found]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(_stretches(question, words, found)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def pieces(question: Question, text: str) -> list[tuple[str, bool]]:
    """`text` cut at its hits: (piece, is it a hit), none empty."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in hits(question, text):
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at:], False))
    return [part for part in parts if part[0]]


def _stretches(question: Question, words: list[str], found: list[Token]) -> Iterator[tuple[int, int]]:
    for term in question.wanted:
        for at in term.found_in(words):
            yield found[at].start, found[at + len(term.words) - 1].end
