"""Texts whose marks stand there as something else."""

import pytest

from quotes.extraction import extract_quotes


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("&#8220;The weir is dry,&#8221; said Tove Lind.", "The weir is dry", "Tove Lind"),
        ("&#x201c;The weir is dry,&#x201D; said Tove Lind.", "The weir is dry", "Tove Lind"),
        ("&ldquo;It didn&rsquo;t rain,&rdquo; said Ann O&#39;Dell.", "It didn&rsquo;t rain", "Ann O'Dell"),
        ("&lsquo;The weir is dry,&rsquo; said Tove Lind.", "The weir is dry", "Tove Lind"),
        ("Tove Lind said: &quot;The weir is dry.&quot;", "The weir is dry.", "Tove Lind"),
        ("Tove Lind said: &amp;quot;The weir is dry.&amp;quot;", "The weir is dry.", "Tove Lind"),
        ("Tove Lind said: &laquo;The weir is dry.&raquo;", "The weir is dry.", "Tove Lind"),
        ("â€œThe weir is dry,â€\x9d said Tove Lind.", "The weir is dry", "Tove Lind"),
        ("â€œIt didnâ€™t rain,â€ said JosÃ© Lind.", "It didnâ€™t rain", "José Lind"),
        ("â€œThe weir is dry,â€� said Tove Lind.", "The weir is dry", "Tove Lind"),
        ("‚ÄúThe weir is dry,‚Äù said Tove Lind.", "The weir is dry", "Tove Lind"),
        ("Ã¢â‚¬Å“The weir is dry,Ã¢â‚¬Â\x9d said Tove Lind.", "The weir is dry", "Tove Lind"),
    ],
)
def test_marks_written_as_something_else_are_read_and_places_are_those_of_the_text(
    text: str, words: str, name: str
) -> None:
    found = extract_quotes(text)
    [quote] = found.quotes
    assert quote.speaker is not None
    assert (quote.text, quote.speaker.name) == (words, name)
    assert [segment.of(text) for segment in quote.segments] == [words]
    assert quote.context.of(text) == text
    for part in (quote.mention, quote.cue):
        assert part is not None
        assert text[part.start : part.end] == part.text
    assert len(found.warnings) == 1
    assert "written as" in found.warnings[0]


def test_a_warning_tells_a_place_of_the_text_as_it_is() -> None:
    text = "&ldquo;No,&rdquo; said Lind &amp; Co. It was late. Then &ldquo;the weir"
    _, warning = extract_quotes(text).warnings
    assert str(text.rindex("&ldquo;")) in warning


@pytest.mark.parametrize("text", ["R&D at the weir; no more.", "Ãlvaro Lind came; 5 & 6 did not.", "a &c; b"])
def test_a_text_that_is_as_it_should_be_is_not_warned_of(text: str) -> None:
    assert extract_quotes(text).warnings == ()
