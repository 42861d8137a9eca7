"""Words that are set apart, with a name behind a dash: it says whose they are, whoever spoke before."""

import pytest

from quotes.extraction import extract_quotes
from quotes.extraction.attribution.signatures import signers
from quotes.extraction.coreference.gender import told_by

from .conftest import Read

BEFORE = "The harbour board will buy two ferries. Work begins in May, said the board’s chair, Ada Holm.\n\n"
AFTER = "\n\nThe water is warm for divers then."
WORDS = "We have waited ten years for this boat."


@pytest.mark.parametrize(
    "signed",
    [
        f"“{WORDS}” — Oona Marlowe",
        f"“{WORDS}” - Oona Marlowe, harbour mistress",
        f"“{WORDS}”\n\n— Oona Marlowe",
        f"“{WORDS}”\n— harbour mistress Oona Marlowe, in a letter",
        f"“{WORDS}” — Oona Marlowe (@oona) March 6, 2026",
        f"“{WORDS}”\n\n– Callow Lines spokeswoman Oona Marlowe",
        f"“{WORDS}\n\n“Now it is here.” — Oona Marlowe",
        f"“{WORDS}\n\n“Now it is here.\n\n“At last.”\n\n— Oona Marlowe",
    ],
)
@pytest.mark.model
def test_who_signs_the_words_speaks_them(signed: str) -> None:
    found = extract_quotes(BEFORE + signed + AFTER).quotes
    assert [quote.speaker.name if quote.speaker else None for quote in found] == ["Oona Marlowe"]
    assert found[0].text.startswith(WORDS)
    assert found[0].confidence > 0.9


@pytest.mark.parametrize(
    "signed",
    [
        f"“{WORDS}”\nOona Marlowe",
        f"“{WORDS}”\nOona Marlowe, harbour mistress",
        f"“{WORDS}”\n\nOona Marlowe, harbour mistress",
        f"“{WORDS}”\n\nOona Marlowe\nHarbour mistress at Wick",
        f"“{WORDS[:-1]}”\nOona Marlowe (harbour mistress)",
        f"“{WORDS}” Oona Marlowe, harbour mistress",
        f"“{WORDS}\n\n“Now it is here.”\nOona Marlowe",
        f"The sea is calm. “Yes,” Ada Holm said.\n\n“{WORDS}”\nOona Marlowe\n\n“At last.”\nOona Marlowe",
    ],
)
def test_who_is_named_on_the_line_below_the_words_speaks_them(signed: str) -> None:
    found = extract_quotes(BEFORE + signed + AFTER).quotes
    names = {quote.text: quote.speaker.name for quote in found if quote.speaker}
    assert {name for words, name in names.items() if words != "Yes"} == {"Oona Marlowe"}
    assert min(quote.confidence for quote in found) > 0.9


def test_a_role_signs_as_a_name_does_and_less_surely() -> None:
    for signed in (f"“{WORDS}” – a diver at the pier", f"“{WORDS}”\nA diver at the pier"):
        [quote] = extract_quotes(BEFORE + signed + AFTER).quotes
        assert quote.speaker is not None
        assert quote.speaker.name == "diver"
        assert quote.confidence < 0.8


def test_what_somebody_without_a_known_role_signs_is_nobody_else_s() -> None:
    for signed in (f"“{WORDS}” – a one-time bellfounder", f"“{WORDS}”\n— a bellfounder from Wexby, 71"):
        [quote] = extract_quotes(BEFORE + signed + AFTER).quotes
        assert quote.speaker is None


def test_a_name_between_blank_lines_may_head_what_follows() -> None:
    [quote] = extract_quotes(BEFORE + f"“{WORDS}”\n\nOona Marlowe" + AFTER).quotes
    assert quote.confidence < 0.8


def test_names_above_the_words_sign_nothing_above_them() -> None:
    text = (
        "Three speak\n\nOona Marlowe\nDiver\n\n“{0}”\n\nAda Holm\nChair\n\n“{0}”\n\nIan Rusk\nCook\n\n“{0}”"
    )
    found = extract_quotes(text.format(WORDS)).quotes
    assert {quote.rule for quote in found}.isdisjoint({"signed"})


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS}” — words that Oona Marlowe never said — were on the wall.",
        f"“{WORDS}”\n\nTwo paragraphs on, nobody had answered.\n\n— Oona Marlowe",
        f"The wall said “{WORDS}” — Oona Marlowe",
        f"“{WORDS}” – Reuters",
        f"“{WORDS}” — “{WORDS}” — Oona Marlowe",
        f"“{WORDS}” —",
        f"“{WORDS}”\nOona Marlowe left the pier in May",
        f"“{WORDS}”\n\nOona Marlowe’s pier",
        f"“{WORDS}”\nBy Oona Marlowe",
        f"“{WORDS}”\n\nOona Marlowe, staff writer",
        f"“{WORDS}”\n\nWork begins in May\n\nOona Marlowe",
    ],
    ids=[
        *("prose", "elsewhere", "not set apart", "an agency", "two quotes", "nobody"),
        *("a sentence", "a heading", "a byline", "a writer", "not next"),
    ],
)
def test_what_is_no_signature_tells_nothing(read: Read, text: str) -> None:
    stream, mentions = read(text)
    assert signers(stream, mentions)[0] is None


@pytest.mark.parametrize(
    ("words", "gender"),
    [(["mother", "pilot"], "f"), (["father"], "m"), (["mother", "son"], ""), (["pilot"], ""), ([], "")],
)
def test_roles_that_contradict_each_other_tell_no_gender(words: list[str], gender: str) -> None:
    assert told_by(set(words)) == told_by(words) == told_by(words[::-1]) == gender
