"""Telling a WebSub hub which feeds changed: the numbers of changes are the outbox.

A hub is told of every feed of a stretch of changes, then the stretch counts as told. Who is killed half-way
leaves it to the next, who begins the stretch anew: a hub that is told twice asks twice, and no harm is done.
"""

import logging
import time
from collections.abc import Collection
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from quotes.ingestion import FetchError
from quotes.ingestion.post import post
from quotes.models import ChangeCounter, HubProgress, Publication, ReviewDecision, Speaker
from quotes.selectors import resolve_redirects
from quotes.services.backoff import growing
from quotes.services.durable import waiting_for_the_disk
from quotes.services.hosts import fetch_policy
from quotes.services.leases import free, lease_from
from quotes.services.publications import number_changes

logger = logging.getLogger(__name__)

FORMATS = ("atom", "rss", "json")
_STRETCH = 50  # changes
_FIRST_RETRY, _LONGEST_RETRY = 60.0, 3600.0  # seconds; twice as long each time


def tell_hub(*, seconds: float = 20.0) -> int:
    """Tell the hub of what changed since it was told last, for about so many seconds. Returns how many pings.

    Nothing where there is no hub, where somebody is at it, or while it rests after a failure.
    """
    hub = settings.WEBSUB_HUB
    if not hub or not _claim(hub):
        return 0
    told, until = 0, time.monotonic() + seconds
    try:
        while time.monotonic() < until and (done := _tell_stretch(hub)):
            told += done
    finally:
        HubProgress.objects.filter(hub=hub).update(claimed_until=None)
    return told


def _claim(hub: str) -> bool:
    counter, now = _numbered(), timezone.now()
    # What changed before there was a hub, nobody waits for; nor for what was before all began anew.
    beginning = {"series": counter.series, "number": counter.last}
    HubProgress.objects.get_or_create(hub=hub, defaults=beginning)
    HubProgress.objects.filter(hub=hub).exclude(series=counter.series).update(**beginning)
    rows = HubProgress.objects.filter(free(now), hub=hub, next_try_at__lte=now)
    return bool(rows.update(claimed_until=lease_from(now)))


def _numbered() -> ChangeCounter:
    """The counter, once what is committed has its number: on disk, unlike what a worker commits."""
    with waiting_for_the_disk():
        return number_changes()


def _tell_stretch(hub: str) -> int:
    """Tell of the next changes. Returns how many pings; 0 where there is nothing more, or the hub failed."""
    progress = HubProgress.objects.get(hub=hub)
    changes = Publication.objects.filter(number__gt=progress.number).order_by("number")
    stretch = list(changes.values_list("number", "quote_id")[:_STRETCH])
    if not stretch:
        return 0
    addresses = _topics([quote for _, quote in stretch])
    try:
        for address in addresses:
            _ping(hub, address)
            HubProgress.objects.filter(hub=hub).update(claimed_until=lease_from(timezone.now()))
    except FetchError as error:
        _keep_failure(progress, error)
        return 0
    told = HubProgress.objects.filter(hub=hub, number=progress.number)
    told.update(number=stretch[-1][0], failures=0, last_error="")
    return len(addresses)


def _ping(hub: str, address: str) -> None:
    form = urlencode({"hub.mode": "publish", "hub.url": address}).encode()
    answer = post(hub, form, {"Content-Type": "application/x-www-form-urlencoded"}, fetch_policy())
    if not answer.is_taken:
        raise FetchError(f"it answered {answer.status}", retry_after=answer.retry_after)


def _topics(quotes: Collection[int]) -> list[str]:
    """The addresses of the whole feeds in which something of these quotes changed."""
    rows = Publication.objects.filter(quote__in=quotes)
    sources = rows.order_by("quote__source__slug").values_list("quote__source__slug", flat=True).distinct()
    speakers = set(rows.values_list("quote__speaker", flat=True))
    steps = ReviewDecision.objects.filter(quote__in=quotes)
    # Whose it was before: there it is told as corrected.
    speakers |= set(steps.values_list("from_speaker", flat=True))
    known = Speaker.objects.select_related("merged_into").filter(pk__in=speakers - {None})
    slugs = sorted({resolve_redirects(speaker).slug for speaker in known})
    paths = [reverse("quotes-feed", args=[suffix]) for suffix in FORMATS]
    paths += [reverse("source-feed", args=[slug, suffix]) for slug in sources for suffix in FORMATS]
    paths += [reverse("speaker-feed", args=[slug, suffix]) for slug in slugs for suffix in FORMATS]
    return [f"{settings.SITE_URL}{path}" for path in paths]


def _keep_failure(progress: HubProgress, error: FetchError) -> None:
    progress.failures += 1
    wait = growing(_FIRST_RETRY, progress.failures, factor=2, most=_LONGEST_RETRY)
    progress.next_try_at = timezone.now() + timedelta(seconds=max(wait, error.retry_after or 0.0))
    progress.last_error = str(error).replace("\0", "")
    progress.save(update_fields=["failures", "next_try_at", "last_error"])
    logger.warning("the hub was not told, %s times in a row: %s", progress.failures, error)
