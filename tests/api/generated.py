"""A client of the API, made by openapi-python-client out of the schema that the service gives out."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx

from quotetracker.wsgi import application

_PROGRAM = Path(sys.prefix) / "generator" / "bin" / "openapi-python-client"
_NAME = "generated_client"
_SITE = "http://localhost"


def generate(document: bytes, folder: Path) -> None:
    """Make the client in `folder`. A word of warning from the generator is an error."""
    assert _PROGRAM.exists(), "The generator is not installed: make test does that, and make lint"
    schema, config = folder / "schema.json", folder / "config.yml"
    schema.write_bytes(document)
    config.write_text("post_hooks: []\n")  # by default ruff puts it into shape
    subprocess.run(
        [
            _PROGRAM, "generate", "--path", schema, "--config", config, "--meta", "none", "--fail-on-warning",
            "--output-path", folder / _NAME,
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


def module(name: str = "") -> ModuleType:
    return importlib.import_module(f"{_NAME}.{name}" if name else _NAME)


def model(name: str, **fields: Any) -> Any:
    return getattr(module("models"), name)(**fields)


def choice(name: str, value: str) -> Any:
    return getattr(module("models"), name)(value)


def ask(operation: str, *path: str, token: str = "", **given: Any) -> Any:
    """What the client makes of the answer to an operation, with its status; asked within this process."""
    there = {"base_url": _SITE, "httpx_args": {"transport": httpx.WSGITransport(app=application)}}
    package = module()
    made = package.AuthenticatedClient(token=token, **there) if token else package.Client(**there)
    with made as client:
        return module(f"api.{operation}").sync_detailed(*path, client=client, **given)
