"""Pages that begin at a row: what comes after it in an order."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q


def beyond(names: Sequence[str], values: Sequence[Any], lookup: str) -> Q:
    """The rows after the one with `values`, compared field by field as tuples are; `lookup`: gt or lt."""
    (name, *others), (value, *rest) = names, values
    if not others:
        return Q((f"{name}__{lookup}", value))
    # The bound on the first field alone is what an index can be searched by.
    tie_or_beyond = Q((f"{name}__{lookup}", value)) | beyond(others, rest, lookup)
    return Q((f"{name}__{lookup}e", value)) & tie_or_beyond
