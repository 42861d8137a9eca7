"""What the schema says of fields of which not all may be sent together."""

from typing import Any


def one_of(*names: str, alone: str = "") -> dict[str, Any]:
    """Exactly one of `names` is sent; `alone` beside another of them, or else beside nothing at all."""
    cases: list[dict[str, Any]] = [{"required": [name]} for name in names if name != alone]
    return {"oneOf": [*cases, {"required": [alone], "maxProperties": 1}] if alone else cases}
