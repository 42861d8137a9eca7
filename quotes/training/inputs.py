"""Features as training takes them: rows of the network's tables as indicators, for matrices to multiply."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from quotes.extraction.attribution.features import MENTION_FIELDS, SPAN_FIELDS, Features
from quotes.extraction.attribution.network import Floats, offsets
from quotes.extraction.attribution.pairs import PAIR_FIELDS
from quotes.extraction.attribution.vocabulary import Categories, Ints


@dataclass(frozen=True, slots=True)
class Inputs:
    """See Features for what the places and word ids are."""

    span: Floats
    mention: Floats
    pair: Floats
    span_words: Ints
    mention_words: Ints
    words: Ints
    span_token: Ints
    mention_token: Ints
    pair_span: Ints
    pair_mention: Ints
    low: Ints
    high: Ints
    weight: Floats  # of the words between: one over the root of their number

    @classmethod
    def of(cls, features: Features) -> Self:
        gap = features.high - features.low
        return cls(
            span=indicators(features.span_values, SPAN_FIELDS),
            mention=indicators(features.mention_values, MENTION_FIELDS),
            pair=indicators(features.pair_values, PAIR_FIELDS),
            span_words=features.span_words,
            mention_words=features.mention_words,
            words=features.words,
            span_token=features.span_token,
            mention_token=features.mention_token,
            pair_span=features.span,
            pair_mention=features.mention,
            low=features.low,
            high=features.high,
            weight=(1 / np.sqrt(gap + 1)).astype(np.float32)[:, None],
        )


def indicators(values: Ints | Categories, fields: dict[str, int]) -> Floats:
    """(n, rows of the table): 1 where a field has its value."""
    found = np.zeros((len(values), sum(fields.values())), np.float32)
    found[np.arange(len(values))[:, None], values + offsets(fields)] = 1
    return found
