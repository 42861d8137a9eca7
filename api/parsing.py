"""What is sent to the API: JSON and not too much of it, and whole numbers in parameters."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

_MOST_BYTES = 1_000_000
_DIGITS = 9


class TooLargeError(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def whole_number(given: str, most: int) -> int | None:
    """The number from 1 to `most` that is written there; None for anything else."""
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        return None
    return int(given) if 1 <= int(given) <= most else None


class SoundJSONParser(JSONParser):
    """DRF's own, which reads however much comes, and which JSON nested thousands of levels deep brings down.

    A view that takes more, or less, says so by its `max_body_bytes`.
    """

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        most = getattr((parser_context or {}).get("view"), "max_body_bytes", _MOST_BYTES)
        body = stream.read(most + 1)
        if len(body) > most:
            raise TooLargeError(f"What was sent is larger than this address takes: {most:,} bytes.")
        try:
            return super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - it is nested too deep.") from error
