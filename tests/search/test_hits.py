"""Where a quote answers a question, and how well: by its own words, the same on both engines."""

import pytest

from quotes.search import read_question
from quotes.search.highlighting import hits, pieces
from quotes.search.relevance import relevance


def marked(asked: str, text: str) -> str:
    return "".join(f"[{piece}]" if hit else piece for piece, hit in pieces(read_question(asked), text))


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("ferry", "Ferries, a ferry and FERRIES’ ends", "[Ferries], a [ferry] and [FERRIES]’ ends"),
        ('"the ferry"', "the old ferry and the ferry", "the old ferry and [the ferry]"),
        ('"the ferry" ferry', "the old ferry and the ferry", "the old [ferry] and [the ferry]"),
        ('"old ferry" "ferry and"', "the old ferry and", "the [old ferry and]"),
        ("ferr*", "ferrous ferries", "[ferrous] [ferries]"),
        ("cafe", "the cafe\u0301 and the café", "the [cafe\u0301] and the [café]"),
        ("strasse -zoo", "die Straße 😀 Straße", "die [Straße] 😀 [Straße]"),
        ("late OR early", "early or late", "[early] or [late]"),
        ("well-known", "a well-known, well known one", "a [well-known], [well known] one"),
        ("bridge", "the ferry", "the ferry"),
        ('"ferry and more of it"', "the ferry and", "the ferry and"),
    ],
)
def test_what_answers_is_marked_in_the_words_as_they_are(asked: str, text: str, expected: str) -> None:
    assert marked(asked, text) == expected
    assert "".join(piece for piece, _ in pieces(read_question(asked), text)) == text
    assert all(text[start:end].strip() for start, end in hits(read_question(asked), text))


def better(asked: str, one: str, other: str) -> bool:
    question = read_question(asked)
    return relevance(question, one) > relevance(question, other)


def test_words_that_stand_near_each_other_answer_better() -> None:
    assert better("ferry price", "the ferry price rose and rose", "the ferry rose in its price")


def test_a_short_quote_and_one_that_says_it_often_answer_better() -> None:
    assert better("ferry", "the ferry is late", f"the ferry is late {'and late ' * 20}")
    assert better("ferry", "a ferry is a ferry to me", "a boat is a ferry to me")


def test_words_in_the_quote_answer_better_than_those_around() -> None:
    question = read_question("ferry price")
    whole = relevance(question, "the ferry price", "“the ferry price”, he said")
    part = relevance(question, "the price", "“the price”, he said of the ferry")
    none = relevance(question, "no", "“no”, he said of the ferry price")
    assert 1 >= whole > part > none > 0
