"""manage.py bench runs and prints figures. How fast anything is, no test says."""

import json
from typing import Any

import pytest

from quotes.bench.archive import archive
from quotes.bench.peer import small_english
from quotes.bench.workload import WORDS, articles, text_of
from quotes.extraction import extract_quotes
from quotes.management.benchmark import describe
from quotes.management.console import Palette
from tests.commands.test_extract import manage


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The figures of a quick run."""
    done = manage("bench", "--quick", "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert b"speed: round 1 of 1" in done.stderr
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


@pytest.mark.dear
def test_every_figure_is_there(found: dict[str, Any]) -> None:
    assert set(found) == {"machine", "data", "speed", "length", "memory", "start", "batch"}
    assert found["data"]["words"] == WORDS
    contenders = found["speed"]["contenders"]
    assert list(contenders) == ["quotetracker", "spaCy small English", "spaCy tokenizer"]
    assert all(row["articles_per_second"] > 0 for row in contenders.values())
    assert found["speed"]["quotes_per_article"] > 1
    assert [row["bytes"] for row in found["length"]["sizes"]] == [2_000, 20_000]
    assert 0 < found["memory"]["ready_mb"] <= found["memory"]["peak_mb"]
    assert 0.1 < found["start"]["import_seconds"] < found["start"]["process_seconds"]
    assert found["batch"]["one"]["processes"] == 1
    assert found["batch"]["all"]["articles_per_second"] > 0


@pytest.mark.dear
def test_a_person_sees_tables_the_data_and_the_machine(found: dict[str, Any]) -> None:
    shown = "\n".join(describe(found, Palette(colour=False)))
    for words in ("Machine: ", "spacy 3.", "Data: 2 articles of 700 words", "ms/KB", "times as fast", "peak"):
        assert words in shown


def test_articles_have_one_length_and_are_not_one_article() -> None:
    read = articles(20)
    assert {len(text.split()) for text in read} == {WORDS}
    assert len(set(read)) == 20


@pytest.mark.parametrize("size", [100, 30_000, 500_000])
def test_texts_are_as_long_as_is_asked(size: int) -> None:
    assert size - 3 <= len(text_of(size).encode()) <= size


@pytest.mark.dear
def test_the_other_pipeline_does_the_whole_work() -> None:
    nlp = small_english()
    doc = nlp("Ann Lee left the quay in the morning. She had not slept.")
    assert {"tok2vec", "tagger", "parser", "ner"} <= set(nlp.pipe_names)
    assert all(token.tag_ and token.dep_ for token in doc)
    assert [entity.text for entity in doc.ents][:1] == ["Ann Lee"]


def test_the_archive_of_made_up_news_is_the_same_each_time_and_reads_like_news() -> None:
    made = list(archive(5))
    assert made == list(archive(5))
    assert len({article["text"] for article in made}) == 5
    for article in made:
        quotes = extract_quotes(article["text"]).quotes
        assert len(quotes) >= 6
        assert all(quote.speaker for quote in quotes)
