"""What holds for every text whatever."""

import math
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.extraction import Extraction, extract_quotes

pytestmark = pytest.mark.model

_PIECES = [
    *(
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        "„",
        "(",
        ")",
        ",",
        ".",
        "?",
        "!",
        ":",
        "—",
        "-",
        "\n",
        "\n\n",
    ),
    *(
        " said ",
        " told ",
        "Ann Lee",
        " Mr Tan ",
        " he ",
        " she said",
        " and ",
        " the senator ",
        " a spokesman for ",
    ),
    *(
        "according to ",
        " called ",
        "We sail",
        "12",
        "5'10",
        "’s",
        "é",
        "\u200b",
        "\x00",
        "LEE: ",
        "<b>",
        "The Quay",
        " as ",
    ),
]
_SETTINGS = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
_ARTICLE = (
    "Mary Poole, who chairs the board, called the plan “long overdue” on Monday.\n"
    "“We waited,” she said, “for ten years.”\n\n"
    "'It's a waste,' Tom Field told the dogs' home. According to the report, it \"never worked\".\n"
)


def check(text: str) -> None:
    found = extract_quotes(text)
    assert found == extract_quotes(text)
    _in_order(found)
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
    spans = [span for quote in found.quotes for span in quote.segments]
    assert all(before.end <= after.start for before, after in pairwise(spans))


@_SETTINGS
@given(st.text(max_size=300))
def test_any_unicode_text(text: str) -> None:
    check(text)


@_SETTINGS
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_heap_of_marks_names_and_verbs(text: str) -> None:
    check(text)


@_SETTINGS
@given(st.data())
def test_articles_with_characters_lost_or_swapped(data: st.DataObject) -> None:
    text = _ARTICLE
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        put = data.draw(st.sampled_from(["", *_PIECES]))
        text = text[:at] + put + text[at + data.draw(st.integers(0, 3)) :]
        text = text or "x"
    check(text)
