"""Feeds as Atom (RFC 4287), with tombstones (RFC 6721), and as RSS 2.0."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date
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

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for urn, when in self.feed["tombstones"]:
            handler.addQuickElement("at:deleted-entry", None, {"ref": urn, "when": rfc3339_date(when)})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["description"], {"type": "html"})

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


class _Rss(Rss201rev2Feed):
    """Who said it as Dublin Core has it: RSS itself wants an address of mail. Ids are no addresses."""

    def rss_attributes(self) -> dict[str, Any]:
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "author_name": None})
        handler.addQuickElement("dc:creator", item["author_name"])

    def latest_post_date(self) -> Any:
        return self.feed["updated"]


def _written(kind: type[SyndicationFeed], feed: Feed) -> str:
    written = kind(
        title=_xml(feed.title),
        subtitle=_xml(feed.about),
        description=_xml(feed.about),
        link=feed.page,
        feed_url=feed.address,
        feed_guid=feed.guid,
        language="en",
        tombstones=feed.tombstones,
        updated=feed.updated,
    )
    for entry in feed.entries:
        written.add_item(**_item(entry))
    return written.writeString("utf-8")


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "title": _xml(entry.title),
        "link": entry.link,
        "description": _xml(entry.html),
        "unique_id": entry.urn,
        "unique_id_is_permalink": False,
        "author_name": _xml(entry.author),
        "pubdate": entry.published,
        "updateddate": entry.updated,
    }


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
