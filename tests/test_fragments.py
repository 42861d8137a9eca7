"""Links that open the source at the words."""

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from quotes.fragments import text_fragment


def fragment(text: str, *words: str) -> str:
    return text_fragment(text, [(text.index(w), text.index(w) + len(w)) for w in words])


def test_a_few_words_are_named_with_their_neighbours() -> None:
    text = "He was also “slightly envious” of its system, he said."
    assert unquote(fragment(text, "slightly envious")) == "text=was also “-,slightly envious,-” of its"


def test_a_clear_stretch_stands_alone() -> None:
    text = "“We have waited ten years for this,” she said."
    assert (
        fragment(text, "We have waited ten years for this")
        == "text=We%20have%20waited%20ten%20years%20for%20this"
    )


def test_a_stretch_that_stands_twice_gets_its_neighbours() -> None:
    text = "“Who is going to pay?” she asked. He asked “Who is going to pay?” too."
    assert "-" in fragment(text, "Who is going to pay?")


def test_of_many_words_the_first_and_the_last_are_named() -> None:
    words = " ".join(f"word{n}" for n in range(20))
    assert (
        unquote(fragment(words, words))
        == "text=word0 word1 word2 word3 word4,word15 word16 word17 word18 word19"
    )


def test_words_in_two_paragraphs_are_two_terms() -> None:
    assert fragment("One two\n\nthree four", "One two\n\nthree four") == "text=One%20two,three%20four"


def test_each_segment_has_its_directive() -> None:
    text = "“We have waited ten whole years,” she said, “and we will not wait another day.”"
    found = fragment(text, "We have waited ten whole years,", "and we will not wait another day")
    assert found.count("text=") == 2


def test_what_is_syntax_is_encoded() -> None:
    found = fragment(
        "A well-known, loved & feared old saying of ours", "well-known, loved & feared old saying"
    )
    assert found == "text=well%2Dknown%2C%20loved%20%26%20feared%20old%20saying"


@given(st.text(min_size=1), st.data())
def test_any_stretch_of_any_text_gives_plain_ascii(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = text_fragment(text.encode("utf-8", "replace").decode(), [(start, end)])
    assert found.isascii()
    assert " " not in found
