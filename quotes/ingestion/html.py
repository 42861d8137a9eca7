"""An HTML page -> the article in it, by trafilatura, with the metadata that the page itself gives."""

import re
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html as lxml_html
from lxml.etree import LxmlError
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, set_date_params, use_config

from quotes.folding import fold
from quotes.ingestion.addresses import canonical_url, plain_address
from quotes.ingestion.boxes import Boxes
from quotes.ingestion.documents import ArticleDocument, DocumentError
from quotes.ingestion.markup import in_words
from quotes.ingestion.metadata import Metadata, metadata_of
from quotes.ingestion.paragraphs import clean, paragraphs_of
from quotes.ingestion.text import parse_time

_MOST_ELEMENTS = 100_000  # what has more is no article that anybody wrote
_CONFIG = use_config()
_CONFIG["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"  # characters; of shorter ones paragraphs run together
_SHORTEST_DECK = 40  # characters
_THIN = 250  # characters of a page's article, below which it is looked for elsewhere
_MUCH_MORE = 2  # times as much text
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
    deck = _deck(tree, said.description)
    captions = sum(len(caption.text_content()) for caption in tree.iter("figcaption"))
    found, text = _article(tree, said, url)
    if len(text) < max(_THIN, captions / _MUCH_MORE):
        # It may all be in captions, or in what a browser does not show at once.
        unseen = _article(_tree(page), said, url, with_unseen=True)
        found, text = unseen if len(unseen[1]) > _MUCH_MORE * len(text) else (found, text)
    if len(said.body) > _MUCH_MORE * len(text):
        text = said.body  # a page that scripts draw
    if deck and text and fold(deck) not in fold(text):
        text = f"{deck}\n\n{text}"
    if not text:
        raise DocumentError("no article was found in the page: save its text to a file and give that")
    return ArticleDocument(
        text=text,
        title=said.title or (found and found.title) or "",
        url=_canonical(said.canonical, url),
        source=said.source or (found and (found.sitename or found.hostname)) or "",
        byline=said.byline or (found and found.author) or "",
        language=said.language[:35],
        published_at=said.published_at or (None if said.says_when else _date(found)),
        modified_at=said.modified_at,
    )


def _date(found: Document | None) -> datetime | None:
    """What the address or the markup around a date tells, where the page says nothing itself."""
    return parse_time(found.date) if found and found.date else None


def _deck(tree: HtmlElement, description: str) -> str:
    """The lines below the headline, which extraction often misses; "" where the page does not show any.

    They are known by what the page says that it is about, in the same words.
    """
    if len(description) < _SHORTEST_DECK:
        return ""
    for element in tree.iter("h2", "h3", "h4", "p", "div"):
        if len(element) <= 1 and clean(element.text_content()) == description:
            return description
    return ""


def _article(
    tree: HtmlElement, said: Metadata, url: str, *, with_unseen: bool = False
) -> tuple[Document | None, str]:
    """What extraction finds, and its text; "" for none."""
    in_words(tree, with_unseen=with_unseen)
    boxes = Boxes(with_unseen=with_unseen)
    boxes.label(tree)
    found = _extracted(tree, url)
    if found is None:
        return None, ""
    return found, "\n\n".join(paragraphs_of(found.body, boxes, said.title, said.byline))


def _tree(page: str) -> HtmlElement:
    try:
        # As bytes: lxml refuses a string that declares an encoding of its own.
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        plain = _BREAKS.sub("<br><br>", _CONTROL.sub("", page.replace("\f", " ")))
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
            include_tables=True,
            date_extraction_params=set_date_params(extensive=False),  # no guesses from the text
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
