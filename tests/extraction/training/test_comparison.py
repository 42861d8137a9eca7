"""Every kind of model learns a small article by heart, is the same from the same seed, and gets its row."""

import sys

import numpy as np
import pytest

from quotes.extraction.attribution.decoding import decode
from quotes.extraction.attribution.turns import History, ties, turning
from quotes.extraction.attribution.vocabulary import Vocabulary
from quotes.training.comparison import linear, sequence, trees
from quotes.training.comparison.comparing import KINDS, Material, compare
from quotes.training.examples import Example, from_gold, known_words
from quotes.training.gold import GoldArticle
from quotes.training.learning import Schedule, join, prepare
from tests.extraction.training.examples import article, gold

TEXT = (
    "“We sail,” Ann Lee said.\n\n“Never,” said Bob Ray, the owner. He called the plan “a mess” and left.\n\n"
    "The “Merry Widow” was painted by Ann Lee, who told friends it was “long overdue”.\n"
)
OTHERS = sorted(set(KINDS) - {"network"})  # the network has tests of its own: test_learning


@pytest.fixture(scope="module")
def small() -> GoldArticle:
    return article(
        TEXT,
        gold(TEXT, "“We sail,”", "Ann Lee", "Ann Lee"),
        gold(TEXT, "“Never,”", "Bob Ray", "Bob Ray"),
        gold(TEXT, "“a mess”", "Bob Ray", "He"),
        gold(TEXT, "“Merry Widow”"),
        gold(TEXT, "“long overdue”", "Ann Lee", "who"),
    )


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(known_words([TEXT * 6]))


@pytest.fixture
def examples(small: GoldArticle, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch) -> list[Example]:
    """One article ten times, and schedules for so little."""
    monkeypatch.setattr(linear, "_SCHEDULE", Schedule(epochs=20, batch=2, rate=0.05))
    monkeypatch.setattr(sequence, "_SCHEDULE", Schedule(epochs=20, batch=2, rate=0.01, drop=0.1))
    small_leaves = {"min_data_in_leaf": 1, "num_leaves": 8}
    monkeypatch.setattr(trees, "_PARAMETERS", {**trees._PARAMETERS, **small_leaves})
    monkeypatch.setattr(trees, "_ROUNDS", 30)
    return [from_gold(small, vocabulary)] * 10


@pytest.mark.parametrize("kind", OTHERS)
def test_a_kind_learns_who_speaks_and_that_nobody_does(
    kind: str, vocabulary: Vocabulary, examples: list[Example]
) -> None:
    losses: list[float] = []
    ranker = KINDS[kind](vocabulary, examples, 3, lambda done, total, loss: losses.append(loss))
    assert losses[-1] < losses[0] / 2
    cases, right = examples[0].cases, examples[0].right
    decisions = decode(cases, ranker, [None] * len(cases.contexts))
    for case, decision in enumerate(decisions):
        candidates = [*cases.candidates(case).tolist(), None]
        assert decision.mention in [candidates[place] for place in right[case] or ()]


@pytest.mark.parametrize("kind", OTHERS)
def test_the_same_seed_gives_the_same_scores(
    kind: str, vocabulary: Vocabulary, examples: list[Example]
) -> None:
    cases = examples[0].cases
    history = History()
    mentions = cases.candidates(0)
    tied = ties(mentions.tolist(), cases.entities[mentions].tolist(), history)
    turns = [(turning(cases.stream, cases.contexts[0], history, ruled=cases.ruled(0)), tied)]
    scores = []
    for _ in range(2):
        ranker = KINDS[kind](vocabulary, examples[:2], 3, None)
        scores.append(ranker.scores(next(iter(ranker.first_layer(cases.features))), turns))
    assert scores[0].shape == (1, len(mentions) + 1)
    assert (scores[0] == scores[1]).all()


def test_the_slope_of_the_linear_ranker_is_that_of_its_loss(
    vocabulary: Vocabulary, examples: list[Example]
) -> None:
    parameters = linear._zeros(len(vocabulary), examples[0].cases.features)
    batch = join([prepare(examples[0])] * 2)
    _, slopes = linear._pass(parameters, batch)
    for name, array in parameters.items():
        place = np.unravel_index(int(np.abs(slopes[name]).argmax()), array.shape)
        found = []
        for step in (1e-2, -1e-2):
            array[place] = step
            found.append(linear._pass(parameters, batch)[0])
        array[place] = 0
        assert (found[0] - found[1]) / 2e-2 == pytest.approx(float(slopes[name][place]), rel=0.05), name


def test_a_row_counts_as_evaluate_does(
    small: GoldArticle, vocabulary: Vocabulary, examples: list[Example]
) -> None:
    row = compare("linear", Material(vocabulary, tuple(examples), {"small": (small,)}), 3)
    counts = row.mention["small"]
    assert (row.kind, counts.tp, counts.fp, counts.fn) == ("linear", 4, 0, 0)
    assert row.seconds > 0
    assert row.milliseconds > 0


def test_without_lightgbm_the_trees_say_what_to_install(
    vocabulary: Vocabulary, examples: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(ModuleNotFoundError, match=r"requirements-dev\.txt"):
        trees.fit(vocabulary, examples, 3, None)
