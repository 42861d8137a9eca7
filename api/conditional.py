"""Whether an answer is the one that the asker has: ETag and Last-Modified, and 304 where it is."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from quotes.versions import known_since, told_since, version_of


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
    since = known_since(_key(request, response), etag)
    if since is not None:
        response["Last-Modified"] = http_date(told_since(since))
    # A date is this answer's own or none: what stood here before may have been given a later one elsewhere.
    asked = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    dated = since if asked in {None, since} else None
    return get_conditional_response(request, etag, dated, response) or response


def _key(request: HttpRequest, response: HttpResponse) -> str:
    """Of an address, and of what else answers hang on."""
    asked = (
        request.build_absolute_uri(),
        response["Content-Type"],
        request.headers.get("Authorization", ""),
        request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""),
    )
    return repr(asked)
