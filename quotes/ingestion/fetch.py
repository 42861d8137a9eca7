"""An address -> the bytes behind it, with limits, and never from a private network unless allowed."""

import ipaddress
import socket
import time
from dataclasses import dataclass, field

import httpx

from quotes.ingestion.addresses import canonical_url

_MOST_REDIRECTS = 5
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_READABLE = ("text/html", "application/xhtml+xml", "text/plain")


class FetchError(Exception):
    """The page could not be had; the message says why."""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do: `timeout` in seconds for the whole of it, `max_bytes` after decompression.

    `private_hosts` are names that may stand for an address that is not on the public internet.
    """

    user_agent: str
    timeout: float
    max_bytes: int
    private_hosts: frozenset[str] = field(default_factory=frozenset)


def fetch(url: str, policy: FetchPolicy) -> tuple[bytes, str]:
    """The body at `url`, and the address it was found at after redirects.

    Raises FetchError, and DocumentError for what is not a web address.
    """
    deadline = time.monotonic() + policy.timeout
    with httpx.Client(
        transport=_PublicTransport(policy.private_hosts),
        headers={"User-Agent": policy.user_agent, "Accept": ", ".join(_READABLE)},
        timeout=policy.timeout,
        follow_redirects=True,
        max_redirects=_MOST_REDIRECTS,
    ) as client:
        try:
            with client.stream("GET", canonical_url(url)) as response:
                _check(response)
                return _body(response, policy.max_bytes, deadline), str(response.url)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(f"{url}: {str(error) or type(error).__name__}") from error


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; an IPv4 one inside an IPv6 one counts as itself."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


class _PublicTransport(httpx.BaseTransport):
    """Connects to public addresses alone.

    The name is resolved once and that very address is connected to, on each redirect again: a name that
    changes its address between the check and the connection (DNS rebinding) gains nothing.
    """

    def __init__(self, private_hosts: frozenset[str]) -> None:
        self._private_hosts = private_hosts
        self._network = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        # The headers keep the Host, the extension the name that the certificate must bear.
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=self._address(request)),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return self._network.handle_request(pinned)

    def _address(self, request: httpx.Request) -> str:
        host, port = request.url.host, request.url.port or request.url.scheme
        try:
            address = str(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][4][0])
        except OSError as error:
            raise httpx.ConnectError(f"there is no host {host!r}", request=request) from error
        if host not in self._private_hosts and not is_public(address):
            raise httpx.ConnectError(
                f"{host} is at {address}, which is not on the public internet (for development, "
                "name the host in QUOTETRACKER_FETCH_ALLOWED_PRIVATE_HOSTS)",
                request=request,
            )
        return address

    def close(self) -> None:
        self._network.close()


def _check(response: httpx.Response) -> None:
    if response.status_code != httpx.codes.OK:
        raise FetchError(f"{response.url} answered {response.status_code} {response.reason_phrase}")
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in _READABLE:
        raise FetchError(f"{response.url} is {kind}, not a page or a text")


def _body(response: httpx.Response, max_bytes: int, deadline: float) -> bytes:
    body = bytearray()
    for chunk in response.iter_bytes(65536):
        body += chunk
        if len(body) > max_bytes:
            raise FetchError(f"{response.url} is larger than {max_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise FetchError(f"{response.url} took too long to arrive")
    return bytes(body)
