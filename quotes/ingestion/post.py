"""Something is posted to an address, with the limits of a fetch: what is answered is hardly looked at."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from quotes.ingestion.fetch import FetchPolicy, ForbiddenAddressError, fetchable, reasons, retry_after_of
from quotes.ingestion.network import PrivateAddressError, PublicTransport

_SHOWN = 300  # characters of an answer


@dataclass(frozen=True, slots=True)
class Posted:
    """What was answered: `retry_after` in seconds, if a time was named, and how the answer begins."""

    status: int
    retry_after: float | None
    beginning: str

    @property
    def is_taken(self) -> bool:
        return httpx.codes.is_success(self.status)


def postable(url: str, *, insecure_hosts: frozenset[str], allow_http: bool = False) -> str:
    """`url` as it is posted to: by https, but to `insecure_hosts`. Raises ForbiddenAddressError."""
    url = fetchable(url)
    parts = urlsplit(url)
    if parts.scheme != "https" and not allow_http and parts.hostname not in insecure_hosts:
        raise ForbiddenAddressError("it is not asked by https: only that is")
    return url


def post(url: str, body: bytes, headers: Mapping[str, str], policy: FetchPolicy) -> Posted:
    """Post to `url`, and follow it nowhere; of the answer no more than `max_bytes` are read.

    Raises FetchError where there is no answer in time, ForbiddenAddressError for an address in a private
    network.
    """
    transport = PublicTransport(policy.private_hosts, time.monotonic() + policy.timeout)
    sent = {"User-Agent": policy.user_agent, "Accept-Encoding": "identity", **headers}
    with httpx.Client(transport=transport, timeout=policy.timeout) as client, reasons("", policy.timeout):
        try:
            with client.stream("POST", url, content=body, headers=sent, follow_redirects=False) as answer:
                return Posted(
                    status=answer.status_code,
                    retry_after=retry_after_of(answer.headers.get("retry-after", "")),
                    beginning=_beginning(answer, policy.max_bytes),
                )
        except PrivateAddressError as error:
            raise ForbiddenAddressError("it is not on the public internet") from error


def _beginning(answer: httpx.Response, max_bytes: int) -> str:
    body = b""
    for chunk in answer.iter_raw(4096):
        body += chunk
        if len(body) >= max_bytes:
            break
    return body[:max_bytes].decode("utf-8", "replace").replace("\0", "")[:_SHOWN]
