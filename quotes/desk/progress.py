"""How an editor gets on."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Count, Min, Q
from django.utils import timezone

from quotes.models import Quote, ReviewDecision

_HOUR = timedelta(hours=1)
_SHORTEST = timedelta(minutes=5)  # from which a pace is told


@dataclass(frozen=True, slots=True)
class Progress:
    """Quotes that an editor decided about today, and how many an hour that is by the last hour's work."""

    done: int
    an_hour: int


def progress_of(editor: User | AnonymousUser) -> Progress:
    """What was taken back since does not count, nor does a note."""
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    lately = Q(decided_at__gt=now - _HOUR)
    stands = ~Q(quote__review_status=Quote.Status.UNREVIEWED)
    steps = ReviewDecision.objects.filter(editor=editor.pk, decided_at__gte=min(midnight, now - _HOUR))
    found = steps.exclude(action=ReviewDecision.Action.NOTE).aggregate(
        done=Count("quote", filter=stands & Q(decided_at__gte=midnight), distinct=True),
        lately=Count("quote", filter=stands & lately, distinct=True),
        since=Min("decided_at", filter=lately),
    )
    worked = max(now - (found["since"] or now), _SHORTEST)
    return Progress(found["done"], round(found["lately"] * (_HOUR / worked)))
