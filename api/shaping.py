"""How much of each record is answered: `fields` takes some of them, `expand` gives more of those within."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from api.fields import several_of


def names_parameter(name: str, known: Sequence[str], description: str) -> OpenApiParameter:
    """A parameter that takes several of `known`."""
    return OpenApiParameter(
        name, several_of({"type": "string", "enum": list(known)}), description=description
    )


def shape_parameters(
    serializer: type[serializers.BaseSerializer[Any]], expandable: Sequence[str], expanded: str
) -> list[OpenApiParameter]:
    """What the schema says of `fields` and `expand`."""
    meta: Any = serializer
    fields = names_parameter("fields", meta.Meta.fields, "Only these fields of each record: id,text.")
    return [fields, *([names_parameter("expand", expandable, expanded)] if expandable else [])]


SHAPING = ("fields", "expand")


class Shaped(serializers.Serializer[Any]):
    """A serializer that shows only the `fields` of its context, where it is not nested."""

    always_whole = False  # for the schema

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return self.wanted(super().get_fields())

    def wanted(self, fields: dict[str, Any]) -> dict[str, Any]:
        names, parent = self.context.get("fields"), self.parent
        is_outermost = parent is None or (
            isinstance(parent, serializers.ListSerializer) and not parent.parent
        )
        if names is None or not is_outermost:
            return fields
        return {name: field for name, field in fields.items() if name in names}


class InPart(GenericViewSet[Any]):
    """A view set whose records can be asked for in part, and with more of what is within."""

    expandable: tuple[str, ...] = ()
    parameters = SHAPING
    list_parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.wanted: tuple[str, ...] | None = None  # fields, as they were asked for; all of them
        self._expanded: tuple[str, ...] = ()
        if self.action in {"list", "retrieve"}:
            self.wanted = names_of(request, "fields", self.known_fields())
            self._expanded = names_of(request, "expand", self.expandable) or ()

    def known_fields(self) -> tuple[str, ...]:
        """Those that `fields` can name."""
        serializer: Any = self.get_serializer_class()
        return tuple(serializer.Meta.fields)

    def expand(self, records: Sequence[Any], names: Collection[str]) -> dict[str, Any]:
        """Have ready what is to be shown of `records`; what it returns is for the serializer's context."""
        return {}

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        context = kwargs.setdefault("context", self.get_serializer_context())
        if args and self._expanded:
            records = list(args[0]) if kwargs.get("many") else [args[0]]
            context |= {"expand": self._expanded, **self.expand(records, self._expanded)}
        context["fields"] = getattr(self, "wanted", None)
        return super().get_serializer(*args, **kwargs)


def names_of(request: Request, parameter: str, known: tuple[str, ...]) -> tuple[str, ...] | None:
    """The values of a parameter that takes several of `known`, by commas; None where it is not there."""
    given = request.GET.getlist(parameter)
    if not given:
        return None
    if not "".join(given).strip():
        raise ValidationError({parameter: ["It is empty: give a value, or leave it out."]})
    names = [name.strip() for one in given for name in one.split(",")]
    for name in names:
        if name not in known:
            near = get_close_matches(name[:100], known, n=2)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise ValidationError(
                {parameter: [f"There is no {name[:100]!r} here.{hint} Known: {', '.join(known)}."]}
            )
    return tuple(dict.fromkeys(names))
