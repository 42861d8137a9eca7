"""What makes a view set answer in all formats: a class to inherit from for each kind of record."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from api.formats import annotations
from api.formats.renderers import (
    EVERYWHERE,
    WITH_ANNOTATIONS,
    AnnotationRenderer,
    JsonLdRenderer,
    RowsRenderer,
    refuse_what_has_no_place,
)
from api.formats.streams import LIMIT, one_row, streamed
from api.links import with_neighbours
from api.parsing import whole_number
from api.shaping import InPart
from quotes import linked
from quotes.exporting import ARTICLES, QUOTES, SOURCES, SPEAKERS, Table
from quotes.models import Article, Quote, Source, Speaker
from quotes.selectors import public_quotes

_PAGE = "page"
_MOST_PAGES = 1_000_000

Record = TypeVar("Record", bound=Model)


class ManyFormats(InPart, ReadOnlyModelViewSet[Record]):
    """`table`: its flat rows. `node`: a record in the words of schema.org."""

    table: ClassVar[Table]
    node: ClassVar[Callable[[Any, linked.Absolute], linked.Node]]
    renderer_classes: tuple[type[BaseRenderer], ...] = EVERYWHERE

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in {"list", "retrieve"}:
            refuse_what_has_no_place(request.accepted_renderer, request.query_params)

    def known_fields(self) -> tuple[str, ...]:
        renderer = self.request.accepted_renderer
        is_flat = isinstance(renderer, RowsRenderer) and renderer.is_flat
        return tuple(self.table.names) if is_flat else super().known_fields()

    @property
    def own_parameters(self) -> set[str]:
        """Parameters, beside filters and those of pages, that the format asked for has."""
        renderer = getattr(self.request, "accepted_renderer", None)
        return {LIMIT} if self.action == "list" and isinstance(renderer, RowsRenderer) else set()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        renderer = request.accepted_renderer
        if isinstance(renderer, RowsRenderer):
            return streamed(self, request, renderer)
        if isinstance(renderer, AnnotationRenderer):
            shown = annotations.with_surroundings(self.get_queryset())
            return self._page(annotations.listed(self.page_of(shown), request))
        if isinstance(renderer, JsonLdRenderer):
            records = self.page_of(self.get_queryset())
            return self._page(
                linked.listed(type(self).node(record, request.build_absolute_uri) for record in records)
            )
        return self.listed(request)

    def listed(self, request: Request) -> Response:
        """A page of the list as JSON."""
        page = self.page_of(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def page_of(self, records: QuerySet[Any]) -> Sequence[Any]:
        """Those of `records` that stand on the page that is asked for."""
        return self.paginate_queryset(self.narrowed(records)) or ()

    def narrowed(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """Those of `records` that are asked for; `ordering` says in which order."""
        found: QuerySet[Any] = self.filter_queryset(records)
        return found

    def records(self, keys: Sequence[int]) -> Mapping[int, Any]:
        """By key, those of these records that are public as JSON has them."""
        records = list(self.get_queryset().filter(pk__in=keys))
        written = self.get_serializer(records, many=True).data
        return {record.pk: row for record, row in zip(records, written, strict=True)}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        renderer = request.accepted_renderer
        if isinstance(renderer, RowsRenderer):
            return one_row(self, self.get_object(), renderer)
        if isinstance(renderer, AnnotationRenderer):
            return Response(self.annotated(request, self.get_object()))
        if isinstance(renderer, JsonLdRenderer):
            return Response(linked.document(type(self).node(self.get_object(), request.build_absolute_uri)))
        return super().retrieve(request, *args, **kwargs)

    def annotated(self, request: Request, record: Record) -> annotations.Node:
        """A record as annotations."""
        raise NotImplementedError

    def _page(self, body: linked.Node) -> Response:
        """With where the list goes on in the header: these formats have no word for it."""
        pages: Any = self.paginator
        return with_neighbours(Response(body), pages.get_next_link(), pages.get_previous_link())


class QuoteFormats(ManyFormats[Quote]):
    table, node = QUOTES, linked.quote_node
    renderer_classes = WITH_ANNOTATIONS

    def annotated(self, request: Request, record: Quote) -> annotations.Node:
        quote = annotations.with_surroundings(public_quotes()).get(pk=record.pk)
        return annotations.annotation(quote, request)


class SpeakerFormats(ManyFormats[Speaker]):
    table, node = SPEAKERS, linked.speaker_node


class ArticleFormats(ManyFormats[Article]):
    table, node = ARTICLES, linked.article_node

    def get_renderers(self) -> list[BaseRenderer]:
        # An article by itself is a collection of annotations; a list of articles is none.
        known = WITH_ANNOTATIONS if self.action == "retrieve" else EVERYWHERE
        return [renderer() for renderer in known]

    @property
    def own_parameters(self) -> set[str]:
        is_annotated = isinstance(getattr(self.request, "accepted_renderer", None), AnnotationRenderer)
        return super().own_parameters | ({_PAGE} if is_annotated else set())

    def annotated(self, request: Request, record: Article) -> annotations.Node:
        quotes = public_quotes().filter(revision__article=record)
        total = quotes.count()
        number = _page_number(request.query_params.get(_PAGE), annotations.pages(total))
        begin = annotations.PAGE * ((number or 1) - 1)
        ordered = annotations.with_surroundings(quotes).order_by("start", "pk")
        found = list(ordered[begin : begin + annotations.PAGE])
        if number is None:
            return annotations.collection(record, total, found, request)
        return annotations.article_page(record, number, total, found, request)


class SourceFormats(ManyFormats[Source]):
    table, node = SOURCES, linked.source_node


def _page_number(given: str | None, last: int) -> int | None:
    if given is None:
        return None
    number = whole_number(given, _MOST_PAGES)
    if number is None:
        raise ValidationError({_PAGE: ["Give a whole number from 1."]})
    if number > last:
        raise NotFound(f"There is no such page: the last is {last}.")
    return number
