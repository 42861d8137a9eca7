"""How much may be asked for: so many requests in a window of time, for an account or an address.

Each policy is a setting, QUOTETRACKER_RATE_…; they are counted in Django's cache, which several processes
share only where QUOTETRACKER_CACHE_URL names one.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from quotes.limits import Limit, address_of, count

if TYPE_CHECKING:  # the views import, by their settings, this
    from rest_framework.views import APIView

LIMITS = "quotetracker.limits"  # where a request keeps what is left of each policy
# What is looked for among all that there is, or computed over it.
_COSTLY = frozenset({"facets", "name", "q", "text"})


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
