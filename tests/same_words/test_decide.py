"""When two quotes are one utterance."""

import pytest

from quotes.same_words import Evidence, Outcome, Speakers, compare, words_of
from quotes.same_words.speakers import Speaker, name_several, speakers_of

PIER = "We have waited ten years for this, and we will not wait for the northern pier to fall into the bay."
SAME, UNKNOWN, DIFFERENT = Speakers.SAME, Speakers.UNKNOWN, Speakers.DIFFERENT


def decided(one: str, other: str, speakers: Speakers = SAME, days: float | None = 0) -> Evidence:
    found = compare(words_of(one), words_of(other), speakers, days)
    assert compare(words_of(other), words_of(one), speakers, days).outcome == found.outcome
    return found


@pytest.mark.parametrize(
    "wording",
    [
        PIER,
        "We've waited 10 years for this and we won't wait for the Northern pier to fall into the bay",
        "we will not wait for the northern pier",
        "We have waited ten years for this … wait for the northern pier to fall into the bay.",
        "We have waited ten years for this, and [the town] will not wait for the northern pier to fall.",
        "We have waited ten years for that, and we will not wait for the northern pier to fall into the sea.",
        "We have waited ten yaers for this, and we will not wait for the northern peir to fall into the bay.",
        "pier to fall into the bay",
    ],
)
def test_wordings_of_one_utterance(wording: str) -> None:
    assert decided(PIER, wording).outcome == Outcome.SAME


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (PIER, "The books of the library have been wet for long enough.", "few words in common"),
        (
            "Our sales were up 3 per cent on the year and the board is pleased",
            "Our sales were up 5 per cent on the year and the board is pleased",
            "other numbers",
        ),
        (
            "They are building a monster, as far as I am concerned",
            "As far as I am concerned, we have drawn a line under that",
            "most of the words are others",
        ),
        (
            "The council has failed the people of this town for ten years",
            "The council has built homes for the people of this town",
            "too little alike",
        ),
        ("law and order", "law and order candidate", "too few words"),
        ("It was a day for us", "It was not to be", ""),
    ],
)
def test_what_only_sounds_alike_is_another(one: str, other: str, reason: str) -> None:
    evidence = decided(one, other)
    assert evidence.outcome == Outcome.OTHER
    assert reason in evidence.reason


@pytest.mark.parametrize(
    ("text", "speakers", "days", "is_same"),
    [
        ("a small miracle of neglect", SAME, 2, True),
        ("a small miracle of neglect", SAME, 30, True),
        ("a small miracle of neglect", SAME, 100, False),
        ("a small miracle of neglect", DIFFERENT, 0, False),
        ("miracle of neglect", SAME, 2, True),
        ("miracle of neglect", SAME, 10, False),
        ("No comment", SAME, 0, False),
        ("Make the harbour great again", DIFFERENT, 0, False),
        (PIER, DIFFERENT, 10, True),
        (PIER, DIFFERENT, 100, False),
        (PIER, UNKNOWN, 300, True),
        (PIER, SAME, 300, True),
        (PIER, SAME, 3000, False),
        (PIER, UNKNOWN, None, True),
    ],
)
def test_the_shorter_the_more_it_matters_who_and_when(
    text: str, speakers: Speakers, days: float | None, *, is_same: bool
) -> None:
    assert decided(text, text, speakers, days).is_same is is_same


def test_a_negation_more_or_less_is_told_and_never_taken_between_speakers() -> None:
    contrary = PIER.replace("will not", "will")
    assert decided(PIER, contrary).outcome == Outcome.CONTRARY
    assert decided(PIER, contrary, DIFFERENT).outcome == Outcome.OTHER
    assert decided(PIER, contrary, SAME, 10).outcome == Outcome.OTHER
    assert not decided("I am not a crook", "I am a crook", DIFFERENT).is_same


OONA = Speaker(1, "Oona Marlowe")


@pytest.mark.parametrize(
    ("other", "known"),
    [
        (None, UNKNOWN),
        (Speaker(1, "Oona Marlowe"), SAME),
        (Speaker(2, "Oona Marlowe"), UNKNOWN),
        (Speaker(2, "Marlowe"), SAME),
        (Speaker(2, "Oona Lind"), DIFFERENT),
        (Speaker(2, "Oona"), DIFFERENT),
        (Speaker(2, "the harbour board", "organization"), UNKNOWN),
    ],
)
def test_what_is_known_of_two_speakers(other: Speaker | None, known: Speakers) -> None:
    assert speakers_of(OONA, other) == speakers_of(other, OONA) == known


def test_a_body_beside_its_spokesman_is_no_disagreement() -> None:
    board = Speaker(3, "the harbour board", "organization")
    assert not name_several([OONA, board, Speaker(4, "Marlowe")])
    assert name_several([OONA, board, Speaker(5, "Desmond Achterberg")])
