"""Pages for readers."""

from collections import Counter
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quotes.feeds import feed_links
from quotes.search import find_speakers
from quotes.selectors import (
    career_of,
    copies_of,
    figures_of,
    other_names,
    public_quotes,
    public_speakers,
    with_copies_count,
    withdrawal_at,
    without_copies,
)
from quotes.views.finding import speaker_or_404
from quotes.withdrawals import withdrawal_of

_NAMES_ON_PAGE = 12
_LONGEST_QUESTION = 200
_SPEAKERS_FOUND = 50
_RECENT = 300
_QUOTES_ON_HOME = 20
_SPEAKERS_ON_HOME = 40
_QUOTES_ON_PAGE = 100
_COPIES_ON_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The latest quotes, and who is quoted most in a longer stretch of them."""
    recent = list(with_copies_count(without_copies(public_quotes()))[:_RECENT])
    speakers = Counter(quote.speaker for quote in recent).most_common(_SPEAKERS_ON_HOME)
    context = {
        "speakers": speakers,
        "quotes": recent[:_QUOTES_ON_HOME],
        "feeds": feed_links("All quotes", "quotes-feed"),
    }
    return render(request, "quotes/home.html", context)


@require_safe
def speaker_page(request: HttpRequest, slug: str) -> HttpResponse:
    speaker = speaker_or_404(slug)
    if speaker.slug != slug:
        return HttpResponsePermanentRedirect(speaker.get_absolute_url())
    quotes = with_copies_count(without_copies(public_quotes().filter(speaker=speaker)))
    context = {
        "speaker": speaker,
        "quotes": quotes[:_QUOTES_ON_PAGE],
        "figures": figures_of(speaker),
        "career": career_of(speaker),
        "aliases": other_names(speaker)[:_NAMES_ON_PAGE],
        "feeds": feed_links(f"{speaker.name}: quotes", "speaker-feed", speaker.slug),
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
