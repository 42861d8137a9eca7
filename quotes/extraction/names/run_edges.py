"""What belongs to a run of capitalised words at its ends, and what has its capital for another reason."""

from collections import Counter
from collections.abc import Iterator

from quotes.english import lexicon
from quotes.extraction.text.stream import Sentence, Stream

KNOWN_PLACES = lexicon.PLACES | lexicon.PLACE_GOVERNMENTS
_ADJECTIVES = lexicon.words("new great good first second big old high early people")
_SMALL = lexicon.PREPOSITIONS | lexicon.DETERMINERS | lexicon.CONJUNCTIONS


def trim_run(
    stream: Stream,
    sentence: Sentence,
    first: int,
    last: int,
    inner: Counter[str],
    lowers: Counter[str],
    known: Counter[str] | None,
) -> Iterator[tuple[int, int]]:
    """The run first..last (half open) without what is no name.

    inner, lowers   how often words have a capital within sentences, and how often none
    known           in a headline, the words that are names in the body
    """
    if known is not None:
        yield from _known_parts(stream, first, last, known, lowers)
        return
    before = stream.tokens[first - 1] if first > sentence.first else None
    if before is None or (not before.is_word and before.text not in ",(&"):
        first = _without_opener(stream, first, last, inner, lowers)
    while first < last and stream.lower(first) in _BEFORE_NAMES:
        first += 1
    while last > first + 2 and stream.tokens[last - 1].text in lexicon.POSTNOMINALS:
        last -= 1
    if first < last and not (last == first + 1 and stream.lower(first) in _NEVER_ALONE):
        yield first, last


_BEFORE_NAMES = frozenset({"the", "a", "an", "i"})
_NEVER_ALONE = frozenset({"she", "it", "they", "we", "you", "her", "him", "his", "their", "them"})


def _known_parts(
    stream: Stream, first: int, last: int, known: Counter[str], lowers: Counter[str]
) -> Iterator[tuple[int, int]]:
    """Stretches of a headline whose words are names in the body."""
    start = None
    for index in range(first, last + 1):
        good = index < last and _is_known(stream, index, last, known, lowers)
        if good and start is None:
            start = index
        elif not good and start is not None:
            yield start, index
            start = None


def _is_known(stream: Stream, index: int, last: int, known: Counter[str], lowers: Counter[str]) -> bool:
    """A name of the body, or the first name right before one."""
    word, following = stream.lower(index), stream.lower(index + 1)
    if word in lexicon.COMMON_OPENERS:
        return False
    if known[word] > lowers[word]:
        return True
    return word in lexicon.FIRST_NAMES and index + 1 < last and known[following] > lowers[following]


def _without_opener(stream: Stream, first: int, last: int, inner: Counter[str], lowers: Counter[str]) -> int:
    """Skip a word that has its capital only because the sentence starts with it."""
    word = stream.lower(first)
    if last > first + 1 and opens_name(word, stream.lower(first + 1)):
        return first
    if word in lexicon.COMMON_OPENERS:
        return first if _is_surname(stream, first, last, inner) else first + 1
    if word in _NEVER_NAMES or (word in _BEFORE_PEOPLE and stream.lower(first + 1) in lexicon.FIRST_NAMES):
        return first + 1
    if word in lexicon.TITLES or word in lexicon.FIRST_NAMES:
        return first
    single = last == first + 1
    if word in lexicon.PLACES or word in lexicon.PLACE_GOVERNMENTS:
        return first
    if inner[word] >= max(1, lowers[word]):
        return first
    if single and word in lexicon.BARE_GROUPS:
        return first + 1
    if lowers[word] or (single and word.endswith(("ing", "ly", "ed"))):
        return first + 1
    if single and word in _SMALL:
        return first + 1
    return first if not single or acts(stream, last) or not word.islower() else first + 1


def opens_name(word: str, following: str) -> bool:
    """New Haven, Los Angeles, Van den Berg."""
    particles = word in lexicon.PARTICLES and following in lexicon.PARTICLES
    return particles or word in _ADJECTIVES or f"{word} {following}" in KNOWN_PLACES


_BEFORE_PEOPLE = lexicon.words(
    "ask meet see tell call watch give take enter center centre forward guard tackle back winger striker"
)
_NEVER_NAMES = lexicon.words("following retired amid despite including regarding")


def _is_surname(stream: Stream, first: int, last: int, inner: Counter[str]) -> bool:
    """The From of "From said", where the article has a capital From inside its sentences too."""
    word = stream.lower(first)
    if last > first + 1:  # Will Dunham
        return word in lexicon.FIRST_NAMES and stream.lower(first + 1) != "day"
    return inner[word] > 0 and stream.lower(last) in lexicon.SAY_VERBS


def acts(stream: Stream, index: int) -> bool:
    """Whether a verb, a possessive or an aside follows a name that ends before `index`."""
    word = stream.lower(index)
    return (
        word in lexicon.CUE_VERBS
        or word in lexicon.AUXILIARIES
        or word in lexicon.COMMON_VERBS
        or word in ("'s", ",", "(")
        or (word == ":" and index + 1 < len(stream.tokens) and stream.tokens[index + 1].is_quote)
    )
