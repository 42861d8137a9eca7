"""URL text fragments: links that open an article at the quoted words.

Syntax: https://wicg.github.io/scroll-to-text-fragment/ (prefix-, start, end, -suffix; percent-encoded).
"""

from collections.abc import Iterable
from urllib.parse import quote as percent_encode

_LONG = 12  # words from which only both ends are named
_EDGE = 5  # words of an end
_CLEAR = 5  # words from which a stretch is taken to be found without its neighbours
_NEIGHBOURS = 3  # words of prefix and suffix


def text_fragment(text: str, segments: Iterable[tuple[int, int]]) -> str:
    """`text=...&text=...`: a directive a segment (half-open offsets into `text`)."""
    return "&".join(f"text={_directive(text, start, end)}" for start, end in segments)


def opened_at(url: str, fragment: str) -> str:
    """The address of an article, opened at the words; "" for one that is not on the web."""
    if not is_on_the_web(url):
        return ""
    if not fragment:
        return url
    return f"{url}{'' if '#' in url else '#'}:~:{fragment}"


def is_on_the_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _directive(text: str, start: int, end: int) -> str:
    words = text[start:end].split()
    if len(words) >= _LONG:
        terms = [" ".join(words[:_EDGE]), " ".join(words[-_EDGE:])]
    elif "\n" in text[start:end] and len(words) > 1:
        # A term must lie in one block of the page; two terms may lie in different ones.
        half = len(words) // 2
        terms = [" ".join(words[:half]), " ".join(words[half:])]
    else:
        terms = [" ".join(words)]
    directive = ",".join(map(_encode, terms))
    if len(words) >= _CLEAR and text.count(text[start:end]) == 1:
        return directive
    if before := _neighbours(text[:start].rpartition("\n")[2].split()[-_NEIGHBOURS:]):
        directive = f"{_encode(before)}-,{directive}"
    if after := _neighbours(text[end : end + 200].partition("\n")[0].split()[:_NEIGHBOURS]):
        directive = f"{directive},-{_encode(after)}"
    return directive


def _neighbours(words: list[str]) -> str:
    """The words as one term; "" when they are marks alone."""
    term = " ".join(words)
    return term if any(c.isalnum() for c in term) else ""


def _encode(term: str) -> str:
    # The dash, the comma and the ampersand are syntax here; quote() leaves the dash alone.
    return percent_encode(term, safe="").replace("-", "%2D")
