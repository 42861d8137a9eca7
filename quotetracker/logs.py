"""Log lines, for a person or for a machine, with what they are about: `extra={"article": ...}`."""

import json
import logging
from datetime import UTC, datetime

from api import REQUEST_ID

_ABOUT = ("article", "page", "feed")


class LineFormatter(logging.Formatter):
    """A line for a person."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        about = "".join(f" {name}={value}" for name, value in _about(record).items())
        line, *traceback = super().format(record).split("\n")
        return "\n".join([f"{line}{about}", *traceback])


class JsonFormatter(logging.Formatter):
    """An object a line: time, level, logger, message, what it is about, and the traceback of an error."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **_about(record),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def _about(record: logging.LogRecord) -> dict[str, str]:
    values = ((name, getattr(record, name, None)) for name in _ABOUT)
    about = {name: str(value) for name, value in values if value is not None}
    # Django's own lines about a request that broke.
    meta = getattr(getattr(record, "request", None), "META", {})
    return about | ({"request": str(meta[REQUEST_ID])} if REQUEST_ID in meta else {})
