"""What the OpenAPI schema says of every operation: how one logs in, and what any of them may answer."""

from typing import Any

from drf_spectacular.openapi import AutoSchema

from api.errors import MEDIA_TYPE
from api.permissions import MayRead

_READ = {"304": {"description": "Nothing changed since the `ETag`, or the time, that was sent."}}
_ALWAYS = {
    "406": "None of the formats that are accepted is one of this address.",
    "429": "Too many requests: `Retry-After` says when to go on.",
}


class Schema(AutoSchema):
    """drf-spectacular's own, with what holds everywhere."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Either way to log in (settings.SPECTACULAR_SETTINGS), or none where everybody may read."""
        is_open = any(isinstance(permission, MayRead) for permission in self.view.get_permissions())
        return [{"token": []}, {"basic": []}, *([{}] if is_open else [])]

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        document = {"schema": {"$ref": "#/components/schemas/Problem"}}
        refused = {
            status: {"content": {MEDIA_TYPE: document}, "description": text}
            for status, text in _ALWAYS.items()
        }
        common = refused | (_READ if self.method == "GET" else {})
        operation["responses"] = dict(sorted((common | operation["responses"]).items()))
        return operation
