"""By what it is known that something is not any more what it was when somebody looked at it."""

import logging
import time
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Model
from redis.exceptions import RedisError

_KEPT = 30 * 24 * 60 * 60  # seconds

logger = logging.getLogger(__name__)


def version_of(record: Model) -> str:
    """Another one whenever the row of `record` is changed: what a writer may hold a decision to."""
    row = (f"{field.attname}={getattr(record, field.attname)}" for field in record._meta.concrete_fields)
    return sha256("\n".join(row).encode()).hexdigest()[:16]


def known_since(answer: str, version: str) -> int | None:
    """The second since when an `answer` is of this version, as far as was seen; None for unknown.

    No row says when a list became what it is: quotes leave it, counts and names in it change. So it is kept
    when another answer was seen, and the next one begins in another second.
    """
    key = f"since:{sha256(answer.encode()).hexdigest()}"
    try:
        known: tuple[str, int] | None = cache.get(key)
        if known is not None and known[0] == version:
            return known[1]
        since = now() if known is None else max(now(), known[1]) + 1
        cache.set(key, (version, since), timeout=_KEPT)
    except RedisError as error:
        logger.warning("answers are not dated: %s", error)
        return None
    return since


def told_since(since: int) -> int:
    """The date to give: of what others came before in this second none that they could have."""
    return since if since <= now() else now() - 1


def now() -> int:
    return int(time.time())
