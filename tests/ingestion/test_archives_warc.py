"""WARC: which records are pages, how they were sent, and where such an archive cannot be read on."""

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest

from quotes.ingestion.archives import ArchiveError, Record, open_archive
from tests.ingestion.archive_files import LIMIT, SITE, Crawl, Pipe, opened, records, texts, web_record

HTTP = "Content-Type: application/http; msgtype=response"
CHUNKED = b"5;x=1\r\nOne, \r\n4 \r\ntwo.\r\n0\r\nTrailer: 1\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def read(body: bytes, **headers: str) -> Record:
    (record,) = records(Crawl().answer(f"{SITE}/1", body, **headers).data)
    return record


@pytest.mark.parametrize("compressed", [False, True])
def test_pages_are_read_and_everything_else_is_passed_over(compressed: bool) -> None:
    crawl = Crawl(compressed=compressed)
    crawl.add(SITE, "warcinfo", b"software: x\r\n", "application/warc-fields")
    crawl.add(f"{SITE}/1", "request", b"GET /1 HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
    crawl.answer(f"{SITE}/1", b"One.", media_type="Text/HTML; charset=utf-8")
    crawl.answer(f"{SITE}/2", b"Two.", media_type="text/plain")
    crawl.answer(f"{SITE}/3", b"Gone.", status="404 Not Found")
    crawl.answer(f"{SITE}/4", b"", status="301 Moved Permanently", Location="/5")
    crawl.answer(f"{SITE}/5.png", b"\x89PNG" * 999_999, media_type="image/png")
    crawl.answer(f"{SITE}/robots.txt?1", b"User-agent: *", media_type="text/plain")
    crawl.add(f"{SITE}/1", "metadata", b"via: x\r\n", "application/warc-fields")
    crawl.add(f"{SITE}/6", "resource", b"Six.", "text/html")
    crawl.add(f"{SITE}/7", "conversion", b"Seven.", "text/plain; charset=utf-8")
    crawl.add(f"{SITE}/8", "resource", b"\x89PNG", "image/png")
    crawl.add("dns:tidewatch.example", "response", b"20260309 192.0.2.1", "text/dns")
    crawl.add("metadata://x/crawl.log", "resource", b"2026-03-09 GET", "text/plain")
    found = records(crawl.data)
    assert texts(found) == ["One.", "Two.", "Six.", "Seven."]
    assert [record.number for record in found] == [1, 2, 3, 4]
    assert [record.document.url for record in found if record.document] == [
        f"{SITE}/{number}" for number in (1, 2, 6, 7)
    ]


def test_the_article_of_a_page_is_found_with_what_the_page_says_of_it() -> None:
    said = "“We have waited ten years for this,” said Oona Marlowe, the harbour mistress. " * 5
    page = (
        f'<!doctype html><html lang="en"><title>Ferries ordered</title><link rel="canonical" href="/ferries">'
        f'<meta property="article:published_time" content="2026-03-09T08:00:00Z"><article><p>{said}</article>'
    )
    crawl = Crawl(compressed=True).answer(f"{SITE}/1?utm_source=feed", page.encode())
    (record,) = open_archive(io.BytesIO(crawl.data), max_bytes=LIMIT).records()
    document = record.document
    assert document is not None
    assert "Oona Marlowe" in document.text
    assert (document.url, document.language) == (f"{SITE}/ferries", "en")
    assert document.published_at == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_the_time_of_fetching_is_no_time_of_publication() -> None:
    document = read(b"One.").document
    assert document is not None
    assert document.published_at is None


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"One, two.", {"Content_Encoding": "identity"}),
        (gzip.compress(b"One, two."), {"Content_Encoding": "GZIP"}),
        (gzip.compress(b"One, ") + gzip.compress(b"two."), {"Content_Encoding": "x-gzip"}),
        (zlib.compress(b"One, two."), {"Content_Encoding": "deflate"}),
        (raw_deflate(b"One, two."), {"Content_Encoding": "deflate"}),
        (CHUNKED, {"Transfer_Encoding": "Chunked"}),
        (b"One, two.", {"Transfer_Encoding": "chunked"}),
        (
            b"%x\r\n%b\r\n0\r\n\r\n" % (len(gzip.compress(b"One, two.")), gzip.compress(b"One, two.")),
            {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"},
        ),
    ],
)
def test_a_page_is_read_however_it_was_sent(body: bytes, headers: dict[str, str]) -> None:
    assert texts([read(body, **headers)]) == ["One, two."]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_page_that_the_crawler_has_decompressed_is_read(encoding: str) -> None:
    assert texts([read(b"\n<p>One.", Content_Encoding=encoding)]) == ["\n<p>One."]


