"""What a feed says, however it is written: of quotes, and of those that were withdrawn."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.html import escape

from quotes.feeds.holding import Notice, Page, Place, Shown
from quotes.fragments import opened_at
from quotes.models.quote import parts_of

CURSOR = "cursor"
_LONGEST_TITLE = 140
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_END = 2**63  # of what the database takes for a number


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote, or the notice that it was withdrawn, under the one `urn` that it keeps.

    link     the words in the source; our record, where there are none
    author   who said it; the outlet, of a notice
    summary  what `html` says, in plain words
    """

    urn: str
    title: str
    link: str
    record: str
    summary: str
    html: str
    author: str
    published: datetime
    updated: datetime

    @classmethod
    def of(cls, one: Shown | Notice, site: str) -> Self:
        record = site + reverse("quote", args=[one.public_id])
        return cls._withdrawn(one, record) if isinstance(one, Notice) else cls._shown(one, record)

    @classmethod
    def _shown(cls, quote: Shown, record: str) -> Self:
        link = opened_at(quote.url, quote.fragment)
        return cls(
            urn=quote.public_id.urn,
            title=f"{quote.speaker} in {quote.outlet}: “{shorten(quote.text)}”",
            link=iri_to_uri(link) or record,
            record=record,
            summary=quote.context,
            html=_told(quote, link, record),
            author=quote.speaker,
            published=quote.dated_at,
            updated=max(quote.updated_at, quote.dated_at),
        )

    @classmethod
    def _withdrawn(cls, notice: Notice, record: str) -> Self:
        what = "Corrected" if notice.is_corrected else "Withdrawn"
        whose = f"{notice.speaker} in {notice.outlet}" if notice.speaker else notice.outlet
        return cls(
            urn=notice.public_id.urn,
            title=f"{what}: {whose}, {notice.dated_at:%-d %B %Y}",
            link=record,
            record=record,
            summary=" ".join(filter(None, (f"{what}.", notice.why, notice.note))),
            html=render_to_string("quotes/feed_withdrawn.html", {"notice": notice, "record": record}),
            author=notice.outlet,
            published=notice.dated_at,
            updated=notice.updated_at,  # when its tombstone says that it went
        )


@dataclass(frozen=True)
class Topic:
    """What a feed is about; the same on all of its pages and in all formats.

    guid        by which it is known in Atom, whatever its address
    site        what addresses begin with: scheme and host
    page        the path of the page about the same
    path        its own, but for what it ends in
    parameters  what stands behind that
    changed_at  when its title last changed
    hub         the address of the WebSub hub that is told of its changes; "" for none
    """

    guid: str
    title: str
    about: str
    site: str
    page: str
    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    changed_at: datetime = _NEVER
    hub: str = ""

    def address(self, suffix: str, after: Place | None = None) -> str:
        behind = [(CURSOR, cursor_of(after))] if after else []
        asked = urlencode([*self.parameters, *behind])
        return f"{self.site}{self.path}.{suffix}{'?' if asked else ''}{asked}"


@dataclass(frozen=True)
class Feed:
    """A page of a feed that ends in `suffix`, behind a place or from the beginning."""

    topic: Topic
    suffix: str
    stands: Page
    after: Place | None = None

    @cached_property
    def held(self) -> list[Shown | Notice]:
        return self.stands.held()

    @cached_property
    def entries(self) -> list[Entry]:
        return [Entry.of(one, self.topic.site) for one in self.held]

    @property
    def page(self) -> str:
        return self.topic.site + self.topic.page

    @property
    def address(self) -> str:
        return self.topic.address(self.suffix, self.after)

    @property
    def first(self) -> str:
        return self.topic.address(self.suffix)

    @property
    def next(self) -> str:
        """The address of the next page; "" on the last one."""
        return self.topic.address(self.suffix, self.stands.next) if self.stands.next else ""

    @property
    def hub(self) -> str:
        """Of a later page nobody is told."""
        return "" if self.after else self.topic.hub

    @property
    def tombstones(self) -> list[tuple[str, datetime]]:
        """The urn of each quote that was withdrawn, and when."""
        return [(one.public_id.urn, one.updated_at) for one in self.stands.notices]

    @property
    def updated(self) -> datetime:
        """When it last changed; a withdrawn quote and a new title are changes."""
        return latest([self.topic.changed_at, *(max(one.updated_at, _dated(one)) for one in self.held)])


def _dated(one: Shown | Notice) -> datetime:
    return one.updated_at if isinstance(one, Notice) else one.dated_at


def latest(dates: Iterable[datetime]) -> datetime:
    """The last of them; one long ago where there is none."""
    return max(dates, default=_NEVER)


def cursor_of(place: Place) -> str:
    told = json.dumps([place.dated_at.isoformat(), place.quote], separators=(",", ":"))
    return urlsafe_b64encode(told.encode()).decode().rstrip("=")


def place_of(cursor: str) -> Place:
    """Raises ValueError, or OverflowError, for what is no cursor of ours."""
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        dated, quote = json.loads(urlsafe_b64decode(padded))
        place = Place(datetime.fromisoformat(dated), quote)
    except (TypeError, RecursionError) as error:
        raise ValueError("not a cursor") from error
    if place.dated_at.tzinfo is None or type(quote) is not int or not 0 <= quote < _END:
        raise ValueError("not a cursor")
    place.dated_at.astimezone(UTC)  # which some dates do not outlive
    return place


def _told(quote: Shown, link: str, record: str) -> str:
    """The words in their sentence, whose they are and where; our record. A template would be slow."""
    parts = parts_of(quote.context, quote.context_start, quote.segments)
    words = "".join(f"<strong>{escape(one)}</strong>" if quoted else escape(one) for one, quoted in parts)
    title = escape(quote.title or quote.url if link else quote.title or "an article without an address")
    where = f'<a href="{escape(link)}">{title}</a>' if link else title
    date = f"{quote.dated_at:%-d %B %Y}"
    when = date if quote.published_at else f"no date, collected {date}"
    return (
        f"<blockquote><p>{words}</p></blockquote>\n"
        f"<p>{escape(quote.speaker)}, {where}, {escape(quote.outlet)}, "
        f'{when}. <a href="{escape(record)}">How we know</a></p>'
    )


def shorten(text: str) -> str:
    """`text` on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]}…"
