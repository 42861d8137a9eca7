"""Words as numbers: names masked, rare words by their shape."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotes.english import lexicon
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

Ints = NDArray[np.int32]
Categories = NDArray[np.int8]  # where there is a row for each pair of an article


class Vocabulary:
    """Words as numbers; names and rare words by their shape only."""

    SPECIAL = (
        *("<edge>", "<quote>", "<name>", "<name-m>", "<name-f>", "<name-org>", "<inside>", "<number>"),
        *("<capital>", "<ing>", "<ed>", "<ly>", "<s>", "<rare>", "<mark>", "<say>", "<act>", "<think>"),
    )

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._ids = {word: number for number, word in enumerate((*self.SPECIAL, *words))}

    def __len__(self) -> int:
        return len(self._ids)

    def id(self, word: str, *, capital: bool = False) -> int:
        """The number of a folded word; 0 for none."""
        if not word:
            return 0
        known = self._ids.get(word)
        return known if known is not None else self._ids[_shape(word, capital=capital)]

    def encode(self, stream: Stream, mentions: MentionIndex) -> Ints:
        """(tokens,) ids of the stream's words."""
        known, quote = self._ids.get, self._ids["<quote>"]
        found = np.array(
            [
                quote
                if token.is_quote
                else number
                if (number := known(token.lower)) is not None
                else self.id(token.lower, capital=token.is_capital)
                for token in stream.tokens
            ],
            np.int32,
        )
        for mention in mentions.all:
            if mention.kind is MentionKind.NAME:
                found[mention.first : mention.last] = self._ids["<inside>"]
                found[mention.first] = self._ids[_mask(mention)]
        return found


def _mask(mention: Mention) -> str:
    if mention.speaker_kind is not SpeakerKind.PERSON:
        return "<name-org>"
    return {"m": "<name-m>", "f": "<name-f>"}.get(mention.gender, "<name>")


def _shape(word: str, *, capital: bool) -> str:
    if word in lexicon.SAY_VERBS:
        return "<say>"
    if word in lexicon.ACT_VERBS:
        return "<act>"
    if word in lexicon.THINK_VERBS:
        return "<think>"
    if capital:
        return "<capital>"
    if not word[0].isalnum():
        return "<mark>"
    if word[0].isdigit():
        return "<number>"
    for ending in ("ing", "ed", "ly", "s"):
        if word.endswith(ending):
            return f"<{ending}>"
    return "<rare>"
