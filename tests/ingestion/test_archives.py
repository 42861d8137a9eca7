"""Archives in general: told by content, compressed or not, read on from any record, broken, changed."""

import gzip
import io
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion import ArticleDocument
from quotes.ingestion.archives import ArchiveError, ChangedArchiveError, Record, open_archive
from tests.ingestion.archive_files import (
    LIMIT,
    SITE,
    Crawl,
    Pipe,
    json_lines,
    members,
    opened,
    records,
    table,
    texts,
    web_record,
)

THREE = json_lines({"text": "One."}, {"text": "Two."}, {"text": "Three."})
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
ARTICLES = st.lists(WORDS, max_size=6)


def lines_of(articles: list[str]) -> bytes:
    return b"\n".join(json_lines({"text": text}) for text in articles)


def table_of(articles: list[str]) -> bytes:
    return table(["Title", "Text"], *(["T", text] for text in articles))


def crawl_of(articles: list[str], *, compressed: bool = False) -> bytes:
    crawl = Crawl(compressed=compressed).add(f"{SITE}/logo.png", "resource", b"\x89PNG", "image/png")
    for text in articles:
        crawl.answer(f"{SITE}/a", text.encode())
    return crawl.data


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (THREE, "jsonl"),
        (b"\xef\xbb\xbf\r\n" + THREE, "jsonl"),
        (b"TEXT,title\nOne.,A\n", "csv"),
        (b"\xef\xbb\xbf title ;\tbody\nA;One.\n", "csv"),
        (b"url\thtml\n", "csv"),
        (b"text\nOne.\n", "csv"),
        (Crawl().answer(SITE, b"One.").data, "warc"),
    ],
)
@pytest.mark.parametrize("wrapped", [bytes, gzip.compress])
def test_the_content_tells_the_format(data: bytes, format: str, wrapped: type[bytes]) -> None:
    assert opened(wrapped(data)).format == format


@pytest.mark.parametrize("form", ["utf-16", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_utf16_is_read_as_the_text_that_it_is(form: str, packed: Callable[[bytes], bytes]) -> None:
    mark = "" if form == "utf-16" else "\ufeff"
    rows = "".join(
        f'{number}\t"“One” \N{GRINNING FACE}\r\n{number} {"x" * 70_000}"\r\n' for number in range(3)
    )
    data = packed((mark + "title\ttext\r\n" + rows).encode(form))
    whole = records(data, max_bytes=200_000)
    assert [text[:6] for text in texts(whole)] == ["“One” "] * 3
    assert all("\N{GRINNING FACE}\r\n" in text for text in texts(whole))
    for source in (data, Pipe(data, at_once=999)):
        rest = opened(source, max_bytes=200_000).records(whole[0].end, 1, after=whole[0].after)
        assert list(rest) == whole[1:]


def test_utf16_that_breaks_off_or_is_damaged_says_so() -> None:
    data = "text\nOne.\nTwo.\n".encode("utf-16")
    assert texts(records(data[:-1])) == [
        "One.",
        "! the UTF-16 breaks off or is damaged (truncated data): get the file again",
    ]
    assert "not Unicode text" in texts(records(data + b"\x00\xd8a\x00\n\x00"))[-1]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "empty"),
        (b" \n\xef\xbb\xbf", "told by its beginning"),
        (gzip.compress(b""), "empty"),
        (b"\x1f\x8b\x08garbage", "damaged"),
        (gzip.compress(THREE)[:9], "breaks off"),
        (b'[{"text": "One."}]', "jq -c"),
        (b"PK\x03\x04", "unzip -p"),
        (b"\x28\xb5\x2f\xfd", "zstdcat"),
        ('[{"text": "One."}]'.encode("utf-16"), "jq -c"),
        (b"title,date\nA,2026\n", "names a column text"),
        (b"Ferries ordered\n\nText, and more.", "told by its beginning"),
    ],
)
def test_what_cannot_be_told_is_refused_with_what_to_do(data: bytes, advice: str) -> None:
    with pytest.raises(ArchiveError, match=advice):
        opened(data)


def test_a_format_that_was_said_is_believed() -> None:
    assert texts(records(b"\n" + THREE, "jsonl")) == ["One.", "Two.", "Three."]
    assert records(b"", "jsonl") == []
    with pytest.raises(ArchiveError, match="jsonl, csv, warc"):
        opened(THREE, "xml")


def test_an_archive_is_known_by_how_it_begins_and_how_large_it_is() -> None:
    data = THREE * 3000
    packed = members([data[:100], data[100:]])
    assert opened(packed).head == opened(data).head == sha256(data[:65_536]).hexdigest()


def test_the_position_counts_the_bytes_on_disk() -> None:
    data = gzip.compress(THREE * 3000, 0)
    archive = opened(data)
    found = archive.records()
    next(found)
    assert 0 < archive.position() < len(data)
    list(found)
    assert archive.position() == len(data)
    last_but_one = records(THREE)[1]
    archive = opened(THREE)
    list(archive.records(last_but_one.end, 2))
    assert archive.position() == len(THREE)


