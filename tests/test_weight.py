"""What a process does not need it does not load: web processes, migrations and fetchers are light."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

HEAVY = ("spacy", "thinc", "numpy", "trafilatura", "py3langid")

WEB = """
from quotetracker.wsgi import application
import gc, sys
assert "api.views" in sys.modules and gc.get_freeze_count() > 10_000  # before it forks
from django.test import Client
from django.urls import get_resolver, reverse
assert get_resolver().url_patterns and reverse("admin:quotes_article_changelist")
assert Client().get("/healthz").status_code == 200
assert Client().get("/api/v1/schema/").status_code == 200
"""
MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("check")
"""
FETCHER = """
import django; django.setup()
import quotes.tasks
"""
WORKER = """
import django; django.setup()
from celery.signals import worker_init
from quotetracker.celery import app
app.amqp.queues.select(["{queue}"])
worker_init.send(sender=None)
"""
READER = """
from quotes.extraction import extract_quotes
assert extract_quotes("“No,” said Ann Lee.").quotes
"""


def loaded(code: str, folder: Path) -> set[str]:
    """The heavy libraries that a process has loaded after `code`."""
    shown = f"{code}\nimport sys; print('loaded', *sorted(set({HEAVY}) & set(sys.modules)))"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "quotetracker.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'weight.sqlite3'}",
        "ALLOWED_HOSTS": "testserver",
    }
    done = subprocess.run(
        [sys.executable, "-c", shown], env=environment, cwd=settings.BASE_DIR, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("code", [WEB, MIGRATE, FETCHER], ids=["web", "migrate", "fetcher"])
def test_who_reads_no_articles_loads_nothing_that_reads_them(code: str, tmp_path: Path) -> None:
    assert loaded(code, tmp_path) == set()


def test_who_reads_loads_what_it_takes(tmp_path: Path) -> None:
    assert {"spacy", "numpy"} <= loaded(READER, tmp_path)


def test_a_worker_that_reads_loads_it_before_it_forks_and_no_other_does(tmp_path: Path) -> None:
    assert {"spacy", "numpy"} <= loaded(WORKER.format(queue=settings.EXTRACT_QUEUE), tmp_path)
    assert loaded(WORKER.format(queue=settings.FETCH_QUEUE), tmp_path) == set()
