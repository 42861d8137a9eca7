"""An HTML page -> the article in it, by trafilatura, with the metadata that the page itself gives."""

from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from quotes.ingestion.addresses import canonical_url, plain_address
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.markup import paragraphs_of, without_asides
from quotes.ingestion.metadata import metadata_of
from quotes.ingestion.text import parse_time


def parse_html(page: str, *, url: str = "") -> ArticleDocument:
    """The article of a page. `url` is where the page was; its own canonical link wins if it has one.

    Its paragraphs are parted by an empty line. Raises DocumentError when the page holds no article.
    """
    tree = _tree(page)
    said = metadata_of(tree)
    canonical = _canonical(said.canonical, url)
    without_asides(tree)
    found = bare_extraction(
        tree, url=url or None, with_metadata=True, include_comments=False, include_tables=False
    )
    text = _text(found, said.title)
    if not isinstance(found, Document) or not text:
        raise DocumentError("no article was found in the page: save its text to a file and give that")
    return ArticleDocument(
        text=text,
        title=said.title or found.title or "",
        url=canonical,
        source=said.source or found.sitename or found.hostname or "",
        byline=said.byline or found.author or "",
        language=said.language[:35],
        published_at=said.published_at or (parse_time(found.date) if found.date else None),
        modified_at=said.modified_at,
    )


def _tree(page: str) -> HtmlElement:
    try:
        # As bytes: lxml refuses a string that declares an encoding of its own.
        parser = lxml_html.HTMLParser(encoding="utf-8")
        return lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError) as error:
        raise DocumentError(f"the page cannot be read: {error}") from error


def _text(found: object, title: str) -> str:
    if not isinstance(found, Document) or found.body is None:
        return ""
    return "\n\n".join(paragraphs_of(found.body, title))


def _canonical(links: tuple[str, ...], url: str) -> str:
    """The first of these that may be the page's address: the front page is that of no article."""
    here = canonical_url(url)
    is_deep = len(urlsplit(here).path) > 1
    for link in links:
        try:
            address = canonical_url(urljoin(url, link))
        except (DocumentError, ValueError):
            continue
        if address and not (is_deep and urlsplit(address).path == "/" and not urlsplit(address).query):
            return address
    return plain_address(here)
