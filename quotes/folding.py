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
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(bare.casefold().translate(_PLAIN).split())


def fold_name(name: str) -> str:
    """`fold`, and without punctuation: "Jean-Luc O’Neil Jr." and "jean luc oneil jr" share it."""
    return " ".join(_NOT_NAME.sub(" ", fold(name).replace("'", "").replace(".", "")).split())
