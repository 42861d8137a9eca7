"""Article text as HTML with stretches of it marked."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MEDIA: dict[str, Sequence[str]] = {"all": ("quotes/admin.css",)}

# A stretch to mark: half-open offsets and the CSS class that says what it is.
Mark = tuple[int, int, str]


def marked_text(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> SafeString:
    """`text[start:end]`, escaped, each mark around its words. Of marks that overlap the first one wins."""
    end = len(text) if end is None else end
    pieces: list[tuple[SafeString]] = []
    at = start
    for left, right, css in sorted(marks):
        if left < at or right > end:
            continue
        words = format_html('<mark class="{}">{}</mark>', css, text[left:right])
        pieces += [(format_html("{}", text[at:left]),), (words,)]
        at = right
    pieces.append((format_html("{}", text[at:end]),))
    return format_html_join("", "{}", pieces)


def paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the paragraph or paragraphs that `text[start:end]` stands in."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    return left, len(text) if right < 0 else right
