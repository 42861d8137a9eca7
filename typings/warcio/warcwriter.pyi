"""What is used of warcio, which brings no types."""

from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders

class ArcWarcRecord: ...

class WARCWriter:
    def __init__(self, filebuf: BinaryIO, gzip: bool = ...) -> None: ...
    def create_warc_record(
        self,
        uri: str,
        record_type: str,
        payload: BinaryIO | None = ...,
        length: int | None = ...,
        http_headers: StatusAndHeaders | None = ...,
        warc_content_type: str = ...,
        warc_headers_dict: dict[str, str] | None = ...,
    ) -> ArcWarcRecord: ...
    def write_record(self, record: ArcWarcRecord) -> None: ...
