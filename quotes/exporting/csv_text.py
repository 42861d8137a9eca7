"""CSV that spreadsheet programs open right, and in which nothing is a formula (RFC 4180)."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from quotes.exporting.columns import Value, as_text

# Excel takes UTF-8 for what it is by this mark alone; LibreOffice and pandas read it as well as do without.
BYTE_ORDER_MARK = "\ufeff"

# What spreadsheet programs take for a formula, also in full width, behind any apostrophes: one more
# makes it text, and whoever takes one away from such a cell has what it was.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def csv_lines(rows: Iterable[Sequence[Value]]) -> str:
    """Lines that end in CRLF; cells in quotation marks where they have to be."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return written.getvalue()


def _cell(value: Value) -> str:
    text = as_text(value)
    return text if isinstance(value, int | float) else harmless(text)


def harmless(text: str) -> str:
    """`text` with an apostrophe before it where it would be a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """What a cell was before `harmless`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
