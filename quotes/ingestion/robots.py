"""robots.txt (RFC 9309): what a host lets us fetch."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

from quotes.ingestion.fetch import ANYTHING, FetchError, FetchPolicy, ForbiddenAddressError, fetch

_LARGEST = 512_000  # bytes; the standard asks to read 500 KiB at least
_SERVER_ERROR, _TOO_MANY = 500, 429
_UNSURE = 300.0  # seconds until a host that could not answer is asked again
_SURE = 86_400.0


@dataclass(frozen=True, slots=True)
class Robots:
    """What a host says to robots.

    With `error` nothing may be fetched there now. It holds for `seconds`.
    """

    text: str = ""
    error: str = ""
    seconds: float = _SURE

    def allows(self, url: str, user_agent: str) -> bool:
        """Whether the robot that calls itself `user_agent` (quotetracker/1.0 ...) may fetch `url`."""
        return not self.error and _rules(self.text).can_fetch(url, _token(user_agent))

    def delay(self, user_agent: str) -> float:
        """Seconds between two requests that the host asks for; 0 if it asks for none."""
        return _rules(self.text).crawl_delay(_token(user_agent)) or 0.0


def fetch_robots(url: str, policy: FetchPolicy) -> Robots:
    """What the host of `url` says. One that has no robots.txt allows everything.

    One that cannot answer allows nothing until it can. Raises ForbiddenAddressError.
    """
    parts = urlsplit(url)
    try:
        found = fetch(f"{parts.scheme}://{parts.netloc}/robots.txt", policy, accept=ANYTHING)
    except ForbiddenAddressError:
        raise
    except FetchError as error:
        if error.status and error.status < _SERVER_ERROR and error.status != _TOO_MANY:
            return Robots()
        return Robots(error=f"robots.txt: {error}"[:300], seconds=error.retry_after or _UNSURE)
    text = (found.body or b"")[:_LARGEST].decode("utf-8", "replace")
    # A page that says "not found" with 200 OK is no list of rules.
    return Robots("" if "<html" in text[:500].lower() else text)


@lru_cache(maxsize=256)
def _rules(text: str) -> Protego:
    return Protego.parse(text)


def _token(user_agent: str) -> str:
    return user_agent.partition("/")[0].split()[0] if user_agent.strip() else "*"
