"""Where names stand and what bears them: a small trained network over the words around, and over the article.

It reads the shape and the letters of words, the lexicon's classes and the article's other uses of the same
words; of single words it knows those that are frequent in the news. Two layers: the first looks at seven
words, the second at what the first says of the neighbours and of the same words elsewhere in the article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes.english import lexicon, nouns
from quotes.extraction.text.stream import Stream, Token

# How sure the tagger is of a name: above the first there is little doubt; below the last it rather guesses.
SURE, LIKELY, DOUBTFUL = 0.8, 0.7, 0.5
TYPES = ("person", "organization", "place", "nationality", "other")
LABELS = ("", *(f"{edge}-{kind}" for kind in TYPES for edge in ("B", "I")))
Floats = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]

WINDOW = 3  # words on either side that the first layer looks at
NEAR = 1  # words on either side that the second layer looks at
_NEAR_CAPITALS = 2  # words from a capital that may belong to a name
FLAGS = 32
_TOGETHER = 2048  # places
_KEPT = 1 << 15  # words whose features are remembered
_SHORT = 6  # letters of an acronym
_PATH = Path(__file__).parents[1] / "model" / "names.npz"

_LISTS = {
    "first-name": lexicon.FIRST_NAMES,
    "male": lexicon.MALE_NAMES,
    "female": lexicon.FEMALE_NAMES,
    "title": lexicon.TITLES,
    "honorific": frozenset(lexicon.HONORIFICS),
    "suffix": lexicon.SUFFIXES,
    "particle": lexicon.PARTICLES,
    "org": lexicon.ORG_WORDS,
    "org-noun": lexicon.ORG_NOUNS,
    "place": lexicon.PLACES,
    "government": lexicon.PLACE_GOVERNMENTS,
    "nation": lexicon.NATIONALITIES,
    "demonym": nouns.DEMONYMS,
    "opener": lexicon.COMMON_OPENERS,
    "role": lexicon.ROLE_NOUNS,
    "group": lexicon.PLURAL_GROUPS,
    "document": lexicon.DOCUMENT_NOUNS,
    "work": lexicon.WORK_NOUNS,
    "say": lexicon.SAY_VERBS,
    "cue": frozenset(lexicon.CUE_VERBS),
    "verb": lexicon.COMMON_VERBS,
    "auxiliary": lexicon.AUXILIARIES,
    "preposition": lexicon.PREPOSITIONS,
    "determiner": lexicon.DETERMINERS,
    "possessive": lexicon.POSSESSIVES,
    "conjunction": lexicon.CONJUNCTIONS,
    "surname": lexicon.SURNAME_FIRST_SURNAMES,
}
EDGE, QUOTE = "<edge>", "<quote>"


def word_features(text: str) -> tuple[str, ...]:
    """What a word tells by itself; the first feature is the word."""
    if text in (EDGE, QUOTE):
        return (text,)
    word = text.lower().replace("’", "'")
    return (
        f"word={word}",
        f"shape={shape(text)}",
        f"starts={word[:2]}",
        f"begins={word[:3]}",
        f"ends={word[-2:]}",
        f"closes={word[-3:]}",
        f"tail={word[-4:]}",
        *(f"in={name}" for name, members in _LISTS.items() if word in members),
    )


def shape(text: str) -> str:
    """Capitals, digits and marks of a word, its length aside."""
    if not text[0].isalnum():
        return text[0]
    if any(char.isdigit() for char in text):
        return "9" if text[0].isdigit() else "X9"
    if len(text) < 3 and text[-1] == ".":
        return "X."
    if text.isupper():
        return "X" if len(text) == 1 else "XX" if len(text) < _SHORT else "XXX"
    found = "Xx" if text[0].isupper() else "xX" if any(char.isupper() for char in text) else "x"
    return f"{found}{'-' if '-' in text else ''}{'.' if '.' in text else ''}"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article that may be part of a name, and what is around them.

    types     the different words; the first two are the edge and quoted words
    places    token indices, in order
    windows   (places, 2 * WINDOW + 1) numbers of types around each; 0 is past the edge of a paragraph
    flags     (places,) what the article tells of the word at its place
    near      (places, 2 * NEAR + 1) rows of the neighbours, len(places) where there is none
    """

    types: list[str]
    places: list[int]
    windows: Ints
    flags: Ints
    near: Ints


