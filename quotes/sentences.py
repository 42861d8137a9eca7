"""The sentence around a stretch of a text, where no extractor tells it."""

import re

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“‘\"'])(?:[A-Z]|[A-Z]\.[A-Z]|Capt|Col|Dr|Gen|Gov|Hon|Inc|Jr|Lt|Maj|Mr|Mrs|Ms|No|Prof|Rep|Rev|Sen|Sgt|Sr|St)\.$"
)
_BEFORE = 12  # characters that tell an abbreviation


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around `text[start:end]` begins and ends, within its paragraph.

    Half open, in code points, and never less than the stretch itself.
    """
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    ends = [match.end() for match in _END.finditer(text, first, last) if not _is_abbreviation(text, match)]
    left = max((place for place in ends if place <= start), default=first)
    # The stop may be the last of the words themselves, with marks behind it.
    right = min((place for place in ends if place >= end), default=last)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _is_abbreviation(text: str, stop: re.Match[str]) -> bool:
    place = stop.start() + 1
    return bool(_ABBREVIATION.search(text[max(0, place - _BEFORE) : place]))
