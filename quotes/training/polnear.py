"""PolNeAR (Newell et al., 2018): news articles with who is said to say what, quoted or not.

Only mentions are annotated, no persons. The corpus is not part of this project and is never stored in it.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from quotes.extraction.text.marks import find_spans

Stretch = tuple[int, int]  # half open, code points


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) is said (cue) to say what (content), each in one or more stretches."""

    source: tuple[Stretch, ...]
    cue: tuple[Stretch, ...]
    content: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    id: str
    text: str
    attributions: tuple[Attribution, ...]


def read_polnear(path: Path) -> Iterator[AnnotatedArticle]:
    """The articles of train.jsonl or dev.jsonl, in their order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield AnnotatedArticle(
                record["id"],
                record["text"],
                tuple(
                    Attribution(_stretches(a["source"]), _stretches(a["cue"]), _stretches(a["content"]))
                    for a in record["attributions"]
                ),
            )


def _stretches(spans: Sequence[Sequence[int]]) -> tuple[Stretch, ...]:
    return tuple((start, end) for start, end in spans)


def overlap(one: Stretch, others: Sequence[Stretch]) -> int:
    """Code points of `one` that `others` cover."""
    return sum(max(0, min(one[1], end) - max(one[0], start)) for start, end in others)


_SHARE = 0.6  # of the indirect speech that gets marks
_WHOLE = 0.25  # of that, taken whole
_AT_END = 0.4  # of the rest, taken from the end
_LENGTHS = (1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12)  # words
_OUTSIDE = 0.08  # words in marks that nobody speaks, for each that somebody does


def with_more_marks(article: AnnotatedArticle, chance: np.random.Generator) -> AnnotatedArticle:
    """The article with marks around parts of its indirect speech, as a reporter might quote them.

    Who says those words is annotated as well, so that one corpus of quotes becomes one of partial
    quotes too. A few words that nobody says get marks for balance.
    """
    text = article.text
    taken = [(span.outer.start, span.outer.end) for span in find_spans(text).spans]
    chosen: list[Stretch] = []
    for attribution in article.attributions:
        part = _part(text, attribution, chance)
        if part is None or overlap((part[0] - 1, part[1] + 1), taken):
            continue
        if overlap(part, attribution.source) or overlap(part, attribution.cue):
            continue
        taken.append(part)
        chosen.append(part)
    annotated = [s for a in article.attributions for s in (*a.source, *a.cue, *a.content)]
    chosen.extend(
        _scare_quotes(text, taken, annotated, round(len(chosen) * _OUTSIDE + chance.random()), chance)
    )
    return _marked(article, sorted(chosen))


def _part(text: str, attribution: Attribution, chance: np.random.Generator) -> Stretch | None:
    if not attribution.source or not attribution.content or chance.random() > _SHARE:
        return None
    start, end = max(attribution.content, key=lambda s: s[1] - s[0])
    words = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
    if words and text[slice(*words[0])].lower() in ("that", "to"):
        words = words[1:]
    if len(words) < 2 or "\n" in text[start:end]:
        return None
    first, count = 0, len(words)
    if chance.random() > _WHOLE or count >= 25:
        count = min(len(words), int(chance.choice(_LENGTHS)))
        first = len(words) - count
        if chance.random() > _AT_END:
            first = int(chance.integers(len(words) - count + 1))
    begin, stop = words[first][0], words[first + count - 1][1]
    if text[stop - 1] in ".,;:?!" and chance.random() > 0.6:
        stop -= 1
    return (begin, stop) if begin < stop else None


def _scare_quotes(
    text: str, taken: list[Stretch], annotated: Sequence[Stretch], wanted: int, chance: np.random.Generator
) -> Iterator[Stretch]:
    phrases = [m.span() for m in re.finditer(r"[^\W\d_]{3,}(?: [^\W\d_]{3,}){0,2}", text)]
    for number in chance.permutation(len(phrases))[:40].tolist():
        start, end = phrases[number]
        if wanted <= 0:
            return
        words = text[start:end].split(" ")[: int(chance.choice((1, 1, 2, 3)))]
        part = (start, start + len(" ".join(words)))
        free = not overlap((part[0] - 1, part[1] + 1), taken) and not overlap(part, annotated)
        if free and text[start].islower():
            taken.append(part)
            wanted -= 1
            yield part


def _marked(article: AnnotatedArticle, parts: Sequence[Stretch]) -> AnnotatedArticle:
    """Curly marks around `parts`, and all offsets moved."""
    places = [place for part in parts for place in part]
    pieces, last = [], 0
    for number, place in enumerate(places):
        pieces += [article.text[last:place], "”" if number % 2 else "“"]
        last = place
    text = "".join([*pieces, article.text[last:]])

    def moved(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
        return tuple((s + bisect_right(places, s), e + bisect_left(places, e)) for s, e in stretches)

    attributions = tuple(
        Attribution(moved(a.source), moved(a.cue), moved(a.content)) for a in article.attributions
    )
    return AnnotatedArticle(article.id, text, attributions)