def words_of(stream: Stream) -> Words | None:
    """None for an article without capitals."""
    tokens = stream.tokens
    places = _places(tokens)
    if not places:
        return None
    numbers: dict[str, int] = {}
    types = [EDGE, QUOTE]
    ids = np.zeros(len(tokens), np.int32)
    for index, token in enumerate(tokens):
        if token.is_quote:
            ids[index] = 1
            continue
        number = numbers.get(token.text)
        if number is None:
            number = numbers[token.text] = len(types)
            types.append(token.text)
        ids[index] = number
    paragraph = np.repeat(
        [sentence.paragraph for sentence in stream.sentences],
        [sentence.last - sentence.first for sentence in stream.sentences],
    )
    at = np.array(places, np.int32)
    windows = np.zeros((len(at), 2 * WINDOW + 1), np.int32)
    for column, offset in enumerate(range(-WINDOW, WINDOW + 1)):
        there = np.clip(at + offset, 0, len(tokens) - 1)
        inside = (at + offset == there) & (paragraph[there] == paragraph[at])
        windows[:, column] = np.where(inside, ids[there], 0)
    rows = np.full(len(tokens) + 2 * NEAR, len(at), np.int32)
    rows[at + NEAR] = np.arange(len(at), dtype=np.int32)
    near = np.stack([rows[at + NEAR + offset] for offset in range(-NEAR, NEAR + 1)], axis=1)
    return Words(types, places, windows, _flags(stream, places), near)


def has_capital(token: Token) -> bool:
    """Lee, al-Khatib, McNeil; no circled letter, and no quoted words."""
    return token.is_capital or (token.is_word and token.text != token.text.lower())


def _places(tokens: Sequence[Token]) -> list[int]:
    kept: dict[int, None] = {}
    for index, token in enumerate(tokens):
        if has_capital(token):
            first = max(0, index - _NEAR_CAPITALS)
            kept.update(dict.fromkeys(range(first, min(len(tokens), index + _NEAR_CAPITALS + 1))))
    return sorted(kept)


def _flags(stream: Stream, places: Sequence[int]) -> Ints:
    """Of each place: whether it opens its sentence, stands in a headline, is a capital within a sentence or a
    plain word elsewhere."""
    plain: set[str] = set()
    inner: set[str] = set()
    for sentence in stream.sentences:
        if sentence.paragraph in stream.headlines:
            continue
        for index in range(sentence.first, sentence.last):
            token = stream.tokens[index]
            if token.is_capital and index > sentence.first and stream.tokens[index - 1].is_word:
                inner.add(token.lower)
            elif token.is_word and token.text.islower():
                plain.add(token.lower)
    found = np.zeros(len(places), np.int32)
    for row, index in enumerate(places):
        token, sentence = stream.tokens[index], stream.sentences[stream.sentence_of[index]]
        found[row] = (
            (index == sentence.first or not stream.tokens[index - 1].is_word)
            + 2 * (sentence.paragraph in stream.headlines)
            + 4 * (token.lower in plain)
            + 8 * (token.lower in inner)
            + 16 * (sentence.paragraph == 0)
        )
    return found


class NameTagger:
    """The weights, and what they say of an article.

    features   feature -> row of `table`; what is not known is left out
    """

    def __init__(self, features: Sequence[str], weights: dict[str, Floats]) -> None:
        self.rows = {name: number for number, name in enumerate(features)}
        self.weights = weights
        self._vector = lru_cache(_KEPT)(self._summed)

    def _summed(self, text: str) -> Floats:
        rows = [row for feature in word_features(text) if (row := self.rows.get(feature)) is not None]
        total: Floats = self.weights["table"][rows].sum(axis=0)
        return total

    def chances(self, words: Words) -> Floats:
        """(places, LABELS)"""
        size, outputs, count = len(self.weights["bias"]), len(LABELS), len(words.places)
        # Of each place the first layer, what it says, and what it says of the word elsewhere; then an empty
        # row beside the edges. A long text has many places: they are looked at some at a time.
        known = np.zeros((count + 1, size + 2 * outputs), np.float32)
        vectors = np.stack([self._vector(text) for text in words.types])
        by_offset: Floats = vectors @ self.weights["window"]  # (types, offsets * hidden)
        for start in range(0, count, _TOGETHER):
            some = slice(start, min(start + _TOGETHER, count))
            hidden = self._first(by_offset, words, some)
            known[some, :size] = hidden
            known[some, size : size + outputs] = _shares(hidden, self.weights["first"])
        first = known[:-1, size : size + outputs]
        known[:-1, size + outputs :] = elsewhere(first, words.windows[:, WINDOW])
        parts = [
            self._second(known, words.near[start : start + _TOGETHER]) for start in range(0, count, _TOGETHER)
        ]
        return np.concatenate(parts)

    def _first(self, by_offset: Floats, words: Words, some: slice) -> Floats:
        """(some places, hidden)"""
        hidden: Floats = self.weights["flags"][words.flags[some]] + self.weights["bias"]
        size = hidden.shape[1]
        for column in range(2 * WINDOW + 1):
            hidden += by_offset[words.windows[some, column], column * size : (column + 1) * size]
        np.maximum(hidden, 0, out=hidden)
        return hidden

    def _second(self, known: Floats, near: Ints) -> Floats:
        """(some places, LABELS), from what is known of them and of those beside them."""
        w = self.weights
        around = known[near]
        beside: Floats = around.reshape(len(around), -1) @ w["near"] + w["near_bias"]
        np.maximum(beside, 0, out=beside)
        both = np.concatenate((beside, around[:, NEAR, : len(w["bias"])]), axis=1)
        return _shares(both, np.concatenate((w["second"], w["direct"])))

    def save(self, path: Path = _PATH) -> None:
        arrays: dict[str, Any] = {name: array.astype(np.float16) for name, array in self.weights.items()}
        np.savez_compressed(path, names=np.array(list(self.rows)), **arrays)


