"""An HTML page -> the article in it, by trafilatura, with the metadata that the page itself gives."""

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, use_config

from quotes.ingestion.addresses import canonical_url, plain_address
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.markup import paragraphs_of, without_asides
from quotes.ingestion.metadata import metadata_of
from quotes.ingestion.text import parse_time

_MOST_ELEMENTS = 100_000  # what has more is no article that anybody wrote
_CONFIG = use_config()
_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"  # characters; of shorter ones paragraphs run together
_BREAKS = re.compile(r"(?:<br\b[^<>]*>\s*){3,}", re.IGNORECASE)
# Extraction gives a page up for one of these, written out or as a reference (&#1;).
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]|"
    r"&#0{0,9}(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d);?|"
    r"&#x0{0,9}(?:[0-8bcef]|1[0-9a-f]|fff[ef])(?![\da-f]);?",
    re.IGNORECASE,
)


def parse_html(page: str, *, url: str = "") -> ArticleDocument:
    """The article of a page. `url` is where the page was; its own canonical link wins if it has one.

    Its paragraphs are parted by an empty line. Raises DocumentError when the page holds no article.
    """
    tree = _tree(page)
    said = metadata_of(tree)
    canonical = _canonical(said.canonical, url)
    without_asides(tree)
    found = _extracted(tree, url)
    text = "\n\n".join(paragraphs_of(found.body, said.title, said.byline)) if found else ""
    if found is None or not text:
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
        plain = _BREAKS.sub("<br><br>", _CONTROL.sub("", page))
        tree = lxml_html.document_fromstring(plain.encode("utf-8", "replace"), parser=parser)
    except (LxmlError, ValueError) as error:
        raise DocumentError(f"the page cannot be read: {error}") from error
    if next(islice(tree.iter(), _MOST_ELEMENTS, None), None) is not None:
        raise DocumentError(f"the page has more than {_MOST_ELEMENTS:,} elements: give its text alone")
    return tree


def _extracted(tree: HtmlElement, url: str) -> Document | None:
    try:
        found = bare_extraction(
            tree,
            url=url or None,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            config=_CONFIG,
        )
    except MemoryError:
        raise
    except Exception as error:  # whatever extraction trips over is a state of that page
        raise DocumentError(f"the page cannot be read: {type(error).__name__}: {error}") from error
    return found if isinstance(found, Document) and found.body is not None else None


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
