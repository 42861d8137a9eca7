"""What is used of warcio, which brings no types."""

from typing import BinaryIO, overload

from warcio.limitreader import LimitReader

class StatusAndHeaders:
    protocol: str
    statusline: str
    def __init__(self, statusline: str, headers: list[tuple[str, str]], protocol: str = ...) -> None: ...
    @overload
    def get_header(self, name: str) -> str | None: ...
    @overload
    def get_header(self, name: str, default_value: str) -> str: ...

class StatusAndHeadersParser:
    def __init__(self, statuslist: list[str], verify: bool = ...) -> None: ...
    def parse(self, stream: BinaryIO | LimitReader) -> StatusAndHeaders: ...
