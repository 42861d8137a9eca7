"""manage.py compare_models on a corpus of a few lines prints its table; how good a kind is, no test says."""

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.commands.test_extract import manage

TEXT = "“We sail,” Ann Lee said.\n\n“Never,” said Bob Ray. He called the plan “a mess” and left.\n"
SAID = {"“We sail,”": "Ann Lee", "“Never,”": "Bob Ray", "“a mess”": "He"}


def _write(path: Path, *records: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def _place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def _gold(name: str) -> dict[str, Any]:
    quotes = [
        {
            "start": start,
            "end": end,
            "kind": "speech",
            "speaker": mention,
            "type": "person",
            "mention": mention,
        }
        for words, mention in SAID.items()
        for start, end in [_place(words)]
    ]
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return {"id": name, "sha256": digest, "chars": len(TEXT), "text": TEXT, "quotes": quotes}


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    attributions = [
        {"source": [_place(mention)], "cue": [], "content": [_place(words)]}
        for words, mention in SAID.items()
    ]
    article = {"id": "a", "text": TEXT, "attributions": attributions}
    _write(tmp_path / "corpora/polnear/train.jsonl", *({**article, "id": str(n)} for n in range(8)))
    _write(tmp_path / "corpora/polnear/dev.jsonl", article)
    _write(tmp_path / "gold/polnear-dev.jsonl", _gold("a"))
    for name in ("training", "demo", "tuning"):
        _write(tmp_path / f"own/gold/{name}.jsonl", _gold(name))
    (tmp_path / "own/articles").mkdir()
    return tmp_path


def _compare(folder: Path, *options: str) -> "subprocess.CompletedProcess[bytes]":
    return manage("compare_models", str(folder / "corpora"), "--own", str(folder / "own/gold"), *options)


def test_it_prints_a_row_for_each_kind_and_tells_how_far_it_is(corpora: Path) -> None:
    done = _compare(corpora)
    assert done.returncode == 0, done.stderr.decode()
    head, *rows = done.stdout.decode().splitlines()
    assert head.split() == [
        "mention",
        "F1",
        "PolNeAR",
        "dev",
        "demo",
        "tuning",
        "training,",
        "s",
        "ranking,",
        "ms/article",
    ]
    assert [row.split()[0] for row in rows] == ["linear", "trees", "network", "sequence"]
    assert all(row.count("of 3)") == 3 for row in rows)
    assert b"steps, sequence, loss" in done.stderr


def test_it_says_which_file_is_not_there(corpora: Path) -> None:
    (corpora / "gold/polnear-dev.jsonl").unlink()
    done = _compare(corpora, "--only", "linear")
    assert done.returncode == 1
    assert b"polnear-dev.jsonl is not there" in done.stderr
