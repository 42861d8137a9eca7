"""Rows that a worker takes for a while: when that is over, the worker is taken for dead."""

from datetime import datetime

from django.db.models import Q


def free(now: datetime) -> Q:
    """The condition under which nobody has the row."""
    return Q(claimed_until=None) | Q(claimed_until__lt=now)
