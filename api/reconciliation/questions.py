"""What a client asks: batches of queries and of records to extend, checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError

from api.reconciliation.properties import PROPERTIES
from quotes.models import Speaker

BATCH = 50  # queries at once; clients keep to what the manifest says
EXTENDED = 500  # records at once
_MOST, _USUAL = 50, 10  # candidates of a query
_LONGEST = 300
_FIELDS = {"query", "type", "limit", "properties", "type_strict"}


class TooManyError(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"Too much at once: send {BATCH} queries, or {EXTENDED} records to extend, at most."


class QueryError(Exception):
    """What is wrong with a query, in words."""


@dataclass(frozen=True, slots=True)
class Query:
    """`types`: the kinds of speakers that come into question, all of them where there are none."""

    name: str
    types: frozenset[str]
    limit: int
    wikidata_id: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    ids: list[str]
    properties: list[str]


def queries_of(text: str) -> dict[str, Query]:
    """The queries of a batch by their keys. Raises ValidationError or TooManyError."""
    batch = _object(text, "queries")
    if len(batch) > BATCH:
        raise TooManyError
    problems: dict[str, list[str]] = {}
    found: dict[str, Query] = {}
    for key, value in batch.items():
        try:
            found[key] = _query(value)
        except QueryError as error:
            problems[f"queries.{key}"[:100]] = [f"{error}."]
    if problems:
        raise ValidationError(problems)
    return found


def extension_of(text: str) -> Extension:
    """Raises ValidationError or TooManyError."""
    asked = _object(text, "extend")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not (isinstance(ids, list) and all(isinstance(one, str) for one in ids)):
        raise ValidationError({"extend": ["Give `ids`, a list of ids of speakers."]})
    if not (isinstance(properties, list) and all(isinstance(one, dict) for one in properties)):
        raise ValidationError({"extend": ["Give `properties`, a list of objects, each with an `id`."]})
    if len(ids) > EXTENDED:
        raise TooManyError
    names = [one.get("id") for one in properties]
    if unknown := [name for name in names if not isinstance(name, str) or name not in PROPERTIES]:
        known = ", ".join(PROPERTIES)
        raise ValidationError({"extend": [f"There is no property {unknown[0]!r:.60}. There are: {known}."]})
    return Extension(list(dict.fromkeys(ids)), list(dict.fromkeys(map(str, names))))


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
        # Half of a character can neither be looked for nor be given back.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValidationError({name: ["This is no sound JSON."]}) from error
    if not isinstance(value, dict):
        raise ValidationError({name: ["Give a JSON object."]})
    return value


def _query(value: Any) -> Query:
    """Raises QueryError."""
    if not isinstance(value, dict):
        raise QueryError("A query is an object")
    if unknown := set(value) - _FIELDS:
        raise QueryError(f"There is no {min(unknown)!r:.60} in a query: it has {', '.join(sorted(_FIELDS))}")
    name = value.get("query", "")
    if not isinstance(name, str):
        raise QueryError("`query` is a text")
    given = _properties(value.get("properties", []))
    if not name.strip() and not given:
        raise QueryError("Give a `query`, or `properties`")
    return Query(
        name.replace("\0", "")[:_LONGEST].strip(),
        _types(value.get("type", [])),
        _limit(value.get("limit", _USUAL)),
        given.get("wikidata_id", [""])[0],
        tuple(given.get("role", ())),
    )


def _types(value: Any) -> frozenset[str]:
    given = [value] if isinstance(value, str) else value
    if not (isinstance(given, list) and all(isinstance(one, str) for one in given)):
        raise QueryError("`type` is the id of a type, or a list of such")
    if unknown := set(given) - set(Speaker.Kind.values):
        known = ", ".join(Speaker.Kind.values)
        raise QueryError(f"There is no type {min(unknown)!r:.60}. There are: {known}")
    return frozenset(given)


def _limit(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 1:
        raise QueryError("`limit` is a whole number from 1")
    return int(min(value, _MOST))


def _properties(value: Any) -> dict[str, list[str]]:
    """By property the values that are given for it, as texts; of those that are none of ours, none."""
    if not (isinstance(value, list) and all(isinstance(one, dict) and "v" in one for one in value)):
        raise QueryError("`properties` is a list of objects, each with `pid` and `v`")
    found: dict[str, list[str]] = {}
    for one in value:
        if not isinstance(one.get("pid"), str):
            raise QueryError("`pid` is the id of a property")
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        texts = [_text(each) for each in values]
        if texts := [text for text in texts if text]:
            found[one["pid"]] = texts
    return found


def _text(value: Any) -> str:
    """A value: a text, a number, or a record that was matched before."""
    if isinstance(value, Mapping):
        value = value.get("id", "")
    return str(value).replace("\0", "")[:_LONGEST].strip()
