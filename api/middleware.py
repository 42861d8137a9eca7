"""What all answers below /api/ have in common, whoever gives them: this API or Django itself."""

import re
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from rest_framework.response import Response

from api import REQUEST_ID
from api.conditional import validated
from api.errors import MEDIA_TYPE, problem_response
from api.throttling import LIMITS, headers

_API = re.compile(r"^/api(?:/|$)")
_VARIES = ("Accept", "Accept-Encoding", "Authorization", "Cookie")
_KEPT = ("Allow", "Retry-After")  # of what Django answers, in the problem document in its place
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
        response = validated(request, self._get_response(request))
        response = _as_problem(request, response)
        if response.status_code == 301 and request.method not in _READING:
            response.status_code = 308  # by 301 it would be repeated as a GET
        _say_who_may_keep_it(request, response)
        for name, value in headers(request.META.get(LIMITS, ())).items():
            response[name] = value
        response["Request-Id"] = str(request.META[REQUEST_ID])
        return self._gzip.process_response(request, response)


def _never(_request: HttpRequest) -> HttpResponseBase:
    raise NotImplementedError


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What Django refuses before or beside our views, as we do it.

    The page that a browser is given to look around on shows its error itself; so does Django's own page of
    what broke, with QUOTETRACKER_DEBUG.
    """
    if response.status_code < 400 or isinstance(response, Response):
        return response
    if response.get("Content-Type") == MEDIA_TYPE or (settings.DEBUG and response.status_code == 500):
        return response
    problem = problem_response(request, response.status_code)
    for name in _KEPT:
        if name in response:
            problem[name] = response[name]
    return problem


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
