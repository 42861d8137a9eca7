"""manage.py compare_models on a corpus of a few lines prints its table; how good a kind is, no test says."""

import subprocess
from pathlib import Path

import pytest

from tests.commands.small_corpora import write_corpora
from tests.commands.test_extract import manage


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    return write_corpora(tmp_path)


def _compare(folder: Path, *options: str) -> "subprocess.CompletedProcess[bytes]":
    return manage("compare_models", str(folder / "corpora"), "--own", str(folder / "own/gold"), *options)


def test_it_prints_a_row_for_each_kind_and_tells_how_far_it_is(corpora: Path) -> None:
    done = _compare(corpora)
    assert done.returncode == 0, done.stderr.decode()
    head, *rows = done.stdout.decode().splitlines()
    assert head.split() == [
        "mention",
        "F1",
        "polnear-dev",
        "world-dev",
        "bbc-dev",
        "demo",
        "tuning",
        "training,",
        "s",
        "ranking,",
        "ms/article",
    ]
    assert [row.split()[0] for row in rows] == ["linear", "trees", "network", "sequence"]
    assert all(row.count("of 3)") == 4 and row.count("of 6)") == 1 for row in rows)
    assert b"steps, sequence, loss" in done.stderr


def test_it_says_which_file_is_not_there(corpora: Path) -> None:
    (corpora / "gold/polnear-dev.jsonl").unlink()
    done = _compare(corpora, "--only", "linear")
    assert done.returncode == 1
    assert b"polnear-dev.jsonl is not there" in done.stderr
