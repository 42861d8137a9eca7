"""Words in double marks inside words in single marks: who is told to have said them."""

import pytest

from quotes.extraction import extract_quotes
from quotes.extraction.types import ExtractedQuote

_LEDE = "Ivor Penhale, the harbour master, closed the slipway on Monday.\n\n"


def _nested(text: str) -> list[ExtractedQuote]:
    return [quote for quote in extract_quotes(text).quotes if text[quote.segments[0].start - 1] in '“"']


@pytest.mark.parametrize(
    ("words", "speaker", "mention"),
    [
        ("‘I told the crew, “Nobody sails tonight,”’ said Morwenna Tate, a skipper.", "Morwenna Tate", "I"),
        ("‘He said to me, “Come back in May,”’ Morwenna Tate, a skipper, said.", "Ivor Penhale", "He"),
        ("‘Mr Penhale wrote, “The sea has won,”’ Morwenna Tate said.", "Ivor Penhale", "Mr Penhale"),
        (
            "'My brother shouted, \"Mind the rope,\"' Morwenna Tate said.",
            "Morwenna Tate's brother",
            "My brother",
        ),
    ],
)
def test_words_within_words_belong_to_whom_the_teller_names(words: str, speaker: str, mention: str) -> None:
    (quote,) = _nested(_LEDE + words)
    assert quote.speaker is not None
    assert quote.mention is not None
    assert (quote.speaker.name, quote.mention.text) == (speaker, mention)


def test_the_outer_words_stay_a_quote_of_the_teller_and_come_first() -> None:
    outer, inner = extract_quotes(
        "‘I said to him, “Sell the boat.” He never did,’ said Morwenna Tate.\n"
    ).quotes
    assert outer.text == "I said to him, “Sell the boat.” He never did"
    assert inner.text == "Sell the boat."
    assert outer.speaker == inner.speaker
    assert inner.confidence < outer.confidence


def test_a_word_within_words_that_nobody_says_is_no_quote() -> None:
    assert _nested("‘“Closure” is a word for bankers,’ said Morwenna Tate.\n") == []


def test_a_pronoun_within_words_is_never_sure() -> None:
    (quote,) = _nested(_LEDE + "‘He said to me, “Come back in May,”’ Morwenna Tate said.")
    assert quote.confidence <= 0.5
