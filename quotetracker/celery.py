"""The work queue: `celery -A quotetracker worker`, `celery -A quotetracker beat`."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_init, worker_process_init
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quotetracker.settings")

app = Celery("quotetracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_django_does(**_: Any) -> None:
    """Connected, so that Celery leaves the logging of settings.LOGGING alone."""


@worker_init.connect
def _do_not_wait_for_the_disk(**_: Any) -> None:
    connection_created.connect(_commit_without_waiting)


def _commit_without_waiting(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """What a server that crashes loses of the last moment is still to be done, by its own record."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit TO OFF")


@worker_process_init.connect
def _load_the_model(**_: Any) -> None:
    """Once a process, before its first task; not in one that only fetches."""
    from quotes.services.queue import warm_up

    if "extract" in app.amqp.queues.consume_from:
        warm_up()
