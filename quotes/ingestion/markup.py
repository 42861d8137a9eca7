"""The tree of a page -> the same without what is not the article; the article's tree -> its paragraphs."""

import re
from collections.abc import Iterator

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from quotes.folding import fold

# Words in the class or the id of what stands within an article and is none of it.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:pull-?quotes?|caption|credit|related|recirc|read-?more|more-on|promo|newsletter|sign-?up"
    r"|subscribe|share|sharing|social|advert|advertisement|ads?|sponsored|comments|cookies?|consent"
    r"|breadcrumbs?|toolbar|most-read|trending|recommended)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NEVER = ("figcaption", "script", "style", "noscript", "template", "svg", "button", "form", "nav", "iframe")
_BOXES = ("aside", "div", "section", "blockquote", "figure", "ul", "p", "span", "small")
_MOST_BOXES = 300  # that are measured: more are no page that anybody wrote
_LARGEST_BOX = 0.4  # of the page's text: what holds more is the article, whatever it is called
_LEADS_ELSEWHERE = re.compile(
    r"\W*(?:read|see|watch|listen|related|more|also|further|don.t miss|recommended|sign up|subscribe)\b",
    re.IGNORECASE,
)
_LONGEST_LEAD = 200  # characters of a line that leads elsewhere
_PARTS = {"p", "head", "quote", "item", "list", "body", "div", "table", "row", "cell", "fw"}
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ud800-\udfff]")
_FEWEST_WORDS, _MOST_WORDS = 4, 60  # of a pull quote
_LONGEST_COMPARED = 300_000  # characters of a page in which pull quotes are looked for
_CERTAIN_WORDS = 8  # of one that no markup tells
_WORD = re.compile(r"[^\W_]+")


def without_asides(tree: HtmlElement) -> None:
    """Take out of `tree` what is not the article, and say in words what only the markup says."""
    for element in list(tree.iter(*_NEVER)):
        element.drop_tree()
    _drop_boxes(tree)
    for element in list(tree.iter("p", "li", "div")):
        if _leads_elsewhere(element):
            element.drop_tree()
    for element in list(tree.iter("q")):
        _say_marks(element)
    for element in list(tree.iter("cite", "footer")):
        if any(True for _ in element.iterancestors("blockquote")):
            element.tag = "p"  # who said it, beside the words


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


def _say_marks(quote: HtmlElement) -> None:
    """The marks that a browser puts around <q>."""
    quote.text = f"“{quote.text or ''}"
    if len(quote):
        quote[-1].tail = f"{quote[-1].tail or ''}”"
    else:
        quote.text += "”"
    quote.drop_tag()


def paragraphs_of(body: HtmlElement, title: str) -> list[str]:
    """The paragraphs of what trafilatura found: no headline, no pull quotes, nothing twice."""
    found = [(text, kind) for text, kind in _pieces(body) if text]
    if found and fold(found[0][0]) == fold(title):
        del found[0]
    once = dict(reversed(found))
    found = [(text, once.pop(text)) for text, _ in found if text in once]
    worded = [" ".join(_WORD.findall(fold(text))) for text, _ in found]
    everything = "\n".join(f" {words} " for words in worded)
    if len(everything) > _LONGEST_COMPARED:
        return [text for text, _ in found]
    return [
        text
        for (text, kind), words in zip(found, worded, strict=True)
        if not (_may_be_pulled(words, kind) and everything.count(f" {words} ") > 1)
    ]


def _may_be_pulled(words: str, kind: str) -> bool:
    """Whether it would be a pull quote if it stood elsewhere, too."""
    count = words.count(" ") + 1
    return (_FEWEST_WORDS if kind in {"quote", "head"} else _CERTAIN_WORDS) <= count <= _MOST_WORDS


def _pieces(body: HtmlElement) -> Iterator[tuple[str, str]]:
    """Each paragraph with the kind of its innermost part."""
    said: list[str] = []
    kinds: list[str] = []
    for event, element in iterwalk(body, events=("start", "end")):
        tag = str(element.tag)
        is_part = tag in _PARTS
        if is_part:
            yield from _lines(said, kinds)
            said.clear()
        if event == "start":
            kinds += [tag] if is_part else []
            said.append("\n" if tag == "lb" else element.text or "")
            continue
        if is_part:
            kinds.pop()
        said.append(element.tail or "")
    yield from _lines(said, kinds)


def _lines(said: list[str], kinds: list[str]) -> Iterator[tuple[str, str]]:
    """A line that goes on in lower case is the same paragraph."""
    kind = "quote" if "quote" in kinds else (kinds[-1] if kinds else "")
    paragraph = ""
    for line in "".join(said).split("\n"):
        text = " ".join(_NOT_TEXT.sub("", line).split())
        if not text:
            continue
        if paragraph and text[0].islower():
            paragraph = f"{paragraph} {text}"
        else:
            yield paragraph, kind
            paragraph = text
    yield paragraph, kind