@cache
def load() -> NameTagger:
    """The tagger that ships with the project. Raises FileNotFoundError where it is not there."""
    with np.load(_PATH, allow_pickle=False) as data:
        weights = {name: data[name].astype(np.float32) for name in data.files if name != "names"}
        return NameTagger([str(name) for name in data["names"]], weights)


def tag(stream: Stream) -> list["TaggedName"]:
    """The names of an article, in order."""
    words = words_of(stream)
    return [] if words is None else list(decode(words, load().chances(words)))


def elsewhere(chances: Floats, types: Ints) -> Floats:
    """(places, LABELS) what is said on average of the same word in the whole article."""
    sums = np.zeros((int(types.max()) + 1, chances.shape[1]), np.float32)
    np.add.at(sums, types, chances)
    counts = np.maximum(np.bincount(types), 1).astype(np.float32)
    means: Floats = (sums / counts[:, None])[types]
    return means


def _shares(inputs: Floats, weights: Floats) -> Floats:
    scores: Floats = inputs @ weights
    return softmax(scores)


def softmax(scores: Floats) -> Floats:
    """Of each row."""
    powers: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    powers /= powers.sum(axis=1, keepdims=True)
    return powers


@dataclass(frozen=True, slots=True)
class TaggedName:
    """Tokens first..last (half open), one of TYPES, and how sure: the mean chance of its words' labels."""

    first: int
    last: int
    type: str
    sure: float

    @property
    def size(self) -> int:
        """How many tokens it has."""
        return self.last - self.first

    @property
    def is_person(self) -> bool:
        return self.type == "person"

    @property
    def is_full_person(self) -> bool:
        """Somebody's name of two words or more."""
        return self.is_person and self.size > 1

    def words(self, stream: Stream) -> tuple[str, ...]:
        """Its folded words."""
        return tuple(stream.lower(index) for index in range(self.first, self.last))


def decode(words: Words, chances: Floats) -> Iterator[TaggedName]:
    """The likeliest names, none overlapping: a name goes on only where it has begun (Viterbi)."""
    places = words.places
    for start, labels in _likeliest(_stretches(places, chances), chances):
        rows: list[int] = []  # of the name that is open
        for row, label in enumerate([*labels, 0], start):
            if rows and (label == 0 or label % 2):
                sure = sum(chances.item(at, labels[at - start]) for at in rows) / len(rows)
                kind = TYPES[_type(labels[rows[0] - start]) - 1]
                yield TaggedName(places[rows[0]], places[rows[-1]] + 1, kind, sure)
                rows = []
            if label:
                rows.append(row)


def _stretches(places: Sequence[int], chances: Floats) -> list[tuple[int, int]]:
    """Rows first..last (half open) that may hold names: the rest is surely none."""
    likely = np.flatnonzero(chances[:, 0] < _SURELY_NONE).tolist()
    found: list[tuple[int, int]] = []
    for row in likely:
        if found and found[-1][1] == row and places[row] == places[row - 1] + 1:
            found[-1] = (found[-1][0], row + 1)
        else:
            found.append((row, row + 1))
    return found


def _likeliest(stretches: Sequence[tuple[int, int]], chances: Floats) -> Iterator[tuple[int, list[int]]]:
    """The first row of each stretch, and its labels: all stretches at once, the short ones filled up."""
    if not stretches:
        return
    longest = max(last - first for first, last in stretches)
    scores = np.full((len(stretches), longest, len(LABELS)), _NEVER, np.float32)
    scores[:, :, 0] = 0
    for number, (first, last) in enumerate(stretches):
        scores[number, : last - first] = np.log(np.maximum(chances[first:last], _LEAST))
    total = scores[:, 0] + _OPENING
    backs = []
    for column in range(1, longest):
        step = total[:, :, None] + _STEPS
        best = step.argmax(axis=1)
        backs.append(best)
        total = np.take_along_axis(step, best[:, None, :], axis=1)[:, 0] + scores[:, column]
    path = [total.argmax(axis=1)]
    for best in reversed(backs):
        path.append(np.take_along_axis(best, path[-1][:, None], axis=1)[:, 0])
    labels = np.stack(path[::-1], axis=1).tolist()
    for (first, last), row in zip(stretches, labels, strict=True):
        yield first, row[: last - first]


def _steps() -> Floats:
    """Which label may follow which: I-person only B-person and I-person."""
    allowed = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for label in range(2, len(LABELS), 2):
        allowed[:, label] = _NEVER
        allowed[[label - 1, label], label] = 0
    return allowed


_SURELY_NONE = 0.99
_LEAST, _NEVER = 1e-9, -1e6
_STEPS = _steps()
_OPENING = np.array([_NEVER if label.startswith("I") else 0 for label in LABELS], np.float32)


def _type(label: int) -> int:
    """The number of a label's type, from 1; 0 for none."""
    return (label + 1) // 2
