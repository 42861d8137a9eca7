"""What the templates of lists need beside Django's own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = Library()


@register.simple_tag
def labelled(cells: Iterable[SafeString], headers: Iterable[Mapping[str, Any]]) -> Iterator[SafeString]:
    """The cells of a row, each told the name of its column: narrow screens have no head to look up at."""
    for cell, header in zip(cells, headers, strict=False):
        if cell.startswith(("<td", "<th")) and "action-checkbox" not in cell[:40]:
            label = format_html(' data-label="{}"', capfirst(header["text"]))
            yield SafeString(cell[:3] + label + cell[3:])
        else:
            yield cell