@pytest.mark.parametrize(
    "data",
    [
        members([THREE[:5], THREE[5:6], b"", THREE[6:]]),
        gzip.compress(THREE) + b"\0" * 70_000,
        gzip.compress(THREE) + b"\0" * 70_000 + gzip.compress(b""),
    ],
    ids=["members", "zeros at the end", "zeros between"],
)
def test_gzip_may_have_any_number_of_members(data: bytes) -> None:
    assert texts(records(data)) == texts(records(Pipe(data, at_once=1))) == ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (members([THREE, THREE])[:-12], "breaks off"),
        (members([THREE, THREE])[:-4], "breaks off"),
        (gzip.compress(THREE) + b"garbage", "something else follows"),
        (members([THREE, THREE])[:-8] + b"checksum", "damaged"),
    ],
)
def test_broken_compression_is_the_last_record(data: bytes, complaint: str) -> None:
    found = records(data)
    assert texts(found)[:3] == ["One.", "Two.", "Three."]
    assert found[-1].document is None
    assert complaint in found[-1].error
    assert found[-1].number == len(found)


def test_what_stands_before_damaged_bytes_is_read_however_little_it_is() -> None:
    lines = [json_lines({"text": f"{number} {'x' * 60}"}) for number in range(400)]
    packed = gzip.compress(b"".join(lines))
    assert len(records(packed[:-8] + b"checksum")) == 401
    for at in range(len(packed) // 4, len(packed) - 20, 97):
        found = records(packed[:at] + b"\xff" * 20 + packed[at + 20 :])
        assert found[-1].document is None
        assert len(found) > 1


@pytest.mark.parametrize(
    "data",
    [
        json_lines({"text": "One."}) + b"Two.\n" + json_lines({"text": "Three."}),
        b'text\nOne.\n"T"wo.\nThree.\n',
        crawl_of(["One.", "", "Three."]),
    ],
    ids=["jsonl", "csv", "warc"],
)
def test_a_reject_before_the_compression_breaks_is_one_of_its_own(data: bytes) -> None:
    first, second, third, last = records(Pipe(gzip.compress(data) + b"garbage"))
    assert texts([first, third]) == ["One.", "Three."]
    assert "something else follows" not in second.error
    assert "something else follows" in last.error


def torn_gzip(data: bytes) -> bytes:
    return gzip.compress(data)[:-8]


@pytest.mark.parametrize(
    ("make", "torn"),
    [
        (lines_of, bytes),
        (lines_of, torn_gzip),
        (table_of, torn_gzip),
        (crawl_of, bytes),
        (crawl_of, torn_gzip),
    ],
)
def test_a_torn_archive_says_so_and_is_read_on_once_it_is_whole(
    make: Callable[[list[str]], bytes], torn: Callable[[bytes], bytes]
) -> None:
    data = make(["One.", "Two,\nwhich is “longer”\n."])
    whole = records(data)
    for cut in range(whole[0].end + 5, whole[1].end - 1):
        first, last = records(torn(data[:cut]))
        assert texts([first]) == ["One."]
        assert "breaks off" in last.error
        assert (last.number, last.end) == (2, whole[0].end)
        assert list(opened(data).records(last.end, 1, after=last.after)) == whole[1:]


def test_another_archive_is_not_read_on() -> None:
    second = records(THREE)[1]
    for data in (THREE.replace(b"One", b"Eno"), THREE[: second.end - 1]):
        for source in (data, gzip.compress(data), Pipe(data)):
            with pytest.raises(ChangedArchiveError, match="Begin anew"):
                opened(source).records(second.end, 2, after=second.after)


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
@pytest.mark.parametrize("make", [lines_of, table_of, crawl_of])
def test_a_long_archive_is_read_on_from_any_record(
    make: Callable[[list[str]], bytes], packed: Callable[[bytes], bytes]
) -> None:
    data = packed(make([f"{number} " * 1500 + "\n" for number in range(1, 40)]))
    whole = records(data)
    assert len(whole) == 39
    for last in whole[::3]:
        for source in (data, Pipe(data, at_once=50_000)):
            rest = opened(source).records(last.end, last.number, after=last.after)
            assert list(rest) == whole[last.number :]


class Counting(io.BytesIO):
    """How many bytes were read from it."""

    count = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.count += len(data)
        return data


def test_a_plain_file_is_not_read_again_up_to_the_place() -> None:
    data = THREE * 50_000
    source = Counting(data)
    archive = opened(source)
    read_at_first = source.count
    assert texts(archive.records(len(data) - len(THREE), 149_997)) == ["One.", "Two.", "Three."]
    assert source.count - read_at_first < 10_000


def test_after_a_change_a_file_is_read_from_the_beginning_and_a_pipe_is_not() -> None:
    for packed in (bytes, gzip.compress):
        archive = opened(packed(THREE))
        with pytest.raises(ChangedArchiveError):
            archive.records(14, 1, after="another")
        assert texts(archive.records()) == ["One.", "Two.", "Three."]
    pipe = opened(Pipe(THREE))
    list(pipe.records())
    with pytest.raises(ArchiveError, match="only once"):
        pipe.records()


def test_a_change_behind_is_seen_in_the_last_4096_bytes_alone() -> None:
    data = json_lines({"text": "One."}, {"text": "a" * 5000}, {"text": "Three."})
    second = records(data)[1]
    changed = data.replace(b"One", b"Eno")
    assert texts(opened(changed).records(second.end, 2, after=second.after)) == ["Three."]


@given(ARTICLES, st.data())
def test_reading_in_two_parts_gives_what_reading_once_does(articles: list[str], data: st.DataObject) -> None:
    for archive in (lines_of(articles), table_of(articles), crawl_of(articles)):
        for packed in (archive, gzip.compress(archive), members([archive[:50], archive[50:]])):
            if not archive:
                continue
            whole = records(packed)
            cut = data.draw(st.integers(0, len(whole)))
            last = whole[cut - 1] if cut else Record(0, 0, None)
            for source in (packed, Pipe(packed)):
                rest = opened(source).records(last.end, last.number, after=last.after)
                assert list(rest) == whole[cut:]


@given(ARTICLES)
def test_articles_come_out_as_they_went_in(articles: list[str]) -> None:
    kept = [text for text in articles if text.strip()]
    for archive in (lines_of(articles), table_of(articles), crawl_of(articles, compressed=True)):
        found = records(archive, "" if archive else "jsonl")
        assert [record.number for record in found] == list(range(1, len(articles) + 1))
        assert [record.document.text for record in found if record.document] == kept


@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 50))
def test_hostile_bytes_give_records_or_an_archive_error(noise: bytes, at: int, gone: int) -> None:
    crawl = Crawl(compressed=True).answer(f"{SITE}/1", b"One.").data
    archives = (lines_of(["One.", "Two."]), table_of(["One.", "Two\n."]), crawl_of(["One.", "Two."]), crawl)
    for whole in (b"", *archives, gzip.compress(archives[0])):
        data = whole[:at] + noise + whole[at + gone :]
        for format in ("", "jsonl", "csv", "warc"):
            with suppress(ArchiveError):
                for record in opened(data, format).records():
                    assert (record.document is None) == bool(record.error)
                    assert f"{record.number}{record.error}{record.raw}".encode()
                    assert record.document is None or 0 < len(record.document.text.encode()) <= LIMIT


