"""The hosts that are asked for pages: one worker at a time, politely, and as robots.txt allows."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from quotes.ingestion import FetchError, FetchPolicy
from quotes.ingestion.fetch import fetchable
from quotes.ingestion.robots import Robots, fetch_robots
from quotes.models import FeedSubscription, Host, Page
from quotes.services.leases import free

_LEASE = timedelta(minutes=5)
_RESENT = timedelta(minutes=2)
_LONGEST_DELAY = 60.0  # seconds that robots.txt may ask for


def fetch_policy() -> FetchPolicy:
    """What the settings allow."""
    return FetchPolicy(
        user_agent=settings.USER_AGENT,
        timeout=settings.FETCH_TIMEOUT_SECONDS,
        max_bytes=settings.MAX_ARTICLE_BYTES,
        private_hosts=frozenset(settings.FETCH_ALLOWED_PRIVATE_HOSTS),
    )


def host_of(*, url: str) -> Host:
    """The host of an address. Raises ForbiddenAddressError."""
    host, _ = Host.objects.get_or_create(name=host_name(url))
    return host


def host_name(url: str) -> str:
    """The host with its port, unless that is the usual one. Raises ForbiddenAddressError."""
    parts = urlsplit(fetchable(url))
    usual = {"http": 80, "https": 443}[parts.scheme]
    name = parts.hostname or ""
    return (name if parts.port in {None, usual} else f"{name}:{parts.port}")[:255]


def hosts_to_visit(*, limit: int = 500) -> list[int]:
    """Hosts where something is due and where nobody is nor was sent to; they count as sent to from now on."""
    now = timezone.now()
    feeds = FeedSubscription.objects.filter(host=OuterRef("pk"), is_active=True, next_poll_at__lte=now)
    pages = Page.objects.filter(host=OuterRef("pk"), next_fetch_at__lte=now)
    due = Host.objects.filter(
        free(now),
        Q(sent_at=None) | Q(sent_at__lt=now - _RESENT),
        Exists(feeds) | Exists(pages),
        next_request_at__lte=now,
    )
    found = list(due.order_by("next_request_at").values_list("pk", flat=True)[:limit])
    Host.objects.filter(pk__in=found).update(sent_at=now)
    return found


def take_host(*, host_id: int) -> bool:
    """Whether this worker may visit the host now: nobody else is there."""
    now = timezone.now()
    return bool(Host.objects.filter(free(now), pk=host_id).update(claimed_until=now + _LEASE))


def leave_host(*, host_id: int) -> None:
    Host.objects.filter(pk=host_id).update(claimed_until=None, sent_at=None)


def rest(*, host: Host, seconds: float = 0.0) -> None:
    """Note a request just made: the next comes after the host's delay, or `seconds` if that is longer."""
    asked = min(robots_of(host).delay(settings.USER_AGENT), _LONGEST_DELAY)
    host.next_request_at = timezone.now() + timedelta(
        seconds=max(float(settings.HOST_DELAY_SECONDS), asked, seconds)
    )
    host.claimed_until = timezone.now() + _LEASE
    host.save(update_fields=["next_request_at", "claimed_until"])


def robots_of(host: Host) -> Robots:
    """What was known last of what the host says to robots."""
    return Robots(host.robots_text, host.robots_error)


class RobotsUnknownError(FetchError):
    """The host cannot say just now what it allows: no fault of the page."""


def check_redirect(url: str) -> None:
    """As `check_robots`, for where a page leads. Raises FetchError."""
    check_robots(url=url, host=host_of(url=url))


def check_robots(*, url: str, host: Host) -> None:
    """Ask the host's robots.txt unless what it said still holds.

    Raises FetchError when it forbids `url`, RobotsUnknownError while the host cannot say.
    """
    now = timezone.now()
    if host.robots_until is None or host.robots_until < now:
        known = fetch_robots(url, fetch_policy())
        host.robots_text, host.robots_error = known.text.replace("\0", ""), known.error
        host.robots_until = now + timedelta(seconds=known.seconds)
        host.save(update_fields=["robots_text", "robots_error", "robots_until"])
    robots = robots_of(host)
    if robots.error:
        left = (host.robots_until - now).total_seconds()
        raise RobotsUnknownError(robots.error, is_passing=True, retry_after=left)
    if not robots.allows(url, settings.USER_AGENT):
        raise FetchError(f"robots.txt of {host.name} forbids it")
