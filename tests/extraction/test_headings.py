"""Crossheads in quotation marks."""

import pytest

from quotes.extraction import extract_quotes

ARTICLE = """\
Mill burns down

Dozens fled a fire at the Wick mill on Monday.

“The smoke was black,” said Tove Lind, a weaver. “It was absolutely terrifying to watch.”

{heading}

Fire chief Omar Holt said the roof had fallen in. “We were lucky that nobody was upstairs,” he said.
"""


def speakers(text: str) -> dict[str, str | None]:
    return {
        quote.text: quote.speaker.name if quote.speaker else None for quote in extract_quotes(text).quotes
    }


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("‘It was terrifying’", "Tove Lind"),
        ('"Absolutely terrifying"', "Tove Lind"),
        ("“The smoke was black”", "Tove Lind"),
        ("'We were lucky'", "Omar Holt"),
        ("“Lucky nobody was upstairs”", "Omar Holt"),
        ("‘Like a furnace’", None),
        ('"We will rebuild"', None),
        ("“No”", None),
    ],
)
def test_a_crosshead_is_whose_words_it_repeats_or_nobody_s(heading: str, name: str | None) -> None:
    assert speakers(ARTICLE.format(heading=heading))[heading[1:-1]] == name


def test_a_crosshead_that_two_people_s_words_hold_is_nobody_s() -> None:
    text = "“We were lucky,” said Tove Lind.\n\n‘We were lucky’\n\n“We were lucky,” said Omar Holt."
    assert [quote.speaker and quote.speaker.name for quote in extract_quotes(text).quotes] == [
        "Tove Lind",
        None,
        "Omar Holt",
    ]


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("“The smoke was black,” said Tove Lind.", "We ran for our lives.", "Nobody was hurt."),
        ("Tove Lind said this:", "Like a furnace", "Nobody was hurt."),
        ("The mill burned down.", "Like a furnace", "– Tove Lind, weaver"),
    ],
)
def test_a_paragraph_of_speech_is_no_crosshead(before: str, words: str, after: str) -> None:
    assert speakers(f"{before}\n\n“{words}”\n\n{after}")[words] == "Tove Lind"


@pytest.mark.parametrize("rubric", ["Interview", "Opinion", "Exclusive", "Analysis", "Watch"])
def test_a_rubric_over_a_quoted_heading_says_nothing(rubric: str) -> None:
    text = ARTICLE.format(heading=f"{rubric}: “Like a furnace”")
    assert speakers(text)["Like a furnace"] is None


def test_a_heading_under_a_rubric_is_whose_words_it_repeats() -> None:
    text = ARTICLE.format(heading="Exclusive: “It was terrifying”")
    assert speakers(text)["It was terrifying"] == "Tove Lind"
