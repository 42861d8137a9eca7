"""What bears a name: a person, an organisation, a place or none of them, by a small trained model.

The model is a sum of weights, one row a feature; it looks at the shape and the endings of the words, at the
lexicon's classes and at the words around every occurrence in the article. It knows no list of names.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from . import lexicon
from .stream import Stream

CLASSES = ("person", "organization", "place", "other")
Floats = NDArray[np.float32]
Run = tuple[int, int]  # tokens first..last of a bare name

_PATH = Path(__file__).parent / "model" / "kinds.npz"
_KEPT = 4096  # words whose features are remembered
_OCCURRENCES = 12  # of one name that are looked at: bounds the cost of very long texts
_LISTS = {
    "first-name": lexicon.FIRST_NAMES,
    "title": lexicon.TITLES,
    "org": lexicon.ORG_WORDS,
    "org-noun": lexicon.ORG_NOUNS,
    "place": lexicon.PLACES,
    "nation": lexicon.NATIONALITIES,
    "opener": lexicon.COMMON_OPENERS,
    "role": lexicon.ROLE_NOUNS,
    "group": lexicon.PLURAL_GROUPS,
    "document": lexicon.DOCUMENT_NOUNS,
    "cue": frozenset(lexicon.CUE_VERBS),
    "verb": lexicon.COMMON_VERBS,
    "small": lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS,
}
_AROUND = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.DETERMINERS
    | lexicon.AUXILIARIES
    | lexicon.words("who whose which where , . ( ) : ; - – — 's ' he she it they mr mrs ms based near")
)


class KindModel:
    """Feature -> weights of the four classes."""

    def __init__(self, names: Sequence[str], weights: Floats) -> None:
        self.rows = {name: number for number, name in enumerate(names)}
        self.weights = weights

    def probabilities(self, features: Sequence[Sequence[str]]) -> Floats:
        """(names, classes)"""
        scores = np.zeros((len(features), len(CLASSES)), np.float32)
        sums: dict[int, Floats] = {}  # runs of the same words share one list of features
        for number, found in enumerate(features):
            known = sums.get(id(found))
            if known is None:
                rows = [self.rows[feature] for feature in found if feature in self.rows]
                known = sums[id(found)] = self.weights[rows].sum(axis=0)
            scores[number] = known
        scores -= scores.max(axis=1, keepdims=True)
        powers = np.exp(scores)
        result: Floats = powers / powers.sum(axis=1, keepdims=True)
        return result

    def save(self, path: Path = _PATH) -> None:
        np.savez_compressed(path, names=np.array(list(self.rows)), weights=self.weights.astype(np.float16))


@cache
def load() -> KindModel | None:
    """The model that ships with the project, None where there is none."""
    if not _PATH.exists():
        return None
    with np.load(_PATH, allow_pickle=False) as data:
        return KindModel([str(name) for name in data["names"]], data["weights"].astype(np.float32))


def features(stream: Stream, runs: Sequence[Run], wanted: Sequence[bool] = ()) -> list[list[str]]:
    """run -> its features; runs of the same words share what was seen of all of them.

    Runs that are not `wanted` only bear witness for the others and get none.
    """
    same: dict[str, list[Run]] = defaultdict(list)
    firsts: dict[str, set[str]] = defaultdict(set)
    lasts: dict[str, set[str]] = defaultdict(set)
    for first, last in runs:
        words = [stream.lower(index) for index in range(first, last)]
        same[" ".join(words)].append((first, last))
        if len(words) > 1:
            firsts[words[0]].add(_family(words))
            lasts[words[-1]].add(_family(words))
    plain = {token.lower for token in stream.tokens if token.is_word and token.text.islower()}
    shared: dict[str, list[str]] = {}
    asked = {run for run, yes in zip(runs, wanted, strict=True) if yes} if wanted else set(runs)
    for phrase, places in same.items():
        if not asked.intersection(places):
            continue
        words = phrase.split(" ")
        found = list(_of_words(stream, places[0], words, plain))
        found += [f"as-first={family}" for family in firsts.get(words[-1], ())]
        found += [f"as-last={family}" for family in lasts.get(words[-1], ())]
        found.append(f"count={min(len(places), 5)}")
        around = {seen for place in places[:_OCCURRENCES] for seen in _of_place(stream, place)}
        shared[phrase] = [*found, *sorted(around)]
    phrases = [" ".join(stream.lower(index) for index in range(first, last)) for first, last in runs]
    return [shared.get(phrase, []) for phrase in phrases]


def _family(words: Sequence[str]) -> str:
    """What a longer name with the same word looks like."""
    if words[0] in lexicon.FIRST_NAMES:
        return "person"
    if any(word in lexicon.ORG_WORDS for word in words):
        return "org"
    return "title" if words[0] in lexicon.TITLES else "other"


def _of_words(stream: Stream, place: Run, words: Sequence[str], plain: set[str]) -> Iterator[str]:
    texts = [stream.tokens[index].text for index in range(*place)]
    size = min(len(words), 4)
    yield f"size={size}"
    for end, word, text in (("first", words[0], texts[0]), ("last", words[-1], texts[-1])):
        yield from _of_end(end, word, text, plain=word in plain, several=size > 1)
    yield from (f"inside={word}" for word in words[1:-1])
    yield f"shape={' '.join(_shape(text) for text in texts[:4])}"


@lru_cache(_KEPT)
def _of_end(end: str, word: str, text: str, *, plain: bool, several: bool) -> tuple[str, ...]:
    """Features of the first or the last word of a name."""
    known = [name for name, members in _LISTS.items() if word in members]
    return (
        *(f"{end}:{name}" for name in known),
        *(f"{end}:{name}:{several}" for name in known),
        f"{end}:plain={plain}:{several}",
        f"{end}:ends={word[-3:]}",
        f"{end}:ends={word[-2:]}:{several}",
        f"{end}:starts={word[:3]}",
        f"{end}:word={word}",
        f"{end}:shape={_shape(text)}",
    )


def _shape(text: str) -> str:
    if len(text) < 3 and text[-1] == ".":
        return "X."
    if any(char.isdigit() for char in text):
        return "9"
    if text.isupper():
        return "XX" if len(text) < 6 else "XXX"
    shape = "Xx" if text[0].isupper() else "x"
    if "-" in text:
        return shape + "-"
    return shape + ("X" if any(char.isupper() for char in text[1:]) else "")


def _of_place(stream: Stream, place: Run) -> Iterator[str]:
    first, last = place
    sentence = stream.sentences[stream.sentence_of[first]]
    before = stream.lower(first - 1) if first > sentence.first else "<start>"
    after = stream.lower(last) if last < sentence.last else "<end>"
    yield f"before={_word(before)}"
    yield f"after={_word(after)}"
    if before in lexicon.DETERMINERS or before == "'s":
        yield f"before2={_word(stream.lower(first - 2))}"
    if after in (",", "("):
        yield f"after2={after}{_word(stream.lower(last + 1))}"
    elif after in lexicon.AUXILIARIES:
        yield f"after2={_word(stream.lower(last + 1))}"
    nouns = [stream.lower(index) for index in range(last + 1, min(last + 6, sentence.last))]
    if after == "," and any(word in lexicon.ROLE_NOUNS for word in nouns):
        yield "apposed-role"
    if sentence.paragraph in stream.headlines:
        yield "headline"


@lru_cache(_KEPT)
def _word(word: str) -> str:
    if word in lexicon.SAY_VERBS:
        return "<say>"
    if word in lexicon.CUE_VERBS:
        return "<cue>"
    if word in _AROUND or word == "<start>" or word == "<end>":
        return word
    for name, members in (
        ("role", lexicon.ROLE_NOUNS),
        ("title", lexicon.TITLES),
        ("org", lexicon.ORG_NOUNS),
    ):
        if word in members:
            return f"<{name}>"
    if word in lexicon.COMMON_VERBS:
        return "<verb>"
    if not word or not word[0].isalpha():
        return "<mark>"
    return next((f"<{ending}>" for ending in ("ed", "ing", "ly", "s") if word.endswith(ending)), "<word>")
