"""What is used of snowballstemmer, which brings no types."""

from typing import Any

def stemmer(lang: str) -> Any: ...
