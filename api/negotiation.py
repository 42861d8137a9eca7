"""What requests and answers are written as: what is not known here is an error that names what is."""

from collections.abc import Iterable
from typing import Any

from rest_framework.exceptions import NotFound, UnsupportedMediaType, ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

PARAMETER = "format"


class Negotiation(DefaultContentNegotiation):
    """DRF's own, which answers `?format=csv` by a 404 without a word, and writes it into every link."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        parser: BaseParser | None = super().select_parser(request, parsers)
        if parser is None:
            given = (request.content_type or "nothing that says what it is")[:100]
            raise UnsupportedMediaType(
                given, f"This is {given}: send JSON, as Content-Type: application/json."
            )
        return parser

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        known = sorted({renderer.format for renderer in renderers})
        asked = request.query_params.get(PARAMETER)
        if format_suffix and format_suffix not in known:
            raise NotFound(f"There is nothing that ends with .{format_suffix} here: leave it out.")
        if asked and asked not in known:
            formats = ", ".join(known)
            raise ValidationError({PARAMETER: [f"There is no such format. Formats here: {formats}."]})
        selected: tuple[Any, str] = super().select_renderer(request, renderers, format_suffix or asked)
        return selected
