"""How a page names its feeds: `<link rel="alternate">` in its head, and buttons for people.

A page puts `feed_links(…)` into its context as `feeds`, and `{% include "quotes/feeds.html" %}` where the
buttons belong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from quotes.feeds.formats import FORMATS, Format


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed in one format: where, and what it is called."""

    address: str
    title: str
    format: Format


def feed_links(
    title: str, name: str, *args: Any, parameters: Sequence[tuple[str, str]] = ()
) -> list[FeedLink]:
    """The feed at the address of this `name` and `args` (and `parameters`, of a search) in each format."""
    asked = f"?{urlencode(parameters)}" if parameters else ""
    return [
        FeedLink(reverse(name, args=[*args, suffix]) + asked, f"{title} ({format.name})", format)
        for suffix, format in FORMATS.items()
    ]
