"""What is used of feedparser, which brings no types."""

from typing import Any

def parse(source: bytes, *, response_headers: dict[str, str] = ..., sanitize_html: bool = ...) -> Any: ...
