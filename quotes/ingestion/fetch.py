"""An address -> the bytes behind it, with limits, and never from a private network unless allowed."""

import re
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore
import httpx

from quotes.ingestion.network import PrivateAddressError, PublicTransport

ANYTHING = ("*/*",)
PAGES = ("text/html", "application/xhtml+xml", "text/plain")
# Feeds come under all sorts of names.
FEEDS = (
    "application/atom+xml",
    "application/rss+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    "*/*",
)

_MOST_REDIRECTS = 5
_PERMANENT = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
# Answers that may be others in a while. Asking again after any other brings the same.
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = 86_400.0
_LOGIN = re.compile(r"(?<=//)[^/]*@")
_CHUNK = 65_536


class FetchError(Exception):
    """It could not be had; the message says why, and names no address but one that a redirect led to.

    `is_passing`: trying again may help, not before `retry_after` seconds if the server named a time.
    """

    def __init__(
        self, message: str, *, is_passing: bool = False, retry_after: float | None = None, status: int = 0
    ) -> None:
        super().__init__(message)
        self.is_passing, self.retry_after, self.status = is_passing, retry_after, status


class ForbiddenAddressError(FetchError):
    """An address that must not be asked: no web address, with a password in it, or in a private network."""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a fetch may do: `timeout` in seconds for the whole of it, `max_bytes` sent and decompressed.

    `private_hosts` are names that may stand for an address that is not on the public internet.
    """

    user_agent: str
    timeout: float
    max_bytes: int
    private_hosts: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered.

    `url` is where it was found after redirects, `moved_to` where permanent ones alone lead, "" if nowhere.
    `body` is None when it is as it was at the last fetch (304). `etag` and `last_modified` are for the next.
    """

    url: str
    body: bytes | None
    media_type: str = ""
    charset: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    headers: httpx.Headers = field(default_factory=httpx.Headers)


def fetch(
    url: str,
    policy: FetchPolicy,
    *,
    accept: tuple[str, ...] = PAGES,
    etag: str = "",
    last_modified: str = "",
    before_redirect: Callable[[str], None] = lambda url: None,
) -> Fetched:
    """What is at `url`, if it is of a media type in `accept` and not what `etag` or `last_modified` say.

    `before_redirect` is called with each further address and may raise. Raises FetchError.
    """
    deadline = time.monotonic() + policy.timeout
    headers = {
        "User-Agent": policy.user_agent,
        "Accept": ", ".join(accept),
        "Accept-Encoding": "gzip, deflate",
    }
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    transport = PublicTransport(policy.private_hosts, deadline)
    with httpx.Client(transport=transport, headers=headers, timeout=policy.timeout) as client:
        return _follow(client, url, accept, policy, before_redirect)


def fetchable(url: str) -> str:
    """`url` without fragment and with its host in ASCII.

    Raises ForbiddenAddressError for what is no address to be fetched.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError as error:
        raise ForbiddenAddressError(f"it is not a web address: {error}") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise ForbiddenAddressError("it is not a web address: only http:// and https:// are fetched")
    if parts.username is not None or parts.password is not None:
        raise ForbiddenAddressError("it carries a user name or password: leave them out")
    host = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, parts.path or "/", parts.query, ""))


def _follow(
    client: httpx.Client,
    url: str,
    accept: tuple[str, ...],
    policy: FetchPolicy,
    before_redirect: Callable[[str], None],
) -> Fetched:
    moved_to, is_permanent, target = "", True, ""
    for _ in range(_MOST_REDIRECTS + 1):
        with reasons(target, policy.timeout):
            url = fetchable(target or url)
            if target:
                moved_to = url if is_permanent else moved_to
                before_redirect(url)
            with client.stream("GET", url, follow_redirects=False) as answer:
                location = answer.headers.get("location", "")
                if not answer.is_redirect or not location:
                    return _fetched(answer, url, moved_to, accept, policy.max_bytes)
                is_permanent = is_permanent and answer.status_code in _PERMANENT
                target = urljoin(url, location)
    raise FetchError(f"it leads on and on: more than {_MOST_REDIRECTS} redirects")


@contextmanager
def reasons(target: str, timeout: float) -> Iterator[None]:
    """What goes wrong, as a FetchError; it names `target`, to which a redirect led, if that is not empty."""
    where = f"it leads to {_LOGIN.sub('', target)[:200]}: " if target else ""
    try:
        yield
    except FetchError as error:
        error.args = (f"{where}{error}",)
        raise
    except PrivateAddressError as error:
        raise ForbiddenAddressError(f"{where}{error}") from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        raise FetchError(f"{where}it took longer than {timeout:g} seconds", is_passing=True) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise FetchError(f"{where}it cannot be reached: {reason}", is_passing=True) from error
    except (httpx.InvalidURL, httpcore.UnsupportedProtocol, ValueError) as error:
        raise FetchError(f"{where}it cannot be asked for: {error}") from error


def _fetched(
    answer: httpx.Response, url: str, moved_to: str, accept: tuple[str, ...], max_bytes: int
) -> Fetched:
    media_type = answer.headers.get("content-type", accept[0]).partition(";")[0].strip().lower()
    body: bytes | None = None
    if answer.status_code != HTTPStatus.NOT_MODIFIED:
        _check(answer, media_type, accept, max_bytes)
        body = _body(answer, max_bytes)
    return Fetched(
        url=url,
        body=body,
        media_type=media_type,
        charset=answer.charset_encoding or "",
        etag=answer.headers.get("etag", "")[:500],
        last_modified=answer.headers.get("last-modified", "")[:100],
        moved_to=moved_to,
        headers=answer.headers,
    )


def _check(answer: httpx.Response, media_type: str, accept: tuple[str, ...], max_bytes: int) -> None:
    if answer.status_code != HTTPStatus.OK:
        raise FetchError(
            f"it answered {answer.status_code} {answer.reason_phrase}".rstrip(),
            is_passing=answer.status_code in _PASSING,
            retry_after=retry_after_of(answer.headers.get("retry-after", "")),
            status=answer.status_code,
        )
    if media_type not in accept and "*/*" not in accept:
        raise FetchError(f"it is {media_type}, not {' or '.join(accept)}")
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > max_bytes:
        raise FetchError(f"it is larger than {max_bytes:,} bytes")


def _body(answer: httpx.Response, max_bytes: int) -> bytes:
    body, sent = bytearray(), 0
    inflate = _decoder(answer.headers.get("content-encoding", ""))
    for chunk in answer.iter_raw(_CHUNK):
        sent += len(chunk)
        # No more is decompressed than may be kept: a bomb does not go off.
        body += inflate(chunk, max_bytes + 1 - len(body))
        if max(sent, len(body)) > max_bytes:
            raise FetchError(f"it is larger than {max_bytes:,} bytes")
    return bytes(body)


def _decoder(encoding: str) -> Callable[[bytes, int], bytes]:
    """(chunk, the most bytes to give back) -> decompressed bytes."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return lambda chunk, most: chunk
    if name not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(f"it is compressed by {encoding[:50]!r}, which was not asked for")
    return _inflater()


def _inflater() -> Callable[[bytes, int], bytes]:
    state = zlib.decompressobj(zlib.MAX_WBITS | 32)  # gzip or zlib by its header
    begun = False

    def inflate(chunk: bytes, most: int) -> bytes:
        nonlocal state, begun
        try:
            return state.decompress(chunk, most)
        except zlib.error as error:
            if begun:
                raise FetchError(f"it is compressed, and broken: {error}", is_passing=True) from error
            state = zlib.decompressobj(-zlib.MAX_WBITS)  # what some servers mean by deflate
            try:
                return state.decompress(chunk, most)
            except zlib.error:
                raise FetchError(f"it is compressed, and broken: {error}", is_passing=True) from error
        finally:
            begun = True

    return inflate


def retry_after_of(value: str) -> float | None:
    """Seconds, from a number of them or from a date; None for what is neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), _LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(seconds, 0.0), _LONGEST_WAIT)
