"""What is used of warcio, which brings no types."""

from typing import BinaryIO

class LimitReader:
    limit: int
    def __init__(self, stream: BinaryIO, limit: int) -> None: ...
