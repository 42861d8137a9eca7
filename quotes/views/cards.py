"""The picture of a quote, for those who show links as cards."""

import hashlib
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from quotes.models import Quote
from quotes.pictures import DESIGN, Card, draw
from quotes.selectors import public_quotes, withdrawal_at
from quotes.views.listing import shortened
from quotes.views.sending import BRIEFLY, kept_for

_LONGEST = 600  # characters: more have no room


def has_card(quote: Quote) -> bool:
    """Whether there is a picture of it: not where its script has no letters here."""
    return _card(quote).can_be_drawn


@require_safe
def quote_card(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The picture, as long as the quote is public."""
    quote = public_quotes().filter(public_id=public_id).first()
    if quote is None:
        if withdrawal_at(public_id) is None:
            raise Http404("There is no such quote.")
        return HttpResponse("This quote was withdrawn.", status=HTTPStatus.GONE, content_type="text/plain")
    card = _card(quote)
    if not card.can_be_drawn:
        raise Http404("There is no picture of this quote.")
    drawn = repr((DESIGN, card)).encode()
    etag = quote_etag(hashlib.sha256(drawn).hexdigest()[:32])
    answer = get_conditional_response(request, etag, None) or HttpResponse(
        draw(card), content_type="image/png"
    )
    answer["ETag"], answer["Cache-Control"] = etag, kept_for(BRIEFLY)
    return answer


def _card(quote: Quote) -> Card:
    article = quote.revision.article
    name = quote.speaker.name if quote.speaker else ""
    return Card(shortened(quote.text, _LONGEST), name, f"{article.source.name}, {quote.dated_at:%-d %B %Y}")
