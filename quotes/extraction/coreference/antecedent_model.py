"""The trained weights by which a pronoun or role phrase chooses among entities."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from quotes.extraction.coreference.antecedent_features import Features
from quotes.extraction.coreference.antecedents import Case

MODEL = Path(__file__).parents[1] / "model" / "identity.json"

_MOST_SUMS = 20_000  # blocks of features whose weights are kept added up


class AntecedentModel:
    """A softmax over the options of a case: the weights of an option's features, added up."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)
        self._sums: dict[Features, float] = {}

    def __call__(self, case: Case) -> Sequence[float]:
        """The probability of each option."""
        known, add = self._sums.get, self._sum
        scores = [
            sum([found if (found := known(block)) is not None else add(block) for block in blocks])
            for blocks in case.features
        ]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]

    def _sum(self, block: Features) -> float:
        if len(self._sums) >= _MOST_SUMS:
            self._sums.clear()
        found = self._sums[block] = sum([self._weights.get(name, 0.0) for name in block])
        return found


@cache
def load_model() -> AntecedentModel:
    """The weights we ship, read once a process."""
    return AntecedentModel(json.loads(MODEL.read_text(encoding="utf-8"))["weights"])
