"""Fetching from real servers on this machine, which only a policy that names their host allows."""

import gzip
import socket
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpcore
import pytest

from quotes.ingestion import FetchError, FetchPolicy, fetch
from quotes.ingestion.network import is_public

PAGE = b"<!doctype html><p>Hello"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/drip":
            self.drip()
        elif self.path == "/tagged":
            asked = (self.headers["If-None-Match"], self.headers["If-Modified-Since"])
            validators = {"ETag": '"7"', "Last-Modified": "then"}
            self.answer(304) if asked == ('"7"', "then") else self.answer(200, PAGE, validators)
        else:
            self.answer(*self.plain().get(self.path, (404,)))

    def plain(self) -> dict[str, tuple[int] | tuple[int, bytes] | tuple[int, bytes, dict[str, str]]]:
        host, agent = self.headers["Host"], self.headers["User-Agent"]
        port = host.partition(":")[2]
        deflated = zlib.compress(PAGE)[2:-4] if agent == "raw" else zlib.compress(PAGE)
        return {
            "/page": (200, PAGE),
            "/agent": (200, agent.encode()),
            "/loop": (302, b"", {"Location": "/loop"}),
            "/moved": (301, b"", {"Location": "/page"}),
            "/inside": (302, b"", {"Location": f"http://127.0.0.1:{port}/page"}),
            "/astray": (302, b"", {"Location": "/missing"}),
            "/nonsense": (302, b"", {"Location": "http://[::1"}),
            "/login": (302, b"", {"Location": f"http://me:secret@{host}/page"}),
            "/bomb": (200, gzip.compress(b"\0" * 5_000_000), {"Content-Encoding": "gzip"}),
            "/deflate": (200, deflated, {"Content-Encoding": "deflate"}),
            "/brotli": (200, b"...", {"Content-Encoding": "br"}),
            "/busy": (503, b"", {"Retry-After": "120"}),
            "/image": (200, b"...", {"Content-Type": "image/png"}),
        }

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        sent = {"Content-Type": "text/html", "Content-Length": str(len(body))} | (headers or {})
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """Headers without end, a few bytes at a time."""
        try:
            for _ in range(100):
                self.wfile.write(b"X-Drip: 1\r\n")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def unused_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def policy(*private_hosts: str) -> FetchPolicy:
    return FetchPolicy("quotetracker-tests", 10, 1_000_000, frozenset(private_hosts))


def test_a_page_comes_with_the_address_it_was_found_at(site: str) -> None:
    found = fetch(f"{site}/moved", policy("localhost"))
    assert (found.body, found.url, found.moved_to) == (PAGE, f"{site}/page", f"{site}/page")


def test_the_fetcher_says_who_it_is(site: str) -> None:
    assert fetch(f"{site}/agent", policy("localhost")).body == b"quotetracker-tests"


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/missing", "404"),
        ("/image", "image/png, not text/html"),
        ("/loop", "redirects"),
        ("/bomb", "larger than"),
        ("/inside", "not on the public internet"),
        ("/login", "user name or password"),
        ("/brotli", "was not asked for"),
        ("/nonsense", "Invalid URL"),
    ],
)
def test_what_cannot_be_had_has_a_reason_that_leaves_out_the_address_asked_for(
    site: str, path: str, complaint: str
) -> None:
    with pytest.raises(FetchError, match=complaint) as caught:
        fetch(f"{site}{path}", policy("localhost"))
    assert f"{site}{path}" not in str(caught.value).replace(f"leads to {site}{path}", "")


def test_where_a_redirect_led_is_named_without_a_login(site: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"{site}/astray", policy("localhost"))
    assert str(caught.value) == f"it leads to {site}/missing: it answered 404 Not Found"
    with pytest.raises(FetchError) as caught:
        fetch(f"{site}/login", policy("localhost"))
    assert str(caught.value).startswith(f"it leads to {site}/page: it carries a user name")


def test_nobody_at_a_port_and_a_name_of_no_host_are_told(unused_port: int) -> None:
    with pytest.raises(FetchError, match=r"^it cannot be reached: .*refused"):
        fetch(f"http://localhost:{unused_port}/", policy("localhost"))
    with pytest.raises(FetchError, match=r"^it cannot be reached: there is no host 'nowhere\.invalid'"):
        fetch("http://nowhere.invalid/", policy())


def test_this_machine_and_private_networks_are_out_of_bounds(site: str) -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch(f"{site}/page", policy())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "168.63.129.16", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("agent", ["zlib", "raw"])
def test_deflate_is_read_as_servers_mean_it(site: str, agent: str) -> None:
    assert fetch(f"{site}/deflate", FetchPolicy(agent, 10, 1000, frozenset({"localhost"}))).body == PAGE


def test_what_did_not_change_is_not_sent_again(site: str) -> None:
    first = fetch(f"{site}/tagged", policy("localhost"))
    assert (first.body, first.etag, first.last_modified) == (PAGE, '"7"', "then")
    again = fetch(f"{site}/tagged", policy("localhost"), etag=first.etag, last_modified=first.last_modified)
    assert again.body is None


def test_a_busy_server_says_when_to_come_again(site: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"{site}/busy", policy("localhost"))
    assert (caught.value.is_passing, caught.value.retry_after, caught.value.status) == (True, 120, 503)


@pytest.mark.parametrize(("path", "passing"), [("/missing", False), ("/inside", False), ("/image", False)])
def test_what_will_not_change_is_not_worth_another_try(site: str, path: str, passing: bool) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(f"{site}{path}", policy("localhost"))
    assert caught.value.is_passing is passing


def test_headers_that_come_a_few_bytes_at_a_time_end_with_the_deadline(site: str) -> None:
    begun = time.monotonic()
    with pytest.raises(FetchError, match="took longer"):
        fetch(f"{site}/drip", FetchPolicy("drip", 0.4, 1000, frozenset({"localhost"})))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "url",
    ["ftp://x.example/", "file:///etc/passwd", "gopher://x.example", "//x.example", "http://", "http://[::1",
     "https://me@x.example/", "javascript:alert(1)", "http://x.example:99999/", ""],
)  # fmt: skip
def test_what_is_no_address_to_fetch_is_refused(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, policy())


def test_a_name_that_turns_private_after_the_check_gains_nothing(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.rpartition(":")[2])
    answers = iter(["93.184.215.14", "127.0.0.1"])
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        asked.append(next(answers, "127.0.0.1"))
        return [(2, 1, 6, "", (asked[-1], port))]

    connected: list[str] = []

    def connect(self: object, host: str, *_: object, **__: object) -> None:
        connected.append(host)
        raise httpcore.ConnectError("refused")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    with pytest.raises(FetchError):
        fetch(f"http://rebinding.example:{port}/page", policy())
    assert (asked, connected) == (["93.184.215.14"], ["93.184.215.14"])
