"""Archives of articles (JSON lines, CSV, WARC; plain or gzip), read as a stream. No database, no Django."""

from quotes.ingestion.archives.archive import Archive, open_archive
from quotes.ingestion.archives.columns import TELLABLE
from quotes.ingestion.archives.records import ArchiveError, ChangedArchiveError, Record

__all__ = ["TELLABLE", "Archive", "ArchiveError", "ChangedArchiveError", "Record", "open_archive"]
