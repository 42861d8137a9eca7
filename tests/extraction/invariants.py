"""What the extraction of any text must keep to."""

import math
import re
from itertools import pairwise

from quotes.extraction import Extraction, extract_quotes

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def check(text: str) -> None:
    """Read `text` twice and see that what is found stands where it is said to."""
    found = extract_quotes(text)
    assert found == extract_quotes(text)
    _in_order(found)
    text = _HALF_PAIR.sub("\ufffd", text)
    for quote in found.quotes:
        assert quote.text == " ".join(span.of(text) for span in quote.segments)
        assert all(
            span.end <= len(text) and span.of(text) == span.of(text).strip() for span in quote.segments
        )
        assert math.isfinite(quote.confidence)
        assert 0.0 <= quote.confidence <= 1.0
        assert (quote.speaker is None) == (quote.mention is None)
        assert quote.reasons
        assert quote.context.start <= quote.segments[0].start
        assert quote.segments[-1].end <= quote.context.end <= len(text)
        for part in (quote.mention, quote.cue):
            assert part is None or text[part.start : part.end] == part.text != ""


def _in_order(found: Extraction) -> None:
    """Quotes in the order of their first words; two of them share words only when one is within the other."""
    assert all(a.segments[0].start <= b.segments[0].start for a, b in pairwise(found.quotes))
    assert all(a.end <= b.start for quote in found.quotes for a, b in pairwise(quote.segments))
    spans = sorted((s for quote in found.quotes for s in quote.segments), key=lambda s: (s.start, -s.end))
    around = 0
    for span in spans:
        assert span.start >= around or span.end <= around
        around = max(around, span.end)
