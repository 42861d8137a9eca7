"""Lists of feeds as OPML 2.0, which readers take in at once."""

from collections.abc import Iterable
from io import StringIO
from typing import NamedTuple
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

from quotes.feeds.syndication import writable

MEDIA_TYPE = "text/x-opml"


class Outline(NamedTuple):
    """A feed of a list: what it is of, its address, and that of the page about the same."""

    title: str
    feed: str
    page: str


def opml(title: str, outlines: Iterable[Outline]) -> str:
    out = StringIO()
    handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    handler.startDocument()
    handler.startElement("opml", AttributesImpl({"version": "2.0"}))
    handler.startElement("head", AttributesImpl({}))
    handler.addQuickElement("title", writable(title))
    handler.endElement("head")
    handler.startElement("body", AttributesImpl({}))
    for outline in outlines:
        called = writable(outline.title)
        named = {"type": "rss", "text": called, "title": called}
        handler.addQuickElement("outline", None, {**named, "xmlUrl": outline.feed, "htmlUrl": outline.page})
    handler.endElement("body")
    handler.endElement("opml")
    return out.getvalue()
