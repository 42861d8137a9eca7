"""Whose a block quote is, where only the markup says it: the text of the article says it, too."""

import pytest

from quotes.extraction import extract_quotes
from tests.ingestion.html_pages import FIRST, LAST, SECOND, paragraphs

WORDS = "We have waited ten years for a boat that floats"
SIGNED = f"“{WORDS}” — Oona Marlowe"


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote><p>“{WORDS}”</p><cite>Oona Marlowe</cite></blockquote>",
        f"<blockquote><p>“{WORDS}”</p><footer>— <cite>Oona Marlowe</cite></footer></blockquote>",
        f"<blockquote><p>“{WORDS}” <cite>Oona Marlowe</cite></p></blockquote>",
        f"<blockquote><p>“{WORDS}”</p><p>— Oona Marlowe</p></blockquote>",
        f"<blockquote><p>“{WORDS}”<br>- Oona Marlowe</p></blockquote>",
        f"<blockquote>“{WORDS}”<br/>&mdash; <a href='/m'>Oona Marlowe</a></blockquote>",
        f"<blockquote><p>“{WORDS}”</p><p class='right'>Oona Marlowe</p></blockquote>",
        f"<blockquote><p>{WORDS}</p><span class='quote-author'>Oona Marlowe</span></blockquote>",
        f"<blockquote>{WORDS}<cite>Oona Marlowe</cite></blockquote>",
        f"<figure><blockquote>{WORDS}</blockquote><figcaption>— Oona Marlowe</figcaption></figure>",
        f"<blockquote><p>“{WORDS}”</p></blockquote><p>— Oona Marlowe</p>",
        f"<div class='q'><blockquote>{WORDS}</blockquote><p class='attribution'>Oona Marlowe</p></div>",
    ],
)
def test_who_said_it_stands_behind_the_words(quote: str) -> None:
    found = paragraphs(f"<p>{FIRST}</p>{quote}<p>{SECOND}</p><p>{LAST}</p>")
    assert found == [FIRST, SIGNED, SECOND, LAST]


def test_a_double_name_stays_one() -> None:
    quote = f"<blockquote>{WORDS}<cite>Oona Marlowe-Lind</cite></blockquote>"
    assert f"“{WORDS}” — Oona Marlowe-Lind" in paragraphs(f"<p>{FIRST}</p>{quote}<p>{LAST}</p>")


def test_it_is_the_speaker_and_not_who_spoke_before() -> None:
    quote = (
        f"<blockquote><p>{WORDS}.</p><p>Now it is here.</p><footer>Oona Marlowe, pilot</footer></blockquote>"
    )
    found = paragraphs(f"<p>{FIRST}</p><p>{SECOND}</p>{quote}<p>{LAST}</p>")
    assert found[2:4] == [f"“{WORDS}.", "“Now it is here.” — Oona Marlowe, pilot"]
    [said] = [one for one in extract_quotes("\n\n".join(found)).quotes if WORDS in one.text]
    assert said.speaker is not None
    assert (said.speaker.name, said.text) == ("Oona Marlowe", f"{WORDS}. Now it is here.")


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote><p>The board shall order ferries.</p><p>It shall do so by May.</p></blockquote>",
        "<blockquote><p>— Where are we going?</p><p>— Home.</p></blockquote>",
        "<blockquote><p>As <cite>The Tide</cite> wrote, it floats.</p></blockquote>",
        "<blockquote><p>“It floats.”</p><p>“It does,” said Ivo Lind.</p></blockquote>",
        "<blockquote><cite>Oona Marlowe</cite></blockquote>",
    ],
    ids=["a document", "a dialogue", "a work", "said in words", "nothing"],
)
def test_a_block_quote_of_nobody_stays_as_it_is(quote: str) -> None:
    found = "\n".join(paragraphs(f"<p>{FIRST}</p>{quote}<p>{SECOND}</p><p>{LAST}</p>"))
    assert "” —" not in found
    assert FIRST in found
    assert LAST in found


def test_the_words_of_a_table_are_those_of_whom_its_row_names() -> None:
    rows = (
        f"<tr><th>Party</th><th>Seats</th></tr><tr><td>Tide</td><td>12</td></tr>"
        f"<tr><td>Oona Marlowe</td><td>“{WORDS}”</td></tr>"
    )
    found = paragraphs(f"<p>{FIRST}</p><table>{rows}</table><p>{SECOND}</p><p>{LAST}</p>")
    assert found == [FIRST, "Party | Seats", "Tide | 12", SIGNED, SECOND, LAST]
