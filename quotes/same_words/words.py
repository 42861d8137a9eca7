"""The words of a quote as they are compared: without what outlets write in ways of their own.

Case, marks and accents go; British and American spellings become one, so do contractions and their long forms
and numbers in words and in digits. What an outlet put in brackets is not the speaker's: it leaves a gap, as
an ellipsis does.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quotes.folding import fold

_BRACKETS = re.compile(r"(\w?)\[([^\[\]]{0,200})\](\w?)")
_TOKEN = re.compile(
    r"(?P<gap>\.(?: ?\.){2,})"
    r"|(?P<initials>(?:\b[a-z]\.){2,}(?:[a-z]\b)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*)(?P<unit>(?:bn|tn|m|k|st|nd|rd|th)\b)?"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|[%&]"
)
# Most quotes have none of what takes longer.
_NOT_PLAIN = re.compile(r"[^a-z ,.'\"?!;:]|\.\.|\. \.|\b[a-z]\.[a-z]")
_PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)*")
_PREFIX = re.compile(r"\b(co|re|pre|non|e)-(?=[a-z])")
_GAP: Final = "..."

_UNITS = {"bn": "billion", "tn": "trillion", "m": "million", "k": "thousand"}
_NUMBERS = {
    "1": "one", "zero": "0", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13",
    "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
    "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60",
    "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
_TENS = {str(ten) for ten in range(20, 100, 10)}
_SHORT = {
    "can't": ("can", "not"), "cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"), "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("got", "to"),
    "'em": ("them",), "okay": ("ok",), "let's": ("let", "us"), "%": ("percent",), "&": ("and",),
    "i'm": ("i", "am"), "till": ("until",), "til": ("until",), "yeah": ("yes",), "towards": ("toward",),
    "adviser": ("advisor",), "advisers": ("advisors",), "mum": ("mom",), "tyres": ("tires",),
}  # fmt: skip
_ENDS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS = {"it", "he", "she", "that", "there", "what", "who", "where", "here", "how", "this"}
_SOUNDS = {"uh", "um", "er", "erm", "eh", "hmm"}
# As in quotes.ingestion.dedupe: that some other words become one, too, does no harm among several.
_ONE_LETTER = str.maketrans("zc", "ss")
_SPELLINGS = (("ll", "l"), ("tre", "ter"), ("ae", "e"), ("oe", "e"))
_FEWEST_LETTERS = 5  # of a word that ends in -our: not "four" and "your"


@dataclass(frozen=True, slots=True)
class Words:
    """The words in order; `gaps` are the places before which an outlet says that it left something out."""

    words: tuple[str, ...]
    gaps: frozenset[int]


def words_of(text: str) -> Words:
    """`text`, a quote's words joined by spaces, as it is compared."""
    folded = fold(text)
    if _NOT_PLAIN.search(folded) is None:
        plain = [word for token in _PLAIN.findall(folded) for word in _forms(token)]
        if "per" not in plain and _TENS.isdisjoint(plain):
            return Words(tuple(plain), frozenset())
    words: list[str] = []
    gaps: set[int] = set()
    for word in _plain_words(folded):
        if word == _GAP:
            gaps.add(len(words))
        elif words and words[-1] in _TENS and len(word) == 1 and word.isdigit():
            words[-1] = words[-1][0] + word  # twenty-five
        else:
            words.append(word)
    return Words(tuple(words), frozenset(gap for gap in gaps if 0 < gap < len(words)))


def is_number(word: str) -> bool:
    return word[0].isdigit()


def _plain_words(folded: str) -> Iterator[str]:
    if "[" in folded:
        folded = _BRACKETS.sub(_without_brackets, folded)
    if "-" in folded:
        folded = _PREFIX.sub(r"\1", folded).replace("per-cent", "percent")
    before = ""
    for token in _TOKEN.finditer(folded):
        for word in _forms(token[0]) if token.lastgroup is None else _special(token):
            if before == "per" and word == "sent":
                word = "persent"  # as it is spelled here
            elif before == "per":
                yield before
            before = word
            if word != "per":
                yield word
    if before == "per":
        yield before


def _without_brackets(found: re.Match[str]) -> str:
    """`[t]hey` is a word; what stands by itself in brackets is the outlet's."""
    before, within, after = found.groups()
    if (before or after) and within.isalpha():
        return f"{before}{within}{after}"
    return f"{before} {_GAP} {after}"


def _special(token: re.Match[str]) -> tuple[str, ...]:
    if token["gap"]:
        return (_GAP,)
    if token["initials"]:
        return (token[0].replace(".", ""),)
    number = token["number"].replace(",", "")
    number = _NUMBERS.get(number, number)
    return (number, spelled(_UNITS[token["unit"]])) if token["unit"] in _UNITS else (number,)


@lru_cache(1 << 15)
def _forms(token: str) -> tuple[str, ...]:
    """The words that a token stands for, in one spelling."""
    if token in _SHORT:
        return tuple(map(spelled, _SHORT[token]))
    if token in _SOUNDS:
        return ()
    if "'" in token:
        for end, word in _ENDS.items():
            if token.endswith(end):
                return *_forms(token.removesuffix(end)), spelled(word)
        stem = token.removesuffix("'s")
        return (*_forms(stem), "is") if stem in _IS else (spelled(stem.replace("'", "")),)
    return (_NUMBERS.get(token) or spelled(token),)


def spelled(word: str) -> str:
    """A word in small letters in the one spelling that it is compared in."""
    word = word.translate(_ONE_LETTER)
    if len(word) >= _FEWEST_LETTERS:
        word = word.replace("our", "or")
    for one, other in _SPELLINGS:
        word = word.replace(one, other)
    return word
