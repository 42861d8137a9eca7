"""The pages of who is quoted."""

import re
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

from quotes.alerts.links import follow_address
from quotes.facets import Bucket, Counts, count_facets
from quotes.feeds import feed_links
from quotes.linked import document, speaker_node
from quotes.models import Speaker
from quotes.plots import months_plot, next_month
from quotes.search import find_speakers
from quotes.search.keywords import keywords, usage_of
from quotes.selectors import career_of, other_names, public_quotes, public_speakers, without_copies
from quotes.views.finding import speaker_or_404
from quotes.views.keeping import remembered
from quotes.views.listing import PlaceError, Shown, by_date, shown
from quotes.views.sending import addresses_at, page

_LONGEST_QUESTION = 200
_FOUND = 50
_NAMES = 12
_ROLES = 200  # statements of articles that are looked at
_POSTS = 12
_OUTLETS = 10
_EVERY = 10_000  # outlet and month: there are not more
_SAMPLE, _OTHERS = 150, 400  # quotes from which it is told what somebody speaks about, and others do
_KEYWORDS = 12
_KEPT, _OTHERS_KEPT = 300, 3600  # seconds
_MONTH = re.compile(r"(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2])")


@require_safe
def speakers_page(request: HttpRequest) -> HttpResponse:
    """Search by any name."""
    asked = request.GET.get("q", "")[:_LONGEST_QUESTION].replace("\0", "").strip()
    found = find_speakers(public_speakers(), asked, most=_FOUND)
    return page(request, "quotes/speakers.html", {"asked": asked, "speakers": found})


@require_safe
def speaker_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who it is, and a page of what he, she or it said: after a place, or up to the end of a month."""
    speaker = speaker_or_404(slug)
    if speaker.slug != slug:
        return HttpResponsePermanentRedirect(speaker.get_absolute_url())
    public = public_quotes().filter(speaker=speaker)
    after, until = request.GET.get("after", ""), request.GET.get("until", "")
    quotes = public
    if until:
        if not _MONTH.fullmatch(until) or until == "9999-12":
            raise Http404("There is no such month: write it as 2026-03.")
        year, month = map(int, next_month(until).split("-"))
        quotes = public.filter(dated_at__lt=datetime(year, month, 1, tzinfo=UTC))
    try:
        keys, next_ = by_date(without_copies(quotes), after)
    except PlaceError as error:
        raise Http404(str(error)) from error
    listed = shown(keys)
    is_first = not (after or until)
    counts = count_facets(public, ("source", "month"), _EVERY)
    months = _in_time(counts)
    address = speaker.get_absolute_url()
    context = {
        "speaker": speaker,
        "groups": _by_month(listed),
        "next": f"{address}?{urlencode({'after': next_})}" if next_ else "",
        "is_first": is_first,
        "until": until,
        "figures": counts,
        "outlets": counts.facets["source"][:_OUTLETS],
        "outlet_count": len(counts.facets["source"]),
        "first_quoted": _day(months[0]) if months else None,
        "last_quoted": _day(months[-1]) if months else None,
        "plot": months_plot([(one.value, one.count) for one in months]),
        "linked": document(speaker_node(speaker, addresses_at(request))),
        "by_mail": follow_address(speaker=speaker.slug),
        "feeds": feed_links(f"{speaker.name}: quotes", "speaker-feed", speaker.slug),
    }
    if is_first:
        context |= _who(speaker)
    return page(request, "quotes/speaker.html", context)


def _who(speaker: Speaker) -> dict[str, Any]:
    career = career_of(speaker, _ROLES)
    return {
        "career": career[:_POSTS],
        "aliases": other_names(speaker)[:_NAMES],
        "keywords": remembered(f"keywords:{speaker.pk}", _KEPT, lambda: _keywords(speaker)),
    }


def _keywords(speaker: Speaker) -> list[str]:
    """What the latest quotes are about, beside the latest of all."""
    newest = public_quotes().select_related(None)
    theirs = list(newest.filter(speaker=speaker).values_list("text", flat=True)[:_SAMPLE])
    others = remembered(
        "keywords:others", _OTHERS_KEPT, lambda: usage_of(newest.values_list("text", flat=True)[:_OTHERS])
    )
    return keywords(theirs, others, _KEYWORDS)


def _in_time(counts: Counts) -> list[Bucket]:
    return sorted(counts.facets["month"], key=lambda one: one.value)


def _day(month: Bucket) -> date:
    """The first of a month."""
    return date.fromisoformat(f"{month.value}-01")


def _by_month(listed: list[Shown]) -> list[tuple[datetime, list[Shown]]]:
    months = groupby(listed, lambda one: (one.quote.dated_at.year, one.quote.dated_at.month))
    return [(datetime(year, month, 1, tzinfo=UTC), list(some)) for (year, month), some in months]
