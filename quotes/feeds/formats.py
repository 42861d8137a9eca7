"""How feeds can be written."""

from collections.abc import Callable
from dataclasses import dataclass

from quotes.feeds.content import Feed
from quotes.feeds.json_feed import json_feed
from quotes.feeds.syndication import atom, rss


@dataclass(frozen=True, slots=True)
class Format:
    """How feeds are written, and what pages call that."""

    name: str
    media_type: str
    write: Callable[[Feed], str]


# By what an address ends in. Where a reader is left to choose, it takes the first: the one that tells most.
FORMATS = {
    "atom": Format("Atom", "application/atom+xml", atom),
    "rss": Format("RSS", "application/rss+xml", rss),
    "json": Format("JSON Feed", "application/feed+json", json_feed),
}
