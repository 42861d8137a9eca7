"""The article in a page: its text, and what the page says about it."""

from datetime import UTC, datetime

from quotes.ingestion import ArticleDocument, read_document

BODY = """<p>The harbour board will buy two electric ferries, its chair announced on Friday morning.</p>
<blockquote><p>“We have waited ten years for this,” Oona Marlowe wrote to the islanders.</p></blockquote>
<p>“The price is a <em>scandal</em>,” said Desmond Achterberg, who leads the opposition on the council.</p>"""

LINKED_DATA = """{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
"headline": "Ferries ordered", "datePublished": "2026-03-06T09:30:00+01:00"}]}"""


def page(head: str = "", body: str = BODY) -> ArticleDocument:
    html = (
        f'<!doctype html><html lang="en-GB"><head><title>Ferries ordered</title>{head}</head>'
        f'<body><nav><a href="/">Home</a> <a href="/more">More of today</a></nav><article>{body}</article>'
        '<aside><h3>Related</h3><p><a href="/other">Other ferries, “sunk” they say</a></p></aside>'
        "</body></html>"
    )
    return read_document(html.encode(), max_bytes=100_000, url="https://m.tidewatch.example/x?fbclid=1")


def test_the_text_is_the_article_and_nothing_around_it() -> None:
    paragraphs = page().text.split("\n")
    assert "“The price is a scandal,” said Desmond Achterberg" in paragraphs[-1]
    assert "Home" not in page().text
    assert "Other ferries" not in page().text


def test_a_block_quote_is_part_of_the_article() -> None:
    assert "“We have waited ten years for this,”" in page().text


def test_the_time_of_day_is_kept() -> None:
    head = f'<script type="application/ld+json">{LINKED_DATA}</script>'
    assert page(head).published_at == datetime(2026, 3, 6, 8, 30, tzinfo=UTC)
    meta = '<meta property="article:published_time" content="2026-03-06T10:00:00Z">'
    assert page(meta).published_at == datetime(2026, 3, 6, 10, tzinfo=UTC)


def test_linked_data_that_is_broken_is_passed_over() -> None:
    assert page('<script type="application/ld+json">{"datePublished": </script>').text


def test_the_pages_canonical_link_wins_over_where_it_was_found() -> None:
    assert page().url == "https://m.tidewatch.example/x"
    head = '<link rel="canonical" href="https://www.tidewatch.example/x#top">'
    assert page(head).url == "https://www.tidewatch.example/x"
    assert page('<link rel="canonical" href="javascript:alert(1)">').url == "https://m.tidewatch.example/x"


def test_the_language_is_what_the_page_says() -> None:
    assert page().language == "en-GB"
