"""What tells about the API: where it begins, its schema, and a page to try it on."""

from typing import Any

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView, DefaultRouter
from rest_framework.views import APIView

from api.filters import refuse_odd_parameters


class _WithoutParameters(APIView):
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_odd_parameters(request, ())


class RootView(_WithoutParameters, APIRootView):
    """The lists."""

    def get(self, request: Request, *args: Any, **_kwargs: Any) -> Response:
        answer: Response = super().get(request, *args)  # the format of this answer is none of its addresses
        return answer


class Router(DefaultRouter):
    APIRootView = RootView


class SchemaView(_WithoutParameters, SpectacularAPIView):
    """The schema as it is: of no other version, and in no other language."""


class DocsView(_WithoutParameters, SpectacularSwaggerView):
    """A page and nothing else: to OPTIONS it has no template."""

    url_name = "api-schema"
    http_method_names = ("get", "head")
    template_name = "api/docs.html"
