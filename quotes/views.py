"""Pages for readers, and the speakers' feeds."""

import hashlib
from collections import Counter
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from quotes.feeds import FORMATS, Entry, Feed, Format, in_order, seen_by_readers
from quotes.models import Speaker
from quotes.search import find_speakers
from quotes.selectors import (
    career_of,
    compared,
    copies_of,
    figures_of,
    other_names,
    public_quotes,
    public_speakers,
    speaker_at,
    told_as_withdrawn,
    was_ever_public,
    with_copies_count,
    withdrawal_at,
    without_copies,
)
from quotes.withdrawals import withdrawal_of

_NAMES_ON_PAGE = 12
_LONGEST_QUESTION = 200
_SPEAKERS_FOUND = 50
_RECENT = 300
_QUOTES_ON_HOME = 20
_SPEAKERS_ON_HOME = 40
_QUOTES_ON_PAGE = 100
_COPIES_ON_PAGE = 50
_ENTRIES_IN_FEED = 100
_WITHDRAWN_IN_FEED = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest quotes, and who is quoted most in a longer stretch of them."""
    recent = list(with_copies_count(without_copies(public_quotes()))[:_RECENT])
    speakers = Counter(quote.speaker for quote in recent).most_common(_SPEAKERS_ON_HOME)
    context = {"speakers": speakers, "quotes": recent[:_QUOTES_ON_HOME]}
    return render(request, "quotes/home.html", context)


@require_safe
def speaker_page(request: HttpRequest, slug: str) -> HttpResponse:
    speaker = _speaker_or_404(slug)
    if speaker.slug != slug:
        return HttpResponsePermanentRedirect(speaker.get_absolute_url())
    quotes = with_copies_count(without_copies(public_quotes().filter(speaker=speaker)))
    context = {
        "speaker": speaker,
        "quotes": quotes[:_QUOTES_ON_PAGE],
        "figures": figures_of(speaker),
        "career": career_of(speaker),
        "aliases": other_names(speaker)[:_NAMES_ON_PAGE],
        "feeds": [
            (reverse("speaker-feed", args=[speaker.slug, suffix]), format)
            for suffix, format in FORMATS.items()
        ],
    }
    return render(request, "quotes/speaker.html", context)


@require_safe
def speakers_page(request: HttpRequest) -> HttpResponse:
    """Search by any name."""
    asked = request.GET.get("q", "")[:_LONGEST_QUESTION].replace("\0", "")
    found = find_speakers(public_speakers(), asked, most=_SPEAKERS_FOUND)
    return render(request, "quotes/speakers.html", {"asked": asked, "speakers": found})


@require_safe
def quote_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    quote = public_quotes().filter(public_id=public_id).first()
    if quote is None:
        return _withdrawn_or_404(request, public_id)
    copies = list(copies_of(quote.revision.article))
    shown, more = copies[:_COPIES_ON_PAGE], copies[_COPIES_ON_PAGE:]
    context = {"quote": quote, "copies": shown, "more_copies": len(more)}
    return render(request, "quotes/quote.html", context)


def _withdrawn_or_404(request: HttpRequest, public_id: UUID) -> HttpResponse:
    publication = withdrawal_at(public_id)
    if publication is None:
        raise Http404("There is no such quote.")
    context = {"publication": publication, "withdrawal": withdrawal_of(publication.quote)}
    return render(request, "quotes/withdrawn.html", context, status=HTTPStatus.GONE)


@require_safe
def speaker_feed(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """The newest public quotes, and what was withdrawn of what the feed would hold.

    What an agency wrote and forty papers print is one entry; with copies=true there are forty.
    """
    speaker = _speaker_or_404(slug)
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


def _speaker_or_404(slug: str) -> Speaker:
    try:
        speaker = speaker_at(slug)
    except Speaker.DoesNotExist as error:
        raise Http404(f"There is no speaker {slug!r}.") from error
    if not was_ever_public(speaker):
        raise Http404(f"There is no speaker {slug!r}.")
    return speaker
