"""The sentence around words that an editor marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.sentences import sentence_around


@pytest.mark.parametrize(
    ("marked", "sentence"),
    [
        (
            "The quay is shut. Ann Lee said «it leaks» on Friday. It rained.",
            "Ann Lee said it leaks on Friday.",
        ),
        ("It rained. “«It leaks.»” She left.", "“It leaks.”"),
        (
            "“It leaks,” said Dr. Lee. “«We asked Mr. Boye to look»,” she added. He did.",
            "“We asked Mr. Boye to look,” she added.",
        ),
        ("First paragraph.\n«It leaks»\nThird.", "It leaks"),
        ("«It leaks»", "It leaks"),
        ("Is it true? J. R. Lee said «no». Yes.", "J. R. Lee said no."),
    ],
)
def test_it_ends_where_the_next_one_begins(marked: str, sentence: str) -> None:
    start = marked.index("«")
    end = marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    left, right = sentence_around(text, start, end)
    assert text[left:right] == sentence


@given(st.text(alphabet="aA. \n”!“"), st.data())
def test_it_holds_the_words_whatever_the_text(text: str, data: st.DataObject) -> None:
    text += "a"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = sentence_around(text, start, end)
    assert 0 <= left <= start < end <= right <= len(text)
