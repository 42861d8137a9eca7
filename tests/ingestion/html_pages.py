"""A small page to put things into, and what is read out of it."""

from quotes.ingestion import ArticleDocument, read_document

FIRST = "The harbour board will buy two electric ferries, its chair announced on Friday after a long night."
SECOND = "“The price is a scandal,” said Desmond Achterberg, who leads the opposition on the council."
LAST = "Work begins in May, when the eiders have left with their young and the water is warm for divers."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>"
URL = "https://m.tidewatch.example/news/ferries?fbclid=1"


def page(head: str = "", body: str = BODY, *, wrap: str = "article", lang: str = "en-GB") -> ArticleDocument:
    """The article of a page with `body` in a `wrap`, between what pages have around it."""
    html = (
        f'<!doctype html><html lang="{lang}"><head><title>Ferries ordered | Tidewatch</title>{head}</head>'
        f'<body><nav><a href="/">Home</a> <a href="/more">More of today</a></nav><{wrap}>{body}'
        f"</{wrap.split()[0]}>"
        '<aside><h3>Related</h3><p><a href="/other">Other ferries, “sunk” they say</a></p></aside>'
        "<footer>© Tidewatch</footer></body></html>"
    )
    return read_document(html.encode(), max_bytes=1_000_000, url=URL)


def paragraphs(body: str, *, head: str = "", wrap: str = "article") -> list[str]:
    """Those of the article of such a page."""
    return page(head, body, wrap=wrap).text.split("\n\n")
