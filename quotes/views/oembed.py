"""oEmbed 1.0 (https://oembed.com): how a quote stands in somebody's story, by its address alone."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from quotes.models import Quote
from quotes.selectors import public_quotes, withdrawal_at
from quotes.views.sending import BRIEFLY, addresses_at, kept_for

_WIDTH, _NARROWEST = 600, 240
_LINE, _AROUND, _LETTER = 27, 120, 9.5  # pixels: a line, all that is not the words, a letter
_LOWEST, _HIGHEST = 180, 1200
_LONGEST = 2000  # of an address


def frame(
    quote: Quote, absolute: Callable[[str], str], width: int = _WIDTH, highest: int = _HIGHEST
) -> SafeString:
    """A frame with the quote's page for embedding: it needs no script, and shows a withdrawal as it is."""
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" '
        'style="border:0;max-width:100%"></iframe>',
        absolute(reverse("quote-embed", args=[quote.public_id])),
        width,
        min(_height(quote, width), highest),
        f"Quote: {quote.speaker.name if quote.speaker else ''}",
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """What a consumer asks with the address of a quote's page; the answer is of the type rich."""
    if request.GET.get("format", "json") != "json":
        return _refused(HTTPStatus.NOT_IMPLEMENTED, "There is JSON only: format=json.")
    sizes = {name: request.GET.get(name, "") for name in ("maxwidth", "maxheight")}
    if any(
        value and not (value.isascii() and value.isdigit() and len(value) < 6) for value in sizes.values()
    ):
        return _refused(HTTPStatus.BAD_REQUEST, "maxwidth and maxheight are whole numbers of pixels.")
    key = _quote_at(request, request.GET.get("url", ""))
    if key is None:
        return _refused(HTTPStatus.NOT_FOUND, "url= is not the address of a quote here.")
    quote = public_quotes().filter(public_id=key).first()
    if quote is None:
        is_withdrawn = withdrawal_at(key) is not None
        status = HTTPStatus.GONE if is_withdrawn else HTTPStatus.NOT_FOUND
        return _refused(status, "It was withdrawn." if is_withdrawn else "There is no such quote.")
    width = min(_WIDTH, max(int(sizes["maxwidth"] or _WIDTH), 1))
    highest = max(int(sizes["maxheight"] or _HIGHEST), 1)
    absolute = addresses_at(request)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": str(quote),
        "author_name": quote.speaker.name if quote.speaker else "",
        "author_url": absolute(quote.speaker.get_absolute_url()) if quote.speaker else "",
        "provider_name": "quotetracker",
        "provider_url": absolute(reverse("home")),
        "cache_age": FOR_CONSUMERS,
        "html": frame(quote, absolute, width, highest),
        "width": width,
        "height": min(_height(quote, width), highest),
    }
    return _sent(JsonResponse(answer))


FOR_CONSUMERS = 86_400  # seconds: what a frame shows stays as it is here, however long its address is kept


def _sent(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"  # it is public, and asked for by pages, too
    response["Cache-Control"] = kept_for(BRIEFLY)
    return response


def _refused(status: HTTPStatus, why: str) -> HttpResponse:
    return _sent(JsonResponse({"error": why}, status=status))


def _quote_at(request: HttpRequest, url: str) -> UUID | None:
    """The id of the quote whose page this is an address of, whatever the scheme; None for another."""
    if len(url) > _LONGEST:
        return None
    try:
        address = urlsplit(url)
        match = resolve(address.path)
    except (ValueError, Resolver404):
        return None
    is_ours = address.scheme in {"http", "https"} and address.netloc == request.get_host()
    return match.kwargs["public_id"] if is_ours and match.url_name == "quote" else None


def _height(quote: Quote, width: int) -> int:
    """About so many pixels, by the length of what is shown."""
    letters = max((max(width, _NARROWEST) - 40) / _LETTER, 10)
    lines = -(-len(quote.context) // int(letters))
    return min(max(_AROUND + _LINE * lines, _LOWEST), _HIGHEST)
