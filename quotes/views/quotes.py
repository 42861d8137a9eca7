"""A quote's permanent page: what was said, how we know, and who else carries it."""

from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from quotes.feeds import FeedLink, feed_links
from quotes.linked import document, quote_node
from quotes.models import Quote, ReviewDecision
from quotes.pictures import HEIGHT, WIDTH
from quotes.selectors import copies_of, public_elsewhere, public_quotes, withdrawal_at
from quotes.views.cards import has_card
from quotes.views.listing import shortened, whole
from quotes.views.oembed import frame
from quotes.views.sending import addresses_at, page
from quotes.withdrawals import withdrawal_of
from quotes.wordings import told_beside

_COPIES = 50
_TITLE, _DESCRIPTION = 90, 200


@require_safe
def quote_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    quote = public_quotes().filter(public_id=public_id).select_related("revision__article__current_revision")
    found = quote.defer("revision__text", "revision__article__current_revision__text").first()
    if found is None:
        return withdrawn_or_404(request, public_id)
    absolute = addresses_at(request)
    told = told_beside(found)
    # What was not grouped yet, or is too short to be, stands in copies of the story at least.
    elsewhere = [] if told else list(public_elsewhere(found)[: _COPIES + 1])
    carrying = [one.quote for one in told.wordings] if told else elsewhere
    carried = {one.revision.article_id for one in carrying}
    copies = [one for one in copies_of(found.revision.article)[: _COPIES + 1] if one.pk not in carried]
    address = absolute(found.get_absolute_url())
    oembed = absolute(reverse("oembed"))
    context = {
        "quote": found,
        "shown": whole(found),
        "feeds": _feeds(found),
        "title": shortened(found.text, _TITLE),
        "description": shortened(found.context, _DESCRIPTION),
        "elsewhere": elsewhere[:_COPIES],
        "copies": copies[:_COPIES],
        "has_more": len(elsewhere) > _COPIES,
        "has_more_copies": len(copies) > _COPIES,
        "told": told,
        "outlets": len({one.source_id for one in elsewhere} - {found.source_id}),
        "reviewed": _reviewed(found.pk) if found.review_status == "approved" else None,
        "latest": found.revision.article.revision,
        "card": absolute(reverse("quote-card", args=[public_id])) if has_card(found) else "",
        "card_size": (WIDTH, HEIGHT),
        "oembed": f"{oembed}?{urlencode({'url': address, 'format': 'json'})}",
        "embed": frame(found, absolute),
        "linked": document(quote_node(found, absolute)),
    }
    return page(request, "quotes/quote.html", context)


@xframe_options_exempt
@require_safe
def embed_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The quote alone, for a frame in somebody's story: what is withdrawn says so there, too."""
    quote = public_quotes().filter(public_id=public_id).first()
    if quote is None:
        return withdrawn_or_404(request, public_id, "quotes/embed_withdrawn.html")
    return page(request, "quotes/embed.html", {"quote": quote, "shown": whole(quote)})


def withdrawn_or_404(
    request: HttpRequest, public_id: UUID, template: str = "quotes/withdrawn.html"
) -> HttpResponse:
    """What is told in place of a quote that is not public."""
    publication = withdrawal_at(public_id)
    if publication is None:
        raise Http404("There is no such quote.")
    context = {"publication": publication, "withdrawal": withdrawal_of(publication.quote)}
    return page(request, template, context, HTTPStatus.GONE)


def _feeds(quote: Quote) -> list[FeedLink]:
    """What else the speaker says."""
    speaker = quote.speaker
    return feed_links(f"{speaker.name}: quotes", "speaker-feed", speaker.slug) if speaker else []


def _reviewed(quote: int) -> ReviewDecision | None:
    """The latest step by which an editor approved it. Who that was, readers are not told."""
    steps = ReviewDecision.objects.filter(quote=quote, to_status="approved", editor__isnull=False)
    return steps.exclude(action=ReviewDecision.Action.NOTE).order_by("-pk").first()
