"""What stands in boxes of a page: left out where it is none of the article, kept where it is all there is."""

import json

import pytest

from tests.ingestion.html_pages import BODY, FIRST, LAST, SECOND, page, paragraphs

ARTICLE = [FIRST, SECOND, LAST]
TEASER = (
    "<li><h3><a href='/{0}'>Divers find {0}</a></h3><p>They say that it is “{0}” and nothing else.</p></li>"
)
TEASERS = "".join(TEASER.format(what) for what in ("a bell", "a boot", "a tuba", "a crown"))


@pytest.mark.parametrize(
    "wrap",
    [
        'div class="more-on"', 'div class="share"', 'div id="related"', 'section class="promo"', "aside",
        "div hidden", "noscript", "template", "form", 'form id="aspnetForm"',
    ],
)  # fmt: skip
def test_an_article_is_kept_whatever_it_stands_in(wrap: str) -> None:
    assert paragraphs(BODY, wrap=wrap) == ARTICLE


def test_a_box_that_is_never_closed_does_not_take_the_article_with_it() -> None:
    opened = (
        "<div class='social-share'><a href='/s'>Share</a><div class='related'><p><a href='/x'>More</a></p>"
    )
    assert paragraphs(f"{opened}{BODY}", wrap="main") == ARTICLE


def test_a_box_within_an_article_of_the_same_name_is_left_out_all_the_same() -> None:
    inner = "<div class='related'><p>Other ferries sunk, “slowly” as they say, in the bay of Kelm</p></div>"
    body = f"<p>{FIRST}</p>{inner}<p>{SECOND}</p><p>{LAST}</p>"
    assert paragraphs(body, wrap='div class="related"') == ARTICLE


def test_a_comment_does_not_end_a_paragraph() -> None:
    body = f"<p>When <!-- -->President<!-- --> Marlowe spoke<!-- x -->, they left.</p>{BODY}"
    assert paragraphs(body) == ["When President Marlowe spoke, they left.", *ARTICLE]


def test_what_an_aside_of_the_article_quotes_is_kept() -> None:
    aside = "<aside><h3>The pilot</h3><p>“I never asked for a ferry,” Ivo Lind said at his gate.</p></aside>"
    found = paragraphs(f"<p>{FIRST}</p>{aside}<p>{SECOND}</p><p>{LAST}</p>")
    assert found == [
        FIRST,
        "The pilot",
        "“I never asked for a ferry,” Ivo Lind said at his gate.",
        SECOND,
        LAST,
    ]


@pytest.mark.parametrize(
    "aside",
    [
        "<aside><h3>Facts</h3><p>A ferry is a boat that goes to and fro, and no more than that.</p></aside>",
        "<aside><p><a href='/x'>“Sunk,” they say of other ferries</a></p></aside>",
        "<aside class='newsletter'><p>“The best there is,” readers say. Sign up.</p></aside>",
        f"<div><h2>More news</h2><ul>{TEASERS}</ul></div>",
        "<div class='related'><p>Other ferries sunk, “slowly” as they say, in the bay of Kelm</p></div>",
        "<table><tr><td><a href='/1'>Tides</a></td></tr><tr><td><a href='/2'>Weather</a></td></tr></table>",
        "<p>Subscribe now to our weekend edition for the full story.</p>",
        "<p>For the latest news of the harbour, download our app.</p>",
        "<p>If you are already a subscriber, log in to your account.</p>",
        "<p>The old boat at the pier. (Photo: Harbour Board)</p>",
        "<p>© 2026 Tidewatch. All rights reserved.</p>",
    ],
    ids=[
        "facts", "links", "newsletter", "teasers", "related", "menu", "edition", "app", "subscriber",
        "caption", "copyright",
    ],
)  # fmt: skip
def test_what_is_beside_the_article_is_left_out(aside: str) -> None:
    assert paragraphs(f"<p>{FIRST}</p>{aside}<p>{SECOND}</p><p>{LAST}</p>") == ARTICLE


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for the ferry by Monday, the board told residents in a letter to each account holder.",
        "“Download the app,” she told them.",
        "Copyright was never the issue, said Ivo Lind.",
        "More ferries will follow us into the free port.",
    ],
)
def test_a_line_of_news_is_no_notice(line: str) -> None:
    assert paragraphs(f"<p>{FIRST}</p><p>{line}</p><p>{SECOND}</p><p>{LAST}</p>") == [
        FIRST,
        line,
        SECOND,
        LAST,
    ]


