"""The article in a page: its text, and what the page says about it."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extraction import extract_quotes
from quotes.ingestion import DocumentError, read_document
from tests.ingestion.html_pages import BODY, FIRST, LAST, SECOND, URL, page, paragraphs


def test_the_text_is_the_article_and_nothing_around_it() -> None:
    assert paragraphs(f"<h1>Ferries ordered</h1>{BODY}") == [FIRST, SECOND, LAST]
    kicker = "<p>Harbour news</p><h1>Ferries ordered</h1>"
    assert paragraphs(f"{kicker}{BODY}") == ["Harbour news", FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{FIRST}<br><br>{SECOND}<br /><br />{LAST}", [FIRST, SECOND, LAST]),
        (
            f"<p>{FIRST}</p><p>“We have waited<br>ten years.”</p><p>{LAST}</p>",
            [FIRST, "“We have waited ten years.”", LAST],
        ),
        (f"<p>{FIRST}</p><ul><li>{SECOND}</li><li>{LAST}</li></ul>", [FIRST, SECOND, LAST]),
        (f"<p>{FIRST}</p><h2>What next</h2><p>{LAST}</p>", [FIRST, "What next", LAST]),
        (
            f"<p>{FIRST}</p><blockquote>“We waited ten years.”<cite>Oona Marlowe</cite></blockquote>"
            f"<p>{LAST}</p>",
            [FIRST, "“We waited ten years.” — Oona Marlowe", LAST],
        ),
        (
            f'<p>{FIRST}</p><div class="social-embed"><blockquote class="twitter-tweet"><p>At last.</p>'
            f'&mdash; Oona (@oona) <a href="x">March 6, 2026</a></blockquote></div><p>{LAST}</p>',
            [FIRST, "“At last.” — Oona (@oona) March 6, 2026", LAST],
        ),
        (
            f"<p>{FIRST}</p><p>It was <q>no</q> <em>accident</em>, <a href='/x'>Ivo&nbsp;Lind</a> said"
            f".</p><p>{LAST}</p>",
            [FIRST, "It was “no” accident, Ivo Lind said.", LAST],
        ),
        (
            f"<p><strong>WALLACE:</strong> I said so.</p><p><b>LIND:</b> You did.</p><p>{LAST}</p>",
            ["WALLACE: I said so.", "LIND: You did.", LAST],
        ),
        (
            f"<p>{FIRST}</p><p>It was <q>slow, <q>dead</q> slow</q>, or <q>“slow”</q>.</p>",
            [FIRST, "It was “slow, ‘dead’ slow”, or “slow”."],
        ),
        (
            f"<p>{FIRST}</p><figure><blockquote>We waited.</blockquote><figcaption>Oona Marlowe</figcaption>"
            "</figure>",
            [FIRST, "“We waited.” — Oona Marlowe"],
        ),
        (f"<p>{FIRST}</p><p>“No.”</p><p>“No.”</p>", [FIRST, "“No.”", "“No.”"]),
        (
            f"<p><time>6 March 2026</time></p><p>It sailed on <time>Friday</time> to Kelm.</p><p>{LAST}",
            ["It sailed on Friday to Kelm.", LAST],
        ),
        (f"<p>{FIRST}</p><p>Read more, she told <a href='/x'>us</a>.", [FIRST, "Read more, she told us."]),
        (f"<p>{FIRST}</p><p>s&#1;a&#x1f;i&#65534;ls</p>", [FIRST, "sails"]),
        (f"<p>so&shy;ft {FIRST}\u200b</p>\r\n<p>{LAST}</p>", [f"soft {FIRST}", LAST]),
    ],
    ids=[
        "br", "br within", "list", "heading", "blockquote", "tweet", "inline", "transcript", "q", "figure",
        "short", "times", "read more", "control", "unseen",
    ],
)  # fmt: skip
def test_a_paragraph_is_a_paragraph(body: str, expected: list[str]) -> None:
    assert paragraphs(body) == expected


@pytest.mark.parametrize(
    "aside",
    [
        "<figure><img src='a.jpg'><figcaption>The old boat, “a kettle”. Photo: A. Holm</figcaption></figure>",
        "<div class='wp-caption'><p>The old boat at the pier, said Ivo Lind</p></div>",
        "<aside class='pullquote'>The price is a scandal</aside>",
        "<blockquote>“The price is a scandal”</blockquote>",
        "<blockquote><p>“The price is a scandal”</p><cite>Desmond Achterberg</cite></blockquote>",
        "<p><a href='/x'>Read more: Other ferries sunk, say divers</a></p>",
        "<p><strong>Related:</strong> <a href='/x'>Other ferries sunk, say divers</a></p>",
        "<div class='newsletter-signup'><p>Sign up to our letter, “the best there is”.</p></div>",
        "<ul class='social-share'><li>Share on a site</li></ul>",
        f"<p>{SECOND}</p>",
    ],
)
def test_what_is_not_the_article_is_left_out(aside: str) -> None:
    assert paragraphs(f"<p>{FIRST}</p>{aside}<p>{SECOND}</p><p>{LAST}</p>") == [FIRST, SECOND, LAST]


def test_an_article_is_not_left_out_for_what_its_box_is_called() -> None:
    assert paragraphs(BODY, wrap='div class="article share-bar related"') == [FIRST, SECOND, LAST]


def test_a_quote_that_goes_on_in_the_next_paragraph_is_one_speakers() -> None:
    said = [
        "“The price is a scandal,” said Desmond Achterberg. “It was decided at night.",
        "“I was not asked.”",
    ]
    found = extract_quotes(page(body=f"<p>{FIRST}</p><p>{said[0]}</p><p>{said[1]}</p>").text).quotes
    assert {quote.speaker.name for quote in found if quote.speaker} == {"Desmond Achterberg"}
    assert any("I was not asked" in quote.text for quote in found)


GRAPH = """{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "Tidewatch", "url": "https://tidewatch.example/"},
 {"@type": ["NewsArticle"], "headline": "Ferries &amp; more", "datePublished": "2026-03-06T09:30:00+01:00",
  "dateModified": "2026-03-06T12:00:00.000Z", "author": [{"@type": "Person", "name": "Ada Holm"},
  {"@type": "Person", "name": "By Ivo Lind"}, "https://tidewatch.example/lind"],
  "publisher": {"name": "Tidewatch"},
  "mainEntityOfPage": {"@id": "https://www.tidewatch.example/f"}},
 {"@type": "Article", "headline": "Another", "datePublished": "2020-01-01"}]}"""


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize("data", [GRAPH, f"<!-- {GRAPH} -->", f"//<![CDATA[\n{GRAPH}\n//]]>", f"[{GRAPH}]"])
def test_linked_data_says_what_it_is(data: str) -> None:
    found = page(linked(data))
    assert (found.title, found.byline, found.source) == ("Ferries & more", "Ada Holm, Ivo Lind", "Tidewatch")
    assert found.published_at == datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
    assert found.modified_at == datetime(2026, 3, 6, 12, tzinfo=UTC)
    assert found.url == "https://www.tidewatch.example/f"


@pytest.mark.parametrize(
    "data", ['{"datePublished": ', "[" * 100_000, "null", '{"@type": {"a": 1}}', "NaN", '"x"']
)
def test_linked_data_that_is_broken_is_passed_over(data: str) -> None:
    assert page(linked(data)).text == "\n\n".join([FIRST, SECOND, LAST])


@pytest.mark.parametrize(
    ("name", "content", "time"),
    [
        ("article:published_time", "2026-03-06T10:00:00Z", datetime(2026, 3, 6, 10, tzinfo=UTC)),
        ("article:published_time", "2026-03-06T10:00:00+0100", datetime(2026, 3, 6, 9, tzinfo=UTC)),
        ("article:published_time", "Fri, 06 Mar 2026 10:00:00 AEDT", datetime(2026, 3, 5, 23, tzinfo=UTC)),
        ("datePublished", "2026-03-06 10:00:00", datetime(2026, 3, 6, 10, tzinfo=UTC)),
        ("date", "Fri, 06 Mar 2026 10:00:00 GMT", datetime(2026, 3, 6, 10, tzinfo=UTC)),
        ("date", "0001-01-01T00:00:00+14:00", None),
        ("date", "2996-03-06", None),
        ("date", "yesterday", None),
    ],
)
def test_the_time_of_day_is_kept(name: str, content: str, time: datetime | None) -> None:
    assert page(f'<meta property="{name}" content="{content}">').published_at == time


def test_a_date_that_is_not_understood_is_not_guessed_from_elsewhere() -> None:
    below = "<footer>Updated on 3 March 2020. © 2019</footer>"
    assert page('<meta name="date" content="01/02/2016">', BODY + below).published_at is None
    dated = '<link rel="canonical" href="https://www.tidewatch.example/2016/02/03/ferries">'
    assert page(dated).published_at == datetime(2016, 2, 3, tzinfo=UTC)


def test_other_elements_say_it_where_there_is_no_linked_data() -> None:
    head = (
        '<meta property="og:title" content="Ferries - Tidewatch"><meta property="og:site_name" content='
        '"Tidewatch"><meta name="author" content="https://social.example/ada"><meta name="parsely-author" '
        'content="By Ada Holm"><meta property="article:modified_time" content="2026-03-07T10:00:00Z">'
    )
    found = page(head)
    assert (found.title, found.byline, found.source) == ("Ferries", "Ada Holm", "Tidewatch")
    assert found.modified_at == datetime(2026, 3, 7, 10, tzinfo=UTC)


def test_a_page_that_says_nothing_has_its_title_and_host() -> None:
    found = page()
    assert (found.title, found.byline, found.source) == ("Ferries ordered", "", "m.tidewatch.example")
    assert (found.published_at, found.modified_at, found.language) == (None, None, "en-GB")


def test_the_pages_canonical_link_wins_over_where_it_was_found() -> None:
    assert page().url == "https://tidewatch.example/news/ferries"
    head = '<link rel="canonical" href="https://www.tidewatch.example/x#top">'
    assert page(head).url == "https://www.tidewatch.example/x"
    # A page that says itself that it is at a mobile host is there.
    mobile = '<link rel="canonical" href="https://m.tidewatch.example/x">'
    assert page(mobile).url == "https://m.tidewatch.example/x"


@pytest.mark.parametrize("bad", ["javascript:alert(1)", "https://[", "/", "https://tidewatch.example", ""])
def test_a_canonical_link_that_cannot_be_it_is_passed_over(bad: str) -> None:
    assert page(f'<link rel="canonical" href="{bad}">').url == "https://tidewatch.example/news/ferries"


@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("", "", "utf-8"),
        ("utf-8", "", "cp1252"),
        ("iso-8859-1", "", "cp1252"),
        ("", "ISO-8859-1", "cp1252"),
        ("windows-1251", "utf-8", "utf-8"),
        ("", "windows-1250", "cp1250"),
        ("nonsense", "", "utf-8"),
    ],
)
def test_characters_are_what_was_meant(declared: str, header: str, encoding: str) -> None:
    text = f"„It’s the café,“ said Zoë Marlöwe. {FIRST}"
    meta = f'<meta charset="{declared}">' if declared else ""
    html = f"<!doctype html><html><head>{meta}<title>T</title></head><body><article><p>{text}</p>{BODY}"
    if encoding == "cp1250":
        text = text.replace("Zoë", "Łódź")
        html = html.replace("Zoë", "Łódź")
    found = read_document(html.encode(encoding), max_bytes=100_000, charset=header)
    assert found.text.split("\n\n")[0] == text


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 50_000 + FIRST,
        "<p>" * 20_000 + FIRST,
        f"<p>{FIRST}</p>" + "<br>" * 20_000,
        "<div class='share'>" * 3_000 + FIRST,
        "<blockquote><cite>" * 3_000 + FIRST,
        f"<p {'a=b ' * 100_000}>{FIRST}</p>",
        f"<p>{FIRST}</p>" + linked('{"a":' * 50_000),
        "&" * 100_000 + FIRST,
        "<p>a" * 200_000,
        "<q>" * 20_000 + FIRST,
        "<p>One" + "<br>" * 1_000_000 + "Two",
    ],
    ids=[
        "deep",
        "paragraphs",
        "breaks",
        "boxes",
        "cites",
        "attributes",
        "data",
        "entities",
        "many",
        "marks",
        "more breaks",
    ],
)
def test_a_hostile_page_is_read_or_refused(hostile: str) -> None:
    with suppress(DocumentError):
        assert page(body=hostile).text.strip()


@given(st.binary(max_size=300), st.sampled_from([b"", b"<!doctype html><html>", b"<html><body><article><p>"]))
@settings(deadline=None)
def test_any_bytes_are_an_article_or_refused(data: bytes, before: bytes) -> None:
    try:
        found = read_document(before + data, max_bytes=10_000, url=URL)
    except DocumentError:
        return
    assert found.text.strip()
