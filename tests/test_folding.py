"""Keys that names and words are found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.folding import fold, fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("don’t", "don't"),
        ("“Yes” – no…", '"yes" - no...'),
        ("Señor  Peña\n", "senor pena"),
        ("STRASSE", "Straße"),
        ("ŁÓDŹ", "łódź"),
    ],
)
def test_words_that_differ_only_in_looks_share_a_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Jean-Luc O’Neil, Jr.", "jean luc oneil jr"), ("J. R. Ek", "J R Ek"), ("D'Souza", "Dsouza")],
)
def test_names_that_differ_only_in_punctuation_share_a_key(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold_name(fold_name(text)) == fold_name(text)
