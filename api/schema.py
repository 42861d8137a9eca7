"""What the OpenAPI schema says of every operation: how one logs in, and what any of them may answer."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.serializers import ModelSerializer

from api.errors import MEDIA_TYPE
from api.permissions import MayRead
from api.shaping import Shaped

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

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        """What is answered has all that its record has, or just those `fields` that were asked for."""
        serializer = serializer() if isinstance(serializer, type) else serializer
        parent: Any = super()
        described = parent._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Shaped) and not serializer.always_whole:
            described.pop("required", None)
        elif isinstance(serializer, ModelSerializer) and direction == "response":
            described["required"] = sorted(described["properties"])
        return described

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
