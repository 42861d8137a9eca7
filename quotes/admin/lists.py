"""Lists that answer at once however many rows there are: counted up to a bound, paged by key and order."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from quotes.admin.filters import ChosenFilter, FormFilter
from quotes.admin.marking import MEDIA
from quotes.paging import beyond

MOST_COUNTED = 1000
_PER_PAGE = 50
_AFTER, _BEFORE = "after", "before"  # the places at which a page begins or ends

Record = TypeVar("Record", bound=Model)


class BoundedPaginator(Paginator[Any]):
    """Counts up to one more than `MOST_COUNTED`: beyond that it is only said that there are more."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        if isinstance(rows, QuerySet):
            return int(rows.order_by().values("pk")[: MOST_COUNTED + 1].count())
        return len(rows)


class PagedList(ChangeList):
    """A list whose pages begin after, or end before, a row that the address names by its place in the order.

    The order is that of one column, and of the key where that is the same: an index has both. The keys of a
    page are looked up first, and only its rows are read.
    """

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        found = super().get_filters_params(params)
        return {name: value for name, value in found.items() if name not in {_AFTER, _BEFORE}}

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """As it is, but without what is empty, and from the first page on."""
        empty: dict[str, Any] = {name: None for name, value in self.filter_params.items() if not any(value)}
        return super().get_query_string({_AFTER: None, _BEFORE: None} | empty | (new_params or {}), remove)

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        self._keep_one_order()
        first = str(super().get_ordering(request, queryset)[0]).replace("pk", "id")
        sign = "-" if first.startswith("-") else ""
        return [first] if first == f"{sign}id" else [first, f"{sign}id"]

    def _keep_one_order(self) -> None:
        """Of the columns that the address names the first, if the list may be in its order."""
        given = self.params.pop(ORDER_VAR, "").split(".")[0]
        digits = given.removeprefix("-")
        columns = list(self.list_display)
        is_column = digits.isascii() and digits.isdigit() and len(digits) < 3 and int(digits) < len(columns)
        if is_column and columns[int(digits)] in (self.sortable_by or ()):
            self.params[ORDER_VAR] = given

    def get_results(self, request: HttpRequest) -> None:
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_count = self.paginator.count
        self.full_result_count = None
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = True
        self.multi_page = self.result_count > self.list_per_page
        keys = self._keys_of_page(request)
        rows = self.apply_select_related(self.root_queryset.filter(pk__in=keys)).in_bulk(keys)
        self.result_list = [rows[key] for key in keys if key in rows]
        ticked = _ticked(request, self.model)
        for row in self.result_list:
            row.is_ticked = row.pk in ticked

    @property
    def is_counted(self) -> bool:
        """Whether all of them are."""
        return self.result_count <= MOST_COUNTED

    @property
    def told_count(self) -> str:
        """How many there are, as far as they are counted."""
        if not self.is_counted:
            return f"more than {MOST_COUNTED:,} {self.opts.verbose_name_plural}"
        name = self.opts.verbose_name if self.result_count == 1 else self.opts.verbose_name_plural
        return f"{self.result_count:,} {name}"

    @property
    def link_filters(self) -> list[tuple[Any, list[Any]]]:
        """Of the filters that have no control in the form the titles, each with its links."""
        specs = (one for one in self.filter_specs if not isinstance(one, FormFilter))
        return [(one.title, list(one.choices(self))) for one in specs]

    @property
    def hidden_params(self) -> list[tuple[str, str]]:
        """What the form above the list takes along: all of the address that it has no control for."""
        own = {one.parameter_name for one in self.filter_specs if isinstance(one, FormFilter)}
        return [
            (name, value)
            for name, value in self.params.items()
            if name not in {SEARCH_VAR, _AFTER, _BEFORE, *own}
        ]

    def _keys_of_page(self, request: HttpRequest) -> list[Any]:
        order = [str(name) for name in self.queryset.query.order_by]
        names = [name.lstrip("-") for name in order]
        is_back = _BEFORE in request.GET
        place = request.GET.get(_BEFORE if is_back else _AFTER)
        try:
            values = self._read(place, names) if place else []
        except (ValueError, TypeError, OverflowError, RecursionError, ValidationError):
            values, is_back = [], False
            messages.warning(request, "This address leads to no page of the list: here is its beginning.")
        descending = order[0].startswith("-") != is_back
        rows = self.queryset.order_by(*(f"-{name}" if descending else name for name in names))
        if values:
            rows = rows.filter(beyond(names, values, "lt" if descending else "gt"))
        found = list(rows.select_related(None).values_list(*names)[: self.list_per_page + 1])
        more, page = len(found) > self.list_per_page, found[: self.list_per_page]
        if is_back:
            page.reverse()
        self.first_url = self.get_query_string() if values else None
        self.next_url = self._url(_AFTER, page[-1]) if page and (more or is_back) else None
        has_before = more if is_back else bool(values)
        self.previous_url = self._url(_BEFORE, page[0]) if page and has_before else None
        return [row[-1] for row in page]

    def _url(self, which: str, row: Sequence[Any]) -> str:
        values = [value.isoformat() if isinstance(value, datetime) else value for value in row]
        place = urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
        return self.get_query_string({which: place})

    def _read(self, place: str, names: Sequence[str]) -> list[Any]:
        """The values of a row that an address names. Raises what reading nonsense raises."""
        given = json.loads(urlsafe_b64decode(place.encode("ascii") + b"=" * (-len(place) % 4)))
        values = [self._field(name).to_python(value) for name, value in zip(names, given, strict=True)]
        if None in values or any(isinstance(one, datetime) and one.tzinfo is None for one in values):
            raise ValueError("no place")
        if "\0" in str(values[0]) or not -(2**63) <= values[-1] < 2**63:
            raise ValueError("a NUL, or no key")
        return values

    def _field(self, name: str) -> Any:
        annotation = self.queryset.query.annotations.get(name)
        return annotation.output_field if annotation is not None else self.opts.get_field(name)


def keep_ticks(request: HttpRequest, model: type[Model], keys: Iterable[Any]) -> None:
    """Let these be ticked when the list is shown next."""
    request.session[_session_key(model)] = [int(key) for key in keys if str(key).isdecimal()]


def _ticked(request: HttpRequest, model: type[Model]) -> Collection[int]:
    kept = request.session.pop(_session_key(model), ()) if request.method == "GET" else ()
    return frozenset(kept)


def _session_key(model: type[Model]) -> str:
    return f"ticked {model._meta.label_lower}"


class ListAdmin(admin.ModelAdmin[Record]):
    """A record whose list may be long. `sortable_by` are columns that an index has in order, none empty."""

    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = _PER_PAGE
    sortable_by: ClassVar[tuple[str, ...]] = ()

    @property
    def media(self) -> forms.Media:
        media = super().media + forms.Media(css=MEDIA)
        for one in self.list_filter:
            if isinstance(one, type) and issubclass(one, ChosenFilter):
                media += one.widget().media
        return media

    def action_checkbox(self, obj: Record) -> SafeString:
        attrs = {"class": "action-select", "aria-label": f"Tick {obj}"}
        box = forms.CheckboxInput(attrs, check_test=lambda _: bool(getattr(obj, "is_ticked", False)))
        return SafeString(box.render(ACTION_CHECKBOX_NAME, str(obj.pk)))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PagedList
