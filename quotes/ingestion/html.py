"""An HTML page -> the article in it, by trafilatura, with the metadata that the page itself gives."""

import json
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from lxml import html as lxml_html
from lxml.etree import ParserError
from trafilatura import bare_extraction
from trafilatura.settings import Document

from quotes.ingestion.addresses import canonical_url
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.text import parse_time


def parse_html(page: str, *, url: str = "") -> ArticleDocument:
    """The article of a page. `url` is where the page was; its own canonical link wins if it has one.

    Raises DocumentError when the page holds no article.
    """
    try:
        # As bytes: lxml refuses a string that declares an encoding of its own.
        parser = lxml_html.HTMLParser(encoding="utf-8")
        tree = lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError) as error:
        raise DocumentError(f"the page cannot be read: {error}") from error
    published_at, canonical, language = _published_at(tree), _canonical(tree, url), _language(tree)
    found = bare_extraction(
        tree, url=url or None, with_metadata=True, include_comments=False, include_tables=False
    )
    if not isinstance(found, Document) or not (found.text or "").strip():
        raise DocumentError("no article was found in the page: save its text to a file and give that")
    return ArticleDocument(
        text=str(found.text),
        title=found.title or "",
        url=canonical,
        source=found.sitename or found.hostname or "",
        byline=found.author or "",
        language=language,
        published_at=published_at or (parse_time(found.date) if found.date else None),
    )


def _canonical(tree: lxml_html.HtmlElement, url: str) -> str:
    links = tree.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    for link in links:
        try:
            return canonical_url(urljoin(url, str(link)))
        except DocumentError:
            continue
    return canonical_url(url)


def _language(tree: lxml_html.HtmlElement) -> str:
    return str(next(iter(tree.xpath("/html/@lang")), "")).strip()[:35]


def _published_at(tree: lxml_html.HtmlElement) -> datetime | None:
    """The time that the page itself gives, with its time of day: trafilatura keeps the day alone."""
    stated = [*_linked_data(tree, "datePublished")]
    stated += tree.xpath(
        "//meta[@property='article:published_time' or @itemprop='datePublished' or @name='date']/@content"
    )
    stated += tree.xpath("//article//time/@datetime")
    for value in stated:
        try:
            return parse_time(str(value).strip())
        except DocumentError:
            continue
    return None


def _linked_data(tree: lxml_html.HtmlElement, name: str) -> Iterator[str]:
    """The values of `name` in the page's JSON-LD, outermost first; what is not valid JSON is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            queue = [json.loads(script)]
        except (ValueError, RecursionError):
            continue
        while queue:
            node = queue.pop(0)
            if isinstance(node, dict):
                if isinstance(node.get(name), str):
                    yield node[name]
                queue += node.values()
            elif isinstance(node, list):
                queue += node
