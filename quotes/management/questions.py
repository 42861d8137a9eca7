"""What is asked of the API among many quotes, with values drawn by chance: common ones more often."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

import numpy as np

from quotes.management.newsroom import SOURCES, Sentences
from quotes.models import Article, Publication, Quote, Speaker
from quotes.selectors import public_quotes
from quotes.services.publications import change_counter

FACETS = "speaker,source,year,month,kind,status"
QUOTES = "/api/v1/quotes/"
FEED = "/speakers/p-1/feed.atom"  # of who is quoted most
REVIEW = "/api/v1/review/quotes/"
ADMIN = "/admin/quotes/"
DESK = f"{ADMIN}review/"
_A_PAGE = 50

# An address and its parameters, others each time.
Ask: TypeAlias = Callable[[], tuple[str, dict[str, str]]]


class Questions:
    """About so many quotes of so many speakers, as `newsroom.furnish` makes them."""

    def __init__(self, quotes: int, speakers: int) -> None:
        self._quotes, self._speakers = quotes, speakers
        self._random = np.random.default_rng(2)
        self._words = Sentences(seed=1).vocabulary

    def all(self) -> dict[str, Ask]:
        return {**self.lists(), **self.searches(), **self.counts(), **self.changes(), **self.others()}

    def lists(self) -> dict[str, Ask]:
        return {
            "list": lambda: (QUOTES, {}),
            "list, half-way down": self._deep,
            "list, ten thousand pages deep": lambda: self._page(10_000),
            "a speaker": lambda: (QUOTES, {"speaker": self._speaker()}),
            "three speakers": lambda: (QUOTES, {"speaker": ",".join(self._speaker() for _ in range(3))}),
            "a source, two months": self._source,
            "the latest changes": lambda: (QUOTES, {"order": "changed"}),
            "the surest": lambda: (QUOTES, {"order": "confidence"}),
            "one quote": lambda: (f"{QUOTES}{self._quote().public_id}/", {}),
        }

    def searches(self) -> dict[str, Ask]:
        return {
            "search: a word": lambda: (QUOTES, {"q": self._word()}),
            "search: two words": lambda: (QUOTES, {"q": f"{self._word()} {self._word()}"}),
            "search: two words, by date": lambda: (
                QUOTES,
                {"q": f"{self._word()} {self._word()}", "order": "date"},
            ),
            "search: a phrase": lambda: (QUOTES, {"q": self._phrase()}),
            "search: in sentences": lambda: (QUOTES, {"q": self._phrase(), "in": "sentence"}),
        }

    def counts(self) -> dict[str, Ask]:
        return {
            "counts of a speaker": lambda: (QUOTES, {"speaker": self._speaker(), "facets": FACETS}),
            "counts of a search": lambda: (QUOTES, {"q": self._word(), "facets": FACETS}),
            "counts of a source": lambda: (QUOTES, {**self._source()[1], "facets": FACETS}),
            "counts of everything": lambda: (QUOTES, {"facets": FACETS}),
        }

    def feeds(self) -> dict[str, Ask]:
        """Of feeds: of who is quoted most, whole; of others as they come."""
        return {
            "feed of who is quoted most": lambda: (FEED, {}),
            "feed of the same, as RSS": lambda: (FEED.replace("atom", "rss"), {}),
            "feed of a speaker": lambda: (f"/speakers/{self._speaker()}/feed.atom", {}),
            "feed of a source": lambda: (f"/sources/outlet-{1 + self._below(SOURCES, 2)}/feed.atom", {}),
            "feed of all quotes": lambda: ("/feeds/quotes.atom", {}),
            "feed of three speakers": lambda: (
                "/feeds/quotes.atom",
                {"speaker": ",".join({self._speaker() for _ in range(3)})},
            ),
            "feed of a search": lambda: ("/feeds/quotes.atom", {"q": f"{self._word()} {self._word()}"}),
        }

    def changes(self) -> dict[str, Ask]:
        return {
            "changes from the beginning": lambda: (QUOTES, {"changed_since": "0"}),
            "changes, ten thousand pages deep": self._changes,
            "changes, the last": lambda: (QUOTES, {"changed_since": change_counter().place(self._quotes)}),
        }

    def pages(self) -> dict[str, Ask]:
        """The pages for readers, and what machines look for beside them."""
        return {
            "page: home": lambda: ("/", {}),
            "page: a speaker": lambda: (f"/speakers/p-{self._quote().speaker_id}/", {}),
            "page: the most quoted speaker": lambda: ("/speakers/p-1/", {}),
            "page: a speaker, far down": lambda: ("/speakers/p-1/", {"until": "2022-06"}),
            "page: a quote": lambda: (f"/quotes/{self._quote().public_id}/", {}),
            "page: an article": lambda: (f"/articles/{self._article().public_id}/", {}),
            "page: outlets": lambda: ("/sources/", {}),
            "page: an outlet": lambda: (f"/sources/outlet-{self._quote().source_id}/", {}),
            "page: search, two words": lambda: ("/search/", {"q": f"{self._word()} {self._word()}"}),
            "page: search, a phrase": lambda: ("/search/", {"q": self._phrase()}),
            "page: search of a speaker": lambda: (
                "/search/",
                {"speaker": self._speaker(), "q": self._word()},
            ),
            "page: a name": lambda: ("/speakers/", {"q": self._name()}),
            "page: about": lambda: ("/about/", {}),
            "the card of a quote": lambda: (f"/quotes/{self._quote().public_id}/card.png", {}),
            "oEmbed": lambda: ("/oembed", {"url": f"http://localhost/quotes/{self._quote().public_id}/"}),
            "sitemap: the index": lambda: ("/sitemap.xml", {}),
        }

    def of_editors(self) -> dict[str, Ask]:
        """What is asked of the review desk and of the lists of the admin site."""
        return {
            "desk: the queues": lambda: (DESK, {}),
            "desk: the next article": lambda: (DESK, {"queue": "open"}),
            "desk: reported by readers": lambda: (DESK, {"queue": "reported"}),
            "desk: an article": lambda: (f"{DESK}{self._article().public_id}/", {}),
            "admin: quotes": lambda: (f"{ADMIN}quote/", {}),
            "admin: quotes, searched": lambda: (f"{ADMIN}quote/", {"q": self._word()}),
            "admin: quotes of a speaker": lambda: (
                f"{ADMIN}quote/",
                {"speaker__id__exact": str(1 + self._below(self._speakers, 3))},
            ),
            "admin: articles": lambda: (f"{ADMIN}article/", {}),
            "admin: speakers": lambda: (f"{ADMIN}speaker/", {}),
        }

    def to_decide(self) -> Quote:
        """A quote that nobody reviewed, by chance."""
        waiting = Quote.objects.filter(review_status=Quote.Status.UNREVIEWED)
        return waiting.filter(pk__gt=self._below(self._quotes // 2)).order_by("pk")[0]

    def others(self) -> dict[str, Ask]:
        return {
            "speakers": lambda: ("/api/v1/speakers/", {}),
            "a speaker by name": lambda: ("/api/v1/speakers/", {"name": self._name()}),
            "articles": lambda: ("/api/v1/articles/", {"expand": "quotes", "page_size": "10"}),
        }

    def _below(self, end: int, power: int = 1) -> int:
        return int(end * self._random.random() ** power)

    def _speaker(self) -> str:
        return f"p-{1 + self._below(self._speakers, 3)}"

    def _word(self) -> str:
        return self._words[50 + self._below(3000, 2)]

    def _quote(self) -> Quote:
        # One in eight is none that everybody sees.
        some = public_quotes().filter(pk__gt=self._below(self._quotes - 50)).order_by("pk")
        return some[0]

    def _article(self) -> Article:
        return self._quote().revision.article

    def _phrase(self) -> str:
        words = self._quote().text.split()
        return f'"{" ".join(words[1:3])}"'

    def _name(self) -> str:
        return Speaker.objects.get(pk=1 + self._below(self._speakers)).name

    def _source(self) -> tuple[str, dict[str, str]]:
        day = self._quote().dated_at.date()
        source = f"outlet-{1 + self._below(SOURCES, 2)}"
        since, until = day.isoformat(), (day + timedelta(days=60)).isoformat()
        return QUOTES, {"source": source, "published_from": since, "published_to": until}

    def _deep(self) -> tuple[str, dict[str, str]]:
        return self._behind(self._quotes // 2 + self._below(50))

    def _page(self, number: int) -> tuple[str, dict[str, str]]:
        """Of the smaller half, where there are not so many pages."""
        return self._behind(max(self._quotes - number * _A_PAGE, self._quotes // 4) + self._below(50))

    def _behind(self, key: int) -> tuple[str, dict[str, str]]:
        """The page behind a quote: the later its key, the later its date."""
        quote = Quote.objects.get(pk=key)
        place = json.dumps([False, quote.dated_at.isoformat(), quote.pk])
        return QUOTES, {"cursor": urlsafe_b64encode(place.encode()).decode().rstrip("=")}

    def _changes(self) -> tuple[str, dict[str, str]]:
        number = min(10_000 * _A_PAGE, self._quotes * 3 // 4) + self._below(50)
        return QUOTES, {"changed_since": change_counter().place(number)}


def change_some(count: int) -> None:
    """As many changes as if somebody had just made them: no number, which the next reader gives."""
    keys = Publication.objects.order_by("pk").values_list("pk", flat=True)[:count]
    Publication.objects.filter(pk__in=list(keys)).update(number=None)
