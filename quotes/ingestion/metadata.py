"""What a page says about itself: JSON-LD first, then OpenGraph and other meta elements."""

import json
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

from lxml.etree import ParserError
from lxml.html import HtmlElement, document_fromstring

from quotes.ingestion.dates import parse_date
from quotes.ingestion.paragraphs import clean

_MOST_NODES = 5000  # of JSON-LD that are looked at
_LONGEST_DATA = 2_000_000  # characters of it
# What an article may be called there, the likeliest first.
_ARTICLES = ("newsarticle", "reportagenewsarticle", "liveblogposting", "article", "blogposting")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$")
_MARKUP = re.compile(r"</?(?:p|br|div|h[1-6]|li|strong|em|a|span)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:p|br|div|h[1-6]|li)\b[^<>]*>", re.IGNORECASE)
_LONGEST_NAME = 200
_BY = re.compile(r"^\s*(?:by|words by|story by|reported by)[:\s]+", re.IGNORECASE)
_TITLES = ("og:title", "twitter:title", "parsely-title", "dc.title")
_AUTHORS = ("author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl")
_PUBLISHED = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "parsely-pub-date",
    "sailthru.date", "pubdate", "og:published_time",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "dc.date.modified")
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_SITES = ("og:site_name", "application-name")
_MARKED_AUTHOR = "//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')]"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text; "" and None for what the page does not say.

    `canonical`: where it says that the article is, the likeliest first. `description`: what it is about, in
    the outlet's words. `body`: the text of the article where linked data hold it, paragraphs parted by an
    empty line. `says_when`: whether it gives a date of publication, understood or not.
    """

    title: str
    byline: str
    source: str
    language: str
    canonical: tuple[str, ...]
    description: str
    body: str
    says_when: bool
    published_at: datetime | None
    modified_at: datetime | None


def metadata_of(tree: HtmlElement) -> Metadata:
    """To be read before anything is taken out of the tree."""
    said = _Meta(tree)
    links = [*map(str, tree.xpath("//link[@rel='canonical']/@href")), *said.of(("og:url",))]
    node = _article_node(tree, {link for link in links if link})
    source = _first([_name(node.get("publisher")), *said.of(_SITES)])
    titles = [_text(node.get("headline")), *said.of(_TITLES), *_found(tree, "//h1"), *_found(tree, "//title")]
    dates = [_text(node.get("datePublished")), *said.of(_PUBLISHED), *tree.xpath("//article//time/@datetime")]
    authors = [_name(node.get("author") or node.get("creator")), *said.of(_AUTHORS)]
    return Metadata(
        title=_without_site(_first(titles), source),
        byline=_byline([*authors, *_found(tree, _MARKED_AUTHOR)], source),
        source=source,
        language=_first([*tree.xpath("/html/@lang"), node.get("inLanguage", ""), *said.of(("og:locale",))]),
        canonical=tuple(address for address in (*links, _address(node)) if address),
        description=_first([_text(node.get("description")), *said.of(_DESCRIPTIONS)]),
        body=_body(node.get("articleBody")),
        says_when=any(dates),
        published_at=_time(dates),
        modified_at=_time([_text(node.get("dateModified")), *said.of(_MODIFIED)]),
    )


class _Meta:
    """The meta elements of a page by name."""

    def __init__(self, tree: HtmlElement) -> None:
        self._values: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            self._values.setdefault(name.strip().lower(), []).append(_text(meta.get("content")))

    def of(self, names: Iterable[str]) -> Iterator[str]:
        """The values of these, in order."""
        for name in names:
            yield from self._values.get(name, ())


def _article_node(tree: HtmlElement, links: Collection[str]) -> dict[str, Any]:
    """What the JSON-LD says of the article; nothing where it says nothing that can be read.

    Of several articles that at the address by which the page calls itself is meant.
    """
    found: dict[str, Any] = {}
    rank = len(_ARTICLES)
    for script in tree.xpath("//script[contains(@type, 'ld+json')]/text()"):
        for node in _nodes(str(script)):
            kinds = node.get("@type")
            names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
            this = next((i for i, name in enumerate(_ARTICLES) if name in names), len(_ARTICLES))
            if this < len(_ARTICLES) and _address(node) in links:
                return node
            if this < rank:
                found, rank = node, this
            elif not found and "datePublished" in node:
                found = node
    return found


def _nodes(script: str) -> Iterator[dict[str, Any]]:
    """The objects in it, outermost first."""
    if len(script) > _LONGEST_DATA:
        return
    try:
        waiting: deque[Any] = deque([json.loads(_WRAPPING.sub("", script), strict=False)])
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _found(tree: HtmlElement, path: str) -> Iterator[str]:
    for element in tree.xpath(path)[:3]:
        yield _text(element.text_content())


def _text(value: Any) -> str:
    """On one line, entities as what they stand for, without what nobody sees."""
    if not isinstance(value, str):
        return ""
    return "".join(c for c in " ".join(unescape(value).split()) if c.isprintable())[:1000]


def _name(value: Any) -> str:
    """The names of people or bodies: strings, objects with a name, or a list of such."""
    if isinstance(value, list):
        names = (_BY.sub("", _name(one)).strip() for one in value[:20])
        return ", ".join(dict.fromkeys(name for name in names if name and "://" not in name))
    if isinstance(value, dict):
        name = value.get("name")
        return ", ".join(map(_text, name[:20])) if isinstance(name, list) else _text(name)
    return _text(value)


def _body(value: Any) -> str:
    """The paragraphs of a text that may be markup, or plain with its entities escaped."""
    if not isinstance(value, str):
        return ""
    plain = unescape(value)
    if _MARKUP.search(plain):
        try:
            root: HtmlElement = document_fromstring(_BREAK.sub("\n", plain))
        except (ParserError, ValueError):
            return ""
        plain = str(root.text_content())
    return "\n\n".join(text for line in plain.splitlines() if (text := clean(line)))


def _address(node: dict[str, Any]) -> str:
    page = node.get("mainEntityOfPage")
    return _text(node.get("url")) or _text(page.get("@id") if isinstance(page, dict) else page)


def _first(values: Iterable[Any]) -> str:
    return next((text for value in values if (text := _text(str(value)))), "")


def _byline(values: Iterable[str], source: str) -> str:
    """The first that names somebody: no address of a profile, and not the outlet itself."""
    for value in values:
        name = _BY.sub("", value).strip()
        if not name or len(name) > _LONGEST_NAME or "://" in name or name.startswith("@"):
            continue
        if name.casefold() != source.casefold():
            return name
    return ""


def _without_site(title: str, source: str) -> str:
    """`title` without the outlet's name behind it."""
    for mark in (" | ", " - ", " – ", " — ", " :: "):
        before, found, after = title.rpartition(mark)
        if found and (mark == " | " or after.casefold() == source.casefold()):
            return before.strip()
    return title


def _time(values: Iterable[Any]) -> datetime | None:
    """The first that is a time at which something may have been published."""
    return next((time for value in values if (time := parse_date(str(value)))), None)
