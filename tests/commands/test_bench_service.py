"""manage.py bench_service runs and prints figures. How fast anything is, no test says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "bench_service", *arguments],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.django_db
def test_every_figure_is_there_on_postgresql_and_elsewhere_a_hint() -> None:
    done = bench("--quotes", "500", "--speakers", "50", "--articles", "100", "--json")
    if connection.vendor != "postgresql":
        assert done.returncode != 0
        assert "set DATABASE_URL, or run `make bench`" in done.stderr
        return
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["quotes"] == 500
    assert len(figures["milliseconds"]) > 15
    assert all(0 < middle <= most for middle, most in figures["milliseconds"].values())
