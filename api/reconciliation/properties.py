"""What can be asked of a speaker, to match it by or to bring into a column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request

from quotes.models import Speaker

Value = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Property:
    name: str
    description: str
    values: Callable[[Any, Request], list[Value]]  # of a speaker with its aliases, `roles`, `quote_count`

    def described(self, key: str) -> dict[str, str]:
        return {"id": key, "name": self.name, "description": self.description}


def _text(text: str | None) -> list[Value]:
    return [{"str": text}] if text else []


PROPERTIES = {
    "wikidata_id": Property(
        "Wikidata id", "Q42; a name with another one is somebody else", lambda one, _: _text(one.wikidata_id)
    ),
    "role": Property(
        "role",
        "what articles say that somebody is or was, the latest first: mayor of Northmoor",
        lambda one, _: [{"str": role} for role in one.roles],
    ),
    "kind": Property(
        "kind", "person, organization, group, document, unnamed", lambda one, _: _text(one.kind)
    ),
    "names": Property(
        "names",
        "all names that the speaker goes by",
        lambda one, _: [{"str": a.name} for a in one.aliases.all()],
    ),
    "quote_count": Property("quotes", "how many public quotes", lambda one, _: [{"int": one.quote_count}]),
    "slug": Property("slug", "as in addresses and filters of the API", lambda one, _: _text(one.slug)),
    "page": Property(
        "page",
        "the address of the speaker’s page",
        lambda one, request: _text(request.build_absolute_uri(one.get_absolute_url())),
    ),
}


def types() -> list[dict[str, str]]:
    """The kinds of speakers."""
    return [{"id": kind.value, "name": kind.label} for kind in Speaker.Kind]
