"""An archive of made-up news: what is imported to measure how fast that is.

An article has the size of an ordinary one: some 600 words, ten quoted spans, four people, most of whom were
quoted before. No two are alike.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from quotes.english import lexicon

_PEOPLE = 2000
_OUTLETS = 12
_SPEAKERS = 4
_PARAGRAPHS = 14  # of an article, besides those with quotes
_FIRST = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)

_ROLES = ("council leader", "chief engineer", "union organiser", "head teacher", "harbour master", "farmer")
_PLACES = ("Tarn Bay", "Oxmoor", "Hollin Cross", "Vennick", "Saltby", "Marrow Hill", "Eastquay", "Dunmere")
_THINGS = ("sea wall", "tram line", "school kitchen", "water tower", "market hall", "bus depot", "ferry pier")
_SAYINGS = (
    "We have waited {n} years for the {thing}, and we will not wait another",
    "Nobody in {place} believes that the {thing} can be had for that price",
    "If the {thing} closes, {n} families will have to move away",
    "The figures for {place} were wrong from the first page to the last",
    "I walked along the {thing} on Sunday and counted {n} cracks",
    "It is a good day for {place}, and it was a long time coming",
)
_SHORT = ("a costly mistake", "long overdue", "beyond repair", "the last straw", "a small miracle")
_FILLERS = (
    "The {thing} in {place} was built {n} years ago and has been mended so often since that hardly a part of "
    "it is as old as the plate beside its door claims.",
    "A report to the council put the cost at {n} million and named three ways in which it might be met, none "
    "of which found many friends at the meeting on Monday night.",
    "About {n} residents of {place} came to the hall, where the doors had been opened an hour early so that "
    "the maps could be looked at before the debate began.",
    "Work is to begin in the spring and to last {n} months, with the road along the {thing} closed from dusk "
    "to dawn and the buses sent round by {place}.",
    "The firm that drew up the plans has built {n} such works along the coast, the latest of them in "
    "{place}, where the first storm of last winter took away a third of it.",
)


def archive(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """So many articles, as `manage.py import` reads them from lines of JSON."""
    random = _Choice(seed)
    people = _people(random)
    for number in range(count):
        outlet = f"outlet{random.number(0, _OUTLETS)}"
        yield {
            "url": f"https://{outlet}.example/{seed}/{number}",
            "source": outlet.title(),
            "title": f"{random.one_of(_PLACES)} votes on its {random.one_of(_THINGS)} ({number})",
            "published": (_FIRST + timedelta(minutes=7 * number)).isoformat(),
            "language": "en",
            "text": _article(random, people),
        }


class _Choice:
    """The same choices each time for one seed."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def number(self, first: int, end: int) -> int:
        return int(self._random.integers(first, end))

    def one_of(self, values: Sequence[str]) -> str:
        return values[self.number(0, len(values))]

    def two_of(self, values: Sequence[str]) -> tuple[str, str]:
        first = self.number(0, len(values))
        return values[first], values[(first + self.number(1, len(values))) % len(values)]

    def rank(self, count: int) -> int:
        """From 0 below `count`, low ones far more often."""
        return min(int(self._random.pareto(0.6)), count - 1)


def _people(random: "_Choice") -> list[str]:
    first = sorted(name.title() for name in lexicon.FIRST_NAMES if name.isalpha())
    parts = (
        "mar",
        "quil",
        "ach",
        "ter",
        "lind",
        "bel",
        "grave",
        "hol",
        "lins",
        "tar",
        "rant",
        "vosk",
        "whit",
    )
    surnames = [f"{one}{other}".title() for one in parts for other in parts]
    return [f"{random.one_of(first)} {random.one_of(surnames)}" for _ in range(_PEOPLE)]


def _article(random: "_Choice", people: list[str]) -> str:
    # A few are quoted again and again, most now and then.
    speakers = [people[random.rank(_PEOPLE)] for _ in range(_SPEAKERS)]
    paragraphs = [_filled(random, random.one_of(_FILLERS)) for _ in range(_PARAGRAPHS)]
    for name in dict.fromkeys(speakers):
        at = random.number(1, len(paragraphs))
        paragraphs[at:at] = _said(random, name)
    return "\n\n".join(paragraphs)


def _said(random: "_Choice", name: str) -> list[str]:
    one, other = (_filled(random, saying) for saying in random.two_of(_SAYINGS))
    surname = name.split()[-1]
    return [
        f"“{one},” said {name}, the {_role(name)}, who called the vote “{random.one_of(_SHORT)}”.",
        f"“{other},” {surname} added.",
    ]


def _role(name: str) -> str:
    """Of a person, the same each time."""
    return _ROLES[len(name) % len(_ROLES)]


def _filled(random: "_Choice", words: str) -> str:
    return words.format(n=random.number(3, 90), thing=random.one_of(_THINGS), place=random.one_of(_PLACES))
