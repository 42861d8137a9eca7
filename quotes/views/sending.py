"""How pages for readers are sent: the same to everybody, for a short while, with an ETag."""

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from quotes.feeds import site_of

# Seconds for which a cache that is shared may keep it: what is withdrawn meanwhile is gone after these. A
# reader's own browser always asks, and is told where nothing has changed.
BRIEFLY, FOR_AN_HOUR = 60, 3600
_PLACES = ("after", "until")  # what makes another page of an address


def page(
    request: HttpRequest, template: str, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """A page that is nobody's own: nothing in it may depend on who asks, or hold a token of a form."""
    place = {name: request.GET[name] for name in _PLACES if request.GET.get(name)}
    address = request.path + (f"?{urlencode(place)}" if place else "")
    context = {
        "site": site_of(request),
        "canonical": site_of(request) + address,
        **context,
    }
    body = render_to_string(template, context, request)
    return kept(request, HttpResponse(body, status=status), BRIEFLY)


def addresses_at(request: HttpRequest) -> Callable[[str], str]:
    """What makes whole addresses of paths."""
    return site_of(request).__add__


def kept_for(seconds: int) -> str:
    """The `Cache-Control` of what anybody may see."""
    return f"public, max-age=0, s-maxage={seconds}"


def kept(request: HttpRequest, response: HttpResponse, seconds: int) -> HttpResponse:
    """Let shared caches keep an answer so long; to who has it already, it is said that it is the same."""
    response["Cache-Control"] = kept_for(seconds)
    if response.status_code != HTTPStatus.OK:
        return response
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag, None, response) or response
