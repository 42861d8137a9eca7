"""Letters that somebody gets, shouts that somebody hears, and who wrote them."""

import pytest

from .conftest import Find, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt received a letter that read “We sail”.",
        "Ola Brandt found a note on her desk saying “We sail”.",
        "Ola Brandt has kept a card which reads “We sail”.",
        "Ola Brandt was sent a message that said: “We sail.”",
        "Ola Brandt left the hall to chants of “We sail”.",
        "Ola Brandt spoke amid shouts of “We sail” from the gallery.",
        "Ola Brandt faced accusations of being “We sail”.",
    ],
)
def test_what_reaches_somebody_is_not_their_own(speaker: Speaker, text: str) -> None:
    assert speaker(text, "We sail") != "Ola Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee read out a letter from Ola Brandt: “We sail.”",
        "Ann Lee shared a message from Ola Brandt that said “We sail”.",
        "Ann Lee quoted from Ola Brandt's letter: “We sail.”",
        "Ann Lee forwarded an e-mail from Ola Brandt. “We sail,” the e-mail read.",
        "Ann Lee received an e-mail from Ola Brandt saying: “We sail.”",
        "Ann Lee quoted a message that Ola Brandt had sent her: “We sail.”",
        "“We sail,” reads a letter from Mayor Ola Brandt.",
        "Ola Brandt emailed Ann Lee. “We sail,” the email said.",
        "In an e-mail that Ann Lee forwarded, Ola Brandt wrote “We sail”.",
        "In a letter from prison, Ola Brandt wrote: “We sail.”",
        "Ola Brandt replied to a letter from Ann Lee: “We sail.”",
        "Ola Brandt replied to an e-mail from Ann Lee, saying “We sail”.",
        "Ola Brandt sent a letter that read “We sail”.",
    ],
)
def test_who_wrote_a_message_says_it(speaker: Speaker, text: str) -> None:
    assert speaker(text, "We sail") == "Ola Brandt"


def test_shouts_are_of_whom_they_come_from(find: Find) -> None:
    quote = find("Ola Brandt spoke amid shouts of “Liar” from the protesters.", "Liar")
    assert quote.speaker is not None
    assert quote.speaker.name == "protesters"


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt (born 1970 in Kadin) said: “We sail.”",
        "Ola Brandt — back from Kadin — said: “We sail.”",
        "Ola Brandt – who grew up in Kadin and Hull – said: “We sail.”",
        "“We sail,” Ola Brandt, 54, of Kadin Road, said.",
        "Ola Brandt, speaking from Kadin after a meeting with Ann Lee, said: “We sail.”",
    ],
)
def test_a_place_in_an_aside_does_not_speak(speaker: Speaker, text: str) -> None:
    assert speaker(text, "We sail") == "Ola Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt spoke under the theme “water for all”.",
        "Ola Brandt opened a fair whose theme was “water for all”.",
        "Ola Brandt joined the campaign “Water for all”.",
        "Ola Brandt launched a drive dubbed “water for all”.",
        "Ola Brandt stood before a banner that read “water for all”.",
        "The fish, known locally as the “water for all”, was caught by Ola Brandt.",
    ],
)
def test_a_theme_a_name_and_a_banner_are_nobodys(speaker: Speaker, text: str) -> None:
    assert speaker(text, "ater for all") is None


@pytest.mark.parametrize(
    "text",
    [
        "“We sail,” Ola Brandt said, according to the Kadin Gazette.",
        "“We sail,” Ola Brandt told the court, according to a Kadin Gazette report.",
        "Ola Brandt said it was “a good day: we sail”, according to the Kadin Gazette.",
        "Ola Brandt said: “We sail,” the Kadin Gazette reported.",
        "“We sail,” said the Kadin Gazette's Ola Brandt.",
    ],
)
def test_who_passes_words_on_is_not_their_speaker(speaker: Speaker, text: str) -> None:
    assert speaker(text, "e sail") == "Ola Brandt"


def test_what_goes_on_after_passed_on_words_is_of_the_same_speaker(speaker: Speaker) -> None:
    text = "“We sail,” Ola Brandt said, according to the Kadin Gazette. “The wind is fair.”"
    assert speaker(text, "wind") == "Ola Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "“We sail,” the Kadin Gazette reported on Monday.",
        "“We sail,” according to the Kadin Gazette.",
    ],
)
def test_who_alone_reports_words_speaks_them(speaker: Speaker, text: str) -> None:
    assert speaker(text, "We sail") == "Kadin Gazette"
