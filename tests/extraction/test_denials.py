"""Words that were not said, or only might have been."""

import pytest

from .conftest import Find

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt denied that she had called the strikers “vermin”.",
        "Ola Brandt has denied ever calling the strikers “vermin”.",
        "Ola Brandt insisted she never used the word “vermin”.",
        "Ola Brandt refused to say “vermin”.",
        "Ola Brandt stopped short of saying “vermin”.",
        "Ola Brandt did not go so far as to call them “vermin”.",
        "Ola Brandt would not call them “vermin”.",
        "Ola Brandt at no time said “vermin”.",
        "Ola Brandt held back from calling them “vermin”.",
        "Ola Brandt could have said “vermin”.",
        "Ola Brandt should have told them “vermin”.",
        "Ola Brandt might say “vermin” tomorrow.",
        "If Ola Brandt had said “vermin”, the vote would have gone another way.",
        "Had Ola Brandt said “vermin”, the vote would have gone another way.",
        "Ann Lee asked whether Ola Brandt had called them “vermin”.",
        "There is no evidence that Ola Brandt called them “vermin”.",
        "Nobody heard Ola Brandt say “vermin”.",
        "Ola Brandt was wrongly quoted as saying “vermin”.",
        "Ola Brandt rejected reports that she had called them “vermin”.",
        "It was not Ola Brandt who said “vermin”.",
        "Ola Brandt was never called “vermin” by Ann Lee.",
        "“Vermin,” Ola Brandt might have said.",
        "“Vermin” is a word that Ola Brandt never said.",
    ],
)
def test_words_that_were_not_said_are_not_published(find: Find, text: str) -> None:
    quote = find(text, "ermin")
    assert quote.confidence < 0.8
    assert quote.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Ola Brandt denied “any part in it”.",
        "Ola Brandt denied it, saying “we had no part in it”.",
        "Ola Brandt refused, saying: “We have no part in it.”",
        "Ola Brandt never gave up, and said: “We have a part in it.”",
        "Ola Brandt, who did not attend, said it was “a part in it”.",
        "Ola Brandt did not attend but wrote that she took “no part in it”.",
        "Ola Brandt declined to comment, saying only that she had “no part in it”.",
        "Ola Brandt did not hesitate to call it “a small part in it”.",
        "Ola Brandt not only refused but called it “a small part in it”.",
        "Ola Brandt could only say “no part in it”.",
        "Ola Brandt said she could not understand “any part in it”.",
        "Ola Brandt said that if she lost she would have “no part in it”.",
        "“If we had known, we would have no part in it,” Ola Brandt said.",
    ],
)
def test_words_beside_a_denial_of_something_else_are(find: Find, text: str) -> None:
    quote = find(text, "part in it")
    assert quote.speaker is not None
    assert quote.speaker.name == "Ola Brandt"
    assert quote.confidence >= 0.8
