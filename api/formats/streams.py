"""Lists sent whole, row by row: all that the filters leave, in the order of the pages, in constant memory.

First the keys of a stretch of the list are read, as its pages are, then the rows of some hundred keys at a
time: no query lasts, and nothing waits for whoever reads slowly. What is withdrawn meanwhile is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, cast
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from api.formats.renderers import RowsRenderer
from api.links import add_link
from api.pagination import Pages
from api.parsing import whole_number
from quotes.exporting import Table
from quotes.exporting.tables import BATCH

_KEYS = 10_000  # of a list without a limit that are in memory at once
LIMIT = "limit"


class Listing(Protocol):
    """What a view of a list has."""

    table: ClassVar[Table]
    wanted: tuple[str, ...] | None

    def narrowed(self, records: QuerySet[Any], /) -> QuerySet[Any]: ...

    def records(self, keys: Sequence[int], /) -> Mapping[int, Any]: ...


def streamed(view: Listing, request: Request, renderer: RowsRenderer) -> HttpResponseBase:
    """The list as `renderer` writes it; one that is not whole says so by its name, and how it goes on."""
    limit = _limit(request)
    records = view.narrowed(view.table.public()).select_related(None).only("pk")
    cursor = request.query_params.get(Pages.cursor_query_param)
    # Before anything is sent: what is wrong with the question is an answer, not a broken file.
    first = _stretch(records, view, cursor, limit or _KEYS)

    def lines() -> Iterator[str]:
        yield _head(view, renderer)
        stretch = first
        while True:
            for start in range(0, len(stretch.keys), BATCH):
                yield renderer.lines(_rows(view, stretch.keys[start : start + BATCH], renderer))
            if limit or not stretch.further:
                return
            stretch = _stretch(records, view, stretch.further, _KEYS)

    # Some servers would go through all of it for a HEAD, and send nothing.
    answer = StreamingHttpResponse(lines() if request.method != "HEAD" else ())
    answer["Content-Type"] = _content_type(renderer)
    goes_on = limit and first.further
    name = f"{view.table.name}{'-part' if cursor or goes_on else ''}.{renderer.format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    if goes_on:
        url = replace_query_param(request.build_absolute_uri(), Pages.cursor_query_param, first.further)
        add_link(answer, url, "next")
    return answer


def one_row(view: Listing, record: Any, renderer: RowsRenderer) -> HttpResponseBase:
    """A record by itself."""
    body = _head(view, renderer) + renderer.lines(_rows(view, [record.pk], renderer))
    return HttpResponse(body, content_type=_content_type(renderer))


def _limit(request: Request) -> int | None:
    """How many rows at most; None for all."""
    most = settings.DOWNLOAD_ROWS
    if Pages.page_size_query_param in request.query_params:
        raise ValidationError({Pages.page_size_query_param: [f"This is no page: give {LIMIT}, or nothing."]})
    given = request.query_params.get(LIMIT)
    if given is None:
        return None if request.user and request.user.is_authenticated else most
    limit = whole_number(given, most)
    if limit is None:
        raise ValidationError({LIMIT: [f"Give a whole number from 1 to {most}."]})
    return limit


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Keys of records in their order, and the cursor to what comes after them."""

    keys: list[int]
    further: str | None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a page asks a request for."""

    query_params: dict[str, str]

    def build_absolute_uri(self) -> str:
        return ""


class _Keys(Pages):
    def __init__(self, size: int) -> None:
        self.page_size = size


def _stretch(records: QuerySet[Any], view: Any, cursor: str | None, size: int) -> _Stretch:
    """As a page of `size` would be. Raises NotFound for a cursor that is none."""
    pages = _Keys(size)
    asked = _Asked({Pages.cursor_query_param: cursor} if cursor else {})
    page = pages.paginate_queryset(records, cast(Request, asked), view)
    further = parse_qs(urlsplit(pages.get_next_link() or "").query).get(Pages.cursor_query_param, [None])
    return _Stretch([record.pk for record in page], further[0])


def _head(view: Listing, renderer: RowsRenderer) -> str:
    return renderer.head(view.table.chosen(view.wanted).names) if renderer.is_flat else ""


def _rows(view: Listing, keys: Sequence[int], renderer: RowsRenderer) -> Iterator[Any]:
    """Those that are still there, in the order of the keys."""
    if renderer.is_flat:
        rows: Mapping[int, Any] = view.table.chosen(view.wanted).rows(keys)
    else:
        rows = view.records(keys)
    return (rows[key] for key in keys if key in rows)


def _content_type(renderer: RowsRenderer) -> str:
    return f"{renderer.media_type}; charset={renderer.charset}"
