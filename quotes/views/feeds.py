"""The feeds of speakers, sources and articles."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.feeds import article_feed as of_article
from quotes.feeds import feed_answer, site_of
from quotes.feeds import source_feed as of_source
from quotes.feeds import speaker_feed as of_speaker
from quotes.feeds.topics import speaker_of_feed
from quotes.models import Source, Speaker
from quotes.selectors import stored_articles, was_ever_public


@require_safe
def speaker_feed(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """The newest public quotes, and what was withdrawn of what the feed would hold.

    What an agency wrote and forty papers print is one entry; with copies=true there are forty.
    """
    try:
        speaker = speaker_of_feed(slug)
    except Speaker.DoesNotExist as error:
        raise Http404(f"There is no speaker {slug!r}.") from error
    if speaker.slug != slug:
        there = reverse("speaker-feed", args=[speaker.slug, suffix])
        asked = request.GET.urlencode()
        return HttpResponsePermanentRedirect(f"{there}?{asked}" if asked else there)
    topic, selection = of_speaker(speaker, site_of(request), has_copies=_has_copies(request))
    # Who was only guessed at has no feed.
    return feed_answer(request, topic, selection, suffix, may_be_empty=lambda: was_ever_public(speaker))


@require_safe
def source_feed(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    source = get_object_or_404(Source, slug=slug)
    return feed_answer(request, *of_source(source, site_of(request), has_copies=_has_copies(request)), suffix)


@require_safe
def article_feed(request: HttpRequest, public_id: UUID, suffix: str) -> HttpResponse:
    """What the article says, in the order of its text."""
    article = stored_articles().filter(public_id=public_id).first()
    if article is None:
        raise Http404("There is no such article.")
    return feed_answer(request, *of_article(article, site_of(request)), suffix)


def _has_copies(request: HttpRequest) -> bool:
    return request.GET.get("copies") == "true"
