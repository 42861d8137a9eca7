"""Feeds as Atom (RFC 4287), with tombstones (RFC 6721), and as RSS 2.0; paged by RFC 5005."""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.templatetags.static import static
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    Stylesheet,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.xmlutils import SimplerXMLGenerator

from quotes.feeds.content import Entry, Feed

# What XML 1.0 has no way to write: one such character in an article would end the whole feed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed) -> str:
    return _written(_Atom, feed)


def rss(feed: Feed) -> str:
    return _written(_Rss, feed)


class _Atom(Atom1Feed):
    """Entries that have content, and withdrawn ones that are named."""

    def write(self, outfile: Any, encoding: str) -> None:
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        for stylesheet in self.feed["stylesheets"]:
            handler.processingInstruction("xml-stylesheet", str(stylesheet))
        handler.startElement("feed", AttributesImpl(self.root_attributes()))
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, url in _links(self.feed):
            handler.addQuickElement("link", None, {"rel": rel, "href": url})
        for urn, when in self.feed["tombstones"]:
            handler.addQuickElement("at:deleted-entry", None, {"ref": urn, "when": rfc3339_date(when)})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("link", None, {"rel": "related", "href": item["record"]})
        handler.addQuickElement("summary", item["description"], {"type": "text"})
        handler.addQuickElement("content", item["html"], {"type": "html"})

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


class _Rss(Rss201rev2Feed):
    """With words of others where RSS has none: who said it (it wants an address of mail), all of the content,
    and when an entry changed. Ids are no addresses.
    """

    def rss_attributes(self) -> dict[str, Any]:
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, url in _links(self.feed):
            handler.addQuickElement("atom:link", None, {"rel": rel, "href": url})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "author_name": None})
        handler.addQuickElement("dc:creator", item["author_name"])
        handler.addQuickElement("content:encoded", item["html"])
        handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


def _links(feed: dict[str, Any]) -> Iterator[tuple[str, str]]:
    return ((rel, feed[rel]) for rel in ("first", "next", "hub") if feed[rel])


def _written(kind: type[SyndicationFeed], feed: Feed) -> str:
    written = kind(
        title=writable(feed.topic.title),
        subtitle=writable(feed.topic.about),
        description=writable(feed.topic.about),
        link=feed.page,
        feed_url=feed.address,
        feed_guid=feed.topic.guid,
        language="en",
        stylesheets=[Stylesheet(static("quotes/feed.css"), "text/css")],
        tombstones=feed.tombstones,
        updated=feed.updated,
        first=feed.first,
        next=feed.next,
        hub=feed.hub,
    )
    for entry in feed.entries:
        written.add_item(**_item(entry))
    out = StringIO()
    written.write(out, "utf-8")
    return out.getvalue()


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "title": writable(entry.title),
        "link": entry.link,
        "record": entry.record,
        "description": writable(entry.summary),
        "html": writable(entry.html),
        "unique_id": entry.urn,
        "unique_id_is_permalink": False,
        "author_name": writable(entry.author),
        "pubdate": entry.published,
        "updateddate": entry.updated,
    }


def writable(text: str) -> str:
    """`text` with what XML cannot write replaced by U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
