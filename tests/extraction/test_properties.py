"""What holds for every text whatever."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.ingestion import read_document
from tests.extraction.invariants import check

pytestmark = pytest.mark.model

_PIECES = [
    *(
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "''",
        "``",
        "«",
        "»",
        "„",
        "(",
        ")",
        ",",
        ".",
        "?",
        "!",
        ":",
        "—",
        "-",
        "\n",
        "\n\n",
    ),
    *(
        " said ",
        " told ",
        "Ann Lee",
        " Mr Tan ",
        " he ",
        " she said",
        " and ",
        " the senator ",
        " a spokesman for ",
    ),
    *(
        "according to ",
        " called ",
        "We sail",
        "12",
        "5'10",
        "’s",
        "é",
        "\u200b",
        "\x00",
        "LEE: ",
        "<b>",
        "The Quay",
        " as ",
    ),
]
_SETTINGS = settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
_ARTICLES = Path(__file__).parents[2] / "fixtures" / "articles"
_PASSAGE = 1500  # characters, or so, of a real article: enough for names, pronouns and dialogue
# What happens to articles on their way: other marks, lost marks, lost or doubled line ends, capitals.
_WAYS: list[Callable[[str], str]] = [
    lambda text: text.translate(str.maketrans("“”‘’", "\"\"''")),
    lambda text: text.translate(str.maketrans('“”‘’"', "‘’“”'")),
    lambda text: text.translate(str.maketrans("“”", "«»")),
    lambda text: text.replace("“", "``").replace("”", "''"),
    lambda text: text.replace("”", ""),
    lambda text: text.replace("“", ""),
    lambda text: text.replace("\n\n", "\n"),
    lambda text: text.replace("\n", " "),
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace(". ", ".\n\n"),
    lambda text: text.replace(". ", " "),
    lambda text: text.replace(",", ""),
    lambda text: text.replace(" ", "\u00a0"),
    str.upper,
    str.lower,
    str.title,
    lambda text: text[::-1],
]
_ARTICLE = (
    "Mary Poole, who chairs the board, called the plan “long overdue” on Monday.\n"
    "“We waited,” she said, “for ten years.”\n\n"
    "'It's a waste,' Tom Field told the dogs' home. According to the report, it \"never worked\".\n"
)


@_SETTINGS
@given(st.text(st.characters(), max_size=300))
def test_any_unicode_text(text: str) -> None:
    check(text)


@_SETTINGS
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_heap_of_marks_names_and_verbs(text: str) -> None:
    check(text)


@_SETTINGS
@given(st.data())
def test_articles_with_characters_lost_or_swapped(data: st.DataObject) -> None:
    text = _ARTICLE
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        put = data.draw(st.sampled_from(["", *_PIECES]))
        text = text[:at] + put + text[at + data.draw(st.integers(0, 3)) :]
        text = text or "x"
    check(text)


@cache
def _paragraphs() -> list[str]:
    """Those of all demo articles, in order."""
    files = sorted(_ARTICLES.iterdir())
    texts = [read_document(path.read_bytes(), max_bytes=100_000).text for path in files]
    return [paragraph for text in texts for paragraph in text.split("\n\n")]


@_SETTINGS
@given(st.data())
def test_real_articles_that_have_suffered(data: st.DataObject) -> None:
    found = _paragraphs()
    at = data.draw(st.integers(0, len(found) - 1))
    passage: list[str] = []
    while sum(map(len, passage)) < _PASSAGE:
        passage.append(found[(at + len(passage)) % len(found)])
    if data.draw(st.booleans()):
        passage = data.draw(st.permutations(passage))
    text = "\n\n".join(passage)
    for way in data.draw(st.lists(st.sampled_from(_WAYS), max_size=3, unique=True)):
        text = way(text)
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(text)))
        put = data.draw(st.sampled_from(["", *_PIECES]))
        text = text[:at] + put + text[at + data.draw(st.sampled_from([0, 0, 1, 2, 5, 80])) :]
    check(text)
