"""Rows that a worker takes for a while: when that is over, the worker is taken for dead."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q


def free(now: datetime) -> Q:
    """The condition under which nobody has the row."""
    return Q(claimed_until=None) | Q(claimed_until__lt=now)


def lease_from(now: datetime) -> datetime:
    """Until when a worker that takes a row has it."""
    return now + timedelta(seconds=settings.LEASE_SECONDS)
