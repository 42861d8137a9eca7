"""What every answer tells a browser to refuse, beside what Django says by itself."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class SecurityHeadersMiddleware:
    """Content-Security-Policy and Permissions-Policy.

    What may stand in frames of other sites is told by the view, as to Django: `xframe_options_exempt`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._name = {
            "enforce": "Content-Security-Policy",
            "report": "Content-Security-Policy-Report-Only",
        }.get(settings.CSP)
        self._policy = written(settings.CONTENT_SECURITY_POLICY)
        self._framed = written(settings.CONTENT_SECURITY_POLICY | {"frame-ancestors": "*"})

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        # Django's own page of what broke, which only developers see, has its style and script in it.
        is_djangos = settings.DEBUG and response.status_code >= 400
        if self._name is not None and not is_djangos:
            is_framed = getattr(response, "xframe_options_exempt", False)
            response.headers.setdefault(self._name, self._framed if is_framed else self._policy)
        return response


def written(policy: Mapping[str, str]) -> str:
    return "; ".join(f"{directive} {sources}".strip() for directive, sources in policy.items())
