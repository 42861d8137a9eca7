"""Keys to match by. What is stored and shown is always the verbatim text; these are only compared."""

import re
import unicodedata

_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "…": "...", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
        "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i",
    }
)  # fmt: skip
_NOT_NAME = re.compile(r"[^\w\s]|_")


def fold(text: str) -> str:
    """`text` without case, accents, typographic marks and runs of white space: the key words are found by."""
    return " ".join(without_accents(text.translate(_PLAIN)).casefold().translate(_PLAIN).split())


def fold_name(name: str) -> str:
    """`fold`, and without punctuation: "Jean-Luc O’Neil Jr." and "jean luc oneil jr" share it."""
    return " ".join(_NOT_NAME.sub(" ", fold(name).replace("'", "").replace(".", "")).split())


def without_accents(text: str) -> str:
    """`text` in plain letters where they are letters with accents; ligatures and the like are taken apart."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


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
