"""Where else to look, in a header (RFC 8288)."""

from typing import TypeVar

from django.http.response import HttpResponseBase

Answer = TypeVar("Answer", bound=HttpResponseBase)


def add_link(response: HttpResponseBase, url: str, rel: str) -> None:
    """Name `url` in the Link header, beside what is named there already."""
    link = f'<{url}>; rel="{rel}"'
    response["Link"] = f"{response['Link']}, {link}" if "Link" in response else link


def with_neighbours(response: Answer, after: str | None, before: str | None) -> Answer:
    """A page that names the pages beside it."""
    for rel, url in (("next", after), ("prev", before)):
        if url:
            add_link(response, url, rel)
    return response
