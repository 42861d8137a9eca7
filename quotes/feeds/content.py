"""What a feed holds, however it is written: quotes, and notices of those that were withdrawn."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.template.loader import render_to_string

from quotes.models import Quote, Speaker
from quotes.withdrawals import withdrawal_of

_LONGEST_TITLE = 140
_TOGETHER = timedelta(minutes=5)

Absolute = Callable[[str], str]  # a full URL of a path


@dataclass(frozen=True, slots=True)
class Entry:
    """A quote, or the notice that it was withdrawn, under the one `urn` that it keeps.

    link    the words in the source; our record, where there are none
    author  who said it; the outlet, of a notice
    """

    urn: str
    title: str
    link: str
    record: str
    html: str
    author: str
    published: datetime
    updated: datetime

    @classmethod
    def of(cls, quote: Quote, absolute: Absolute) -> Self:
        record = absolute(quote.get_absolute_url())
        speaker = quote.speaker.name if quote.speaker else ""
        return cls(
            urn=quote.urn,
            title=f"{speaker} in {quote.revision.article.source.name}: “{shorten(quote.text)}”",
            link=quote.source_url or record,
            record=record,
            html=render_to_string("quotes/feed_entry.html", {"quote": quote, "record": record}),
            author=speaker,
            published=quote.dated_at,
            updated=max(quote.updated_at, quote.dated_at),
        )

    @classmethod
    def withdrawn(cls, quote: Quote, speaker: Speaker, absolute: Absolute) -> Self:
        """That a quote was withdrawn from `speaker`, in place of the entry that it had; without its words."""
        record = absolute(quote.get_absolute_url())
        outlet = quote.revision.article.source.name
        what = "Corrected" if getattr(quote, "is_public", False) else "Withdrawn"
        context = {"quote": quote, "speaker": speaker, "record": record, "withdrawal": withdrawal_of(quote)}
        return cls(
            urn=quote.urn,
            title=f"{what}: {speaker.name} in {outlet}, {quote.dated_at:%-d %B %Y}",
            link=record,
            record=record,
            html=render_to_string("quotes/feed_withdrawn.html", context),
            author=outlet,
            published=quote.dated_at,
            updated=quote.updated_at,  # when its tombstone says that it went
        )


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, known by its `guid` in Atom and by its `address` elsewhere.

    page        of what it is about
    tombstones  the urn of each quote that was withdrawn lately, and when
    changed_at  when its title last changed
    """

    guid: str
    title: str
    about: str
    page: str
    address: str
    entries: Sequence[Entry]
    tombstones: Sequence[tuple[str, datetime]]
    changed_at: datetime

    @property
    def updated(self) -> datetime:
        """When it last changed; a withdrawn quote and a new name of the speaker are changes."""
        dates = [entry.updated for entry in self.entries] + [when for _, when in self.tombstones]
        return max([self.changed_at, *dates])


def in_order(quotes: Iterable[Quote]) -> list[Quote]:
    """The newest first; what one article says in the order of its text."""
    return sorted(quotes, key=lambda quote: (-quote.dated_at.timestamp(), -quote.revision_id, quote.start))


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


def shorten(text: str) -> str:
    """`text` on one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    return f"{line[:_LONGEST_TITLE].rpartition(' ')[0] or line[:_LONGEST_TITLE]}…"
