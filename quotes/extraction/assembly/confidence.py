"""How sure a quote is: what ranker, identity step and tagger say, brought to a frequency of being right."""

import json
import math
from dataclasses import asdict, dataclass
from typing import Self

_EDGE = 1e-4
_MOST = 0.99  # nobody is surer of what a text means


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic function of the log-odds of all three.

    Fitted so that of the quotes given 0.9 nine in ten have the right words and the right person.
    """

    bias: float = 0.0
    attribution: float = 1.0
    identity: float = 0.0
    least: float = 0.0  # of the first two log-odds, the smaller
    name: float = 0.0

    def confidence(self, attribution: float, identity: float, name: float) -> float:
        """0..1, from the chance that the mention speaks, that it is this person, and that it is a name."""
        one, other = log_odds(attribution), log_odds(identity)
        total = self.bias + self.attribution * one + self.identity * other + self.least * min(one, other)
        total += self.name * log_odds(name)
        return min(_MOST, 1.0 / (1.0 + math.exp(-total)))

    def to_json(self) -> str:
        return json.dumps({name: round(value, 6) for name, value in asdict(self).items()}, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        return cls(**{name: float(value) for name, value in json.loads(text).items()})


def log_odds(probability: float) -> float:
    """Bounded, so that certainty stays a number."""
    kept = min(max(probability, _EDGE), 1 - _EDGE)
    return math.log(kept / (1 - kept))
