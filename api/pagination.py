"""Cursor pagination: a page stays where it is while new quotes come in."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from api.links import with_neighbours
from api.negotiation import PARAMETER as FORMAT
from api.parsing import whole_number
from quotes.facets import Bucket, Counts
from quotes.paging import beyond


def _fraction(value: Any) -> float:
    number = float(value)
    if not 0 <= number <= 1:
        raise ValueError("no number from 0 to 1")
    return number


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value < _END:
        raise ValueError("no number of a change")
    return value


_END = 2**63  # of what the database takes for a number
# What rows are in order of that is no field of theirs.
_COMPUTED: dict[str, Callable[[Any], Any]] = {
    "certainty": _fraction,
    "change": _number,
    "relevance": _fraction,
}
_NOT_OURS = "The cursor is not one of ours: follow `next` and `previous` as they are given."


class Pages(CursorPagination):
    """Pages of `page_size` rows in the view's `ordering`: one direction, the last field unique.

    DRF's own cursor counts rows within a tie, and the quotes of an article are one: they share its date. This
    one names the last row's values of all fields, so that a row that comes in or leaves shifts nothing.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get(self.page_size_query_param)
        if given is None:
            return self.page_size
        size = whole_number(given, self.max_page_size)
        if size is None:
            raise ValidationError({"page_size": [f"Give a whole number from 1 to {self.max_page_size}."]})
        return size

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        if not isinstance(queryset, QuerySet):
            raise TypeError("pages are made of a query set, which can be asked for the rows after one")
        ordering: tuple[str, ...] = getattr(view, "ordering", ())
        self._names = [field.lstrip("-") for field in ordering]
        # A cursor says which order it is of, where there are several: it means nothing in another one.
        usual = getattr(type(view), "ordering", ordering)
        self._mark = [ordering[0]] if ordering != usual else []
        self._url = remove_query_param(request.build_absolute_uri(), FORMAT)
        self.request, size = request, self.get_page_size(request)
        cursor = request.query_params.get(self.cursor_query_param)
        try:
            backwards, values = self._decode(cursor, queryset.model) if cursor else (False, [])
            descending = ordering[0].startswith("-") != backwards
            found = self._rows(queryset, values, size + 1, descending=descending)
        except (DjangoValidationError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise NotFound(_NOT_OURS) from error
        more, page = len(found) > size, found[:size]
        if backwards:
            page.reverse()
        self._next = page[-1] if page and (more or backwards) else None
        self._previous = page[0] if page and (more if backwards else bool(values)) else None
        self.display_page_controls = bool(self._next or self._previous)
        return page

    def get_next_link(self) -> str | None:
        return self._link(self._next, backwards=False)

    def get_previous_link(self) -> str | None:
        return self._link(self._previous, backwards=True)

    def get_paginated_response(self, data: Any) -> Response:
        """A page, with its neighbours in a Link header (RFC 8288) too, for what has no place for them."""
        response = super().get_paginated_response(data)
        return with_neighbours(response, self.get_next_link(), self.get_previous_link())

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            {
                "name": self.cursor_query_param,
                "in": "query",
                "required": False,
                "description": "Where a page begins: taken from `next` or `previous`.",
                "schema": {"type": "string"},
            },
            {
                "name": self.page_size_query_param,
                "in": "query",
                "required": False,
                "description": "Rows a page.",
                "schema": size,
            },
        ]

    def _rows(self, queryset: QuerySet[Any], values: list[Any], most: int, *, descending: bool) -> list[Any]:
        """The first rows behind the one with `values`, or of all where there are none."""
        rows = queryset.order_by(*(f"-{name}" if descending else name for name in self._names))
        if values:
            rows = rows.filter(beyond(self._names, values, "lt" if descending else "gt"))
        return list(rows[:most])

    def _link(self, row: Model | None, *, backwards: bool) -> str | None:
        if row is None:
            return None
        values = [_plain(getattr(row, name)) for name in self._names]
        cursor = (
            urlsafe_b64encode(json.dumps([backwards, *self._mark, *values]).encode()).decode().rstrip("=")
        )
        return replace_query_param(self._url, self.cursor_query_param, cursor)

    def _decode(self, cursor: str, model: type[Model]) -> tuple[bool, list[Any]]:
        """The direction and the values of a cursor. Raises ValueError, TypeError or ValidationError."""
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        backwards, *given = json.loads(urlsafe_b64decode(padded))
        if given[: len(self._mark)] != self._mark:
            raise ValueError("a cursor of another order")
        given = given[len(self._mark) :]
        fields = {field.name: field.to_python for field in model._meta.concrete_fields} | _COMPUTED
        values = [fields[name](value) for name, value in zip(self._names, given, strict=True)]
        if not isinstance(backwards, bool) or None in values:
            raise ValueError("not a cursor")
        if any(isinstance(value, datetime) and value.tzinfo is None for value in values) or "\0" in str(
            values[0]
        ):
            raise ValueError("a time without a zone, or a NUL")
        return backwards, values


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


class QuotePages(Pages):
    """Pages of the keys of quotes, with counts of what all pages have together where they are asked for.

    A row is its key and what it is in order of, which indexes tell; what is shown of it is read by its key.
    """

    counts: Counts | None = None

    def _rows(self, queryset: QuerySet[Any], values: list[Any], most: int, *, descending: bool) -> list[Any]:
        places = queryset.select_related(None).values_list("pk", *self._names, named=True)
        return super()._rows(places, values, most, descending=descending)

    def get_paginated_response(self, data: Any) -> Response:
        response = super().get_paginated_response(data)
        if self.counts is not None:
            facets = {name: list(map(_bucket, found)) for name, found in self.counts.facets.items()}
            counted_at = self.counts.counted_at
            dated = {"counted_at": counted_at} if counted_at else {}
            response.data = {"count": self.counts.total, **dated, "facets": facets, **response.data}
        return response


def _bucket(bucket: Bucket) -> dict[str, Any]:
    return {"value": bucket.value, "name": bucket.name or bucket.value, "count": bucket.count}
