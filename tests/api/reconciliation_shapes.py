"""What answers of a reconciliation service look like, put down from version 0.2 of its specification.

As strict as its published schemas, and closed: a field that the specification does not name is an error.
"""

from typing import Any

Shape = dict[str, Any]


def _object(needed: Shape, **others: Shape) -> Shape:
    return {
        "type": "object",
        "properties": needed | others,
        "required": list(needed),
        "additionalProperties": False,
    }


def _list(items: Shape) -> Shape:
    return {"type": "array", "items": items}


TEXT: Shape = {"type": "string", "minLength": 1}
WHOLE: Shape = {"type": "integer"}
URL: Shape = {"type": "string", "pattern": "^https?://"}
URL_OF_ID: Shape = {"type": "string", "pattern": r"^https?://.*\{\{id\}\}"}
TYPE = _object({"id": TEXT, "name": TEXT}, description=TEXT)
PROPERTY = _object({"id": TEXT, "name": TEXT}, description=TEXT)
PATH = _object({"service_url": URL, "service_path": {"type": "string", "pattern": "^/"}})

MANIFEST = _object(
    {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": {"type": "string", "pattern": "^[a-z]+:"},
        "schemaSpace": URL,
    },
    documentation=URL,
    defaultTypes=_list(TYPE) | {"uniqueItems": True},
    view=_object({"url": URL_OF_ID}),
    preview=_object({"url": URL_OF_ID, "width": WHOLE, "height": WHOLE}),
    suggest=_object({}, entity=PATH, type=PATH, property=PATH),
    extend=_object({}, propose_properties=PATH, property_settings=_list({})),
    batchSize=WHOLE | {"minimum": 1},
)

CANDIDATE = _object(
    {"id": TEXT, "name": TEXT, "score": {"type": "number"}},
    description=TEXT,
    type=_list(TYPE),
    match={"type": "boolean"},
    features=_list(_object({"id": TEXT, "value": {"type": ["number", "boolean"]}})),
)
RESULTS: Shape = {"type": "object", "additionalProperties": _object({"result": _list(CANDIDATE)})}

ENTITIES = _object(
    {"result": _list(_object({"id": TEXT, "name": TEXT}, description=TEXT, notable=_list(TYPE)))}
)
TYPES = _object({"result": _list(TYPE)})
PROPERTIES = _object({"result": _list(PROPERTY)})
PROPOSALS = _object({"properties": _list(PROPERTY), "type": {"type": "string"}}, limit=WHOLE)

VALUE: Shape = {
    "oneOf": [
        _object({"id": TEXT, "name": TEXT}, description=TEXT),
        _object({"str": TEXT}),
        _object({"int": WHOLE}),
        _object({"float": {"type": "number"}}),
        _object({"date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T"}}),
    ]
}
EXTENSION = _object(
    {
        "meta": _list(_object({"id": TEXT, "name": TEXT}, type=TYPE, service=URL)),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": _list(VALUE)},
        },
    }
)
