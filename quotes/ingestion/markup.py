"""The tree of a page, with what only its markup says said in words, and what is never text left out."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from quotes.ingestion.attributions import say_whose

_NEVER = ("script", "style", "svg", "button", "nav", "iframe")
_UNSEEN = ("noscript", "template")
_MOST_QUOTES = 300  # that are looked at: more are no page that anybody wrote
_AROUND = 40  # characters beside a block quote in a box that is there for it
_LEADS_ELSEWHERE = re.compile(
    r"\W*(?:read|see|watch|listen|related|more|also|further|don.t miss|recommended|sign up|subscribe"
    r"|[àa] lire|lire|voir aussi|le[ae] (?:tambi[ée]n|m[áa]s)|leer m[áa]s|leia|leggi|mehr|lesen sie"
    r"|lees (?:ook|meer)|l[äa]s (?:ocks[åa]|mer)|les (?:ogs[åa]|mer))\b",
    re.IGNORECASE,
)
_WORDS_BESIDE = 3  # a time that is no line of its own ("Published on 6 March")
_LONGEST_LEAD = 200  # characters of a line that leads elsewhere
_MARKS = ("“", '"', "‘", "«", "„")


def in_words(tree: HtmlElement, *, with_unseen: bool = False) -> None:
    """Take out of `tree` what is no text, and say in words what only the markup says.

    `with_unseen`: what a browser does not show at once is text, too.
    """
    _drop(tree, with_unseen=with_unseen)
    for quote in islice(list(tree.iter("blockquote")), _MOST_QUOTES):
        _unname_box(quote)
        say_whose(quote)
        for figure in quote.iterancestors("figure"):
            figure.tag = "div"  # extraction leaves figures out
    for caption in [] if with_unseen else list(tree.iter("figcaption")):
        caption.drop_tree()
    for element in list(tree.iter("p", "li", "div")):
        if _leads_elsewhere(element):
            element.drop_tree()
    within = {element: any(True for _ in element.iterancestors("q")) for element in tree.iter("q")}
    for element, is_within in within.items():
        _say_marks(element, "‘’" if is_within else "“”")
    for element in _times_in_sentences(tree):
        element.tag = "span"  # extraction leaves times out


def _drop(tree: HtmlElement, *, with_unseen: bool) -> None:
    for element in list(tree.iter(*_NEVER)):
        if element.getparent() is not None:
            element.drop_tree()
    for element in [*tree.iter(*_UNSEEN), *tree.xpath("//body//*[@hidden]")]:
        if with_unseen:
            element.tag = "div"
            element.attrib.clear()
        elif element.getparent() is not None:
            element.drop_tree()


def _times_in_sentences(tree: HtmlElement) -> Iterator[HtmlElement]:
    words_around: dict[HtmlElement, int] = {}
    for element in list(tree.iter("time")):
        around = element.getparent()
        if around is None:
            continue
        if around not in words_around:
            words_around[around] = _words(around)
        if words_around[around] > _words(element) + _WORDS_BESIDE:
            yield element


def _words(element: HtmlElement) -> int:
    return len(element.text_content().split())


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
