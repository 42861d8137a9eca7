"""How well a quote answers a question: by its own words alone, the same on both engines."""

from quotes.search.analysis import words
from quotes.search.questions import Question, Side, Term

_NEAR, _OFTEN, _INSIDE = 0.5, 0.3, 0.2  # what the parts count
_AROUND = 0.2  # of what nearness counts where none of the words is in the quote itself
_USUAL_LENGTH = 25  # words of a quote
_DIGITS = 6


def relevance(question: Question, text: str, sentence: str | None = None) -> float:
    """From 0 to 1: how near to each other the words stand, how much of the quote they are, and, where the
    `sentence` around is searched, too, how many of them are in the quote itself."""
    inside = words(text)
    around = words(sentence) if sentence is not None else None
    return round(max(_of_side(side, inside, around) for side in question.sides), _DIGITS)


def _of_side(side: Side, inside: list[str], around: list[str] | None) -> float:
    places = [list(term.found_in(inside)) for term in side.wanted]
    share = sum(map(bool, places)) / len(places)
    where = places if around is None or share == 1 else [list(t.found_in(around)) for t in side.wanted]
    often = sum(_often(len(found), len(inside)) for found in places) / len(places)
    near = _nearness(side.wanted, where) * (_AROUND + (1 - _AROUND) * share)
    return _NEAR * near + _OFTEN * often + _INSIDE * share


def _often(hits: int, length: int) -> float:
    """More hits are better, each a little less than the one before; in a long quote they mean less."""
    return hits / (hits + 0.3 + 0.9 * length / _USUAL_LENGTH) if hits else 0.0


def _nearness(terms: tuple[Term, ...], places: list[list[int]]) -> float:
    """The words of the terms over those of the shortest stretch that has all of them; 1 side by side."""
    if not all(places):
        return 0.0
    wanted = sum(len(term.words) for term in terms)
    return min(wanted / _shortest(terms, places), 1.0)


def _shortest(terms: tuple[Term, ...], places: list[list[int]]) -> int:
    """The number of words in the shortest stretch with a place of each term in it."""
    hits = sorted((at, which) for which, found in enumerate(places) for at in found)
    latest: dict[int, int] = {}
    best = hits[-1][0] + len(terms[hits[-1][1]].words)
    for at, which in hits:
        latest[which] = at
        if len(latest) == len(terms):
            end = max(place + len(terms[one].words) for one, place in latest.items())
            best = min(best, end - min(latest.values()))
    return best
