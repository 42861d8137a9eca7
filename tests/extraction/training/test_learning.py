"""Training: the gradient is the loss's own, the loss falls, and the same seed gives the same weights."""

import numpy as np
import pytest

from quotes.extraction.attribution.vocabulary import Vocabulary
from quotes.extraction.types import Span
from quotes.training.examples import Example, from_gold, known_words
from quotes.training.gold import GoldArticle, GoldQuote
from quotes.training.learning import Pass, Schedule, initial, prepare, train

TEXT = (
    "“We sail,” Ann Lee said.\n\n“Never,” said Bob Ray, the owner. He called the plan “a mess” and left.\n\n"
    "The “Merry Widow” was painted by Ann Lee, who told friends it was “long overdue”.\n"
)
WORDS = {"We sail": "Ann Lee", "Never": "Bob Ray", "a mess": "He", "long overdue": "who"}


def _article() -> GoldArticle:
    quotes = []
    for words, mention in WORDS.items():
        start = TEXT.index(words)
        quotes.append(GoldQuote(Span(start - 1, start + len(words) + 1), True, mention, "person", mention))
    return GoldArticle("one", TEXT, tuple(quotes))


@pytest.fixture(scope="module")
def example() -> Example:
    return from_gold(_article(), Vocabulary(["said", "the", "called", "told"]))


def test_the_mention_that_the_gold_names_is_right_and_nobody_else(example: Example) -> None:
    mentions = example.cases.mentions.all
    found = {}
    for case, places in enumerate(example.right):
        candidates = example.cases.candidates(case).tolist()
        assert places is not None
        names = [mentions[candidates[p]].name if p < len(candidates) else None for p in places]
        found[example.cases.contexts[case].words.strip(",")] = names
    assert found["We sail"] == ["Ann Lee"]
    assert found["a mess"] == ["he"]
    assert found["long overdue"] == ["who"]


def test_the_gradient_is_that_of_the_loss(example: Example) -> None:
    words = Vocabulary(["said", "the", "called", "told"])
    still = Schedule(drop=0.0, drop_input=0.0, unknown=0.0)
    parameters = initial(len(words), np.random.default_rng(1))
    batch = prepare(example)

    def loss() -> float:
        return Pass(parameters, batch, still, np.random.default_rng(0)).run()[0]

    _, gradients = Pass(parameters, batch, still, np.random.default_rng(0)).run()
    for name, array in parameters.items():
        place = np.unravel_index(int(np.abs(gradients[name]).argmax()), array.shape)
        before, step = array[place], np.float32(1e-2)
        array[place] = before + step
        above = loss()
        array[place] = before - step
        below = loss()
        array[place] = before
        measured = (above - below) / (2 * float(step))
        assert measured == pytest.approx(float(gradients[name][place]), rel=0.05, abs=2e-4), name


def test_the_loss_falls_and_the_same_seed_gives_the_same_weights(example: Example) -> None:
    vocabulary = Vocabulary(known_words([TEXT * 6]))
    losses: list[float] = []
    schedule = Schedule(epochs=25, batch=1, drop=0.1)
    examples = [from_gold(_article(), vocabulary)]
    networks = [
        train(vocabulary, examples, 3, schedule, lambda done, total, loss: losses.append(loss))
        for _ in range(2)
    ]
    assert losses[24] < losses[0] / 2
    one, other = (network.parameters for network in networks)
    assert all((one[name] == other[name]).all() for name in one)
