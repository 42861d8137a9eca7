"""A speaker's public quotes as an Atom feed (RFC 4287), with tombstones (RFC 6721) for what was withdrawn."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from quotes.models import Quote, Speaker

_LONGEST_TITLE = 140
# What XML 1.0 has no way to write: one such character in an article would end the whole feed.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TombstoneFeed(Atom1Feed):
    """Atom whose entries have content, and whose withdrawn entries are named."""

    tombstones: Sequence[tuple[str, datetime]] = ()
    changed_at = datetime.fromtimestamp(0, UTC)

    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for urn, when in self.tombstones:
            handler.addQuickElement("at:deleted-entry", None, {"ref": urn, "when": rfc3339_date(when)})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, {**item, "description": None})
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        """When the feed last changed; a withdrawn quote and a new name of the speaker are changes."""
        dates: list[datetime] = [item["updateddate"] for item in self.items]
        dates += [when for _, when in self.tombstones]
        return max([self.changed_at, *dates])


def atom_feed(
    speaker: Speaker,
    quotes: Sequence[Quote],
    withdrawn: Sequence[Quote],
    absolute: Callable[[str], str],
    feed_path: str,
    guid: str,
) -> TombstoneFeed:
    """The feed of `quotes`, newest first, known by `guid`; `absolute` makes a full URL of a path."""
    feed = TombstoneFeed(
        title=xml_text(f"{speaker.name}: quotes"),
        subtitle=xml_text(f"What {speaker.name} is quoted as saying, with links to the words in the source."),
        link=absolute(speaker.get_absolute_url()),
        feed_url=absolute(feed_path),
        feed_guid=guid,
        description="",
        language="en",
    )
    feed.changed_at = speaker.updated_at
    feed.tombstones = [(quote.urn, quote.updated_at) for quote in withdrawn]
    for quote in quotes:
        record = absolute(quote.get_absolute_url())
        feed.add_item(
            title=xml_text(f"“{shorten(quote.text)}”"),
            link=quote.source_url or record,
            description="",
            content=xml_text(render_to_string("quotes/feed_entry.html", {"quote": quote, "record": record})),
            unique_id=quote.urn,
            author_name=xml_text(speaker.name),
            pubdate=quote.dated_at,
            updateddate=max(quote.updated_at, quote.dated_at),
        )
    return feed


def shorten(text: str) -> str:
    """`text` on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]}…"


def xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