@pytest.mark.parametrize(
    ("body", "headers", "complaint"),
    [
        (b"", {}, "text is missing"),
        (b"A" * (LIMIT + 1), {}, "larger than"),
        (b"A" * 2_000_000, {}, "larger than"),
        (gzip.compress(b"A" * 30_000_000), {"Content_Encoding": "gzip"}, "larger than"),
        (zlib.compress(b"A" * 30_000_000), {"Content_Encoding": "deflate"}, "larger than"),
        (gzip.compress(b"One.")[:-5], {"Content_Encoding": "gzip"}, "breaks off"),
        (b"One, two.", {"Content_Encoding": "gzip"}, "damaged"),
        (b"\x8b\x02\x80One.", {"Content_Encoding": "br"}, "only gzip and deflate"),
        (CHUNKED[:20], {"Transfer_Encoding": "chunked"}, "chunks"),
        (CHUNKED[:10], {"Transfer_Encoding": "chunked"}, "chunks"),
    ],
)
def test_a_page_that_cannot_be_read_is_a_reject(body: bytes, headers: dict[str, str], complaint: str) -> None:
    record = read(body, **headers)
    assert record.document is None
    assert complaint in record.error
    assert record.raw == f"{SITE}/1"


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (web_record(b"", HTTP), "no HTTP response"),
        (web_record(b"<p>One.", HTTP), "no HTTP response"),
        (web_record(b"HTTP/1.1\r\n\r\nOne.", HTTP), "no HTTP response"),
        (web_record(b"HTTP/1.1 200\r\n" + b"A: 1\r\n" * 20_000, HTTP), "no HTTP response"),
        (web_record(b"HTTP/1.1 200 OK\r\n\r\nOne", HTTP, "WARC-Truncated: length"), "a part of the page"),
        (web_record(b"HTTP/1.1 200 OK\r\n\r\nOne", HTTP, "WARC-Segment-Number: 1"), "a part of the page"),
        (web_record(b"HTTP/1.1 200 OK\r\n\r\nOne.").replace(b"Target", b"No"), "no WARC-Target-URI"),
    ],
)
def test_a_record_that_is_no_whole_page_is_a_reject_and_the_next_is_read(data: bytes, complaint: str) -> None:
    rejected, following = records(data + Crawl().answer(SITE, b"Two.").data)
    assert complaint in rejected.error
    assert (following.number, texts([following])) == (2, ["Two."])


@pytest.mark.parametrize("status_line", [b"HTTP/1.0 200 OK", b"HTTP/2 200", b"http/1.1 200  Fine"])
def test_any_version_of_http_will_do(status_line: bytes) -> None:
    assert texts(records(web_record(status_line + b"\r\nX: 1\r\n  2\r\n\r\nOne.", HTTP))) == ["One."]


def test_an_address_may_stand_in_angle_brackets() -> None:
    data = web_record(b"HTTP/1.1 200 OK\r\n\r\nOne.").replace(f"{SITE}/1".encode(), f"<{SITE}/1>".encode())
    (record,) = records(data)
    assert record.document is not None
    assert record.document.url == f"{SITE}/1"


@pytest.mark.parametrize(
    "rest",
    [
        b"garbage\n",
        b"\r\nHTTP/1.1 200 OK\r\n",
        b"WARC/1.0\r\nContent-Length: many\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: -1\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"WARC/1.0\r\n\r\n",
        b"WARC/1.0\r\n" + b"A: 1\r\n" * 20_000,
    ],
)
def test_where_no_record_begins_reading_ends_with_what_to_do(rest: bytes) -> None:
    crawl = Crawl().answer(f"{SITE}/1", b"One.")
    found = opened(crawl.data + rest).records()
    assert texts([next(found)]) == ["One."]
    with pytest.raises(ArchiveError, match="What stands before was read"):
        next(found)


def test_a_lost_place_is_told_from_broken_compression() -> None:
    data = gzip.compress(Crawl().answer(f"{SITE}/1", b"One.").data + b"garbage\n") + b"garbage"
    with pytest.raises(ArchiveError, match="no record begins"):
        records(Pipe(data))
