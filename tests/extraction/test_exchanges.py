"""Quotes side by side, of two people."""

import pytest

from quotes.extraction import extract_quotes

from .conftest import Find, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    "text",
    [
        "“Is the road open?” “Not before noon,” said Ola Brandt.",
        '"Is the road open?" "Not before noon," Ola Brandt replied.',
        "“Is the road open?”\n\n“Not before noon,” said Ola Brandt.",
        "Ann Lee met Ola Brandt at the port.\n\n“Is the road open?”\n\n“Not before noon,” said Brandt.",
    ],
)
def test_who_answers_did_not_ask(speaker: Speaker, text: str) -> None:
    assert speaker(text, "road") != "Ola Brandt"
    assert speaker(text, "noon") == "Ola Brandt"


@pytest.mark.parametrize(
    "text",
    [
        "“Is the road open?” asked Ola Brandt. “Is it safe?”",
        "“Is the road open?” Ola Brandt said. “It is not.”",
        "“It is late,” Ola Brandt said. “Is the road open?”\n\n“It is not,” she said.",
    ],
)
def test_who_has_the_word_may_ask_and_go_on(text: str) -> None:
    names = {quote.speaker.name if quote.speaker else "" for quote in extract_quotes(text).quotes}
    assert names == {"Ola Brandt"}


@pytest.mark.parametrize(
    "text",
    [
        "“We were poor,” said captain Ola Brandt. “We let them play.” Coach Dan Reyes said: “I told them.”",
        "“We were poor,” Ola Brandt said. “We let them play.” Dan Reyes added: “I told them.”",
        "“We were poor,” Ola Brandt said. “We let them play.” Dan Reyes wrote, “I told them.”",
        "Ola Brandt said: “We were poor. “We let them play.” Dan Reyes, the coach, said: “I told them.”",
    ],
)
def test_what_leads_to_the_next_quote_does_not_end_the_one_before(find: Find, text: str) -> None:
    quote = find(text, "let them")
    assert quote.speaker is not None
    assert quote.speaker.name == "Ola Brandt"
    assert find(text, "told them").speaker != quote.speaker


@pytest.mark.parametrize(
    "text",
    [
        "Alda Moss shook her head. “We cannot wait.” The skipper Bert Finn disagreed.",
        "Alda Moss was blunt. “We cannot wait.” Bert Finn, the skipper, agreed.",
        "Alda Moss smiled. “We cannot wait.” Skipper Bert Finn was less happy.",
    ],
)
def test_a_quote_between_two_people_is_not_of_the_second(speaker: Speaker, text: str) -> None:
    assert speaker(text, "wait") == "Alda Moss"


@pytest.mark.parametrize(
    "text",
    [
        "“Is the road open?” Ola Brandt paused. “Not before noon,” she said.",
        "“Is the road open?”\n\nMayor Ola Brandt hesitated.\n\n“Not before noon,” she said.",
    ],
)
def test_who_thinks_before_the_answer_did_not_ask(speaker: Speaker, text: str) -> None:
    assert speaker(text, "road") is None
    assert speaker(text, "noon") == "Ola Brandt"


def test_whoever_is_asked_is_not_the_reporter(speaker: Speaker) -> None:
    assert speaker("“Is the road open?” the reporter asked Ola Brandt. “No,” she said.", "road") == "reporter"
