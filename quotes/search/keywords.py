"""Which words somebody uses more than others do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from quotes.search.analysis import stem, words

_LEAST_QUOTES = 5  # fewer tell nothing
_LEAST_USES = 2  # quotes in which a word has to stand
_SHORTEST = 4  # letters
_SMOOTH = 0.5
# What says how somebody speaks, not of what.
_PLAIN = frozenset(
    words("""
    about above after again against almost along already also although always among another anybody
    anyone anything around because been before began begin behind being believe below best better
    between both bring came can't cannot come comes coming could couldn't days didn't does doesn't
    doing don't done down during each either enough even ever every everybody everyone everything
    far feel felt few find first for found from gave get gets getting give given gives goes going
    gone good great had has have haven't having he's her here here's hers herself him himself his
    how however i'd i'll i'm i've into isn't it's its itself just keep kept kind knew know known
    knows last later least left less let let's like likely little long look looked looking lot made
    make makes making many maybe mean means might mind more most much must myself need needed needs
    never next nobody none nothing now off often once one only onto other others ought our ours
    ourselves out over own part people perhaps point possible put quite rather ready real really
    right said same saw say saying says see seem seems seen several shall she she's should shouldn't
    since some somebody someone something soon still such sure take taken takes taking talk tell
    than thank that that's the their theirs them themselves then there there's these they they're
    they've thing things think this those though thought three through time times today told too
    took toward towards tried try trying turn two under until upon use used very want wanted wants
    was wasn't way ways we'd we'll we're we've well went were weren't what what's whatever when
    where whether which while who whole whose why will with within without won't work would wouldn't
    year years yes yet you you're you've your yours
""")
)


@dataclass(frozen=True, slots=True)
class Usage:
    """In how many of so many texts each word stands, by its stem."""

    texts: int
    words: Counter[str]


def usage_of(texts: Iterable[str]) -> Usage:
    """Counts words that may tell something; a word counts once a text."""
    uses: Counter[str] = Counter()
    count = 0
    for text in texts:
        count += 1
        uses.update({stem(word) for word in _telling(text)})
    return Usage(count, uses)


def keywords(texts: Sequence[str], others: Usage, most: int) -> list[str]:
    """Words that stand in more of `texts` than of what `others` said, the most telling first.

    Forms of one word are counted together, and shown as the most used one. Nothing of too few texts.
    """
    ours = usage_of(texts)
    if ours.texts < _LEAST_QUOTES:
        return []
    scores = {
        word: uses
        * log((uses + _SMOOTH) / (ours.texts + 1) * (others.texts + 1) / (others.words[word] + _SMOOTH))
        for word, uses in ours.words.items()
        if uses >= _LEAST_USES
    }
    best = [word for word in sorted(scores, key=lambda word: (-scores[word], word)) if scores[word] > 0]
    forms: dict[str, Counter[str]] = {word: Counter() for word in best[:most]}
    for text in texts:
        for form in _telling(text):
            if (word := stem(form)) in forms:
                forms[word][form] += 1
    return [count.most_common(1)[0][0] for count in forms.values()]


def _telling(text: str) -> Iterator[str]:
    """Its words that are neither short nor plain, each once, in one order."""
    for word in dict.fromkeys(words(text)):
        if len(word) >= _SHORTEST and word.isalpha() and word not in _PLAIN:
            yield word
