"""Words about somebody, or said to them: theirs least of all."""

import pytest

from quotes.extraction import extract_quotes

from .conftest import Find, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt, the mayor, has been called “a fraud”.",
        'Senator Ola Brandt has been nicknamed "a fraud" in the lower house.',
        "Ola Brandt was described on Monday as “a fraud”.",
        "Ola Brandt, who took office in May, was accused of being “a fraud”.",
        "Ola Brandt took office in May. She was widely mocked as “a fraud”.",
        "The mayor, Ola Brandt, was booed and called “a fraud” when she arrived.",
        "Ola Brandt, once branded “a fraud”, won again.",
        "Ola Brandt, long mocked as “a fraud”, has decided.",
        "Ola Brandt is often referred to as “a fraud”.",
        "Branded “a fraud” by the paper, Ola Brandt resigned.",
        "Ola Brandt, described in a report as “a fraud”, has left.",
        "Ola Brandt was criticised for “being a fraud”.",
        "Ola Brandt was sacked for being “a fraud”.",
        "Ola Brandt is seen as “a fraud”.",
        "Ola Brandt is said to be “a fraud”.",
        "Ola Brandt was told: “You are a fraud.”",
        "Ola Brandt was told that she was “a fraud”.",
        "“You are a fraud,” Ola Brandt was told.",
        "Ola Brandt was greeted with shouts of “You are a fraud”.",
        "Letters to Ola Brandt called her “a fraud”.",
        "Ola Brandt, accused of being “a fraud”, walked out.",
        "Mayor Ola Brandt found herself branded “a fraud” in the papers.",
        "Ola Brandt gave a talk on the show described as “a fraud”.",
        "Ola Brandt has hopes for what's today often called “a fraud”.",
        "Labour called her remarks “a fraud” after Ola Brandt spoke.",
    ],
)
def test_what_somebody_is_called_or_told_is_not_theirs(find: Find, text: str) -> None:
    quote = find(text, "fraud")
    assert quote.speaker is None or quote.speaker.name != "Ola Brandt" or quote.confidence < 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt was called “a fraud” by Ann Lee.",
        "Ola Brandt was told by Ann Lee: “You are a fraud.”",
        "Branded “a fraud” by Ann Lee, Ola Brandt resigned.",
        "Ola Brandt was reminded by the judge Ann Lee that “a fraud” is a crime.",
        "“You are a fraud,” Ola Brandt was told by Ann Lee.",
        "Ola Brandt was likened to “a fraud” by her deputy, Ann Lee.",
    ],
)
def test_who_is_named_after_by_says_it(find: Find, text: str) -> None:
    quote = find(text, "a fraud")
    assert quote.speaker is not None
    assert quote.speaker.name == "Ann Lee"
    assert quote.mention is not None
    assert quote.cue is not None
    assert any("by the one named" in reason for reason in quote.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt, who was called to the meeting, said “we sail”.",
        "Ola Brandt is said to have told the crew “we sail”.",
        "Ola Brandt was quoted as saying “we sail”.",
        "Ola Brandt was criticised for saying “we sail”.",
        "Ola Brandt was criticised for his claim that “we sail”.",
        "Ola Brandt was convinced that “we sail” at dawn.",
        "Ola Brandt is determined that “we sail” at dawn.",
        "Accused of lying, Ola Brandt replied: “We sail.”",
        "Named captain last week, Ola Brandt said “we sail”.",
        "Ola Brandt was asked to speak and told the crew: “We sail.”",
    ],
)
def test_who_speaks_beside_a_passive_keeps_the_words(speaker: Speaker, text: str) -> None:
    assert speaker(text, "e sail") == "Ola Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "“Are you sorry?” Mayor Ola Brandt was asked.",
        "Asked “Are you sorry?”, Ola Brandt said: “I have nothing to add.”",
        "When a reporter asked “Are you sorry?” Ola Brandt walked away.",
        "Ola Brandt, asked “Are you sorry?”, shook her head.",
        "Ola Brandt was asked, “Are you sorry?”",
        "Told “you are sorry”, Ola Brandt laughed.",
    ],
)
def test_a_question_is_not_of_the_one_who_is_asked(speaker: Speaker, text: str) -> None:
    assert speaker(text, "re you" if "Are" in text else "you are") != "Ola Brandt"


def test_a_question_is_the_askers_and_the_answer_is_not() -> None:
    quotes = extract_quotes(
        "Asked by Ann Lee “Are you sorry?”, Ola Brandt said: “I have nothing to add.”"
    ).quotes
    assert [quote.speaker.name for quote in quotes if quote.speaker] == ["Ann Lee", "Ola Brandt"]


def test_what_follows_an_aside_in_the_passive_goes_on_with_its_own_speaker(speaker: Speaker) -> None:
    text = "Called “a fraud” by Ann Lee on Monday, Ola Brandt is set to say that “the port is safe”."
    assert speaker(text, "safe") == "Ola Brandt"
