"""Whether an answer is the one that the asker has: ETag and Last-Modified, and 304 where it is."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from operator import attrgetter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from quotes.versions import version_of


class Versioned(GenericAPIView[Any]):
    """A view whose answers about one record are known by its version, and by its date where it has one.

    `dated_by` are the attributes that say when what is shown of a record changed.
    """

    dated_by: tuple[str, ...] = ()

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
            if changed := [value for name in self.dated_by if (value := attrgetter(name)(record))]:
                _date(answer, max(changed))
        return answer


def _date(answer: HttpResponseBase, changed: datetime) -> None:
    """Last-Modified, to the second after the change: a second change within the second is seen by it."""
    after = changed.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
    if after <= timezone.now():
        answer["Last-Modified"] = http_date(after.timestamp())


def validated(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its ETag, or 304 (412, if it is asked for by If-Match) in its place.

    The ETag is strong: the version of the record, if the answer is about one, and the hash of the body, for
    much else than its row shows in it. An answer that is written as it is read has none.
    """
    if request.method not in {"GET", "HEAD"} or response.status_code != 200:
        return response
    if not isinstance(response, HttpResponse):
        return response
    body = sha256(response.content).hexdigest()[:32]
    version = response.get("ETag", "").strip('"')
    etag = response["ETag"] = f'"{version}.{body}"' if version else f'"{body}"'
    dated = response.get("Last-Modified")
    changed = parse_http_date_safe(dated) if dated else None
    return get_conditional_response(request, etag, changed, response) or response
