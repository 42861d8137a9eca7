"""CSV whose cells are what they were, and no formula, whoever opens it."""

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotes.exporting.columns import as_text
from quotes.exporting.csv_text import csv_lines, harmless, unguarded

HOSTILE = (
    '=HYPERLINK("https://evil.example","click")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", "\tx", "\rx",
    "\nx", "＝1+1", "＠x", "'=1", "''+1", "=1\r\n=2", '"=1', "a,b", 'a"b', "a\nb", "'tis", "", " ",
    "“Yes,” she said", "\ufeff=1",
)  # fmt: skip
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")
CELLS = st.text() | st.text("=+-@'\"\t\r\n,; ＝a", max_size=8) | st.sampled_from(HOSTILE)


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=4))
@example(rows=[list(HOSTILE)])
def test_a_reader_gets_every_cell_and_none_is_a_formula(rows: list[list[str]]) -> None:
    rows = [["x", *row] for row in rows]  # a line of nothing is no row to the csv module
    found = read(csv_lines(rows))
    assert [[unguarded(cell) for cell in row] for row in found] == rows
    assert not any(cell.startswith(DANGEROUS) for row in found for cell in row)


@given(one=CELLS, other=CELLS)
def test_no_two_texts_become_one(one: str, other: str) -> None:
    assert (harmless(one) == harmless(other)) == (one == other)


@pytest.mark.parametrize("text", ["“-2 degrees”", "a=b", "'tis a cell", "''quoted''", "1-2", "é=1", "5"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_every_line_ends_as_rfc_4180_says_and_cells_are_quoted_where_they_must_be() -> None:
    written = csv_lines([["a", 'say "no"', "b\nc", "d,e"], [1, -0.5, None, ["x", "y"]]])
    assert written == 'a,"say ""no""","b\nc","d,e"\r\n1,-0.5,,x | y\r\n'


def test_values_are_written_plainly() -> None:
    assert as_text(datetime(2026, 3, 6, 9, 30, tzinfo=UTC)) == "2026-03-06T09:30:00Z"
    assert as_text([[1, 5], [8, 9]]) == "[[1, 5], [8, 9]]"
    assert (as_text([]), as_text(None), as_text(0)) == ("", "", "0")
