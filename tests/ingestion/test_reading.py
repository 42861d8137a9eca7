"""What a file may be, and what is said of what it may not be."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion import DocumentError, read_document
from quotes.ingestion.reading import decode

LIMIT = 10_000


def read(data: bytes) -> str:
    return read_document(data, max_bytes=LIMIT).text


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "no text"),
        (b" \r\n\t", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"%PDF-1.7 \x01\x02\x03\x04\x05 obj", "binary"),
        (b"\xff\xfeabc", "UTF-16"),
        ("word".encode("utf-32"), "UTF-16"),
        (b"x" * (LIMIT + 1), "larger than"),
        (b"<!doctype html><html><body></body></html>", "no article"),
        (b"URL: https://tidewatch.example/a\n\n  \n", "no text below"),
        (b"URL: https://tidewatch.example/a\nWeather: fine\n\nText.", "not a header line"),
        (b"URL: https://tidewatch.example/a\nPublished: yesterday\n\nText.", "not a time"),
        (b"URL: ferries\n\nText.", "not a web address"),
        (b"URL: https://user:secret@tidewatch.example/\n\nText.", "leave them out"),
        (b"Title: Ferries\n\n", "no text below"),
        (b"Title: Ferries\nByline: A. Lee\nWeather: fine\n\nText.", "not a header line"),
        (b"Title: Ferries\nTitle: Boats\n\nText.", "one each"),
        (b"Title: Ferries\nPublished: yesterday\n\nText.", "not a time"),
        (b"Byline: A. Lee\nURL: ferries\n\nText.", "not a web address"),
    ],
)
def test_what_is_no_article_is_refused_with_the_reason(data: bytes, complaint: str) -> None:
    with pytest.raises(DocumentError, match=complaint):
        read(data)


@pytest.mark.parametrize(
    "data",
    ["“Æ” said".encode(), "“Æ” said".encode("utf-8-sig"), "“Æ” said".encode("utf-16"), b"\x93\xc6\x94 said"],
    ids=["UTF-8", "UTF-8 with a mark", "UTF-16", "Windows-1252"],
)
def test_the_encodings_that_articles_come_in_are_read(data: bytes) -> None:
    assert read(data) == "“Æ” said"


@pytest.mark.parametrize(
    "begin",
    [
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//Mobile//DTD XHTML" "x.dtd">',
        "<!-- saved -->\n<?php ?><html>",
        '<meta property="og:title" content="Ferries">\n<html>',
        '<script>var a = "<p>";</script><html>',
        "<div id='page'>",
        "<p class='lead'>",
    ],
)
def test_what_begins_like_a_page_is_one(begin: str) -> None:
    words = (
        "The harbour board will buy two electric ferries, its chair announced on Friday after a long night."
    )
    assert read(f"{begin}<p>{words}</p>".encode()) == words


@pytest.mark.parametrize("text", ["<3 is what they sang.", "<Applause> was all.", "A <b>bold</b> claim."])
def test_a_text_with_an_angle_bracket_is_none(text: str) -> None:
    assert read(text.encode()) == text


def test_line_ends_and_blanks_stay_as_they_are() -> None:
    assert read(b"  One.\r\n\r\nTwo.\n") == "  One.\r\n\r\nTwo.\n"


def test_a_text_without_a_header_has_its_first_line_for_a_title() -> None:
    document = read_document(b"\nFerries ordered\n\nText.\n", max_bytes=LIMIT)
    assert (document.title, document.url) == ("Ferries ordered", "")
    assert document.text == "\nFerries ordered\n\nText.\n"


def test_a_header_gives_the_metadata_and_is_no_part_of_the_text() -> None:
    page = (
        "URL: https://www.tidewatch.example/a?utm_source=x\nSource: Tidewatch\nTitle: Ferries: two\n"
        "Byline: A. Lee\nPublished: 2026-03-06T09:30:00\nLanguage: en\n\nText.\n"
    )
    document = read_document(page.encode(), max_bytes=LIMIT)
    assert document.text == "Text.\n"
    assert document.url == "https://www.tidewatch.example/a"
    assert (document.source, document.title, document.byline) == ("Tidewatch", "Ferries: two", "A. Lee")
    assert document.published_at == datetime(2026, 3, 6, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("Title: Ferries: two", "title", "Ferries: two"),
        ("TITLE : Ferries", "title", "Ferries"),
        ("Title: Ferries\r\nSource: Tidewatch\r\n", "source", "Tidewatch"),
        ("Title: Ferries\nURL: https://tidewatch.example/a", "url", "https://tidewatch.example/a"),
        ("Title:\nSource: Tidewatch", "source", "Tidewatch"),
        ("Byline: A. Lee", "byline", "A. Lee"),
        ("Byline: A. Lee\nTitle: Ferries", "title", "Ferries"),
        ("Published: 2026-03-06", "published_at", datetime(2026, 3, 6, tzinfo=UTC)),
        ("Published: 2026-03-06T09:30:00Z", "published_at", datetime(2026, 3, 6, 9, 30, tzinfo=UTC)),
        ("Published: 2026-03-06\nTitle: Ferries", "title", "Ferries"),
        ("Language: en-GB", "language", "en-GB"),
        ("Language: English\nTitle: Ferries", "title", "Ferries"),
        ("Source: Tidewatch", "source", "Tidewatch"),
    ],
)
def test_a_header_may_begin_with_any_of_its_lines(header: str, field: str, value: object) -> None:
    end = "\r\n" if "\r" in header else "\n"
    document = read_document(f"{header.rstrip()}{end}{end}Text.".encode(), max_bytes=LIMIT)
    assert (document.text, getattr(document, field)) == ("Text.", value)


@pytest.mark.parametrize(
    "text",
    [
        "Ferries: what we know\n\nText.",
        "Title: the fight that nobody wanted\nBy A. Lee\n\nText.",
        "Title: the fight that nobody wanted\nIt was over in a minute.",
        "Title: the fight that nobody wanted\nWeather: fine\n\nText.",
        "Title: ferries",
        "Title: ferries\n",
        "Title:\n\nText.",
        "Language: why we lose ours\n\nText.",
        "Language: a matter of taste, she said\nText.",
        "Published: at last, the keeper's diaries\n\nText.",
        "Published: yesterday\n\nText.",
        "Byline: who wrote it?\n“We did,” they said.\n\nText.",
        "\nTitle: ferries\n\nText.",
        "Titles: two\n\nText.",
    ],
)
def test_a_headline_with_a_colon_is_no_header(text: str) -> None:
    document = read_document(text.encode(), max_bytes=LIMIT)
    assert document.text == text
    assert document.title == text.strip().splitlines()[0]


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    with suppress(DocumentError):
        assert "\0" not in read(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_comes_out_as_it_went_in(text: str) -> None:
    if not text.startswith("\ufeff") and text.count("\ufffd") <= len(text) // 100:
        assert decode(text.encode()) == text
