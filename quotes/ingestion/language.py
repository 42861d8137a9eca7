"""Which language a text is in, whatever it is declared to be."""

from functools import cache
from typing import Any

_LOOKED_AT = 2000  # characters
_FEWEST_WORDS = 20  # fewer say too little against a declaration
_SURE = 0.9


def language_of(text: str, declared: str = "") -> str:
    """The language of `text` as a tag (BCP 47), "" for one that nobody knows.

    What is declared stands where the text agrees ("en-GB"), is too short, or leaves doubts.
    """
    declared = declared.strip().replace("_", "-")[:35]
    some = text[:_LOOKED_AT]
    if len(some.split()) < _FEWEST_WORDS:
        return declared
    found, probability = _identifier().classify(some)
    if probability < _SURE or declared.lower().partition("-")[0] == found:
        return declared
    return str(found)


@cache
def _identifier() -> Any:
    # Half a second to load: only where a language is asked for.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
