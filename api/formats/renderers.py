"""The formats, as Django REST Framework chooses among them by suffix, `?format=` and Accept."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

from api.browsing import PageRenderer
from quotes.exporting import Value
from quotes.exporting.csv_text import BYTE_ORDER_MARK, csv_lines


class RowsRenderer(BaseRenderer):
    """A format whose lists are sent whole, row by row."""

    charset = "utf-8"
    # Whether a row is one of a flat table, or the record as JSON has it.
    is_flat: ClassVar[bool]

    def head(self, names: list[str]) -> str:
        """What comes before all rows of a flat table."""
        return ""

    def lines(self, rows: Iterable[Any]) -> str:
        raise NotImplementedError

    def render(
        self, data: Any, accepted_media_type: str | None = None, context: Mapping[str, Any] | None = None
    ) -> bytes:
        return self.lines([data]).encode()


class CsvRenderer(RowsRenderer):
    media_type, format, is_flat = "text/csv", "csv", True

    def head(self, names: list[str]) -> str:
        return BYTE_ORDER_MARK + csv_lines([names])

    def lines(self, rows: Iterable[list[Value]]) -> str:
        return csv_lines(rows)


class JsonLinesRenderer(RowsRenderer):
    media_type, format, is_flat = "application/x-ndjson", "jsonl", False
    # As JSONRenderer has it, which would make an encoder for each row.
    _json = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def lines(self, rows: Iterable[Any]) -> str:
        text = "".join(f"{self._json.encode(row)}\n" for row in rows)
        return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class JsonLdRenderer(JSONRenderer):
    """schema.org."""

    media_type, format = "application/ld+json", "jsonld"


class AnnotationRenderer(JSONRenderer):
    """The W3C's Web Annotation Data Model."""

    media_type, format = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "anno"


# What of an answer can be chosen, and which formats other than JSON have a place for it.
_PLACES: dict[str, tuple[type[BaseRenderer], ...]] = {
    "fields": (CsvRenderer, JsonLinesRenderer),
    "expand": (JsonLinesRenderer,),
    "highlight": (JsonLinesRenderer,),
    "facets": (),
    "facet_size": (),
}


def refuse_what_has_no_place(renderer: BaseRenderer, asked: QueryDict) -> None:
    """Raises ValidationError where `asked` chooses what the format of the answer could not show."""
    if not isinstance(renderer, RowsRenderer | JsonLdRenderer | AnnotationRenderer):
        return
    problems = {
        name: [
            f"It has no place in {renderer.format}: leave it out, or take "
            f"{' or '.join(['json', *(one.format for one in places)])}."
        ]
        for name, places in _PLACES.items()
        if name in asked and not isinstance(renderer, places)
    }
    if problems:
        raise ValidationError(problems)


# The first is for whoever takes anything. The one with a profile comes before the one that any profile fits.
TABULAR = (JSONRenderer, CsvRenderer, JsonLinesRenderer)
EVERYWHERE = (*TABULAR, JsonLdRenderer, PageRenderer)
WITH_ANNOTATIONS = (*TABULAR, AnnotationRenderer, JsonLdRenderer, PageRenderer)
