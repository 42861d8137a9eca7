"""The work queue: `celery -A quotetracker worker`, `celery -A quotetracker beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init, worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotetracker.settings")

app = Celery("quotetracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_django_does(**_: Any) -> None:
    """Connected, so that Celery leaves the logging of settings.LOGGING alone."""


@worker_init.connect
def _begin(**_: Any) -> None:
    """Before the processes of a worker are forked: what it imports now, they share."""
    from quotes.services.reading_process import commit_without_waiting, import_what_reads

    commit_without_waiting()
    if _reads():
        import_what_reads()


@worker_process_init.connect
def _load_the_model(**_: Any) -> None:
    """Once a process, before its first task; not in one that only fetches."""
    from quotes.services.queue import warm_up

    if _reads():
        warm_up()


def _reads() -> bool:
    """Whether this worker takes articles to read."""
    return settings.EXTRACT_QUEUE in app.amqp.queues.consume_from
