"""What all answers below /api/ have in common, whoever gives them: this API or Django itself."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from rest_framework.response import Response

from api import REQUEST_ID
from api.conditional import validated
from api.errors import say_as_problem
from api.throttling import LIMITS, headers

_API = re.compile(r"^/api(?:/|$)")
_VARIES = ("Accept", "Accept-Encoding", "Authorization", "Cookie")
_READING = {"GET", "HEAD", "OPTIONS"}


class ApiMiddleware:
    """Problem documents, 304, who may keep an answer and for whom, limits, and gzip: in this order."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._gzip = GZipMiddleware(_never)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _API.match(request.path_info):
            return self._get_response(request)
        request.META[REQUEST_ID] = uuid4()
        response = validated(request, self._answer(request))
        if _is_a_page(response) and isinstance(response, HttpResponse):
            say_as_problem(request, response)
        if response.status_code == 301 and request.method not in _READING:
            response.status_code = 308  # by 301 it would be repeated as a GET
        _say_who_may_keep_it(request, response)
        for name, value in headers(request.META.get(LIMITS, ())).items():
            response[name] = value
        response["Request-Id"] = str(request.META[REQUEST_ID])
        return _bare(request, self._gzip.process_response(request, response))

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:  # which no address has, and PostgreSQL refuses to look for
            return HttpResponseNotFound()
        return self._get_response(request)


def _never(_request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError


def _bare(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """To HEAD all that is said of a body, and no body: one that is written as it is read is never begun."""
    if request.method == "HEAD":
        if isinstance(response, StreamingHttpResponse):
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            length = response.get("Content-Length")
            response.content = b""
            if length is not None:
                response["Content-Length"] = length
    return response


def _is_a_page(response: HttpResponseBase) -> bool:
    """Whether Django refuses something before or beside our views, by a page of its own.

    What our views refuse is a problem document already, or the page that a browser is given to look around
    on, with its error in it. With QUOTETRACKER_DEBUG Django shows what broke.
    """
    if response.status_code < 400 or isinstance(response, Response):
        return False
    return not (settings.DEBUG and response.status_code == 500)


def _say_who_may_keep_it(request: HttpRequest, response: HttpResponseBase) -> None:
    """Each cache may keep what everybody gets, and asks whether it is still so; nobody keeps an error.

    So what is withdrawn is gone at once, and what an account is shown is never given to somebody else.
    """
    patch_vary_headers(response, _VARIES)
    if "Cache-Control" in response:
        return
    if request.method not in _READING or response.status_code >= 400:
        response["Cache-Control"] = "no-store"
    elif "Authorization" in request.headers or settings.SESSION_COOKIE_NAME in request.COOKIES:
        response["Cache-Control"] = "private, no-cache"
    else:
        response["Cache-Control"] = "no-cache"
