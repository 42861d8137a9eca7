"""The tagger of names: what it learns from, that it learns, and that the same comes of the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from quotes.extraction.names.tagger import LABELS, NameTagger, TaggedName, decode, words_of
from quotes.extraction.text.marks import find_spans
from quotes.extraction.text.stream import build_stream
from quotes.training.gold import GoldError
from quotes.training.marked_names import MarkedArticle, read_marked, with_headline
from quotes.training.tagging import Example, Schedule, example, train

PEOPLE = ("Oona Marlowe", "Bert Finn", "Alda Moss", "Dina Marsh")
TEXT = "Then {} spoke in Port Selburn. The board heard {} there."


def _articles() -> list[MarkedArticle]:
    found = []
    for number, name in enumerate(PEOPLE * 6):
        text = TEXT.format(name, name)
        places = [at for at in range(len(text)) if text.startswith(name, at)]
        town = text.index("Port Selburn")
        names = [(at, at + len(name), "person") for at in places]
        found.append(MarkedArticle(str(number), text, (*names, (town, town + 12, "place"))))
    return found


def _examples() -> list[Example]:
    found = [example(article.text, article.names) for article in _articles()]
    return [one for one in found if one is not None]


def _tagged(tagger: NameTagger, text: str) -> list[tuple[str, str]]:
    stream = build_stream(text, find_spans(text))
    words = words_of(stream)
    assert words is not None
    found: list[TaggedName] = list(decode(words, tagger.chances(words)))
    return [(stream.slice(one.first, one.last), one.type) for one in found]


@pytest.fixture(scope="module")
def tagger() -> NameTagger:
    return train(_examples(), seed=1, schedule=Schedule(epochs=30, batch=4))


def test_it_learns_edges_and_types_and_reads_names_that_it_has_not_seen(tagger: NameTagger) -> None:
    text = TEXT.format("Ruta Kade", "Ruta Kade")
    assert _tagged(tagger, text) == [
        ("Ruta Kade", "person"), ("Port Selburn", "place"), ("Ruta Kade", "person")
    ]  # fmt: skip


def test_the_same_seed_gives_the_same_weights(tagger: NameTagger) -> None:
    again = train(_examples(), seed=1, schedule=Schedule(epochs=30, batch=4))
    assert all(np.array_equal(array, again.weights[name]) for name, array in tagger.weights.items())


def test_a_saved_tagger_reads_as_the_one_that_was_saved(tagger: NameTagger, tmp_path: Path) -> None:
    tagger.save(tmp_path / "names.npz")
    with np.load(tmp_path / "names.npz") as data:
        kept = NameTagger(
            [str(name) for name in data["names"]],
            {name: data[name].astype(np.float32) for name in data.files if name != "names"},
        )
    text = TEXT.format("Ruta Kade", "Ruta Kade")
    assert _tagged(kept, text) == _tagged(tagger, text)


def test_words_without_a_capital_near_them_are_not_looked_at() -> None:
    stream = build_stream("one two three four five Six", find_spans(""))
    words = words_of(stream) if stream.tokens else None
    assert words is None or [stream.tokens[place].text for place in words.places][-1] == "Six"
    plain = "nothing here has one"
    assert words_of(build_stream(plain, find_spans(plain))) is None


def test_of_names_within_one_another_the_longest_is_learnt() -> None:
    text = "the Ann Lee Museum"
    one = example(text, [(4, 11, "person"), (4, 18, "place")])
    assert one is not None
    labels = [LABELS[label] for label in one.labels.tolist()]
    assert labels == ["", "B-place", "I-place", "I-place"]


def test_a_headline_of_the_articles_own_words_keeps_its_names() -> None:
    text = "The board heard the mayor Oona Marlowe speak of new boats, and left for Port Selburn."
    start = text.index("Oona Marlowe")
    article = MarkedArticle("1", text, ((start, start + 12, "person"),))
    made = with_headline(article, np.random.default_rng(1))
    headline, body = made.text.split("\n\n")
    assert body == text
    assert headline == "The Board Heard the Mayor Oona Marlowe Speak of New Boats"
    assert {made.text[start:end] for start, end, _ in made.names} == {"Oona Marlowe"}


def test_articles_whose_names_are_not_marked_are_passed_over_and_nonsense_is_told(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    marked = {"id": "a", "text": "Ann Lee left.", "entities": [[0, 7, "Person"], [0, 3, "Date"]]}
    path.write_text("\n".join(map(json.dumps, [marked, {"id": "b", "text": "x", "entities": None}])))
    assert list(read_marked(path)) == [MarkedArticle("a", "Ann Lee left.", ((0, 7, "person"),))]
    path.write_text(json.dumps({"id": "a", "entities": [[0, 7, "Person"]]}))
    with pytest.raises(GoldError, match="line 1: it is no article with names marked"):
        list(read_marked(path))
