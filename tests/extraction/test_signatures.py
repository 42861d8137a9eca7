"""Words that are set apart, with a name behind a dash: it says whose they are, whoever spoke before."""

import pytest

from quotes.extraction import extract_quotes
from quotes.extraction.gender import told_by
from quotes.extraction.signatures import signers

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
    "text",
    [
        f"“{WORDS}” — words that Oona Marlowe never said — were on the wall.",
        f"“{WORDS}”\n\nTwo paragraphs on, nobody had answered.\n\n— Oona Marlowe",
        f"The wall said “{WORDS}” — Oona Marlowe",
        f"“{WORDS}” – Reuters",
        f"“{WORDS}” — “{WORDS}” — Oona Marlowe",
        f"“{WORDS}” —",
    ],
    ids=["prose", "elsewhere", "not set apart", "an agency", "two quotes", "nobody"],
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
