"""Counts beside a list: `facets`, of what the filters leave."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.shaping import names_of, names_parameter
from quotes.facets import FACETS

_SIZE, _MOST = 50, 200
PARAMETERS = [
    names_parameter(
        "facets",
        FACETS,
        "Beside the page stands how many quotes there are (`count`), and how many of each speaker and so on "
        "(`facets`).",
    ),
    OpenApiParameter(
        "facet_size",
        {"type": "integer", "minimum": 1, "maximum": _MOST},
        description=f"Values of each facet; {_SIZE} if not given. Goes with `facets`.",
    ),
]


class BucketSerializer(serializers.Serializer[Any]):
    """A value, and how many of the quotes have it."""

    value = serializers.CharField(help_text="What the filter takes.")
    name = serializers.CharField()
    count = serializers.IntegerField(min_value=0)


class FacetsSerializer(serializers.Serializer[Any]):
    """Of each facet that was asked for its values."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: BucketSerializer(many=True, required=False) for name in FACETS}


def facets_of(request: Request) -> tuple[tuple[str, ...], int] | None:
    """The facets that a request asks for, and how many values of each. Raises ValidationError."""
    names = names_of(request, "facets", FACETS)
    given = request.GET.get("facet_size")
    if given is not None and names is None:
        raise ValidationError({"facet_size": ["It is about facets: give facets, too."]})
    if given is None:
        return (names, _SIZE) if names else None
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= _MOST):
        raise ValidationError({"facet_size": [f"Give a whole number from 1 to {_MOST}."]})
    return (names, int(given)) if names else None
