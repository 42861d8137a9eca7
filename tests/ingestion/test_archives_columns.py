"""Columns that were told, those that datasets have, and what Excel writes above them."""

import gzip

import pytest

from quotes.ingestion.archives import ArchiveError
from tests.ingestion.archive_files import Crawl, json_lines, opened, records, table, texts

CORPUS = table(["id", "corpo", "título"], ["7", "One.", "A"])
LINES = json_lines({"id": 7}, {"corpo": "One.", "título": "A"})


@pytest.mark.parametrize("data", [CORPUS, LINES, gzip.compress(CORPUS), "\ufeff".encode() + CORPUS])
def test_columns_may_be_told(data: bytes) -> None:
    found = list(opened(data, columns={"text": "Corpo", "title": "título"}).records())
    assert found[-1].document is not None
    assert (found[-1].document.text, found[-1].document.title) == ("One.", "A")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text", "<p>One.</p>"),
        ("html", "<!doctype html><article><p>One.</p></article>"),
        ("body", "<!doctype html><article><p>One.</p></article>"),
    ],
)
def test_the_field_that_a_column_is_told_for_says_how_it_is_read(name: str, text: str) -> None:
    data = table(["corpo", "text"], ["<p>One.</p>", "Another."])
    assert texts(opened(data, columns={name: "corpo"}).records()) == [text]


def test_a_column_that_was_told_counts_alone() -> None:
    data = table(["corpo", "text", "date", "data"], ["One.", "Two.", "2020-03-09", ""], ["", "Two.", "", ""])
    first, second = opened(data, columns={"text": "corpo", "published": "data"}).records()
    assert first.document is not None
    assert (first.document.text, first.document.published_at) == ("One.", None)
    assert "text is missing" in second.error


@pytest.mark.parametrize("data", [CORPUS, LINES])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(data: bytes) -> None:
    with pytest.raises(ArchiveError, match="no column body_pt: its columns are id, corpo, título"):
        opened(data, columns={"text": "body_pt", "title": "título"})


def test_what_no_column_can_be_for_is_refused() -> None:
    with pytest.raises(
        ArchiveError, match="texto is nothing that a column can be for: that is one of text, html"
    ):
        opened(CORPUS, columns={"texto": "corpo"})
    with pytest.raises(ArchiveError, match="leave --column out"):
        opened(Crawl().answer("https://a.example/", b"One.").data, columns={"text": "corpo"})


def test_columns_without_one_for_the_text_are_named() -> None:
    with pytest.raises(ArchiveError, match=r"--column text=NAME.* it has id, corpo, título"):
        opened(CORPUS, "csv")
    with pytest.raises(ArchiveError, match="--column text=NAME"):
        opened(CORPUS)


def test_read_with_other_columns_it_is_another_archive() -> None:
    heads = [
        opened(table(["text", "corpo"]), columns=told).head
        for told in (None, {"text": "corpo"}, {"html": "corpo"})
    ]
    assert len(set(heads)) == 3


@pytest.mark.parametrize(
    "names",
    [
        ["id", "title", "publication", "author", "date", "content"],
        ["Title", "Publication", "Byline", "Publication Date", "Full Text", "x"],
        ["headline", "source", "authors", "published_at", "article", "day"],
        ["title", "source_domain", "language", "date_publish", "maintext", "url"],
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_columns_of_datasets_are_known(names: list[str], delimiter: str) -> None:
    row = [
        "One." if name.lower() in {"content", "full text", "article", "maintext"} else "" for name in names
    ]
    assert texts(records(table(names, row, delimiter=delimiter))) == ["One."]


def test_two_columns_for_one_thing_are_no_trouble_unless_they_have_one_name() -> None:
    data = table(["pubDate", "pub_date", "body", "content"], ["", "2020-03-09", "Two.", "One."])
    (record,) = records(data)
    assert record.document is not None
    assert (record.document.text, record.document.published_at is None) == ("One.", False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("line", ["sep={}\r\n", "SEP={}\n", '"sep={}"\r\n'])
@pytest.mark.parametrize("form", ["utf-8", "utf-16"])
def test_the_line_with_which_excel_names_the_delimiter_is_no_header(
    line: str, mark: str, delimiter: str, form: str
) -> None:
    rows = table(["text", "a,b;c"], ["One, two; three.", ""], ["Four.", ""], delimiter=delimiter)
    data = (mark + line.format(delimiter) + rows.decode()).encode(form)
    whole = records(data)
    assert texts(whole) == ["One, two; three.", "Four."]
    assert list(opened(data).records(whole[0].end, 1, after=whole[0].after)) == whole[1:]


def test_a_column_may_be_called_sep() -> None:
    assert texts(records(b"sep,text\n1,One.\n")) == ["One."]
