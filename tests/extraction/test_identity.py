"""Mention -> person."""

import pytest

from quotes.extraction import SpeakerKind

from .conftest import Find, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Lee met Bob Ray. “We sail,” Lee said.", "Ann Lee"),
        ("Lee spoke first. Skipper Ann Lee owns a boat. “We sail,” Lee said.", "Ann Lee"),
        ("Tan Weiming arrived. “We sail,” Mr Tan said.", "Tan Weiming"),
        ("Xu Bolin of Arland arrived. “We sail,” Mr Xu said.", "Xu Bolin"),
        ("Mary Poole met Tom Field. “We sail,” she said.", "Mary Poole"),
        ("Mary Poole met Tom Field. “We sail,” he said.", "Tom Field"),
        ("Mr Ash praised Mr Birch and thanked him. “We sail,” he said.", "Ash"),
        ("Sen. Mary Poole met Tom Field. “We sail,” the senator said.", "Mary Poole"),
        ("Tom Field, the harbour’s chief engineer, came. “We sail,” the engineer said.", "Tom Field"),
        ("The Port Safety Board (PSB) met. “We sail,” the PSB said.", "Port Safety Board"),
        ("Mary and Tom Poole own the boat. “We sail,” Mr Poole said.", "Tom Poole"),
        ("A port spokesman came. “We sail,” a port spokesman said.", "port spokesman"),
        ("Dean Ashby, a retired cook, came. “We sail,” he said.", "Dean Ashby"),
        ("PORT ELLERY, Ohio — Mary Poole came. “We sail,” she said.", "Mary Poole"),
        ("“We sail,” Superintendent of Police Maria de Sá-Kul said.", "Maria de Sá-Kul"),
        ("“We sail,” Cr Tipaki said. Shire mayor Leanne Tipaki owns a boat.", "Leanne Tipaki"),
        ("Then I rang Mary Poole. “We sail,” she said.", "Mary Poole"),
        ("The Kremlin said the talks gave “some clarity”.", "Kremlin"),
    ],
)
def test_the_fullest_name_of_whoever_speaks(speaker: Speaker, text: str, name: str) -> None:
    quoted = "clarity" if "clarity" in text else "We sail"
    assert speaker(text, quoted) == name


def test_roles_go_to_the_description(find: Find) -> None:
    quote = find("“We sail,” port spokesperson Ann Lee said.", "We sail")
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.description) == ("Ann Lee", "port spokesperson")


def test_a_pronoun_says_whom_it_stands_for(find: Find) -> None:
    quote = find("Mary Poole came. “We sail,” she said.", "We sail")
    assert quote.reasons == ("'say' next to the quote", "'she' resolved to Mary Poole, last named woman")


def test_a_pronoun_with_nobody_to_mean_has_no_speaker(find: Find) -> None:
    quote = find("“We sail,” she said.", "We sail")
    assert (quote.speaker, quote.mention, quote.confidence) == (None, None, 0.0)


def test_a_shared_surname_lowers_the_confidence(find: Find) -> None:
    sure = find("Mary Poole came. “We sail,” Poole said.", "We sail")
    doubtful = find("Mary Poole and Tom Poole came. “We sail,” Poole said.", "We sail")
    assert doubtful.confidence < 0.8 < sure.confidence


def test_unnamed_speakers_keep_the_words_of_the_article(find: Find) -> None:
    quote = find("“We sail,” said a spokesman for the port.", "We sail")
    assert quote.speaker is not None
    assert quote.speaker.kind is SpeakerKind.UNNAMED
    assert quote.speaker.name == "spokesman for the port"


def test_a_description_that_may_be_somebody_named_is_a_guess(find: Find) -> None:
    quote = find("Mary Poole came. “We sail,” the Dorset skipper said.", "We sail")
    assert quote.confidence < 0.7


def test_words_quoted_twice_share_their_speaker(speaker: Speaker) -> None:
    text = "Mary Poole met her “dear friend” Tom Field.\n\nMs Poole greeted him as “dear friend” there."
    assert speaker(text, "dear friend") == "Mary Poole"


def test_the_writer_of_a_column_is_an_unnamed_author(find: Find) -> None:
    quote = find("I laughed and said, “We sail.”", "We sail")
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.kind) == ("author", SpeakerKind.UNNAMED)
    assert quote.confidence < 0.7


@pytest.mark.parametrize(
    "text",
    [
        "Ann Poole founded Poole Interactive. “We sail,” Poole said.",
        "Ann Poole came. His mother was there. “We sail,” his mother said.",
        "His mother spoke. “We sail,” she said.",
        "The company opened a port. “We sail,” it said.",
    ],
)
def test_whom_the_article_may_well_mean_otherwise_is_a_guess(find: Find, text: str) -> None:
    assert find(text, "We sail").confidence < 0.7


def test_the_plain_surname_is_whose_name_opens_the_article(speaker: Speaker) -> None:
    text = (
        "Sen. Ben Quarrie left the race.\n\nHe did so late.\n\nIt rained a lot in May.\n\n"
        "His wife, Ada Quarrie, stayed. “It sank,” Quarrie said."
    )
    assert speaker(text, "It sank") == "Ben Quarrie"
