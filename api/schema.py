"""What the OpenAPI schema says of every operation: how one logs in, and what any of them may answer."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework.generics import GenericAPIView
from rest_framework.serializers import CharField, ModelSerializer, SlugField

from api.errors import MEDIA_TYPE
from api.fields import ID_SCHEMA
from api.permissions import MayRead
from api.schema_links import LINKS
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

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        """An id may be given as a record has it, which is not how addresses in answers do."""
        parent: Any = super()
        parameters: list[dict[str, Any]] = parent._resolve_path_parameters(variables)
        for one in parameters:
            if one["name"] == "public_id":
                one |= {"schema": ID_SCHEMA, "description": "The `id`, with or without `urn:uuid:`."}
        return parameters

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        """Of what is sent, a text that may not be empty has something else than spaces in it."""
        parent: Any = super()
        described = parent._map_serializer_field(field, direction, bypass_extensions)
        is_text = direction == "request" and isinstance(field, CharField) and not isinstance(field, SlugField)
        if is_text and not field.allow_blank:
            described = {"minLength": 1, **({"pattern": r"\S"} if field.trim_whitespace else {}), **described}
        return described

    def _get_request_for_media_type(self, serializer: Any, direction: str = "request") -> Any:
        """Where one of several fields has to be there, something has to be sent."""
        parent: Any = super()
        described, is_required = parent._get_request_for_media_type(serializer, direction)
        has_rules = hasattr(serializer, "rules") or (
            isinstance(serializer, dict) and serializer.get("minProperties", 0) > 0
        )
        return described, is_required or has_rules

    def _map_basic_serializer(self, serializer: Any, direction: str) -> Any:
        """What is answered has all that its record has, or just those `fields` that were asked for."""
        serializer = serializer() if isinstance(serializer, type) else serializer
        parent: Any = super()
        described = parent._map_basic_serializer(serializer, direction)
        if isinstance(serializer, Shaped) and not serializer.always_whole:
            described.pop("required", None)
        elif isinstance(serializer, ModelSerializer) and direction == "response":
            described["required"] = sorted(described["properties"])
        # Within allOf: beside properties, generators of clients take it for another kind of record.
        return described | ({"allOf": [rules]} if (rules := getattr(serializer, "rules", None)) else {})

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
        for status, links in LINKS.get(operation["operationId"], {}).items():
            operation["responses"][status]["links"] = links
        if isinstance(self.view, GenericAPIView):  # whose filters refuse what is empty
            for parameter in operation.get("parameters", ()):
                _not_empty(parameter)
        return operation


def _not_empty(parameter: dict[str, Any]) -> None:
    """A parameter of the query that is there has a value."""
    described = parameter["schema"]
    if parameter["in"] == "query" and described == {"type": "string"}:
        described |= {"minLength": 1, "pattern": r"\S"}
