"""The server of the local web: what is at each path, and what was asked for."""

import gzip
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Lock, Thread
from urllib.parse import urlsplit

from tests.web.pages import GOOD, Answer, article, atom, rss

ROBOTS = "User-agent: *\nDisallow: /private/\nCrawl-delay: 0\n"
FEEDS = (
    "/good.rss",
    "/good.atom",
    "/full.rss",
    "/bad.rss",
    "/broken.rss",
    "/bomb.rss",
    "/slow.rss",
    "/not-a-feed",
)
GOOD_PAGES = [f"/good/{number}" for number in range(GOOD)]
BAD_PAGES = {
    # path -> what the reason says
    "/private/1": "robots.txt",
    "/missing": "answered 404",
    "/gone": "answered 410",
    "/loopback": "not on the public internet",
    "/metadata": "not on the public internet",
    "/file": "not a web address",
    "/gzip-bomb": "larger than",
    "/huge": "larger than",
    "/endless": "larger than",
    "/slow": "took longer",
    "/loop": "redirects",
    "/image": "image/png",
    "/nothing": "no article",
    "/broken-gzip": "compressed",
    "/error": "answered 500",
}
# Stored all the same.
ODD_PAGES = ["/moved", "/cp1252", "/no-dates", "/once-busy", "/etag", "/chunked"]
FRENCH = "/french"
_GZIP_BOMB = gzip.compress(b"\0" * 60_000_000)
_LARGE = 6_000_000  # bytes: more than an article may have


class LocalWeb:
    """Its address, and how often each path was asked for."""

    def __init__(self) -> None:
        self.site = ""
        self.asked: Counter[str] = Counter()
        self.not_modified: Counter[str] = Counter()
        self.robots = Answer(ROBOTS.encode(), media_type="text/plain")
        self.changed: dict[str, str] = {}  # path -> the page that is there now
        self._lock = Lock()

    def count(self, path: str) -> int:
        with self._lock:
            self.asked[path] += 1
            return self.asked[path]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """What is at `path`."""
        times = self.count(path)
        if path in self.changed:
            return Answer(self.changed[path].encode())
        if path.startswith("/good/"):
            return Answer(article(int(path.rpartition("/")[2])).encode())
        plain = self._plain(path) or self._feed(path, headers)
        return plain or self._bad(path) or self._odd(path, times, headers) or Answer(status=404)

    def _plain(self, path: str) -> Answer | None:
        if path == "/robots.txt":
            return self.robots
        if path == "/":
            links = "".join(
                f'<link rel="alternate" type="application/rss+xml" title="{name}" href="{name}">'
                for name in ("/good.rss", "/full.rss")
            )
            return Answer(
                f"<!doctype html><html><head>{links}</head><body><p>Tarn Bay</body></html>".encode()
            )
        return None

    def _feed(self, path: str, headers: dict[str, str]) -> Answer | None:
        half = len(GOOD_PAGES) // 2
        bodies = {
            "/good.rss": rss(
                self.site, "Tarn Bay Post", [*GOOD_PAGES[:half], "/private/1", *ODD_PAGES, FRENCH]
            ),
            "/good.atom": atom(self.site, "Tarn Bay Atom", GOOD_PAGES[half:]),
            "/full.rss": rss(
                self.site, "Whole stories", ["/full/30"], full=article(30, extra="So it went on. " * 40)
            ),
            "/bad.rss": rss(self.site, "All that goes wrong", list(BAD_PAGES), dated=False),
            "/broken.rss": rss(self.site, "Broken", ["/good/0", "/good/1?a=1&b=2"]).replace("&amp;", "&")[
                :-20
            ],
            "/bomb.rss": _bomb(self.site),
        }
        if path == "/slow.rss":
            return Answer(parts=(b"<rss>", 5.0, b"</rss>"))
        if path == "/not-a-feed":
            return Answer(b"<!doctype html><p>No feed here")
        if path not in bodies:
            return None
        tag = f'"{hash(bodies[path])}"'
        if headers.get("If-None-Match") == tag:
            self.not_modified[path] += 1
            return Answer(status=304, headers=(("ETag", tag),))
        return Answer(bodies[path].encode(), media_type="application/rss+xml", headers=(("ETag", tag),))

    def _bad(self, path: str) -> Answer | None:
        redirects = {
            "/loopback": self.site.replace("localhost", "127.0.0.1") + "/good/0",
            "/metadata": "http://169.254.169.254/latest/meta-data/",
            "/file": "file:///etc/passwd",
            "/loop": "/loop",
        }
        if path in redirects:
            return Answer(status=302, headers=(("Location", redirects[path]),))
        compressed = (("Content-Encoding", "gzip"),)
        answers = {
            "/gone": Answer(status=410),
            "/error": Answer(b"broken", status=500),
            "/gzip-bomb": Answer(_GZIP_BOMB, headers=compressed),
            "/broken-gzip": Answer(b"\x1f\x8b\x08" + b"nonsense" * 10, headers=compressed),
            "/huge": Answer(b"<p>" + b"a" * _LARGE),
            "/endless": Answer(parts=(b"<p>", *(b"a" * 65_536 for _ in range(200)))),
            "/slow": Answer(parts=(b"<p>", *(part for _ in range(40) for part in (b"a", 0.25)))),
            "/image": Answer(b"\x89PNG", media_type="image/png"),
            "/nothing": Answer(b"<!doctype html><html><body></body></html>"),
        }
        return answers.get(path)

    def _odd(self, path: str, times: int, headers: dict[str, str]) -> Answer | None:
        if path == "/once-busy" and times == 1:
            return Answer(status=429, headers=(("Retry-After", "1"),))
        if path == "/moved":
            return Answer(status=301, headers=(("Location", "/moved/31"),))
        if path == "/etag" and headers.get("If-None-Match") == '"one"':
            self.not_modified[path] += 1
            return Answer(status=304)
        pages = {
            "/moved/31": Answer(article(31).encode()),
            "/cp1252": Answer(article(32).encode("cp1252"), media_type="text/html; charset=utf-8"),
            "/no-dates": Answer(article(33, dated=False).encode()),
            "/once-busy": Answer(article(34).encode()),
            "/etag": Answer(article(35).encode(), headers=(("ETag", '"one"'),)),
            "/chunked": Answer(parts=(article(36).encode()[:300], 0.01, article(36).encode()[300:])),
            FRENCH: Answer(_FRENCH.encode()),
        }
        return pages.get(path)


