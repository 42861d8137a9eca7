"""The speakers' feeds."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from quotes.feeds import FORMATS, Entry, Feed, Format, in_order, seen_by_readers
from quotes.selectors import compared, public_quotes, told_as_withdrawn, without_copies
from quotes.views.finding import speaker_or_404

_ENTRIES_IN_FEED = 100
_WITHDRAWN_IN_FEED = 100


@require_safe
def speaker_feed(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """The newest public quotes, and what was withdrawn of what the feed would hold.

    What an agency wrote and forty papers print is one entry; with copies=true there are forty.
    """
    speaker = speaker_or_404(slug)
    has_copies = request.GET.get("copies") == "true"
    path = reverse("speaker-feed", args=[speaker.slug, suffix]) + ("?copies=true" if has_copies else "")
    if speaker.slug != slug:
        return HttpResponsePermanentRedirect(path)
    quotes = public_quotes().filter(speaker=speaker)
    quotes = quotes if has_copies else without_copies(compared(quotes))
    shown = list(quotes[:_ENTRIES_IN_FEED])
    withdrawn = told_as_withdrawn(speaker, _WITHDRAWN_IN_FEED)
    withdrawn = withdrawn if has_copies else seen_by_readers(withdrawn)
    absolute = request.build_absolute_uri
    entries = {quote: Entry.of(quote, absolute) for quote in shown} | {
        # Who knows no tombstones still has it. What is older than a full feed has left it by itself.
        quote: Entry.withdrawn(quote, speaker, absolute)
        for quote in withdrawn
        if len(shown) < _ENTRIES_IN_FEED or quote.dated_at >= shown[-1].dated_at
    }
    feed = Feed(
        guid=f"{speaker.urn}#copies" if has_copies else speaker.urn,
        title=f"{speaker.name}: quotes",
        about=f"What {speaker.name} is quoted as saying, with links to the words in the source.",
        page=absolute(speaker.get_absolute_url()),
        address=absolute(path),
        entries=[entries[quote] for quote in in_order(entries)],
        tombstones=[(quote.urn, quote.updated_at) for quote in withdrawn],
        changed_at=speaker.updated_at,
    )
    return _sent(request, feed, FORMATS[suffix])


def _sent(request: HttpRequest, feed: Feed, format: Format) -> HttpResponse:
    """A feed; to who has it already, that it is the same."""
    body = format.write(feed)
    response = HttpResponse(body, content_type=f"{format.media_type}; charset=utf-8")
    etag = quote_etag(hashlib.sha256(body.encode()).hexdigest()[:32])
    changed = int(feed.updated.timestamp())
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"] = "public, max-age=300"
    return get_conditional_response(request, etag, changed, response) or response
