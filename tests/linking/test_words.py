"""Words of names, and which a typing error stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.folding import is_one_error_apart
from quotes.linking.words import name_words, slips

WORDS = st.text("abcdefgh", min_size=4, max_size=10)


def test_words_are_folded_and_each_stands_once() -> None:
    assert name_words("Jean-Luc O’Neil, Jean Šimůnek") == ("jean", "luc", "oneil", "simunek")


@pytest.mark.parametrize(
    ("typed", "meant", "like"),
    [
        ("marlow", "marlowe", True),
        ("marrlowe", "marlowe", True),
        ("marlawe", "marlowe", True),
        ("malrowe", "marlowe", True),
        ("arlowe", "marlowe", True),
        ("marlowe", "marlowe", True),
        ("marla", "marlowe", False),
        ("mralwoe", "marlowe", False),
    ],
)
def test_one_error_is_forgiven(typed: str, meant: str, like: bool) -> None:
    assert is_one_error_apart(typed, meant) is is_one_error_apart(meant, typed) is like


@given(word=WORDS, at=st.integers(0, 9), letter=st.sampled_from("abcxyz"), how=st.sampled_from("-+=~"))
def test_words_one_error_apart_share_a_form(word: str, at: int, letter: str, how: str) -> None:
    at %= len(word)
    typed = {
        "-": word[:at] + word[at + 1 :],
        "+": word[:at] + letter + word[at:],
        "=": word[:at] + letter + word[at + 1 :],
        "~": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }[how]
    assert is_one_error_apart(typed, word)
    if len(typed) > 3:
        assert slips(typed) & slips(word)
