"""Words of names, and which of them a typing error stands for."""

from quotes.folding import fold_name

_LONGEST = 60
_LONG = 4  # letters: a slip in a shorter word makes any word of any other


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, each once, in their order."""
    return tuple(dict.fromkeys(word[:_LONGEST] for word in fold_name(name).split()))


def slips(word: str) -> frozenset[str]:
    """The word, and the word without one of its letters: two words one error apart share such a form."""
    if len(word) < _LONG:
        return frozenset((word,))
    return frozenset((word, *(word[:at] + word[at + 1 :] for at in range(len(word)))))
