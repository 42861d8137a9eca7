"""What role phrases say of themselves: whose somebody is, and of which country. No model is needed."""

import pytest

from quotes.english.demonyms import is_from
from quotes.extraction.coreference.owners import owner_words, owning_tokens

from .conftest import Read


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("“No,” the senator’s spokeswoman said.", {"senator"}),
        ("“No,” Ann Lee’s mother said.", {"ann", "lee"}),
        ("“No,” a spokesman for Norlund said.", {"norlund"}),
        ("“No,” a lawyer for the defendant said.", {"defendant"}),
        ("“No,” the president’s mother’s lawyer said.", {"president", "mother"}),
        ("“No,” the president of the club said.", set()),
        ("“No,” the father of two said.", set()),
        ("“No,” a source close to the bishop’s brother said.", set()),
        ("“No,” the senator said.", set()),
    ],
)
def test_whose_somebody_is(read: Read, text: str, owner: set[str]) -> None:
    stream, mentions = read(text)
    assert owner_words(stream, owning_tokens(stream, mentions.all[0])) - {"'s", "’s"} == owner


@pytest.mark.parametrize(
    ("demonym", "country"),
    [
        ("kenyan", "kenya"),
        ("brazilian", "brazil"),
        ("serb", "serbia"),
        ("austrian", "austria"),
        ("australian", "australia"),
        ("iranian", "iran"),
        ("dutchman", "netherlands"),
        ("spaniard", "spain"),
        ("german", "germany"),
    ],
)
def test_of_which_country_somebody_is(demonym: str, country: str) -> None:
    assert is_from(demonym, country)


@pytest.mark.parametrize(
    ("demonym", "word"),
    [("austrian", "australia"), ("iranian", "iraq"), ("german", "ghana"), ("indian", "indonesia"),
     ("kenyan", "key"), ("serb", "serbian-made")],
)  # fmt: skip
def test_of_which_country_somebody_is_not(demonym: str, word: str) -> None:
    assert not is_from(demonym, word)
