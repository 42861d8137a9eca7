"""Fetching from real servers on this machine, which only a policy that names their host allows."""

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from quotes.ingestion import FetchError, FetchPolicy, fetch
from quotes.ingestion.network import is_public

PAGE = b"<!doctype html><p>Hello"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/loop":
            return self.answer(302, headers={"Location": "/loop"})
        if self.path == "/moved":
            return self.answer(301, headers={"Location": "/page"})
        if self.path == "/inside":
            port = self.headers["Host"].partition(":")[2]
            return self.answer(302, headers={"Location": f"http://127.0.0.1:{port}/page"})
        if self.path == "/bomb":
            return self.answer(200, gzip.compress(b"\0" * 5_000_000), {"Content-Encoding": "gzip"})
        if self.path == "/image":
            return self.answer(200, b"...", {"Content-Type": "image/png"})
        if self.path == "/agent":
            return self.answer(200, self.headers["User-Agent"].encode())
        return self.answer(200, PAGE) if self.path == "/page" else self.answer(404)

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        sent = {"Content-Type": "text/html", "Content-Length": str(len(body))} | (headers or {})
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

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
    ],
)
def test_what_cannot_be_had_has_a_reason(site: str, path: str, complaint: str) -> None:
    with pytest.raises(FetchError, match=complaint):
        fetch(f"{site}{path}", policy("localhost"))


def test_this_machine_and_private_networks_are_out_of_bounds(site: str) -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch(f"{site}/page", policy())


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
        "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)
