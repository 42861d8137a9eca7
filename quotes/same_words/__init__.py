"""Whether two quotes are one utterance, however outlets cut and spell it: pure, no database.

`words` makes texts comparable, `keys` finds what may be the same, `decide` says whether it is, and `wordings`
how two wordings differ.
"""

from quotes.same_words.decide import Evidence, Outcome, Speakers, compare
from quotes.same_words.keys import Keys, keys_of
from quotes.same_words.wordings import Piece, difference
from quotes.same_words.words import Words, words_of

__all__ = [
    "Evidence",
    "Keys",
    "Outcome",
    "Piece",
    "Speakers",
    "Words",
    "compare",
    "difference",
    "keys_of",
    "words_of",
]
