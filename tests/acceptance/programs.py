"""The programs that docs show, and what they are shown to print."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import BytesIO, StringIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from django.test import Client, TestCase

from tests.acceptance.documented import ROOT

_PROGRAMS = re.compile(r"^```python\n(.*?)^```(?:\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)


def programs_of(document: str) -> list[tuple[str, str]]:
    """The programs of a document, each with what it prints."""
    return _PROGRAMS.findall((ROOT / document).read_text())


def printed_by(program: str, client: Client) -> str:
    """What a program prints, whose requests are answered by this process."""
    out = StringIO()
    with redirect_stdout(out), _answering(client):
        exec(compile(program, "<a program of docs>", "exec"), {})  # noqa: S102 -- it is ours
    return out.getvalue()


@contextmanager
def _answering(client: Client) -> Iterator[None]:
    """The library's requests go to `client`; what a write leaves for later is done before it is answered."""

    def send(_: Any, asked: Any, **options: Any) -> Any:
        headers = {name.lower(): value for name, value in asked.headers.items()}
        del headers["accept-encoding"]  # what is compressed is undone by what this stands in for
        headers["host"] = urlsplit(asked.url).netloc
        content_type = headers.pop("content-type", "")
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = client.generic(
                asked.method, asked.path_url, asked.body or b"", content_type=content_type, headers=headers
            )
        got = sys.modules["requests"].Response()
        got.request, got.url, got.status_code = asked, asked.url, answer.status_code
        got.headers.update(answer.headers)
        got.raw = BytesIO(answer.getvalue() if answer.streaming else answer.content)
        return got

    with patch("requests.adapters.HTTPAdapter.send", send):
        yield
