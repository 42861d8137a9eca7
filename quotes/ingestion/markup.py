"""The tree of a page -> the same without what is not the article; the article's tree -> its paragraphs."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from quotes.folding import fold

# Words in the class or the id of what stands within an article and is none of it.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:pull-?quotes?|caption|credit|related|recirc|read-?more|more-on|promo|newsletter|sign-?up"
    r"|subscribe|share|sharing|social-(?:share|links|icons|media|bar|buttons)|advert|advertisement|ads?|sponsored|comments|cookies?|consent"
    r"|breadcrumbs?|toolbar|most-read|trending|recommended)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER = ("script", "style", "noscript", "template", "svg", "button", "form", "nav", "iframe")
_BOXES = ("aside", "div", "section", "blockquote", "figure", "ul", "p", "span", "small")
_MOST_BOXES = 300  # that are measured: more are no page that anybody wrote
_AROUND = 40  # characters beside a block quote in a box that is there for it
_LARGEST_BOX = 0.4  # of the page's text: what holds more is the article, whatever it is called
_LEADS_ELSEWHERE = re.compile(
    r"\W*(?:read|see|watch|listen|related|more|also|further|don.t miss|recommended|sign up|subscribe)\b",
    re.IGNORECASE,
)
_MARKS = ("“", '"', "‘", "«", "„")
_LONGEST_LEAD = 200  # characters of a line that leads elsewhere
_PARTS = {"p", "head", "quote", "item", "list", "body", "div", "table", "row", "cell", "fw"}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_BEGIN = 4  # paragraphs among which the headline may stand
_FEWEST_WORDS, _MOST_WORDS = 4, 60  # of a pull quote
_LONGEST_COMPARED = 300_000  # characters of a page in which pull quotes are looked for
_CERTAIN_WORDS = 8  # of one that no markup tells
_WORD = re.compile(r"[^\W_]+")


class _Piece(NamedTuple):
    """A paragraph, the kind of its innermost part, and which block quote it is of, from 1."""

    text: str
    kind: str
    quote: int


def without_asides(tree: HtmlElement) -> None:
    """Take out of `tree` what is not the article, and say in words what only the markup says."""
    for element in [*tree.iter(*_NEVER), *tree.xpath("//body//*[@hidden]")]:
        if element.getparent() is not None:
            element.drop_tree()
    _drop_captions(tree)
    _drop_boxes(tree)
    for quote in islice(tree.iter("blockquote"), _MOST_BOXES):
        _unname_box(quote)
    for element in list(tree.iter("p", "li", "div")):
        if _leads_elsewhere(element):
            element.drop_tree()
    within = {element: any(True for _ in element.iterancestors("q")) for element in tree.iter("q")}
    for element, is_within in within.items():
        _say_marks(element, "‘’" if is_within else "“”")
    for element in list(tree.iter("cite", "footer")):
        if any(True for _ in element.iterancestors("blockquote")):
            element.tag = "p"  # who said it, beside the words


def _drop_captions(tree: HtmlElement) -> None:
    """All but those of words: they say whose these are."""
    for figure in [one for one in tree.iter("figure") if next(one.iter("blockquote"), None) is not None]:
        figure.tag = "div"
        for caption in figure.iter("figcaption"):
            caption.tag = "p"
    for caption in list(tree.iter("figcaption")):
        caption.drop_tree()


def _drop_boxes(tree: HtmlElement) -> None:
    named = [
        element
        for element in tree.iter(*_BOXES)
        if _ASIDE.search(f"{element.get('class', '')} {element.get('id', '')}")
    ]
    most = _LARGEST_BOX * len(tree.text_content())
    for element in named[:_MOST_BOXES]:
        if element.getparent() is not None and len(element.text_content()) <= most:
            element.drop_tree()


def _unname_box(quote: HtmlElement) -> None:
    """What only holds a block quote is not to be left out for its name ("social-embed")."""
    size = len(quote.text_content()) + _AROUND
    box = quote.getparent()
    while box is not None and box.tag == "div" and len(box.text_content()) <= size:
        box.attrib.clear()
        box = box.getparent()


def _leads_elsewhere(element: HtmlElement) -> bool:
    """Whether it is a line that is only a link to another article."""
    if element.getparent() is None or len(element) not in {1, 2, 3}:
        return False
    links = list(element.iter("a"))
    if not links or len(links) > 3:
        return False
    text = element.text_content().strip()
    linked = sum(len(link.text_content()) for link in links)
    return len(text) <= _LONGEST_LEAD and 2 * linked >= len(text) and bool(_LEADS_ELSEWHERE.match(text))


def _say_marks(quote: HtmlElement, marks: str) -> None:
    """The marks that a browser puts around <q>, unless there are some already."""
    if not (quote.text or "").lstrip().startswith(_MARKS):
        quote.text = f"{marks[0]}{quote.text or ''}"
        if len(quote):
            quote[-1].tail = f"{quote[-1].tail or ''}{marks[1]}"
        else:
            quote.text += marks[1]
    quote.drop_tag()


def paragraphs_of(body: HtmlElement, title: str, byline: str) -> list[str]:
    """The paragraphs of what trafilatura found: no headline or byline, no pull quotes, nothing twice."""
    found = [piece for piece in _pieces(body) if piece.text]
    heads = {fold(title), fold(byline), fold(f"By {byline}")}
    begin = [piece for piece in found[:_BEGIN] if fold(piece.text) not in heads]
    found = list(_once(begin + found[_BEGIN:]))
    worded = [" ".join(_WORD.findall(fold(piece.text))) for piece in found]
    everything = "\n".join(f" {words} " for words in worded)
    if len(everything) > _LONGEST_COMPARED:
        return [piece.text for piece in found]
    pulled = [
        _may_be_pulled(words, piece.kind) and everything.count(f" {words} ") > 1
        for piece, words in zip(found, worded, strict=True)
    ]
    # Who said it goes with it.
    gone = {piece.quote for piece, is_pulled in zip(found, pulled, strict=True) if is_pulled} - {0}
    return [
        piece.text
        for piece, is_pulled in zip(found, pulled, strict=True)
        if not is_pulled and piece.quote not in gone
    ]


def _once(pieces: list[_Piece]) -> Iterator[_Piece]:
    """What is said twice by some mishap; a short answer may be given twice."""
    seen: set[str] = set()
    for piece in pieces:
        if piece.text not in seen or piece.text.count(" ") < _FEWEST_WORDS:
            yield piece
        seen.add(piece.text)


def _may_be_pulled(words: str, kind: str) -> bool:
    """Whether it would be a pull quote if it stood elsewhere, too."""
    count = words.count(" ") + 1
    return (_FEWEST_WORDS if kind in {"quote", "head"} else _CERTAIN_WORDS) <= count <= _MOST_WORDS


def _pieces(body: HtmlElement) -> Iterator[_Piece]:
    said: list[str] = []
    kinds: list[str] = []
    quotes = 0
    for event, element in iterwalk(body, events=("start", "end")):
        tag = str(element.tag)
        is_part = tag in _PARTS
        if is_part:
            yield from _lines(said, kinds, quotes)
            said.clear()
        if event == "start":
            quotes += tag == "quote"
            kinds += [tag] if is_part else []
            said.append("\n" if tag == "lb" else element.text or "")
            continue
        if is_part:
            kinds.pop()
        said.append(element.tail or "")
    yield from _lines(said, kinds, quotes)


def _lines(said: list[str], kinds: list[str], quotes: int) -> Iterator[_Piece]:
    """A line that goes on in lower case is the same paragraph."""
    is_quote = "quote" in kinds
    kind, quote = ("quote", quotes) if is_quote else (kinds[-1] if kinds else "", 0)
    paragraph = ""
    for line in "".join(said).split("\n"):
        text = " ".join(_NOT_TEXT.sub("", line).split())
        if not text:
            continue
        if paragraph and text[0].islower():
            paragraph = f"{paragraph} {text}"
        else:
            yield _Piece(paragraph, kind, quote)
            paragraph = text
    yield _Piece(paragraph, kind, quote)
