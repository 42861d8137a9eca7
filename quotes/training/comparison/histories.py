"""What a ranker that is not made for speed needs to be decoded like the network."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from quotes.extraction.attribution.features import Features
from quotes.extraction.attribution.network import Floats
from quotes.extraction.attribution.turns import Turning, tie_values
from quotes.extraction.attribution.vocabulary import Ints


def by_span(features: Features, pairs: Floats, nobody: Floats) -> Iterator[Floats]:
    """The rows of each span: of its pairs, then of nobody."""
    for span, (start, end) in enumerate(pairwise(features.starts.tolist())):
        yield np.concatenate((pairs[start:end], nobody[span : span + 1]))


def turn_rows(turns: Sequence[tuple[Turning, Sequence[int]]]) -> Iterator[Ints]:
    """For each history (candidates, TURN_FIELDS)."""
    for at, chosen in turns:
        yield tie_values(at)[list(chosen)]
