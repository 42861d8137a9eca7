"""Trains the kinds of names (model/kinds.npz) on corpora with named entities.

    python -m quotes.extraction.training.kinds CORPORA

CORPORA holds `gum/gum.conllu.gz` (GUM, entities in the MISC column) and `uner_english_ewt/train.iob2.gz`
(Universal NER on EWT). The same data give the same weights.
"""

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..kinds import CLASSES, KindModel, features
from ..marks import find_spans
from ..names import bare_runs
from ..stream import build_stream

Doubles = NDArray[np.float64]
_LEAST = 4  # articles with a feature
_ROUNDS, _RATE, _DECAY, _BATCH = 6, 0.02, 1e-2, 256
_KINDS = {"PER": "person", "ORG": "organization", "LOC": "place"}
_NO_SPACE_BEFORE = re.compile(r"[.,!?;:)\]%]|n't$|'\w*$")
_ENTITY = re.compile(r"[()]|[^()]+")
_PLAIN_GENRES = frozenset({"fiction", "conversation", "vlog", "reddit", "whow"})  # unlike the news


@dataclass(slots=True)
class Document:
    """A text and its named entities: start, end, class."""

    text: str = ""
    entities: list[tuple[int, int, str]] = field(default_factory=list)


def read_ewt(path: Path) -> Iterator[Document]:
    """One document for each source text."""
    current, name = Document(), ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# sent_id"):
                source = line.split("=")[1].strip().rsplit("-", 1)[0]
                if source != name and current.text:
                    yield current
                    current = Document()
                name = source
            elif line[:1].isdigit():
                _, word, tag, *_ = line.rstrip("\n").split("\t")
                _add_word(current, word, tag)
    if current.text:
        yield current


def _add_word(document: Document, word: str, tag: str) -> None:
    text = document.text
    if text and text[-1] not in "([" and not _NO_SPACE_BEFORE.match(word):
        document.text += " "
    start = len(document.text)
    document.text += word
    kind = _KINDS.get(tag[2:], "")
    if tag.startswith("B") and kind:
        document.entities.append((start, len(document.text), kind))
    elif tag.startswith("I") and kind and document.entities:
        first, _, known = document.entities[-1]
        document.entities[-1] = (first, len(document.text), known)


