"""What a column of a flat table holds, and how its values are written where there is only text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Literal, TypeAlias

Kind = Literal["text", "whole", "number", "time", "words", "spans"]

Value: TypeAlias = str | int | float | datetime | list[str] | list[list[int]] | None


def itself(value: Value) -> Value:
    return value


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, whole or number; a time (UTC); several words; or spans of offsets.

    `paths`: what it is made of, as fields of the record, or of others that it leads to. A value may be None.
    """

    name: str
    kind: Kind
    meaning: str
    paths: tuple[str, ...]
    make: Callable[..., Value] = itself

    def reader(self) -> Callable[[Mapping[str, Any]], Value]:
        """What gives its value in a record, by path: called for each cell, so no slower than need be."""
        get = itemgetter(*self.paths)
        if len(self.paths) > 1:
            return lambda record: self.make(*get(record))
        return get if self.make is itself else lambda record: self.make(get(record))


def as_text(value: Value) -> str:
    """For a cell of a file that has only text: None is empty, words stand between bars, spans are JSON."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, list):
        if all(isinstance(one, str) for one in value):
            return " | ".join(map(str, value))
        return json.dumps(value)
    return str(value)


def as_json(value: Value) -> Value:
    """For JSON: a time as text, everything else as it is."""
    return moment(value) if isinstance(value, datetime) else value


def moment(value: datetime) -> str:
    """A time as the API writes it: 2026-03-24T18:05:00Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
