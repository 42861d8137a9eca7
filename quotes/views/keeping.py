"""What takes long to find out, and changes nothing of who said what: kept for a while in Django's cache."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from django.core.cache import cache
from redis.exceptions import RedisError

T = TypeVar("T")


def remembered(key: str, seconds: int, find: Callable[[], T]) -> T:
    """What `find` gives, or gave so many seconds ago at the most; it never gives None."""
    found: T | None = None
    with suppress(RedisError):  # a cache that is down keeps nothing
        found = cache.get(key)
    if found is None:
        found = find()
        with suppress(RedisError):
            cache.set(key, found, timeout=seconds)
    return found
