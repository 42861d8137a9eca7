"""Whose a block quote is, where only the markup says it: said in words, for who reads the text alone."""

import re
from collections.abc import Iterator

from lxml.html import Element, HtmlElement

_SAYS_WHO = {"cite", "footer", "figcaption"}
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:attribution|author|by|byline|cite|citation|name|source|speaker)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = {"p", "div", "ul", "ol", "li", "blockquote", "section", "h1", "h2", "h3", "h4", "h5", "h6"}
_DASH = re.compile(r"^\s*(?:[—–―‒]|--?)\s*(?=[^\W\d_]|@)")
_GOES_ON = re.compile(r"[!?…:;]$|(?<!\b[A-Z])(?<!\b[JS]r)\.$")  # what says something is no name
_LONGEST = 120  # characters of who said it
_OPENING = ("“", '"', "‘", "«", "„", "'")
_CLOSING = ("”", '"', "’", "»", "“", "'")


def say_whose(quote: HtmlElement) -> None:
    """Put who said a block quote behind its words, after a dash, and marks around words that have none.

    It may be said within (cite, footer, a last line that begins with a dash), in the caption of its figure,
    or in a line below. A block quote of nobody stays as it is.
    """
    if next(quote.iterdescendants("blockquote"), None) is not None:
        return
    _set_apart_last_line(quote)
    who = next((one for one in _candidates(quote) if _is_name(one, quote)), None)
    if who is None:
        return
    name = _DASH.sub("", _text(who))
    who.drop_tree()
    leaves = [one for one in quote.iterdescendants(*_BLOCKS) if _text(one) and not _holds_blocks(one)]
    words = leaves if leaves and not (quote.text or "").strip() else [quote]
    if not _text(words[0]).startswith(_OPENING):
        for block in words:
            block.text = "“" + (block.text or "").lstrip()
        _append(words[-1], "”")
    _append(words[-1], f" — {name}")


def _set_apart_last_line(quote: HtmlElement) -> None:
    """Make what follows the last block or break a block of its own, if it begins with a dash."""
    holder = quote
    while len(holder) and holder[-1].tag in _BLOCKS and not (holder[-1].tail or "").strip():
        holder = holder[-1]
    breaks = [child for child in holder if child.tag == "br" or child.tag in _BLOCKS]
    if not breaks:
        return
    last = breaks[-1]
    line = Element("p")
    line.text = last.tail
    rest = list(last.itersiblings())
    if _DASH.match("".join([last.tail or "", *(f"{_raw(one)}{one.tail or ''}" for one in rest)])):
        last.tail = None
        line.extend(rest)
        quote.append(line)
        if last.tag == "br":
            last.drop_tree()


def _candidates(quote: HtmlElement) -> Iterator[HtmlElement]:
    for one in quote.iterdescendants():
        if (_says_who(one) or _is_line_below_words(one, quote)) and _is_last(one, quote):
            yield one
    figure = next(quote.iterancestors("figure"), None)
    if figure is not None and next(figure.iter("img", "picture", "video"), None) is None:
        yield from figure.iter("figcaption")
    below = quote.getnext()
    if below is not None and not (quote.tail or "").strip() and _says_who(below):
        yield below


def _says_who(element: HtmlElement) -> bool:
    is_line = element.tag in _BLOCKS and _DASH.match(_text(element)) is not None
    return is_line or element.tag in _SAYS_WHO or _NAMED.search(element.get("class", "")) is not None


def _is_line_below_words(line: HtmlElement, quote: HtmlElement) -> bool:
    """Whether all else in the quote is in marks, and the line is not."""
    words = _text(quote).removesuffix(_text(line)).strip()
    return line.tag in _BLOCKS and words.startswith(_OPENING) and words.endswith(_CLOSING)


def _is_last(element: HtmlElement, quote: HtmlElement) -> bool:
    while element is not quote:
        behind = [element.tail or "", *(f"{_raw(one)}{one.tail or ''}" for one in element.itersiblings())]
        if "".join(behind).strip():
            return False
        element = element.getparent()
    return True


def _is_name(who: HtmlElement, quote: HtmlElement) -> bool:
    """Whether it names somebody, and leaves words to be theirs."""
    name, words = _text(who), _text(quote)
    is_within = quote in who.iterancestors()
    if not name or len(name) > _LONGEST or _GOES_ON.search(name) or name.startswith(_OPENING):
        return False
    # A dialogue has a dash before each line.
    return name.lower() != name and not _DASH.match(words) and (not is_within or len(words) > len(name))


def _holds_blocks(element: HtmlElement) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _append(element: HtmlElement, text: str) -> None:
    if len(element):
        element[-1].tail = f"{(element[-1].tail or '').rstrip()}{text}"
    else:
        element.text = f"{(element.text or '').rstrip()}{text}"


def _raw(element: HtmlElement) -> str:
    return str(element.text_content())


def _text(element: HtmlElement) -> str:
    return " ".join(_raw(element).split())
