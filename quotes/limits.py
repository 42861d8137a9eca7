"""How often somebody may ask for something: counted in fixed windows of time, in Django's cache.

Each policy is a setting, QUOTETRACKER_RATE_…; several processes share the counts only where
QUOTETRACKER_CACHE_URL names a cache.
"""

import logging
import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError

_NEIGHBOURS = 64  # bits of an IPv6 address that a household has in common

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """What somebody used of a policy, this request included, and when it begins anew."""

    policy: str
    quota: int
    window: int
    used: int
    seconds_left: int

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.quota

    @property
    def left(self) -> int:
        return max(0, self.quota - self.used)


def count(policy: str, who: str, *, uses: int = 1) -> Limit | None:
    """Count `uses` of somebody's; None where there is no limit, or nowhere to count."""
    rate = settings.RATES[policy]
    if rate is None:
        return None
    quota, window = rate
    now = int(time.time())
    left = window - now % window
    key = f"rate:{policy}:{who}:{now - now % window}"
    try:
        cache.add(key, 0, timeout=left + 1)
        used = cache.incr(key, uses)
    except ValueError:  # it was thrown out between the two
        used = uses
    except RedisError as error:
        # A cache that is down shuts nobody out.
        logger.warning("requests are not counted: %s", error)
        return None
    return Limit(policy, quota, window, used, left)


def address_of(request: Any) -> str:
    """Where a request comes from: an IPv4 address, or the network of an IPv6 one."""
    given = str(request.META.get("REMOTE_ADDR") or "nowhere")
    if settings.BEHIND_PROXY and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR")):
        # The proxy adds the last one; what is before it anybody may have written.
        given = forwarded.split(",")[-1].strip()
    try:
        address = ip_address(given)
    except ValueError:  # a proxy that hands on something else, or a socket
        return given[:100].replace(" ", "")
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/{_NEIGHBOURS}", strict=False))
    return str(address)
