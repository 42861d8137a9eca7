"""How much may be asked for: so many requests in a window of time, for an account or an address.

Each policy is a setting, QUOTETRACKER_RATE_…; they are counted in Django's cache, which several processes
share only where QUOTETRACKER_CACHE_URL names one.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # the views import, by their settings, this
    from rest_framework.views import APIView

LIMITS = "quotetracker.limits"  # where a request keeps what is left of each policy
# What is looked for among all that there is, or computed over it.
_COSTLY = frozenset({"facets", "name", "q", "text"})
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
    given = BaseThrottle().get_ident(request) or "nowhere"
    try:
        address = ip_address(given)
    except ValueError:  # a proxy that hands on something else, or a socket
        return given[:100].replace(" ", "")
    if isinstance(address, IPv6Address):
        return str(ip_network(f"{address}/{_NEIGHBOURS}", strict=False))
    return str(address)


class Throttle(BaseThrottle):
    """Counts a request of an account or of an address, and what it costs more than others."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        is_known = bool(request.user and request.user.is_authenticated)
        who = f"account-{request.user.pk}" if is_known else address_of(request)
        policies = ["account" if is_known else "anonymous", *_extra(request, view)]
        self._limits = [limit for policy in policies if (limit := count(policy, who))]
        request._request.META[LIMITS] = self._limits
        return not any(limit.is_exceeded for limit in self._limits)

    def wait(self) -> int:
        return max(limit.seconds_left for limit in self._limits if limit.is_exceeded)


def _extra(request: Request, view: "APIView") -> Iterator[str]:
    """The policy beside that for each request: a view's own `throttle_scope`, else by what it costs."""
    if scope := getattr(view, "throttle_scope", None):
        yield scope
    elif request.method not in SAFE_METHODS:
        yield "writing"
    elif _COSTLY & request.query_params.keys():
        yield "search"


def headers(limits: Iterable[Limit]) -> dict[str, str]:
    """`RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10)."""
    shown = list(limits)
    if not shown:
        return {}
    return {
        "RateLimit-Policy": ", ".join(f'"{one.policy}";q={one.quota};w={one.window}' for one in shown),
        "RateLimit": ", ".join(f'"{one.policy}";r={one.left};t={one.seconds_left}' for one in shown),
    }
