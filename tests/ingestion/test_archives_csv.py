"""CSV: columns, delimiters, quoted line ends; rows that are no articles, and quotation marks left open."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion.archives import ArchiveError
from tests.ingestion.archive_files import SITE, opened, records, table, texts

HEADER = ["text", "title"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_columns_are_found_by_their_names(delimiter: str, line_end: str, mark: bytes) -> None:
    text = 'One, two; three.\tFour.\n\n"Five," she said.\r\n'
    data = table(
        ["ID", " Title ", "URL", "Authors", "TEXT", "Published_At", "a;b"],
        ["7", "Ferries", f"{SITE}/1#top", "Ada Holm", text, "2026-03-09", ""],
        delimiter=delimiter,
        line_end=line_end,
    )
    (record,) = records(mark + data)
    document = record.document
    assert document is not None
    assert (document.text, document.title, document.url) == (text, "Ferries", f"{SITE}/1")
    assert (document.byline, document.published_at) == ("Ada Holm", datetime(2026, 3, 9, tzinfo=UTC))


def test_numbers_count_the_rows_below_the_header() -> None:
    data = table(HEADER, ["One.", "A"], ["Two\nlines.", "B"], ["Three.", "C"])
    assert [record.number for record in records(data)] == [1, 2, 3]


def test_a_row_ends_where_its_last_line_does() -> None:
    first, second = records(data := table(HEADER, ["One\ntwo\n", "A"], ["Three.", "B"]))
    assert data[first.end :] == b"Three.,B\r\n"
    assert second.end == len(data)


def test_the_columns_are_known_when_reading_goes_on() -> None:
    data = table(HEADER, ["One.", "A"], ["Two.", "B"])
    first = records(data)[0]
    assert texts(opened(data).records(first.end, 1)) == ["Two."]


def test_an_apostrophe_that_keeps_a_formula_from_running_is_taken_away() -> None:
    data = table(HEADER, ["'=1+1", "'-5 degrees"], ["'@home", "'Tis"], ["''=1", "'"])
    found = [record.document for record in records(data)]
    assert [(document.text, document.title) for document in found if document] == [
        ("=1+1", "-5 degrees"),
        ("@home", "'Tis"),
        ("''=1", "'"),
    ]


def test_a_page_in_a_cell_is_read_as_a_page() -> None:
    data = table(["html"], ['<p class="a">One.</p>'])
    assert texts(records(data)) == ['<!doctype html><article><p class="a">One.</p></article>']


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (b"One.\r\n", "the row has 1 cells, the header 2"),
        (b"One,two.,A\r\n", "the row has 3 cells"),
        (b",A\r\n", "text is missing"),
        (b'"He said "no" to it.",A\r\n', "cannot be read"),
        (b"caf\xe9,A\r\n", "text is not Unicode text"),
        (b"One\0.,A\r\n", "NUL characters in text"),
        (b"One\rtwo.,A\r\n", "cannot be read"),
        (b"A" * 12_000 + b",A\r\n", "text is 12,000 bytes"),
        (b"A" * 100_000 + b",A\r\n", "longer than"),
    ],
)
def test_a_row_that_is_no_article_is_a_reject_and_the_next_is_read(row: bytes, complaint: str) -> None:
    rejected, following = records(b"text,title\r\n" + row + b"Two.,B\r\n")
    assert rejected.document is None
    assert complaint in rejected.error
    assert row.decode("utf-8", "replace").startswith(rejected.raw)
    assert (following.number, texts([following])) == (2, ["Two."])


def test_empty_rows_are_passed_over() -> None:
    assert texts(records(b"text,title\n\nOne.,A\n \n\nTwo.,B\n\n")) == ["One.", "Two."]


def test_a_quotation_mark_left_open_costs_its_row_alone() -> None:
    few = records(b'text,title\n"One.,A\nTwo.,B\nThree.,C\n')
    assert texts(few[1:]) == ["Two.", "Three."]
    assert "cannot be read" in few[0].error
    assert few[0].raw.startswith('"One.,A')
    many = records(b'text,title\n"One.,A\n' + b"Two.,B\n" * 20_000)
    assert "a quotation mark in it is not closed" in many[0].error
    assert texts(many[1:]) == ["Two."] * 20_000


def test_a_quotation_mark_left_open_in_the_last_row_is_a_reject() -> None:
    first, last = records(b'text,title\nOne.,A\n"Two.,B\n')
    assert "cannot be read" in last.error
    assert last.end > first.end


def test_reading_goes_on_from_a_row_with_an_open_quotation_mark() -> None:
    data = b'text,title\n"One.,A\nTwo.,B\n'
    first = records(data)[0]
    assert texts(opened(data).records(first.end, 1, after=first.after)) == ["Two."]


def test_open_quotation_marks_without_end_do_not_take_for_ever() -> None:
    begun = time.process_time()
    found = records(b"text\n" + b'a","b\n' * 30_000)
    assert found[-1].error
    assert any("are passed over" in record.error for record in found)
    assert time.process_time() - begun < 5


def test_a_last_row_without_an_end_is_a_row_unless_cells_are_missing() -> None:
    assert texts(records(b"text,title\nOne.,A")) == ["One."]
    first, last = records(b"text,title\nOne.,A\nTwo.")
    assert "breaks off" in last.error
    assert last.end == first.end


@pytest.mark.parametrize("packed", [bytes, lambda data: data.decode().encode("utf-16")])
def test_a_table_that_ends_within_a_cell_is_torn_and_read_on_once_it_is_whole(
    packed: Callable[[bytes], bytes],
) -> None:
    data = table(HEADER, ["One.", "A"], ['Two, or\n\nmore, and "so" on:\nmore.', "B"], ["Three.", "C"])
    whole = records(packed(data))
    for cut in range(whole[0].end + 1, data.rindex(b'"')):
        if data[:cut].endswith(b"\n"):
            continue  # it may as well be a mark left open in the last row
        first, last = records(packed(data[:cut]))
        assert texts([first]) == ["One."]
        assert "breaks off" in last.error
        assert list(opened(packed(data)).records(last.end, 1, after=last.after)) == whole[1:]


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "names no column for the text"),
        (b"title,date\nA,2026\n", "names no column for the text"),
        (b'"text,title\nOne.,A\n', "names no column for the text"),
        (b"x" * 100_000, "names no column for the text"),
        (b"text,Text\n", "two of its columns are named text"),
    ],
)
def test_a_header_that_does_not_do_is_refused(data: bytes, advice: str) -> None:
    with pytest.raises(ArchiveError, match=advice):
        opened(data, "csv")


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0'"), min_size=1, max_size=9)


@given(st.lists(st.tuples(CELLS, CELLS)), st.sampled_from(",;\t"))
def test_cells_come_out_as_they_went_in(rows: list[tuple[str, str]], delimiter: str) -> None:
    rows = [(f"One {text}", title) for text, title in rows]
    found = [record.document for record in records(table(HEADER, *rows, delimiter=delimiter))]
    assert [(document.text, document.title) for document in found if document] == [
        (text, title.strip()) for text, title in rows
    ]
