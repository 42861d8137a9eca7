"""What is asked for: words, "phrases", OR, -exclusions and prefix*, read into a small tree.

    ferries                 a word, in any of its forms: finds "ferry", too
    "electric ferries"      just these words in this order, whatever the case and the accents
    ferr*                   words that begin so; the last word of a phrase may be one
    boats harbour           both; a -boats or -"old boats" is a quote that has none of these
    boats harbour OR bridge (boats and harbour) or bridge: OR binds looser than what stands side by side

Each side of an OR needs something that is to be found, so that no question asks for nearly all there is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.search.analysis import stem, words

_LONGEST = 1000  # characters of a question
_MOST_WORDS = 20
_SHORTEST_PREFIX = 2
_MARKS = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_DASHES = "-‐‑–−"
# Whatever stands between marks is one piece, up to a mark that may be missing.
_PIECE = re.compile(rf'(?P<minus>[{_DASHES}]?)"(?P<phrase>[^"]*)(?P<closed>"?)(?P<star>\**)|[^\s"]+')


class QuestionError(ValueError):
    """The question makes no sense; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or several in a row. One that is not `exact` is a single word that stands for all its forms."""

    words: tuple[str, ...]
    exact: bool = False
    is_prefix: bool = False

    def found_in(self, text: Sequence[str]) -> Iterator[int]:
        """The places in a text, given by its folded words, where this begins."""
        if not self.exact:
            first, wanted = self.words[0][0], stem(self.words[0])
            # No stem begins otherwise than its word, and looking for stems takes time.
            yield from (at for at, word in enumerate(text) if word[0] == first and stem(word) == wanted)
            return
        first, length = self.words[0], len(self.words)
        *whole, last = self.words
        for at, word in enumerate(text[: max(len(text) - length + 1, 0)]):
            # Looked at first, as nearly no word is the one.
            if word == first or (length == 1 and self.is_prefix and word.startswith(first)):
                ending = text[at + length - 1]
                ends = ending.startswith(last) if self.is_prefix else ending == last
                if ends and all(text[at + i] == one for i, one in enumerate(whole)):
                    yield at


@dataclass(frozen=True, slots=True)
class Side:
    """All of `wanted` and none of `excluded`."""

    wanted: tuple[Term, ...]
    excluded: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What at least one of the sides holds for."""

    sides: tuple[Side, ...]

    @property
    def wanted(self) -> tuple[Term, ...]:
        """All that may be found, each once."""
        return tuple(dict.fromkeys(term for side in self.sides for term in side.wanted))


def read_question(text: str) -> Question:
    """The question that `text` asks. Raises QuestionError."""
    if len(text) > _LONGEST:
        raise QuestionError(f"it is {len(text):,} characters long: {_LONGEST:,} are the most")
    sides: list[tuple[list[Term], list[Term]]] = [([], [])]
    bare = 0  # where an OR stands, until something to be found stands behind it
    for piece in _PIECE.finditer(text.translate(_MARKS)):
        at = piece.start() + 1
        if piece[0] == "OR":
            if bare or not any(sides[-1]):
                raise QuestionError(_bare_or(at))
            sides.append(([], []))
            bare = at
        elif piece[0] != "AND" and (read := _term(piece, at)):
            term, is_excluded = read
            sides[-1][is_excluded].append(term)
            bare = 0
    if bare:
        raise QuestionError(_bare_or(bare))
    _check(sides, text)
    return Question(tuple(Side(tuple(wanted), tuple(excluded)) for wanted, excluded in sides))


def _term(piece: re.Match[str], at: int) -> tuple[Term, bool] | None:
    """What a piece says, and whether it is excluded; None for one with no letter in it."""
    if piece["phrase"] is None:
        body, excluded = piece[0], piece[0][0] in _DASHES
        starred = body.endswith("*")
    else:
        if not piece["closed"]:
            raise QuestionError(
                f"the quotation mark at character {at} is never closed: close it, or leave it out"
            )
        body, excluded = piece["phrase"], bool(piece["minus"])
        starred = bool(piece["star"]) or body.rstrip().endswith("*")
    found = words(body)
    if "*" in body.rstrip().rstrip("*") or (starred and not found):
        raise QuestionError(f"a star at character {at} does not stand at the end of a word: write ferr*")
    if not found:
        if piece["phrase"] is not None:
            raise QuestionError(f"there is no word between the quotation marks at character {at}")
        return None
    if starred and len(found[-1]) < _SHORTEST_PREFIX:
        raise QuestionError(
            f"{found[-1]}* at character {at} would find too much: give {_SHORTEST_PREFIX} letters or more"
        )
    is_phrase = piece["phrase"] is not None or starred or len(found) > 1
    return Term(tuple(found), exact=is_phrase, is_prefix=starred), excluded


def _check(sides: list[tuple[list[Term], list[Term]]], text: str) -> None:
    count = sum(len(term.words) for side in sides for terms in side for term in terms)
    if not count:
        raise QuestionError("there is no word in it: give one, such as ferries")
    if count > _MOST_WORDS:
        raise QuestionError(f"it has {count} words: {_MOST_WORDS} are the most")
    if not all(wanted for wanted, _ in sides):
        where = "each side of an OR needs" if len(sides) > 1 else "it needs"
        raise QuestionError(f"it only says what is not to be found: {where} a word that is")
    if len(sides) > 1 and re.search(r"(?:^|\s)\(|\)(?:\s|$)", text):
        raise QuestionError("parentheses are not known here: write out what they stand for, a b OR a c")


def _bare_or(at: int) -> str:
    return f"the OR at character {at} needs a word on each side; as a word to be found, write it small: or"
