"""JSON lines: what a line may say, and what is said of one that is no article."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.ingestion.archives import Record, open_archive
from tests.ingestion.archive_files import LIMIT, SITE, json_lines, records, texts

TEXT = "“We have waited ten years for this,” said Oona Marlowe.\n\n  She called them floating kettles.\n"


def read(line: bytes, max_bytes: int = LIMIT) -> Record:
    return records(line, "jsonl", max_bytes)[0]


def test_a_line_gives_the_text_as_it_is_and_what_it_says_of_it() -> None:
    (record,) = records(
        json_lines(
            {
                "id": 17,
                "text": TEXT,
                "url": f" {SITE}/ferries?utm_source=feed#top",
                "title": " Ferries ordered ",
                "source": "Tidewatch",
                "byline": "Ada Holm",
                "language": "en-GB",
                "published": "2026-03-09T08:00:00+01:00",
                "modified_at": "2026-03-10",
                "tags": [{"deep": None}],
            }
        )
    )
    assert (record.number, record.error, record.raw) == (1, "", "")
    document = record.document
    assert document is not None
    assert (document.text, document.url) == (TEXT, f"{SITE}/ferries")
    assert (document.title, document.source, document.language) == ("Ferries ordered", "Tidewatch", "en-GB")
    assert (document.byline, document.published_at) == ("Ada Holm", datetime(2026, 3, 9, 7, tzinfo=UTC))
    assert document.modified_at == datetime(2026, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "byline"),
    [
        ({"author": "Ada Holm"}, "Ada Holm"),
        ({"byline": None, "authors": ["Ada Holm", "Bo Lind"]}, "Ada Holm, Bo Lind"),
        ({"byline": "", "author": [], "authors": "Ada Holm"}, "Ada Holm"),
        ({"byline": "By Ada Holm", "author": "Bo Lind"}, "By Ada Holm"),
        ({"author": {"name": "Ada Holm"}}, "Ada Holm"),
        ({"author": {"id": 7}, "authors": [{"name": "Ada Holm"}, {}, "Bo Lind"]}, "Ada Holm, Bo Lind"),
    ],
)
def test_bylines_have_several_names(fields: dict[str, object], byline: str) -> None:
    document = read(json_lines({"text": TEXT, **fields})).document
    assert document is not None
    assert document.byline == byline


MORNING = datetime(2020, 3, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        ({"published": "2020-03-09T08:00:00Z"}, MORNING),
        ({"published_at": "2020-03-09 09:00:00+01:00"}, MORNING),
        ({"publishedAt": "Mon, 09 Mar 2020 13:30:00 IST"}, MORNING),
        ({"date_publish": "2020-03-09 08:00:00"}, MORNING),
        ({"publish_date": "March 9, 2020 4:00 AM ET"}, MORNING),
        ({"pubDate": "Mon, 09 Mar 2020 19:00:00 AEDT"}, MORNING),
        ({"Publication Date": "2020/3/9"}, MORNING.replace(hour=0)),
        ({"date": 1583740800}, MORNING),
        ({"date": "3/9/2020", "published": "", "pub_date": "2020-03-09T08:00"}, MORNING),
        ({"date": "1852-05-01"}, datetime(1852, 5, 1, tzinfo=UTC)),
        ({"date": "9 Mar 2020 08:00 IST", "url": "https://tidewatch.ie/1"}, MORNING.replace(hour=7)),
        ({"date": None, "published": False}, None),
    ],
)
def test_times_have_several_names_and_forms(fields: dict[str, object], moment: datetime | None) -> None:
    record = read(json_lines({"text": TEXT, **fields}))
    assert record.document is not None
    assert (record.document.published_at, record.lost, record.raw) == (moment, "", "")


@pytest.mark.parametrize(
    ("fields", "lost"),
    [
        ({"published": "yesterday"}, "published: 'yesterday' is no date"),
        ({"date": "03/09/2020"}, "date: '03/09/2020' is no date"),
        ({"date": "9 mars 2020"}, "date: '9 mars 2020' is no date"),
        ({"date": "9 Mar 2020 08:00 XYZ"}, "date: '9 Mar 2020 08:00 XYZ' is no date"),
        ({"date": "0001-01-01T00:00+14:00"}, "date: "),
        ({"date": {"$date": 7}}, "date: {'$date': 7} is no date"),
        ({"published_at": 7}, "published_at: 7 is no date"),
        ({"published": "a\0\ud800é"}, r"published: 'a\x00\ud800\xe9' is no date"),
        ({"modified": "9999-12-31T23:00-14:00"}, "modified: "),
    ],
)
def test_an_article_is_not_refused_for_its_date_which_is_told_as_lost(
    fields: dict[str, object], lost: str
) -> None:
    record = read(line := json_lines({"text": TEXT, **fields}))
    assert record.document is not None
    assert (record.document.published_at, record.document.modified_at) == (None, None)
    assert record.lost.startswith(lost)
    assert record.raw == line.decode().strip()


def test_a_date_that_the_page_says_is_not_lost() -> None:
    page = f'<meta property="article:published_time" content="2020-03-09T08:00Z"><p>{TEXT * 5}</p>'
    line = json_lines({"html": f"<!doctype html>{page}", "date": "yesterday"})
    (record,) = open_archive(io.BytesIO(line), max_bytes=LIMIT).records()
    assert record.document is not None
    assert (record.document.published_at, record.lost) == (MORNING, "")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"maintext": "One.", "source_domain": "tidewatch.example"}, ("One.", "", "tidewatch.example", "")),
        ({"articleBody": "One.", "headline": "A"}, ("One.", "A", "", "")),
        ({"content": "One.", "source": {"id": None, "name": "Tidewatch"}}, ("One.", "", "Tidewatch", "")),
        ({"article": "One.", "publication": "Tidewatch"}, ("One.", "", "Tidewatch", "")),
        ({"Full Text": "One.", "LINK": f"{SITE}/1"}, ("One.", "", "", f"{SITE}/1")),
        ({"bodyText": "One.", "webTitle": "A", "webUrl": f"{SITE}/1"}, ("One.", "A", "", f"{SITE}/1")),
        ({"body": "Two.", "content": "One.", "summary": "Three."}, ("One.", "", "", "")),
        ({"content": "Two.", "text": "One."}, ("One.", "", "", "")),
        ({"content": 7, "text": "One."}, ("One.", "", "", "")),
        ({"Text": "", "text": "One.", "TEXT": "Two."}, ("One.", "", "", "")),
    ],
)
def test_fields_go_by_the_names_that_datasets_use_in_a_fixed_order(
    fields: dict[str, object], found: tuple[str, ...]
) -> None:
    document = read(json_lines(fields)).document
    assert document is not None
    assert (document.text, document.title, document.source, document.url) == found


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"html": "<!doctype html><p>One."}, "<!doctype html><p>One."),
        ({"html": "<p>One.</p>"}, "<!doctype html><article><p>One.</p></article>"),
        ({"body": "One.<br>Two."}, "<!doctype html><article>One.<br>Two.</article>"),
        ({"body": "3 < 4 and <b is no markup"}, "3 < 4 and <b is no markup"),
        ({"content": "One.<br>Two."}, "<!doctype html><article>One.<br>Two.</article>"),
        ({"maintext": "<p>is a tag"}, "<p>is a tag"),
        ({"text": "One.", "html": "<p>Two."}, "One."),
        ({"text": "<p>is a tag"}, "<p>is a tag"),
        ({"text": None, "html": " ", "body": "One."}, "One."),
    ],
)
def test_text_is_taken_as_it_is_and_markup_is_read_as_a_page(fields: dict[str, object], text: str) -> None:
    assert texts([read(json_lines(fields))]) == [text]


def test_a_page_that_is_really_read_gives_its_article_and_the_line_the_rest() -> None:
    page = f"<html lang=en><title>Ferries</title><article><p>{TEXT * 5}</p></article></html>"
    line = json_lines({"html": page, "title": "Ferries ordered", "url": f"{SITE}/1"})
    (record,) = open_archive(io.BytesIO(line), max_bytes=LIMIT).records()
    assert record.document is not None
    assert "floating kettles" in record.document.text
    assert (record.document.title, record.document.url) == ("Ferries ordered", f"{SITE}/1")
    assert record.document.language == "en"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"Ferries ordered\n", "not JSON"),
        (b'{"text": "One."} {"text": "Two."}\n', "not JSON"),
        (b"[" * 100_000 + b"\n", "longer than"),
        (b"[" * 50_000 + b"\n", "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "not JSON"),
        (b'["text"]\n', "no object"),
        (b"null\n", "no object"),
        (b"{}\n", "text is missing"),
        (b'{"text": " "}\n', "text is missing"),
        (b'{"text": 7}\n', "text is a number"),
        (b'{"text": ["One."]}\n', "text is a list"),
        (b'{"html": {}}\n', "html is an object"),
        (b'{"text": "One.", "title": true}\n', "title is true or false: a string"),
        (b'{"text": "One.", "authors": ["A", 1]}\n', "authors is a number: a string or a list"),
        (b'{"text": "One.", "url": "ferries"}\n', "url: 'ferries' is not a web address"),
        (b'{"text": "One.", "url": 5}\n', "url is a number"),
        (b'{"text": "One\\u0000."}\n', "NUL characters in text"),
        (b'{"text": "One.", "source": "\\u0000"}\n', "NUL characters in source"),
        (b'{"text": "One \\ud800."}\n', "text is not Unicode text at character 5"),
        (b'{"text": "One.", "url": "https://a.example/\\udc00"}\n', "url is not Unicode text"),
        (b'{"text": "One.", "byline": "\\udc00"}\n', "byline is not Unicode text"),
        (b'{"text": "caf\xe9"}\n', "text is not Unicode text at character 4"),
        (b'{"text": "' + b"A" * (LIMIT + 1) + b'"}\n', "text is 10,001 bytes"),
        (b'{"text": "' + b"\\u00e6" * (LIMIT // 2 + 1) + b'"}\n', "text is 10,002 bytes"),
        (b'{"text": "One.", "x": "' + b"A" * 10 * LIMIT + b'"}\n', "longer than"),
    ],
)
def test_a_line_that_is_no_article_is_a_reject_and_the_next_is_read(line: bytes, complaint: str) -> None:
    rejected, following = records(line + json_lines({"text": "Two."}), "jsonl")
    assert rejected.document is None
    assert complaint in rejected.error
    assert rejected.raw
    assert line.decode("utf-8", "replace").startswith(rejected.raw)
    assert len(rejected.raw) <= 2000
    assert (following.number, texts([following])) == (2, ["Two."])


def test_bytes_that_are_not_utf8_do_no_harm_in_a_field_that_is_not_read() -> None:
    assert texts(records(b'{"text": "One.", "note": "caf\xe9"}\n')) == ["One."]


def test_a_text_may_be_as_long_as_the_limit_however_it_is_escaped() -> None:
    text = "б" * (LIMIT // 2)
    assert texts([read(json_lines({"text": text}))]) == [text]


def test_empty_lines_are_passed_over_and_line_ends_may_be_of_any_kind() -> None:
    found = records(b'\r\n{"text": "One."}\r\n\n  \n{"text": "Two."}', "jsonl")
    assert texts(found) == ["One.", "Two."]
    assert [record.number for record in found] == [1, 2]


def test_what_is_escaped_as_a_surrogate_pair_is_a_character() -> None:
    assert texts(records(b'{"text": "\\ud83d\\ude00"}')) == ["\N{GRINNING FACE}"]


SIMPLE = st.none() | st.booleans() | st.floats() | st.text()


@given(SIMPLE | st.lists(SIMPLE), st.sampled_from(["text", "html", "url", "title", "author", "date"]))
def test_any_value_of_any_field_gives_an_article_or_names_the_field(value: object, name: str) -> None:
    record = read(json_lines({"body": "One.", name: value}))
    assert record.document is not None or name in record.error or "text" in record.error