def test_a_gallery_is_read_from_its_captions() -> None:
    captions = [f"{LAST} That is the view of {name}, “for now”." for name in ("Oona", "Ivo", "Ada", "Hale")]
    figures = "".join(f"<figure><img src='a'><figcaption>{one}</figcaption></figure>" for one in captions)
    assert paragraphs(f"<p>{FIRST}</p>{figures}") == [FIRST, *captions]


def test_prose_in_a_table_is_paragraphs_and_a_list_may_be_the_article() -> None:
    cells = "".join(f"<tr><td><p>{one}</p></td></tr>" for one in ARTICLE)
    assert paragraphs(f"<table>{cells}</table>", wrap="div") == ARTICLE
    assert paragraphs("<ul>" + "".join(f"<li>{one}</li>" for one in ARTICLE) + "</ul>", wrap="div") == ARTICLE


def test_the_lines_below_the_headline_are_the_first_paragraph() -> None:
    deck = "A night of talks ends with an order for boats that nobody on the island had asked for."
    head = f'<meta property="og:description" content="{deck}">'
    top = f"<header><h1>Ferries ordered</h1><h2>{deck}</h2></header>"
    assert paragraphs(f"{top}<div class='article-body'>{BODY}</div>", head=head, wrap="main") == [
        deck,
        *ARTICLE,
    ]
    # What nobody sees on the page is not said in it.
    assert paragraphs(BODY, head=head) == ARTICLE


@pytest.mark.parametrize("parted", ["\\n\\n", "\\n", "<br><br>", "</p><p>", "&lt;/p&gt;&lt;p&gt;"])
def test_a_page_that_scripts_draw_is_read_from_what_it_says_of_itself(parted: str) -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "PARTED".join(ARTICLE)}).replace(
        "PARTED", parted
    )
    head = f'<script type="application/ld+json">{data}</script>'
    assert page(head, "<div id='root'></div>").text.split("\n\n") == ARTICLE
    # Where the page holds the article, that is read.
    assert page(head, f"<p>{FIRST}</p><p>{SECOND}</p>").text.split("\n\n") == [FIRST, SECOND]


def test_what_was_escaped_twice_is_what_was_meant() -> None:
    said = (
        "&amp;ldquo;It&amp;#8217;s a scandal,&amp;rdquo; said Zo&amp;euml; &amp;amp; Ivo. &amp;lt;b&amp;gt;"
    )
    assert (
        paragraphs(f"<p>{FIRST}</p><p>{said}</p><p>{LAST}</p>")[1]
        == "“It’s a scandal,” said Zoë & Ivo. &lt;b&gt;"
    )


@pytest.mark.parametrize(
    "pulled",
    [
        "<blockquote>“It was decided at night and nobody on the council was asked”</blockquote>",
        "<p>“It was decided at night and nobody on the whole council was asked”</p>",
        "<h3>“It was decided … at night, and nobody … was asked”</h3>",
        "<p>“It was decided at night and nobody on the council was asked” — Desmond Achterberg</p>",
    ],
)
def test_a_shortened_pull_quote_does_not_go_to_the_next_speaker(pulled: str) -> None:
    long = (
        "“It was decided at night, and nobody on the whole of the council was asked,” Desmond Achterberg "
        "told a meeting in the town hall."
    )
    assert paragraphs(f"<p>{FIRST}</p>{pulled}<p>{long}</p><p>{LAST}</p>") == [FIRST, long, LAST]
