"""Which texts are copies of one another."""

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from quotes.bench.archive import archive
from quotes.ingestion.dedupe import KEYS, is_copy, keys_of, shingles_of
from quotes.management.copies import copy_figures, read_copies_gold

GOLD = Path(__file__).parents[2] / "fixtures" / "gold"
TEXTS = read_copies_gold(GOLD / "stories.jsonl")
WIRE = TEXTS[0].text


def copied(one: str, other: str, *, same_outlet: bool = False) -> bool:
    return is_copy(shingles_of(one), shingles_of(other), same_outlet=same_outlet)


def sketch(text: str) -> list[int]:
    return keys_of(shingles_of(text))


def test_copies_are_found_and_nothing_else_is_taken_for_one() -> None:
    found = copy_figures(TEXTS)
    assert found.copies.total() >= 100
    assert found.found == found.copies
    assert (found.others > 2000, found.wrong) == (True, 0)


def test_what_nobody_looked_at_is_found_if_it_was_not_rewritten_and_nothing_is_taken_for_it() -> None:
    found = copy_figures(read_copies_gold(GOLD / "stories-unseen.jsonl"))
    assert found.found[""] >= 0.85 * found.copies[""]
    assert found.wrong == 0


def test_marks_case_accents_and_spelling_do_not_matter() -> None:
    plain = WIRE.replace('"', "“").replace("harbour", "harbor").replace("6.3%", "6.3 per cent").upper()
    assert shingles_of(plain).all.tolist() == shingles_of(WIRE).all.tolist()


def test_what_is_very_short_is_no_copy() -> None:
    brief = " ".join(WIRE.split()[:39])
    assert sketch(brief) == []
    assert not copied(brief, brief)
    assert not copied(brief, WIRE)


def test_a_page_of_many_stories_is_a_copy_of_none() -> None:
    page = "\n\n".join({one.story: one.text for one in TEXTS if one.story}.values())
    assert not copied(page, WIRE)


def test_two_texts_of_one_outlet_must_share_more_than_its_boilerplate() -> None:
    one, other = [text.text for text in TEXTS if text.outlet == "column"][:2]
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
