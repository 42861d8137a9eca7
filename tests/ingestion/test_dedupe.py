"""Which texts are copies of one another."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.bench.archive import archive
from quotes.ingestion.dedupe import ENOUGH_KEYS, KEYS, is_copy, keys_of, shingles_of
from quotes.management.copies import GoldStory, copy_figures, read_copies_gold

GOLD = Path(__file__).parents[2] / "fixtures" / "gold" / "stories.jsonl"
STORIES = read_copies_gold(GOLD)
WIRE = STORIES[0].versions[0]


def copied(one: str, other: str, *, same_outlet: bool = False) -> bool:
    return is_copy(shingles_of(one), shingles_of(other), same_outlet=same_outlet)


def sketch(text: str) -> list[int]:
    return keys_of(shingles_of(text))


def is_found(one: str, other: str) -> bool:
    return len(set(sketch(one)) & set(sketch(other))) >= ENOUGH_KEYS


def test_the_gold_is_large_enough_to_say_something() -> None:
    assert sum(bool(line.versions) for line in STORIES) >= 12
    assert all(len(line.versions) >= 4 for line in STORIES if line.versions)
    assert sum(len(line.others) for line in STORIES) >= 30


@pytest.mark.parametrize("line", STORIES, ids=lambda line: line.id)
def test_copies_are_taken_for_copies_and_nothing_else_is(line: GoldStory) -> None:
    """Recall and precision are 1.0 on all pairs of the gold, as docs/quality.md says."""
    assert all(copied(*pair) for pair in line.copies)
    assert not any(copied(*pair, same_outlet=line.is_one_outlet) for pair in line.not_copies)


def test_copies_are_found_and_nothing_else_is_taken_for_one() -> None:
    found = copy_figures(STORIES)
    assert found.copies >= 100
    assert (found.found, found.wrong) == (found.copies, 0)


def test_marks_case_accents_and_spelling_do_not_matter() -> None:
    plain = WIRE.replace('"', "“").replace("harbour", "harbor").replace("6.3%", "6.3 per cent").upper()
    assert shingles_of(plain).all.tolist() == shingles_of(WIRE).all.tolist()


def test_what_is_very_short_is_no_copy() -> None:
    brief = " ".join(WIRE.split()[:39])
    assert sketch(brief) == []
    assert not copied(brief, brief)
    assert not copied(brief, WIRE)


def test_a_page_of_many_stories_is_a_copy_of_none() -> None:
    page = "\n\n".join(line.versions[0] for line in STORIES if line.versions)
    assert not copied(page, WIRE)


def test_two_texts_of_one_outlet_must_share_more_than_its_boilerplate() -> None:
    (column,) = [line for line in STORIES if line.id == "column"]
    one, other = column.others[:2]
    assert not copied(one, other, same_outlet=True)
    assert copied(WIRE, WIRE + "\n\nUpdated at noon.", same_outlet=True)


def test_articles_made_by_one_template_are_no_copies() -> None:
    made = [shingles_of(article["text"]) for article in archive(150)]
    assert not any(is_copy(one, other) for one, other in combinations(made, 2))


def test_keys_are_numbers_that_a_database_keeps_and_the_same_each_time() -> None:
    assert sketch(WIRE) == sketch(WIRE)
    assert len(sketch(WIRE)) == KEYS
    assert all(0 <= key < 2**63 for key in sketch(WIRE))


def test_an_article_of_a_million_characters_has_keys() -> None:
    assert len(sketch(" ".join(f"Ward {n}" for n in range(100_000)))) == KEYS


@given(st.text())
def test_any_text_has_keys_or_none(text: str) -> None:
    assert len(sketch(text)) <= KEYS
    assert copied(text, text) == (shingles_of(text).words >= 40 and shingles_of(text).facts.size > 0)
