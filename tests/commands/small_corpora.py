"""Corpora of a few lines, where training and judging find each file that they need but GUM."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TEXT = "“We sail,” Ann Lee said.\n\n“Never,” said Bob Ray. He called the plan “a mess” and left.\n"
SAID = {"“We sail,”": "Ann Lee", "“Never,”": "Bob Ray", "“a mess”": "He"}
NEWS = {name: f"{name}/articles.jsonl.gz" for name in ("world", "bbc", "bbc22")}
LEARNT, KEPT = "0", "84"  # ids that a hash puts into training, and keeps out of it


def write_corpora(folder: Path) -> Path:
    """Folders `corpora`, `gold` and `own` within `folder`."""
    attributions = [
        {"source": [place(mention)], "cue": [], "content": [place(words)]} for words, mention in SAID.items()
    ]
    article = {"id": "a", "text": TEXT, "attributions": attributions}
    write_lines(folder / "corpora/polnear/train.jsonl", ({**article, "id": f"p{n}"} for n in range(8)))
    write_lines(folder / "corpora/polnear/dev.jsonl", [article])
    write_lines(folder / "gold/polnear-train.jsonl", [gold("p0")])
    write_lines(folder / "gold/polnear-dev.jsonl", [gold("a")])
    for name, texts in NEWS.items():
        ids = [f"{name}-{number}" for number in (LEARNT, KEPT)]
        marked = {"text": TEXT, "entities": [[*place("Ann Lee"), "Person"], [*place("Bob Ray"), "Person"]]}
        write_lines(folder / "corpora" / texts, ({"id": one, **marked} for one in ids))
        write_lines(folder / f"gold/{name}-train.jsonl", map(gold, ids))
    for name in ("training", "demo", "tuning"):
        write_lines(folder / f"own/gold/{name}.jsonl", [gold(name)])
    (folder / "own/articles").mkdir()
    return folder


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(record) + "\n" for record in records).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def gold(name: str) -> dict[str, Any]:
    quotes = [
        {"start": start, "end": end, "kind": "speech", "speaker": who, "type": "person", "mention": who}
        for words, who in SAID.items()
        for start, end in [place(words)]
    ]
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return {"id": name, "sha256": digest, "chars": len(TEXT), "text": TEXT, "quotes": quotes}
