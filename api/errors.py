"""Every error as application/problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import BrowsableAPIRenderer, JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"


class Gone(APIException):
    """What was there and is no longer; `members` say more of it."""

    status_code = HTTPStatus.GONE
    default_code = "gone"

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.members = members


def problem_fields() -> dict[str, serializers.Field[Any, Any, Any, Any]]:
    """What every problem document has."""
    return {
        "type": serializers.CharField(help_text="about:blank: the status says which kind of problem it is."),
        "title": serializers.CharField(),
        "status": serializers.IntegerField(),
        "detail": serializers.CharField(help_text="What is wrong, and what to do."),
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


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: what DRF makes of `error`, as a problem document; None for a bug."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body = _document(response.status_code, _detail(response.data))
    if isinstance(error, ValidationError) and isinstance(response.data, dict):
        body["errors"] = response.data
    if isinstance(error, Gone):
        body |= error.members
    response.data = body
    request = context["request"]
    # A person who looks around gets a page; everybody else JSON, also where answers are something else.
    if not isinstance(getattr(request, "accepted_renderer", None), BrowsableAPIRenderer):
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), MEDIA_TYPE
        response.content_type = MEDIA_TYPE
    return response


def _detail(data: Any) -> str:
    if isinstance(data, dict):
        if "detail" in data:
            return str(data["detail"])
        return " ".join(f"{name}: {_detail(value)}" for name, value in data.items())
    if isinstance(data, list):
        return " ".join(map(_detail, data))
    return str(data)


def unknown_address(request: HttpRequest) -> JsonResponse:
    """What answers below /api/v1/ where there is nothing.

    A plain view: Django REST Framework would list one of its own in the breadcrumbs of every page.
    """
    detail = f"There is nothing at {request.path}. The API starts at /api/v1/, its docs are at /api/v1/docs/."
    return JsonResponse(_document(HTTPStatus.NOT_FOUND, detail), status=404, content_type=MEDIA_TYPE)


def _document(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
