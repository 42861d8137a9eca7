"""What the schema says of the formats."""

from typing import Any

from django.conf import settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from api.formats.renderers import CsvRenderer, JsonLdRenderer, JsonLinesRenderer
from api.formats.streams import LIMIT

LIMITED = OpenApiParameter(
    LIMIT,
    {"type": "integer", "minimum": 1, "maximum": settings.DOWNLOAD_ROWS},
    description="Of CSV and JSON lines, rows at most; without it all of them for whoever is logged in, else "
    f"{settings.DOWNLOAD_ROWS:,}. Where there are more, the header `Link` leads on.",
)


def in_all_formats(record: Any) -> dict[Any, Any]:
    """The answers of status 200 where JSON gives `record`."""
    rows = OpenApiResponse(OpenApiTypes.STR, description="A flat row a record, with a line of names first.")
    lines = OpenApiResponse(OpenApiTypes.STR, description="A record a line, as JSON has it.")
    linked = OpenApiResponse(OpenApiTypes.OBJECT, description="schema.org, or a Web Annotation.")
    return {
        (200, "application/json"): record,
        (200, CsvRenderer.media_type): rows,
        (200, JsonLinesRenderer.media_type): lines,
        (200, JsonLdRenderer.media_type): linked,
    }
