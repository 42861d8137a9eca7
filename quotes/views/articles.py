"""The page of an article: what it quotes, and no more of its text."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from quotes.feeds import feed_links
from quotes.linked import article_node, document, quote_node
from quotes.selectors import article_seen_by_readers, copies_of, public_quotes
from quotes.views.listing import PlaceError, in_order_of_text, shown
from quotes.views.sending import addresses_at, page

_QUOTES = 50
_COPIES = 50


@require_safe
def article_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Its public quotes in the order of the text."""
    article = article_seen_by_readers(public_id)
    if article is None:
        raise Http404("There is no such article.")
    quotes = public_quotes().filter(revision__article=article)
    try:
        keys, after = in_order_of_text(quotes, request.GET.get("after", ""), _QUOTES)
    except PlaceError as error:
        raise Http404(str(error)) from error
    listed = shown(keys)
    absolute = addresses_at(request)
    copies = list(copies_of(article)[: _COPIES + 1])
    address = reverse("article", args=[article.public_id])
    said = [quote_node(one.quote, absolute) for one in listed]
    parts = [{name: value for name, value in one.items() if name != "isPartOf"} for one in said]
    context = {
        "article": article,
        "revision": article.revision,
        "quotes": listed,
        "is_first": "after" not in request.GET,
        "next": f"{address}?{urlencode({'after': after})}" if after else "",
        "copies": copies[:_COPIES],
        "has_more_copies": len(copies) > _COPIES,
        "feeds": feed_links(f"{article}: quotes", "article-feed", article.public_id),
        "linked": document({**article_node(article, absolute), "hasPart": parts}),
    }
    return page(request, "quotes/article.html", context)
