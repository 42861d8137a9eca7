"""Whether an answer is the one that the asker has: ETag and Last-Modified, and 304 where it is."""

import logging
from hashlib import sha256
from time import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from redis.exceptions import RedisError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from quotes.versions import version_of

_KEPT = 30 * 24 * 60 * 60  # seconds

logger = logging.getLogger(__name__)


class Versioned(GenericAPIView[Any]):
    """A view whose answers about one record are known by its version."""

    def get_object(self) -> Any:
        self._record = super().get_object()
        return self._record

    def get_serializer_context(self) -> dict[str, Any]:
        # The format of this answer is none of the addresses in it.
        return {**super().get_serializer_context(), "format": None}

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        answer: Response = super().finalize_response(request, response, *args, **kwargs)
        record = getattr(self, "_record", None)
        if record is not None and answer.status_code == 200 and request.method in {"GET", "HEAD"}:
            answer["ETag"] = f'"{version_of(record)}"'
        return answer


def validated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its ETag and its date, or 304 (412, if it is asked for by If-Match) in its place.

    The ETag is strong: the version of the record, if the answer is about one, and the hash of the body, for
    much else than its row shows in it. An answer that is written as it is read has neither.
    """
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    if not isinstance(response, HttpResponse):
        return response
    body = sha256(response.content).hexdigest()[:32]
    version = response.get("ETag", "").strip('"')
    etag = response["ETag"] = f'"{version}.{body}"' if version else f'"{body}"'
    since = _known_since(_key(request, response), etag)
    if since is not None:
        # Of an answer that others came before in this second no date that they could have, either.
        response["Last-Modified"] = http_date(since if since <= _now() else _now() - 1)
    # A date is this answer's own or none: what stood here before may have been given a later one elsewhere.
    asked = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    dated = since if asked in {None, since} else None
    return get_conditional_response(request, etag, dated, response) or response


def _known_since(key: str, etag: str) -> int | None:
    """The second since when the answer at an address is this one, as far as was seen; None for unknown.

    No row says when a list became what it is: quotes leave it, counts and names in it change. So it is kept
    when another answer was seen, and the next one begins in another second.
    """
    try:
        known: tuple[str, int] | None = cache.get(key)
        if known is not None and known[0] == etag:
            return known[1]
        since = _now() if known is None else max(_now(), known[1]) + 1
        cache.set(key, (etag, since), timeout=_KEPT)
    except RedisError as error:
        logger.warning("answers are not dated: %s", error)
        return None
    return since


def _key(request: HttpRequest, response: HttpResponse) -> str:
    """Of an address, and of what else answers hang on."""
    asked = (
        request.build_absolute_uri(),
        response["Content-Type"],
        request.headers.get("Authorization", ""),
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
    )
    return f"since:{sha256(repr(asked).encode()).hexdigest()}"


def _now() -> int:
    return int(time())
