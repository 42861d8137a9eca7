"""A feed as the answer to a request; to who has it already, that it is the same."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe, quote_etag

from quotes.feeds.content import CURSOR, Feed, Topic, place_of
from quotes.feeds.formats import FORMATS
from quotes.feeds.holding import Selection, read_page
from quotes.versions import known_since, told_since

_QUOTES = Path(__file__).parents[1]
# What the words of a feed are made by, beside what it holds.
_MAKERS = (
    "feeds/*.py",
    "templates/quotes/feed_*.html",
    "fragments.py",
    "withdrawals.py",
    "models/quote.py",
    "urls.py",
)
_KEPT = 300  # seconds that a cache in between may keep a feed


def site_of(request: HttpRequest) -> str:
    """What the addresses in an answer begin with: where the site says that it is, else where it was asked."""
    return settings.SITE_URL or request.build_absolute_uri("/").rstrip("/")


def feed_answer(
    request: HttpRequest,
    topic: Topic,
    selection: Selection,
    suffix: str,
    *,
    may_be_empty: Callable[[], bool] = lambda: True,
) -> HttpResponse:
    """A page of the feed in the format that an address ends in.

    Raises Http404 for a cursor that is none, and for a feed in which nothing stands where it has to.
    """
    try:
        cursor = request.GET.get(CURSOR)
        after = place_of(cursor) if cursor is not None else None
    except (ValueError, OverflowError) as error:
        raise Http404("The cursor is not one of ours: follow the `next` of a feed as it is given.") from error
    page = read_page(selection, after)
    if not (page.rows or page.notices or may_be_empty()):
        raise Http404("There is no such feed.")
    feed = Feed(topic, suffix, page, after)
    media_type = FORMATS[suffix].media_type
    if "xml" in media_type and "text/html" in request.headers.get("accept", ""):
        media_type = "application/xml"  # a browser shows no other by its stylesheet
    etag = quote_etag(_version(feed, media_type))
    since = known_since(f"{media_type} {feed.address}", etag)
    # A date is this answer's own or none: what stood here before may have been given a later one elsewhere.
    asked = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    answer = get_conditional_response(request, etag, since if asked == since else None)
    if answer is None:
        answer = HttpResponse(FORMATS[suffix].write(feed), content_type=f"{media_type}; charset=utf-8")
    answer["ETag"] = etag
    if since is not None:
        answer["Last-Modified"] = http_date(told_since(since))
    answer["Cache-Control"] = f"public, max-age={_KEPT}"
    answer["Link"] = ", ".join(_links(feed))
    patch_vary_headers(answer, ["Accept"])
    return answer


def _links(feed: Feed) -> list[str]:
    named = {"self": feed.address, "hub": feed.hub, "first": feed.first, "next": feed.next}
    return [f'<{url}>; rel="{rel}"' for rel, url in named.items() if url]


def _version(feed: Feed, media_type: str) -> str:
    """Of all that is written, before it is: what is held, and what writes it."""
    told = (feed, media_type, _makers(), static("quotes/feed.css"))
    return sha256(repr(told).encode()).hexdigest()[:32]


@cache
def _makers() -> str:
    known = (path for pattern in _MAKERS for path in sorted(_QUOTES.glob(pattern)))
    return sha256(b"".join([django.__version__.encode(), *(path.read_bytes() for path in known)])).hexdigest()
