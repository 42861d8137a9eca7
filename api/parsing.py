"""What is sent to the API: JSON, and whole numbers in parameters."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

_DIGITS = 9


def whole_number(given: str, most: int) -> int | None:
    """The number from 1 to `most` that is written there; None for anything else."""
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        return None
    return int(given) if 1 <= int(given) <= most else None


class SoundJSONParser(JSONParser):
    """DRF's own, which JSON nested thousands of levels deep brings down."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError("JSON parse error - it is nested too deep.") from error