_FRENCH = (
    '<!doctype html><html lang="fr"><head><title>Le conseil vote</title></head><body><article>'
    "<h1>Le conseil vote</h1><p>Le conseil municipal a décidé lundi soir de consacrer plus d'argent au "
    "mur du port, après des années d'attente et de promesses qui n'ont jamais été tenues.</p><p>« Nous "
    "allons réparer le mur avant l'hiver », a déclaré la maire devant deux cents habitants réunis dans la "
    "salle.</p>"
    "</article></body></html>"
)


def _bomb(site: str) -> str:
    """Entities of entities: ten to the ninth times ten letters."""
    names = "abcdefghij"
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise(names)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{entities}]><rss version="2.0"><channel><title>&j;</title>'
        f"<item><title>&j;</title><link>{site}/good/2</link></item></channel></rss>"
    )


class _Handler(BaseHTTPRequestHandler):
    web: LocalWeb
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        answer = self.web.answer(urlsplit(self.path).path, dict(self.headers))
        self.send_response(answer.status)
        if answer.media_type and answer.status != 304:
            self.send_header("Content-Type", answer.media_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.parts:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        try:
            self.wfile.write(answer.body)
            for part in answer.parts:
                if isinstance(part, bytes):
                    self.wfile.write(part)
                else:
                    time.sleep(part)
        except OSError:
            self.close_connection = True  # who asked has gone

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True


@contextmanager
def local_web() -> Iterator[LocalWeb]:
    """The web on a free port of this machine, for as long as the block runs."""
    web = LocalWeb()
    handler = type("Handler", (_Handler,), {"web": web})
    with _Server(("127.0.0.1", 0), handler) as server:
        web.site = f"http://localhost:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield web
        finally:
            server.shutdown()
            thread.join()
