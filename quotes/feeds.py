"""A speaker's public quotes as an Atom feed (RFC 4287), which tells what was withdrawn: as an entry, and by
tombstones (RFC 6721).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from quotes.models import Quote, Speaker
from quotes.withdrawals import withdrawal_of

_LONGEST_TITLE = 140
_TOGETHER = timedelta(minutes=5)
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
    oldest: datetime,
    absolute: Callable[[str], str],
    feed_path: str,
    guid: str,
) -> TombstoneFeed:
    """The feed of `quotes`, newest first, known by `guid`; `absolute` makes a full URL of a path.

    Who knows no tombstones still has what was `withdrawn`: so it is sent again, as an entry that says so,
    unless it is from before the `oldest` that the feed would hold.
    """
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
    entries = [(quote, _entry(quote, absolute)) for quote in quotes]
    entries += [(quote, _notice(quote, speaker, absolute)) for quote in withdrawn if quote.dated_at >= oldest]
    for _, entry in sorted(entries, key=lambda one: _place(one[0])):
        feed.add_item(description="", **entry)
    return feed


def seen_by_readers(withdrawn: Iterable[Quote]) -> list[Quote]:
    """Of what was withdrawn in copies of one story, the entries that readers had, one after the other.

    One took the place of another only if that was gone before: not of those that were withdrawn together.
    """
    seen: list[Quote] = []
    last: dict[int, datetime] = {}  # when the latest of a saying was withdrawn
    for quote in sorted(withdrawn, key=lambda one: one.pk):
        before = last.get(quote.saying_id) if quote.saying_id else None
        if before is None or quote.updated_at - before > _TOGETHER:
            seen.append(quote)
        if quote.saying_id:
            last[quote.saying_id] = max(quote.updated_at, before or quote.updated_at)
    return seen


def _place(quote: Quote) -> tuple[float, int, int]:
    """The newest first; what one article says in the order of its text."""
    return -quote.dated_at.timestamp(), -quote.revision_id, quote.start


def _entry(quote: Quote, absolute: Callable[[str], str]) -> dict[str, Any]:
    record = absolute(quote.get_absolute_url())
    speaker, outlet = quote.speaker.name if quote.speaker else "", quote.revision.article.source.name
    return {
        "title": xml_text(f"{speaker} in {outlet}: “{shorten(quote.text)}”"),
        "link": quote.source_url or record,
        "content": xml_text(render_to_string("quotes/feed_entry.html", {"quote": quote, "record": record})),
        "unique_id": quote.urn,
        "author_name": xml_text(speaker),
        "pubdate": quote.dated_at,
        "updateddate": max(quote.updated_at, quote.dated_at),
    }


def _notice(quote: Quote, speaker: Speaker, absolute: Callable[[str], str]) -> dict[str, Any]:
    """That a quote was withdrawn from `speaker`, in place of the entry that it had; without its words."""
    record = absolute(quote.get_absolute_url())
    outlet = quote.revision.article.source.name
    context = {"quote": quote, "speaker": speaker, "record": record, "withdrawal": withdrawal_of(quote)}
    what = "Corrected" if getattr(quote, "is_public", False) else "Withdrawn"
    return {
        "title": xml_text(f"{what}: {speaker.name} in {outlet}, {quote.dated_at:%-d %B %Y}"),
        "link": record,
        "content": xml_text(render_to_string("quotes/feed_withdrawn.html", context)),
        "unique_id": quote.urn,
        "author_name": xml_text(outlet),
        "pubdate": quote.dated_at,
        "updateddate": quote.updated_at,  # when its tombstone says that it went
    }


def shorten(text: str) -> str:
    """`text` on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]}…"


def xml_text(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
