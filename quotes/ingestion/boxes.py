"""Parts of a page that may be none of its article, labelled before the article is looked for.

What to leave out cannot be said before: a box called "related" may be all that there is, an aside may hold
words that nobody else says, a caption may be the text of a gallery. So what stands in a box carries its
number, and `paragraphs` decides, by how much of what was found the boxes of each kind hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

CAPTION, ASIDE, TABLE, TEASERS = "caption", "aside", "table", "teasers"
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:pull-?quotes?|credit|related|recirc|read-?more|more-on|promo|newsletter|sign-?up"
    r"|subscribe|share|sharing|social-(?:share|links|icons|media|bar|buttons)|advert|advertisement|ads?|sponsored"
    r"|comments|cookies?|consent|breadcrumbs?|toolbar|most-read|trending|recommended)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"(?:^|[\s_-])caption(?:$|[\s_-])", re.IGNORECASE)
_TAGS = {"div", "section", "blockquote", "ul", "p", "span", "small", "aside"}
_LEFT_OUT = {"aside", "figure", "figcaption"}  # by extraction
_MOST_BOXES = 300  # that are measured: more are no page that anybody wrote
_FEWEST_TEASERS = 3
_LONGEST_TEASER = 1000  # characters
_LONGEST_HEADING = 40  # characters
_MOST_LEVELS = 6  # above its heading, at which a teaser's list is
_MOSTLY = 0.5  # of a text, in links; of a list, in teasers
_WORD = re.compile(r"[^\W_]{2}")
_MARK = re.compile(r"[“”\"„«»]")

# A label: characters that tell how others are built, and stand in no article; one, and then digits.
# Extraction keeps them, as it does not keep what cannot be printed.
_LABEL = "\u2ffb"
_DIGITS = str.maketrans("0123456789", "\u2ff0\u2ff1\u2ff2\u2ff3\u2ff4\u2ff5\u2ff6\u2ff7\u2ff8\u2ff9")
_LABELLED = re.compile(f"{_LABEL}([\u2ff0-\u2ff9]{{1,3}})")


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """`kind`: CAPTION, ASIDE, TABLE, TEASERS, or a name in its markup. `within`: the box around it, or None.

    `leads_elsewhere`: whether it is links for the most part; `has_marks`: whether anybody is quoted in it.
    """

    kind: str
    within: "Box | None"
    leads_elsewhere: bool
    has_marks: bool

    def all(self) -> Iterator["Box"]:
        """This box and those around it, from within."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.within


class Boxes:
    """The boxes of one page, by their labels. `with_unseen`: all asides and captions are among them."""

    def __init__(self, *, with_unseen: bool = False) -> None:
        self._with_unseen = with_unseen
        self._boxes: list[Box] = []

    def label(self, tree: HtmlElement) -> None:
        """Find the boxes of `tree`, and put a label before each text in them and the first behind them.

        Those that extraction would leave out unseen become plain ones.
        """
        within: list[tuple[HtmlElement, int]] = []
        teasers = _teasers(tree)
        last = 0

        def labelled(text: str | None) -> str | None:
            nonlocal last
            number = within[-1][1] if within else 0
            if not text or text.isspace() or number == last == 0:
                return text
            last = number
            return f"{_LABEL}{str(number).translate(_DIGITS)}{text}"

        for event, element in iterwalk(tree, events=("start", "end")):
            if event == "start":
                around = self._boxes[within[-1][1] - 1] if within else None
                if box := self._box(element, around, is_teasers=element in teasers):
                    self._boxes.append(box)
                    within.append((element, len(self._boxes)))
                element.text = labelled(element.text)
                continue
            if within and within[-1][0] is element:
                within.pop()
            element.tail = labelled(element.tail)

    def runs(self, text: str, box: Box | None) -> Iterator[tuple[Box | None, str]]:
        """`text` without labels, in runs, each with its box; `box`: that of the text before."""
        parts = _LABELLED.split(text)
        yield box, parts[0]
        for number, part in zip(parts[1::2], parts[2::2], strict=True):
            at = int("".join(str(ord(digit) - 0x2FF0) for digit in number))
            yield self._boxes[at - 1] if 0 < at <= len(self._boxes) else None, part

    def _box(self, element: HtmlElement, around: Box | None, *, is_teasers: bool) -> Box | None:
        kind = TEASERS if is_teasers else _kind(element)
        if not kind or len(self._boxes) >= _MOST_BOXES:
            return None
        text = element.text_content()
        linked = sum(len(link.text_content()) for link in element.iter("a"))
        box = Box(kind, around, linked > _MOSTLY * len(text), bool(_MARK.search(text)))
        if element.tag in _LEFT_OUT:
            is_said = kind == ASIDE and box.has_marks and not box.leads_elsewhere
            if not self._with_unseen and not (is_said and _is_amid_paragraphs(element)):
                return None
            element.tag = "div"
        return box if _WORD.search(text) else None


def _kind(element: HtmlElement) -> str:
    if element.tag in {"figure", "figcaption"}:
        return CAPTION
    if element.tag not in _TAGS:
        return TABLE if element.tag == "table" else ""
    name = f"{element.get('class', '')} {element.get('id', '')}"
    if _CAPTION.search(name):
        return CAPTION
    if found := _NAMED.search(name):
        return found[0].strip(" \t\r\n_-").lower()
    return ASIDE if element.tag == "aside" else ""


def _teasers(tree: HtmlElement) -> set[HtmlElement]:
    """Lists of other stories: most of what they hold begins with a heading that is a link, and is short."""
    branches: dict[HtmlElement, set[HtmlElement]] = {}
    for heading in islice(tree.iter("h2", "h3", "h4", "h5"), _MOST_BOXES):
        child = heading if _is_linked(heading) else None
        for _ in range(_MOST_LEVELS):
            parent = child.getparent() if child is not None else None
            if parent is None or parent.tag == "body":
                break
            branches.setdefault(parent, set()).add(child)
            child = parent
    return {_with_heading(parent) for parent, stories in branches.items() if _are_teasers(stories, parent)}


def _are_teasers(stories: set[HtmlElement], parent: HtmlElement) -> bool:
    if len(stories) < _FEWEST_TEASERS:
        return False
    short = sum(1 for story in stories if len(_flat(story)) <= _LONGEST_TEASER)
    return short > _MOSTLY * sum(1 for child in parent if child.text_content().strip())


def _with_heading(teasers: HtmlElement) -> HtmlElement:
    """What holds them and a line above them ("More news"), if that is all it holds."""
    around = teasers.getparent()
    size = len(_flat(teasers)) + _LONGEST_HEADING
    is_theirs = around is not None and around.tag in {"div", "section"} and len(_flat(around)) <= size
    return around if around is not None and is_theirs else teasers


def _flat(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _is_linked(heading: HtmlElement) -> bool:
    if next(heading.iterancestors("figure", "figcaption"), None) is not None:
        return False  # of a gallery
    linked = sum(len(link.text_content()) for link in heading.iter("a"))
    is_in_link = any(parent.tag == "a" for parent in islice(heading.iterancestors(), 2))
    return is_in_link or linked > _MOSTLY * len(heading.text_content()) > 0


def _is_amid_paragraphs(aside: HtmlElement) -> bool:
    return all(next(aside.itersiblings("p", preceding=before), None) is not None for before in (True, False))