def read_gum(path: Path) -> Iterator[Document]:
    """One document for each text of the genres that resemble news."""
    current, name = Document(), ""
    open_entities: list[tuple[int, str]] = []
    proper: list[tuple[int, int]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                if current.text and name not in _PLAIN_GENRES:
                    yield _named(current, proper)
                current, name = Document(), line.split("=")[1].strip().split("_")[1]
                open_entities, proper = [], []
            elif line.startswith("# newpar"):
                current.text = current.text.rstrip() + "\n\n" * bool(current.text)
            elif line[:1].isdigit():
                _add_row(current, line.rstrip("\n").split("\t"), open_entities, proper)
    if current.text and name not in _PLAIN_GENRES:
        yield _named(current, proper)


def _add_row(
    document: Document, row: list[str], opened: list[tuple[int, str]], proper: list[tuple[int, int]]
) -> None:
    if not row[0].isdigit():
        return
    misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
    start = len(document.text)
    document.text += row[1]
    end = len(document.text)
    if misc.get("SpaceAfter") != "No":
        document.text += " "
    if row[4] == "NNP" or not row[1][0].isalpha() or row[3] in ("ADP", "DET", "CCONJ"):
        proper.append((start, end))
    for part in _ENTITY.findall(misc.get("Entity", "")):
        if part == "(":
            opened.append((start, ""))
        elif part == ")" and opened:
            first, kind = opened.pop()
            document.entities.append((first, end, kind))
        elif part != ")" and opened and not opened[-1][1]:
            kind = [*part.split("-"), ""][1]
            opened[-1] = (opened[-1][0], kind if kind in CLASSES else "other")


def _named(document: Document, proper: list[tuple[int, int]]) -> Document:
    """Entities all of whose words are proper nouns, the longest ones."""
    letters = bytearray(len(document.text))
    for start, end in proper:
        letters[start:end] = b"\x01" * (end - start)
    kept = [
        (start, end, kind)
        for start, end, kind in document.entities
        if document.text[start].isupper()
        and all(letters[i] or document.text[i].isspace() for i in range(start, end))
    ]
    document.entities = [e for e in kept if not any(_inside(e, other) for other in kept)]
    return document


def _inside(entity: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    longer = other[1] - other[0] > entity[1] - entity[0]
    return longer and other[0] <= entity[0] and entity[1] <= other[1]


def examples(documents: Iterable[Document]) -> Iterator[tuple[list[list[str]], list[int]]]:
    """For each document: the features of its runs of capitals, and the class of each."""
    for document in documents:
        stream = build_stream(document.text, find_spans(document.text))
        runs = bare_runs(stream)
        classes = [
            _class(document, stream.tokens[first].start, stream.tokens[last - 1].end) for first, last in runs
        ]
        yield features(stream, runs), classes


def _class(document: Document, start: int, end: int) -> int:
    best = max(
        ((min(end, e) - max(start, s), kind) for s, e, kind in document.entities if s < end and e > start),
        default=(0, "other"),
    )
    return CLASSES.index(best[1])


def train(parts: list[tuple[list[list[str]], list[int]]], seed: int = 1) -> KindModel:
    """Multinomial logistic regression with weight decay, by Adam."""
    seen = Counter(name for found, _ in parts for name in {name for row in found for name in row})
    names = sorted(name for name, count in seen.items() if count >= _LEAST)
    rows = {name: number for number, name in enumerate(names)}
    data = [np.array([rows[n] for n in row if n in rows], np.int64) for found, _ in parts for row in found]
    gold = np.array([kind for _, kinds in parts for kind in kinds])
    weights: Doubles = np.zeros((len(names), len(CLASSES)))
    momentum, square = np.zeros_like(weights), np.zeros_like(weights)
    generator = np.random.default_rng(seed)
    step, steps = 0, _ROUNDS * -(-len(data) // _BATCH)
    for _ in range(_ROUNDS):
        order = generator.permutation(len(data))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            gradient = _gradient(weights, [data[i] for i in batch], gold[batch]) + _DECAY * weights / 10
            step += 1
            momentum = 0.9 * momentum + 0.1 * gradient
            square = 0.999 * square + 0.001 * gradient * gradient
            rate = _RATE * max(0.02, min(1.0, 3.0 - 3.0 * step / steps))
            corrected = momentum / (1 - 0.9**step)
            weights -= rate * corrected / (np.sqrt(square / (1 - 0.999**step)) + 1e-6)
    return KindModel(names, weights.astype(np.float32))


def _gradient(weights: Doubles, batch: list[NDArray[np.int64]], gold: NDArray[np.int64]) -> Doubles:
    flat = np.concatenate(batch)
    owner = np.repeat(np.arange(len(batch)), [len(row) for row in batch])
    scores = np.zeros((len(batch), len(CLASSES)))
    np.add.at(scores, owner, weights[flat])
    scores -= scores.max(axis=1, keepdims=True)
    error = np.exp(scores)
    error /= error.sum(axis=1, keepdims=True)
    error[np.arange(len(batch)), gold] -= 1.0
    result: Doubles = np.zeros_like(weights)
    np.add.at(result, flat, error[owner] / len(batch))
    return result


def train_kinds(corpora: Path) -> KindModel:
    """The model that ships, from the folder of corpora."""
    documents = [*read_gum(corpora / "gum" / "gum.conllu.gz")]
    documents += read_ewt(corpora / "uner_english_ewt" / "train.iob2.gz")
    return train(list(examples(documents)))


if __name__ == "__main__":
    train_kinds(Path(sys.argv[1])).save()
