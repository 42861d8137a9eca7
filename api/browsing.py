"""Pages to look around on, as the Content-Security-Policy wants them."""

import re
from collections.abc import Mapping
from typing import Any

from rest_framework.renderers import BrowsableAPIRenderer

# In markup alone: what is shown of an answer has its quotation marks escaped.
_STYLE = re.compile(r' style="[^"]*"')


class PageRenderer(BrowsableAPIRenderer):
    """Django REST Framework's page without its style attributes; quotes/browse.css has what they said."""

    template = "api/browse.html"

    def get_context(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(*args, **kwargs)
        return context | {"code_style": None}

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return _STYLE.sub("", super().render(data, accepted_media_type, renderer_context))
