"""Where else to look, in a header (RFC 8288)."""

from django.http.response import HttpResponseBase


def add_link(response: HttpResponseBase, url: str, rel: str) -> None:
    """Name `url` in the Link header, beside what is named there already."""
    link = f'<{url}>; rel="{rel}"'
    response["Link"] = f"{response['Link']}, {link}" if "Link" in response else link
