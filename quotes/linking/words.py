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


def is_one_error_apart(one: str, other: str) -> bool:
    """Whether a letter is missing, too many, another, or two that follow each other are swapped."""
    shorter, longer = sorted((one, other), key=len)
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(longer) - len(shorter) > 1:
        return False
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2] == longer[at : at + 2][::-1] and shorter[at + 2 :] == longer[at + 2 :]
    return shorter[at + 1 :] == longer[at + 1 :] or swapped
