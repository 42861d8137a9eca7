"""manage.py bench_service runs and prints figures. How fast anything is, no test says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", "bench_service", *arguments],
        cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.dear
@pytest.mark.django_db
def test_every_figure_is_there() -> None:
    done = bench(
        "--quotes", "500", "--speakers", "50", "--articles", "100", "--asked", "3", "--seconds", "0.1",
        "--json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert figures["quotes"] == 500
    assert len(figures["milliseconds"]) > 20
    assert all(0 < middle <= most for middle, most in figures["milliseconds"].values())
    assert len(figures["requests"]) == 3
    assert len(figures["flows"]) == 3
    assert all(rows > 0 for rows, _ in figures["flows"].values())
