"""The work queue: `celery -A quotetracker worker`, `celery -A quotetracker beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotetracker.settings")

app = Celery("quotetracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_django_does(**_: Any) -> None:
    """Connected, so that Celery leaves the logging of settings.LOGGING alone."""


@worker_process_init.connect
def _load_the_model(**_: Any) -> None:
    """Once a process, before its first task; a process that only fetches never needs it."""
    from quotes.services.queue import warm_up

    warm_up()
