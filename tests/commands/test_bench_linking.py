"""manage.py bench_linking runs and prints figures. How fast anything is, no test says."""

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
        [sys.executable, "manage.py", "bench_linking", *arguments],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.dear
@pytest.mark.django_db
def test_every_figure_is_there_on_postgresql_and_elsewhere_a_hint() -> None:
    done = bench("--sizes", "300", "--suggest", "--json")
    if connection.vendor != "postgresql":
        assert done.returncode != 0
        assert "set DATABASE_URL, or run `make bench`" in done.stderr
        return
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout)
    assert row["speakers"] == 300
    assert all(row[name] > 0 for name in ("decide_ms", "store_ms", "search_ms", "mistyped_ms"))
    assert row["suggest_seconds"] > 0


@pytest.mark.django_db
def test_nonsense_is_refused() -> None:
    assert bench("--sizes", "0").returncode != 0
