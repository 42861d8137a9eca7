"""For machines that watch over the service: is it alive, can it work, how much does it do."""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import OperationalError
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from quotes import monitoring

_BROKER_SECONDS = 2


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process answers at all: if not, start it anew."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether it can do its work: 503 with what is amiss if not. Then send it nobody, but leave it alive."""
    checks = {"database": _database()}
    if settings.CELERY_BROKER_URL:
        checks["broker"] = _broker()
    ready = all(said == "ok" for said in checks.values())
    answer = {"status": "ok" if ready else "not ready", "checks": checks}
    return JsonResponse(answer, status=200 if ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for who knows the token."""
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if not token or not hmac.compare_digest(told.encode(), token.encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "cannot be reached"
    return f"{len(missing)} migrations are missing: run manage.py migrate" if missing else "ok"


def _broker() -> str:
    try:
        with Connection(settings.CELERY_BROKER_URL, connect_timeout=_BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=_BROKER_SECONDS)
    except (OSError, OperationalError):
        return "cannot be reached"
    return "ok"


class _Figures(Collector):
    """Read from the database when asked for: the same whichever process answers."""

    def collect(self) -> Iterator[Metric]:
        waits = monitoring.backlog()
        yield _by_status("quotetracker_articles", "Articles stored.", monitoring.articles_by_status())
        yield _by_status("quotetracker_pages", "Addresses known from feeds.", monitoring.pages_by_status())
        for name, text, value in (
            ("quotetracker_feeds_active", "Feeds that are followed.", monitoring.active_feeds().count()),
            ("quotetracker_feeds_dead", "Followed, and failing for long.", monitoring.dead_feeds().count()),
            ("quotetracker_feeds_due", "Feeds that are due to be polled.", waits.feeds_due),
            ("quotetracker_pages_due", "Pages that are due to be fetched.", waits.pages_due),
            (
                "quotetracker_oldest_pending_seconds",
                "How long the article that waits longest has waited to be read.",
                waits.seconds_behind,
            ),
        ):
            yield GaugeMetricFamily(name, text, value=value)


def _by_status(name: str, text: str, counts: dict[str, int]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=["status"])
    for status, count in counts.items():
        family.add_metric([status], count)
    return family
