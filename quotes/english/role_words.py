"""The words of a role phrase ("the former mayor of the town"): its head, and what else it says."""

from functools import lru_cache

from quotes.english import lexicon

ENDS = frozenset({",", ".", ";", ":", ")", "—", "–", "--", "!", "?"})
BREAKS = frozenset({"of", "for", "at", "from", "with", "in", "on", "who", "and", "to", "by"})
DULL = (
    lexicon.DETERMINERS | lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | ENDS | {"'s", "who", "is", "was", "'"}
)


@lru_cache(4096)
def role_words(name: str) -> tuple[str, frozenset[str]]:
    """The head noun of a role phrase and its other words, folded."""
    words = [part for word in name.lower().replace("’", "'").split() for part in parts_of_word(word)]
    stop = next((i for i, word in enumerate(words) if word in BREAKS and i), len(words))
    head = words[stop - 1].strip(",") if words else ""
    return head, frozenset(word for word in words if word != head and word not in DULL)


def parts_of_word(word: str) -> tuple[str, ...]:
    """ "52-year-old" tells the age as well."""
    parts = word.split("-", 1)
    return (parts[0], word) if len(parts) > 1 and parts[0].isdigit() else (word,)
