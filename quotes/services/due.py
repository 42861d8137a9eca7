"""When readers are told: at once, or with the next digest, at one hour of the day for all."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from quotes.models import Subscription

_DAYS = {Subscription.Pace.DAILY.value: 1, Subscription.Pace.WEEKLY.value: 7}


def due_from(now: datetime, pace: str) -> datetime:
    """When what is found `now` is due at a pace: daily at an hour (UTC), weekly at that hour of a Monday."""
    days = _DAYS.get(pace)
    if days is None:
        return now
    today = now.astimezone(UTC).replace(hour=settings.DIGEST_HOUR, minute=0, second=0, microsecond=0)
    due = today - timedelta(days=today.weekday() if days > 1 else 0)
    return due if due > now else due + timedelta(days=days)
