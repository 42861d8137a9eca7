"""The trained weights by which a pronoun or role phrase chooses among entities."""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from .antecedents import Case

MODEL = Path(__file__).with_name("model") / "identity.json"


class AntecedentModel:
    """A softmax over the options of a case: the weights of an option's features, added up."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = dict(weights)

    def __call__(self, case: Case) -> Sequence[float]:
        """The probability of each option."""
        weights = self._weights
        scores = [sum([weights.get(name, 0.0) for name in features]) for features in case.features]
        top = max(scores)
        powers = [math.exp(score - top) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]


@cache
def load_model() -> AntecedentModel:
    """The weights we ship, read once a process."""
    return AntecedentModel(json.loads(MODEL.read_text(encoding="utf-8"))["weights"])
