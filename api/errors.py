"""Every error as application/problem+json (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import (
    APIException,
    ErrorDetail,
    MethodNotAllowed,
    NotAcceptable,
    NotAuthenticated,
    Throttled,
    ValidationError,
)
from rest_framework.renderers import BrowsableAPIRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from api import REQUEST_ID
from api.authentication import HOW_TO_LOG_IN
from api.parsing import TooLargeError
from api.throttling import LIMITS, Throttle
from quotes.services.deadlocks import is_let_go

MEDIA_TYPE = "application/problem+json"
_WHOLE = api_settings.NON_FIELD_ERRORS_KEY


def sentence(error: Exception) -> str:
    """What a service says, as a sentence."""
    told = str(error)
    return f"{told[:1].upper()}{told[1:]}."


class Telling(APIException):
    """An error whose problem document has `members` that say more of it."""

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.members = members


class Gone(Telling):
    """What was there and is no longer."""

    status_code = HTTPStatus.GONE
    default_code = "gone"


class Changed(Telling):
    """What a decision was about is not any more what it was."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "changed"


def problem_fields() -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """What every problem document has."""
    return {
        "type": serializers.CharField(help_text="about:blank: the status says which kind of problem it is."),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(help_text="What is wrong, and what to do."),
        "instance": serializers.CharField(required=False, help_text="For a 500: what it is logged under."),
    }


PROBLEM = inline_serializer(
    "Problem",
    {
        **problem_fields(),
        "errors": serializers.DictField(
            child=serializers.ListField(child=serializers.CharField()),
            required=False,
            help_text="For a 400: what is wrong with each parameter.",
        ),
    },
)


class Busy(APIException):
    """What was to be written met with what others write, each time that it was tried."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    default_detail = "Others are changing the same records just now; nothing was changed. Send it again."
    wait = 2  # seconds: DRF makes Retry-After of it


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: what DRF makes of `error`, as a problem document; None for a bug."""
    request: Request = context["request"]
    error = _throttled(_helped(error, context["view"]), request, context["view"])
    if isinstance(error, Throttled):
        error.detail = _too_many(request, getattr(error, "wait", None))
    response = exception_handler(error, context)
    if response is None:
        return None
    body = _document(response.status_code, _detail(response.data))
    if isinstance(error, ValidationError) and isinstance(response.data, dict):
        body["errors"] = _by_field(response.data)
    if isinstance(error, Telling):
        body |= error.members
    response.data = body
    # A person who looks around gets a page; everybody else JSON, also where answers are something else.
    if not isinstance(getattr(request, "accepted_renderer", None), BrowsableAPIRenderer):
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
        response.content_type = MEDIA_TYPE
    return response


def _helped(error: Exception, view: Any) -> Exception:
    """`error` with what to do about it, where DRF is short or knows nothing of it."""
    if is_let_go(error):
        return Busy()
    if isinstance(error, RequestDataTooBig):
        return TooLargeError("What was sent is larger than anything that is taken here.")
    if isinstance(error, NotAuthenticated):
        error.detail = ErrorDetail(f"This is not open to everybody. {HOW_TO_LOG_IN}", error.default_code)
    if isinstance(error, MethodNotAllowed):
        possible = ", ".join(view.allowed_methods)
        error.detail = ErrorDetail(f"This is not possible here, but {possible}.", error.default_code)
    if isinstance(error, NotAcceptable):
        given = ", ".join(renderer.media_type for renderer in view.renderer_classes)
        error.detail = ErrorDetail(f"Nothing that you accept is given here, but {given}.", error.default_code)
    return error


def _throttled(error: Exception, request: Request, view: Any) -> Exception:
    """`error`, or that there were too many requests: what is refused before it is counted counts, too."""
    is_counted = LIMITS in request._request.META
    if is_counted or isinstance(error, Throttled) or not isinstance(error, APIException):
        return error
    throttle = Throttle()
    try:
        is_allowed = throttle.allow_request(request, view)
    except APIException:  # the login is wrong as well: from now on this is nobody's request
        is_allowed = throttle.allow_request(request, view)
    return error if is_allowed else Throttled(throttle.wait())


def _too_many(request: Request, wait: float | None) -> ErrorDetail:
    exceeded = [limit for limit in request._request.META.get(LIMITS, ()) if limit.is_exceeded]
    what = " and ".join(f"{one.quota} in {one.window} seconds ({one.policy})" for one in exceeded)
    why = f"Too many requests: allowed are {what}." if what else "Too many wrong passwords from here."
    return ErrorDetail(f"{why} Go on in {wait:.0f} seconds." if wait else why, Throttled.default_code)


def _detail(data: Any) -> str:
    if isinstance(data, dict):
        if "detail" in data:
            return str(data["detail"])
        told = ((name, " ".join(problems)) for name, problems in _by_field(data).items())
        return " ".join(text if name == _WHOLE else f"{name}: {text}" for name, text in told)
    if isinstance(data, list):
        return " ".join(map(_detail, data))
    return str(data)


def _by_field(data: Any, name: str = "") -> dict[str, list[str]]:
    """What is wrong with each field; one within another as `outer.inner`, one of a list as `field.0`."""
    if isinstance(data, list) and not any(isinstance(one, dict | list) for one in data):
        return {name: [str(one) for one in data]}
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    return {
        path: problems
        for key, value in inner
        for path, problems in _by_field(value, f"{name}.{key}" if name else str(key)).items()
    }


def say_as_problem(request: HttpRequest, response: HttpResponse) -> None:
    """Write the problem document into what Django itself answers below /api/."""
    status = response.status_code
    details = {
        400: "The request cannot be understood: look at its Host header, its address and its body.",
        403: "This is not allowed.",
        404: f"There is nothing at {request.path}. The API starts at /api/v1/, its docs are at "
        "/api/v1/docs/; addresses end with a slash.",
        405: "This is not possible here: look at Allow.",
        412: "This is no longer, or not, what If-Match or If-Unmodified-Since names: ask for it again.",
        500: "Something broke here. It is logged under this `instance`: tell it to whoever runs the site.",
    }
    body = _document(status, details.get(status, HTTPStatus(status).description))
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        body["instance"] = request.META[REQUEST_ID].urn
    response.content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response["Content-Type"], response["Content-Length"] = MEDIA_TYPE, str(len(response.content))


def _document(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
