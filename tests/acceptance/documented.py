"""The requests that README and docs show, and the answers that they show to them."""

import json
import re
import shlex
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

ROOT = Path(__file__).parents[2]
_BLOCKS = re.compile(r"^```(console|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What is another one at each start, or may be with another version of the extractor.
_CURSOR = re.compile(r"(?<=cursor=)[\w-]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PASSING = {
    "id", "collected_at", "updated_at", "fetched_at", "made_at", "submitted_at", "extractor_version",
    "created", "modified", "dateModified", "sourceDate",
}  # fmt: skip


@dataclass(slots=True)
class Request:
    """A curl command of a document, and the answer below it; `shown` is None where there is none."""

    document: str
    command: str
    url: str = ""
    login: str = ""
    data: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    shown: Any = None

    def __str__(self) -> str:
        return f"{self.document}: {self.command}"

    def ask(self, client: Client, password: str = "", ids: dict[str, str] | None = None) -> Any:
        """The answer, as curl gets it: with no header that says JSON what is sent is a form.

        `ids` has for each id of the documents the one that it is here.
        """
        parts = urlsplit(_UUID.sub(lambda known: (ids or {}).get(known[0], known[0]), self.url))
        headers = {"host": parts.netloc, "accept": "*/*"} | self.headers
        if self.login:
            login = b64encode(f"{self.login}:{password}".encode()).decode()
            headers["authorization"] = f"Basic {login}"
        content_type = headers.pop("content-type", "application/x-www-form-urlencoded")
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if self.data is None:
            return client.get(address, headers=headers)
        return client.generic("POST", address, self.data, content_type=content_type, headers=headers)


def requests_of(document: str) -> list[Request]:
    """The requests of a document in their order."""
    found: list[Request] = []
    text, end = (ROOT / document).read_text(), 0
    for block in _BLOCKS.finditer(text):
        kind, body = block.groups()
        if kind == "console":
            found += _console(document, body)
        elif found and found[-1].shown is None and not text[end : block.start()].strip():
            found[-1].shown = json.loads(body)
        end = block.end()
    return found


def _console(document: str, body: str) -> Iterator[Request]:
    """The curl commands of a block; what stands below one is its answer."""
    for part in re.split(r"^\$ ", body.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
        command, _, answer = part.partition("\n")
        if command.startswith("curl "):
            request = _parsed(document, command)
            request.shown = json.loads(answer) if answer.strip() else None
            yield request


def _parsed(document: str, command: str) -> Request:
    request = Request(document, command)
    words = iter(shlex.split(command)[1:])
    for word in words:
        if word == "-u":
            request.login = next(words).partition(":")[0]
        elif word == "-H":
            name, _, value = next(words).partition(":")
            request.headers[name.strip().lower()] = value.strip()
        elif word == "-d":
            request.data = next(words)
        elif word.startswith("http://127.0.0.1:8000/"):
            request.url = word
        else:
            raise ValueError(f"{document}: {word!r} is not known here: {command}")
    return request


def masked(value: Any, name: str = "") -> Any:
    """`value` without what differs between two starts; confidences to one place."""
    if isinstance(value, dict):
        return {key: masked(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [masked(one, name) for one in value]
    if isinstance(value, float):
        return round(value, 1)
    if name in _PASSING and value is not None:
        return "..."
    return _CURSOR.sub("...", _UUID.sub("...", value)) if isinstance(value, str) else value


def ids_in(value: Any) -> list[str]:
    """The ids in an answer, in an order that hangs on its names alone."""
    return _UUID.findall(json.dumps(value, sort_keys=True))
