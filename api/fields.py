"""Kinds of filters: what a value looks like, and what is said where one does not."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.drainage import set_override

_MOST_VALUES = 100
_SOMETHING = r"[^\s,]"
UUID_PATTERN = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ID_SCHEMA = {"type": "string", "pattern": f"^(?:urn:uuid:)?{UUID_PATTERN}$"}


def refused(why: str) -> DjangoValidationError:
    """An error that says `why`: as a parameter, for messages are formatted, and may quote a percent sign."""
    return DjangoValidationError("%(why)s", params={"why": why})


class MomentField(forms.Field):
    """A day or a time, as a UTC half-open bound: with `ends`, a day counts to its last moment."""

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        self.ends = ends
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            # A plus sign that was not percent-encoded arrives as a space.
            moment = parse_date(text) or parse_datetime(text.replace(" ", "+"))
            if isinstance(moment, datetime):
                aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                return aware.astimezone(UTC)
            if isinstance(moment, date):
                day = datetime.combine(moment, time.min, UTC)
                return day + timedelta(days=1) - timedelta(microseconds=1) if self.ends else day
        except (ValueError, OverflowError):
            pass
        raise refused("Give a day, 2026-03-24, or a time, 2026-03-24T18:00:00Z.")


class Described(django_filters.Filter):
    """A filter that the schema describes by `looks_like`, and by its `help_text`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = {"description": self.extra["help_text"]} if "help_text" in self.extra else {}
        set_override(self, "field", self.looks_like() | text)

    def looks_like(self) -> dict[str, Any]:
        raise NotImplementedError


class MomentFilter(Described):
    field_class = MomentField

    def looks_like(self) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}


class FlagFilter(Described, django_filters.ChoiceFilter):
    def looks_like(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def __init__(self, **kwargs: Any) -> None:
        said = {"invalid_choice": "Give true or false."}
        super().__init__(choices=(("true", "true"), ("false", "false")), error_messages=said, **kwargs)


class FractionFilter(Described, django_filters.NumberFilter):
    """A number from 0 to 1."""

    def looks_like(self) -> dict[str, Any]:
        return {"type": "number", "format": "double", "minimum": 0, "maximum": 1}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        wanted = "Give a number from 0 to 1."
        said = dict.fromkeys(("invalid", "min_value", "max_value"), wanted)
        super().__init__(*args, min_value=0, max_value=1, error_messages=said, **kwargs)


class _Several(forms.TextInput):
    """Values one after the other, by commas or by giving the parameter again."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        given = data.getlist(name) if hasattr(data, "getlist") else [data.get(name, "")]
        values = [value.strip() for one in given for value in one.split(",") if value.strip()]
        return values or given  # commas alone are no value, and said to be none

    def format_value(self, value: Any) -> str:
        return ",".join(value or ())

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class ManyField(forms.Field):
    """Several values, each of `known`, or of the form of `example`."""

    widget = _Several

    def __init__(
        self, *, known: Sequence[str] = (), form: str = "", example: str = "", **kwargs: Any
    ) -> None:
        self.known, self.form, self.example = known, re.compile(form), example
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> list[Any]:
        values = list(dict.fromkeys(value or ()))
        if len(values) > _MOST_VALUES:
            raise refused(f"These are {len(values)} values: {_MOST_VALUES} are the most.")
        return [self.one(each) for each in values]

    def one(self, value: str) -> Any:
        if self.known and value not in self.known:
            near = get_close_matches(value[:100], self.known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise refused(f"There is no {value[:100]!r} here.{hint} Known: {', '.join(self.known)}.")
        if self.form.pattern and not self.form.fullmatch(value):
            raise refused(f"{value[:100]!r} is none: it looks like {self.example}.")
        return value


class ManyFilter(Described):
    """One of several values."""

    field_class = ManyField

    def looks_like(self) -> dict[str, Any]:
        return several_of(self.one_value())

    def one_value(self) -> dict[str, Any]:
        """What the schema says of each value."""
        if known := self.extra.get("known"):
            return {"type": "string", "enum": list(known)}
        form = self.extra.get("form")
        return {"type": "string", "pattern": f"^(?:{form})$" if form else _SOMETHING}

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if not value:
            return qs
        return qs.filter(**{f"{self.field_name}__in": self.meant(value)})

    def meant(self, values: list[Any]) -> list[Any]:
        return values


class IdField(ManyField):
    def one(self, value: str) -> UUID:
        if (found := uuid_of(value)) is None:
            raise refused(f"{value[:100]!r} is none: an id looks like urn:uuid:….")
        return found


class IdsFilter(ManyFilter):
    """Ids, with or without what stands before the bare one."""

    field_class = IdField

    def one_value(self) -> dict[str, Any]:
        return ID_SCHEMA


def several_of(one: dict[str, Any]) -> dict[str, Any]:
    """What the schema says of a parameter that takes several values."""
    return {"type": "array", "items": one, "minItems": 1, "maxItems": _MOST_VALUES}


def uuid_of(value: str) -> UUID | None:
    """The id, written with or without `urn:uuid:`; None where it is none."""
    bare = value.lower().removeprefix("urn:uuid:")
    if not re.fullmatch(UUID_PATTERN, bare):
        return None
    return UUID(bare)
