"""Programs that receive webhooks, on this machine: what came, and what is answered."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from standardwebhooks.webhooks import Webhook as Verifier


@dataclass(frozen=True, slots=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes
    event: dict[str, Any] | None = None  # where the secret was known when it came

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verified(self, secret: str) -> dict[str, Any]:
        """The event, if it is signed with `secret`. Raises WebhookVerificationError."""
        event: dict[str, Any] = Verifier(secret).verify(self.body, self.headers)
        return event


class Receiver:
    """What came, in its order; `status` and `headers` are answered, `body` after them."""

    def __init__(self) -> None:
        self.url = ""
        self.received: list[Received] = []
        self.secrets: dict[str, str] = {}  # by path: an event is to be verified within minutes
        self.status, self.headers, self.body = 204, dict[str, str](), b""
        self.lock = Lock()


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A server on a port of its own, gone with the block."""
    made = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            came = Received(self.path, headers, body)
            if secret := made.secrets.get(self.path):
                came = replace(came, event=came.verified(secret))
            with made.lock:
                made.received.append(came)
            self.send_response(made.status)
            for name, value in made.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):  # it is not read to the end
                self.wfile.write(made.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.url = f"http://localhost:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