@given(st.binary(max_size=300))
def test_hostile_answers_give_records_or_an_archive_error(noise: bytes) -> None:
    raw = web_record(noise) + web_record(b"HTTP/1.1 200 OK\r\n" + noise)
    crawl = Crawl()
    for encoding in ("gzip", "deflate", "br"):
        crawl.answer(SITE, noise, Content_Encoding=encoding, Transfer_Encoding="chunked")
    assert len(records(raw + crawl.data)) <= 5


def test_what_a_parser_trips_over_is_a_reject() -> None:
    data = json_lines({"html": "<p>One."}, {"text": "Two."})

    def stumble(data: bytes, *, max_bytes: int, url: str, charset: str = "") -> ArticleDocument:
        raise RuntimeError("lost its way \ud800")

    found = list(open_archive(io.BytesIO(data), max_bytes=LIMIT, read_page=stumble).records())
    assert texts(found) == ["! it cannot be read: RuntimeError: lost its way \\ud800", "Two."]


class Endless(Pipe):
    """Pieces that are made when they are asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._pieces = pieces

    def read(self, size: int | None = -1) -> bytes:
        return next(self._pieces, b"")


LINE = json_lines({"text": "A" * 9000}) * 7
ROWS = table(["A" * 3000 + "\n" + "B" * 3000]) * 10
PAGES = Crawl().answer(SITE, b"A" * 9000).data * 7
BOMB = gzip.compress(b"A" * 10_000_000)


@pytest.mark.parametrize(
    ("pieces", "format"),
    [
        (repeat(LINE, 200), "jsonl"),
        (chain([b'{"text": "'], repeat(b"A" * 65_536, 200)), "jsonl"),
        (chain([b"text\r\n"], repeat(ROWS, 200)), "csv"),
        (chain([b'text\r\n"'], repeat(b"A" * 65_000 + b"\n", 200)), "csv"),
        (repeat(PAGES, 200), "warc"),
        (chain([b"WARC/1.0\r\nContent-Length: 99999999\r\n\r\n"], repeat(b"A" * 65_536, 200)), "warc"),
        (chain([gzip.compress(LINE)], repeat(BOMB, 2)), "jsonl"),
        (repeat(Crawl().answer(SITE, BOMB, Content_Encoding="gzip").data, 9), "warc"),
    ],
    ids=[
        "lines",
        "a long line",
        "rows",
        "an open quote",
        "pages",
        "a large record",
        "a bomb",
        "pages that are bombs",
    ],
)
def test_memory_is_flat_however_large_the_archive(pieces: Iterator[bytes], format: str) -> None:
    archive = opened(Endless(pieces))
    assert archive.format == format
    tracemalloc.start()
    try:
        read = sum(1 for _ in archive.records())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read
    assert peak < 3_000_000
