"""How well names are put together: B-cubed (Bagga and Baldwin, 1998), the mean over the names."""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Who = TypeVar("Who", bound=Hashable)
Found = TypeVar("Found", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Precision: of those put together with a name, how many belong there. Recall: the other way round."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(gold: Mapping[Name, Who], found: Mapping[Name, Found]) -> BCubed:
    """Of name -> who it is, by the gold and as found. A name that was not found stands alone."""
    given: dict[Name, Hashable] = {name: found.get(name, ("alone", name)) for name in gold}
    sizes, true_sizes = Counter(given.values()), Counter(gold.values())
    both = Counter((given[name], gold[name]) for name in gold)
    count = max(len(gold), 1)
    return BCubed(
        sum(both[given[name], gold[name]] / sizes[given[name]] for name in gold) / count,
        sum(both[given[name], gold[name]] / true_sizes[gold[name]] for name in gold) / count,
    )
