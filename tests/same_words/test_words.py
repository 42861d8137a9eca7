"""What is the same word, whoever writes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.same_words import Words, difference, keys_of, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“We’ll organise THE harbour’s colours.”", "we will organize the harbor's colors"),
        ("They don’t, can’t and won’t", "they do not can not and will not"),
        ("twenty-five per cent of 1,000", "25% of 1000"),
        ("three of them", "3 of them"),
        ("[T]hey met the U.S. ambassador", "They met the US ambassador"),
        ("a café, the co-operative", "a cafe the cooperative"),
        ("£5m and 3bn", "5 million and 3 billion"),
        ("it’s the 2nd, um, of May", "it is the 2 of may"),
    ],
)
def test_outlets_write_the_same_words_in_ways_of_their_own(one: str, other: str) -> None:
    assert words_of(one).words == words_of(other).words


def test_what_an_outlet_put_in_or_left_out_is_a_gap() -> None:
    assert words_of("He … said [the mayor] would go.") == Words(
        ("he", "said", "would", "go"), frozenset({1, 2})
    )
    assert words_of("… go [sic]").gaps == frozenset()


def test_your_four_neighbours_stay_what_they_are() -> None:
    assert words_of("your four").words == ("your", "4")


@given(st.text(max_size=200))
def test_any_text_has_words_keys_and_a_difference(text: str) -> None:
    keys = keys_of(words_of(text))
    assert all(0 <= key < 2**63 for key in keys.stored + keys.asked)
    assert set(keys.stored) <= set(keys.asked)
    pieces = difference("We sail on Friday", text)
    assert " ".join(piece.text for piece in pieces if piece.change != "left out") == " ".join(text.split())


LONG = (
    "in front of that We have waited ten years for the pier and it will not wait for us any longer than that"
)


@pytest.mark.parametrize("start", range(len(LONG.split()) - 4))
def test_any_five_words_of_a_quote_find_it(start: int) -> None:
    part = " ".join(LONG.split()[start : start + 5])
    assert set(keys_of(words_of(part)).asked) & set(keys_of(words_of(LONG)).stored)


def test_a_run_with_a_number_says_most() -> None:
    """What else is in a template many say."""
    template = "our sales were up {} per cent on the year and the board is pleased with that"
    one, other = (set(keys_of(words_of(template.format(n))).stored) for n in ("3", "5"))
    assert one - other
