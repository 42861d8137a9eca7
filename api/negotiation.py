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
        parsers = list(parsers)
        parser: BaseParser | None = super().select_parser(request, parsers)
        if parser is None:
            given = (request.content_type or "nothing that says what it is")[:100]
            wanted = " or ".join(known.media_type for known in parsers)
            raise UnsupportedMediaType(given, f"This is {given}: send it as Content-Type: {wanted}.")
        return parser

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        renderers = list(renderers)
        known = sorted({renderer.format for renderer in renderers})
        asked = request.query_params.get(PARAMETER)
        if format_suffix and format_suffix not in known:
            endings = ", ".join(f".{name}" for name in known)
            raise NotFound(f"Nothing here ends with .{format_suffix}: leave it out, or take {endings}.")
        if asked and asked not in known:
            formats = ", ".join(known)
            raise ValidationError({PARAMETER: [f"There is no such format. Formats here: {formats}."]})
        if chosen := format_suffix or asked:
            # Whoever names a format means it, whatever the program that asks says that it accepts.
            named = next(renderer for renderer in renderers if renderer.format == chosen)
            return named, named.media_type
        selected: tuple[Any, str] = super().select_renderer(request, renderers, format_suffix)
        return selected
