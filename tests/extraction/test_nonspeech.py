"""Words in marks that nobody says: titles, terms, names of things, glosses, jobs."""

import pytest

from quotes.extraction import extract_quotes
from quotes.extraction.assembly.repeats import without_terms
from quotes.extraction.attribution.attribute import Attribution
from quotes.extraction.attribution.candidates import span_context

from .conftest import Find, Read, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Orrin is the Ondi word for “rain on the roof”. Singer Oma Delu took it as her name.",
        "The song's title, Ada Klint said, is Ondi and literally means “rain on the roof”.",
        "Oma Delu wears the sign, which translates roughly as “rain on the roof”.",
        "Ada Klint had raised the issue of “rain on the roof” in May.",
        "Judge Otto Ried said the scheme, called “Rain on the Roof”, had failed.",
        "The hall has a print by Danish artist Ada Klint called “Rain on the Roof”.",
        "Ada Klint, who lives in Hull, named “Rain on the Roof” as her best film.",
        "Ada Klint, who lives in Hull, enjoys “Rain on the Roof.”",
        "Ada Klint sang “Rain on the Roof” at the feast.",
        "“Rain on the Roof” was directed by Ada Klint, a teacher.",
        "Ada Klint attacked the papers in her “Rain on the roof” section.",
        "Ada Klint answered with anger, promoting a “Rain Roof” movement that grew.",
        "Ada Klint oversaw the mill's “Rain's on the roof” advertising campaign.",
        "Ada Klint and her followers waved “Rain Roof” signs at the gate.",
        "After the yard was sold, “rain director” Ada Klint estimated that it would cost 4m.",
        "Ada Klint works as a “rain officer” at the mill.",
        "Mayor Ada Klint admired it, but spoke of mist, a reference to the phrase: “Rain, rain, go away.”",
        "Ada Klint named “Sea Songs,” “Rain on the Roof” and “Mist” as her best films.",
    ],
)
def test_what_names_or_explains_something_is_nobodys(text: str) -> None:
    named = [quote for quote in extract_quotes(text).quotes if "ain" in quote.text and quote.speaker]
    assert not named


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Klint said the series “does not show the rain”.", "Ada Klint"),
        ("In a memoir Ada Klint calls the episode “a day of rain”.", "Ada Klint"),
        (
            "The Port Council approved it, CAP\n\n“The rain came early,” said Ada Klint.",
            "Ada Klint",
        ),
        ("Ada Klint said she had “thought about the rain” the vote in May brought.", "Ada Klint"),
        ("Ada Klint told staff the rules would mean “more rain”.", "Ada Klint"),
        (
            "Bo Hale is away. But for Ada Klint, the past three years were a “rainy and grey” stretch.",
            "Ada Klint",
        ),
        ("Bo Hale is away. To Ada Klint, it is the “rain that feeds us”.", "Ada Klint"),
        ("Ada Klint described her as a “great rain officer”.", "Ada Klint"),
    ],
)
def test_speech_beside_such_words_is_speech(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "rain") == name


def test_a_term_is_nobodys_although_somebody_says_it_elsewhere(find: Find) -> None:
    text = "The term “mill tax” is old.\n\nAda Klint said she called it a “mill tax” herself."
    assert find(text, "mill tax").speaker is None


@pytest.mark.parametrize(
    ("words", "scores", "left"),
    [
        ("bot nets", (0.5, 0.4), 0),
        ("bot nets", (0.5, 0.9), 2),
        ("nets that bots have made", (0.5, 0.4), 2),
    ],
)
def test_a_few_words_that_come_again_and_nobody_surely_says_are_a_term(
    read: Read, words: str, scores: tuple[float, ...], left: int
) -> None:
    stream, mentions = read(f"Ada Klint left. “{words}” is in, “{words}” is out.")
    found = [
        Attribution(span_context(stream, span), mentions.all[0], score=score)
        for span, score in enumerate(scores)
    ]
    assert len([each for each in without_terms(found) if each.mention is not None]) == left


def test_one_word_that_somebody_said_is_not_theirs_wherever_it_stands(find: Find) -> None:
    text = "Ada Klint called the show “immersive”. Not all of it works.\n\nThe “immersive” half is long."
    assert find(text, "immersive").speaker is not None
    assert extract_quotes(text).quotes[-1].speaker is None
