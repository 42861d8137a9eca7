"""Transcripts and interviews: speech that no marks tell."""

import json

import pytest

from quotes.extraction import Extraction, QuoteKind, SpeakerKind, extract_many, extract_quotes
from quotes.ingestion import read_document
from tests.acceptance.documented import ROOT


def turns(text: str) -> list[tuple[str, str]]:
    """Who says what, of the turns."""
    found = extract_quotes(text).quotes
    assert all(quote.speaker for quote in found if quote.kind is QuoteKind.TRANSCRIPT)
    return [
        (quote.speaker.name, quote.text)
        for quote in found
        if quote.kind is QuoteKind.TRANSCRIPT and quote.speaker
    ]


HEARING = """\
The diver Oona Marlowe was heard by the board’s chair, Ian Rusk, and Senator Ada Holm on Tuesday.

{0}: When did you see the wreck?

{1}: At dawn. I was alone.

{2}: Alone?

{1}: We are always alone down there.

The hearing goes on in May.
"""


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("IAN RUSK", "OONA MARLOWE", "ADA HOLM"), ("Ian Rusk", "Oona Marlowe", "Ada Holm")),
        (("MR. RUSK", "MS. MARLOWE", "SEN. HOLM"), ("Ian Rusk", "Oona Marlowe", "Ada Holm")),
        (("Rusk", "Marlowe", "Holm"), ("Ian Rusk", "Oona Marlowe", "Ada Holm")),
        (("THE CHAIR (IAN RUSK)", "Oona Marlowe, diver", "HOLM"), ("Ian Rusk", "Oona Marlowe", "Ada Holm")),
        (("IR", "OM", "AH"), ("Ian Rusk", "Oona Marlowe", "Ada Holm")),
        (("MODERATOR", "Ms Marlowe", "Harbour News"), ("", "Oona Marlowe", "")),
    ],
)
def test_a_label_is_the_person_of_the_fullest_name(labels: list[str], names: list[str]) -> None:
    said = [
        (names[0], "When did you see the wreck?"),
        (names[1], "At dawn. I was alone."),
        (names[2], "Alone?"),
        (names[1], "We are always alone down there."),
    ]
    assert turns(HEARING.format(*labels)) == [(name, words) for name, words in said if name]


def test_a_turn_tells_where_it_stands() -> None:
    text = HEARING.format("MR. RUSK", "MS. MARLOWE", "SEN. HOLM")
    turn = next(quote for quote in extract_quotes(text).quotes if quote.text.startswith("At dawn"))
    assert turn.context.of(text) == "MS. MARLOWE: At dawn. I was alone."
    assert turn.mention is not None
    assert (turn.mention.text, turn.cue, turn.rule) == ("MS. MARLOWE", None, "label")
    assert 0.9 <= turn.confidence <= 0.97


@pytest.mark.parametrize("form", ["Q: {}", "Q. {}", "Q – {}", "Question: {}", "Q1: {}"])
@pytest.mark.parametrize(
    "introduction",
    [
        "Oona Marlowe has dived since 1990.",
        "Oona Marlowe has dived since 1990. Her brother Ian Marlowe sails. We talked to Oona Marlowe in May.",
        "By Ada Holm\n\nOona Marlowe has dived since 1990.",
    ],
)
def test_answers_are_whose_whom_the_introduction_tells(introduction: str, form: str) -> None:
    asked = ["Why the sea?", "Do you miss it?"]
    answers = ["I had no choice.", "Every day."]
    answer = form.replace("Question", "Answer").replace("Q", "A")
    parts = [part for q, a in zip(asked, answers, strict=True) for part in (form.format(q), answer.format(a))]
    text = "\n\n".join([introduction, *parts, "The pier is open in May."])
    assert turns(text) == [("Oona Marlowe", words) for words in answers]


@pytest.mark.parametrize(
    ("introduction", "asking"),
    [
        ("The diver Oona Marlowe talked to Tobias Wren in May.", "Tobias Wren"),
        ("The diver Oona Marlowe has written a book.", "Tobias Wren"),
        ("Interview: Tobias Wren\n\nThe diver Oona Marlowe has written a book.", "Wren"),
        ("The diver Oona Marlowe has written a book.", "Radio Callow"),
    ],
)
def test_who_asks_in_an_interview_says_nothing(introduction: str, asking: str) -> None:
    parts = [
        f"{asking}: Why do you dive?",
        "Oona Marlowe: I like it.",
        f"{asking}: And now?",
        "Marlowe: I sleep.",
    ]
    assert turns("\n\n".join([introduction, *parts])) == [
        ("Oona Marlowe", "I like it."),
        ("Oona Marlowe", "I sleep."),
    ]


def test_a_role_or_a_direction_in_a_label_names_nobody() -> None:
    text = """\
The lawyer Ian Rusk called the diver Oona Marlowe.

THE COURT: Your witness, Mr. Rusk?

MR. RUSK (to the clerk): We call Oona Marlowe.

THE WITNESS: I swear it.

MR. RUSK: You may sit.
"""
    assert turns(text) == [("Ian Rusk", "We call Oona Marlowe."), ("Ian Rusk", "You may sit.")]


def test_answers_are_nobody_s_where_two_may_give_them() -> None:
    introduction = "Oona Marlowe and Ian Rusk dive at the pier."
    assert turns(f"{introduction}\n\nQ: Why?\n\nA: I like it.\n\nQ: Really?\n\nA: Yes.") == []


def test_paragraphs_without_a_label_go_on_with_the_speaker_until_the_next() -> None:
    text = """\
Ian Rusk and Oona Marlowe talked on stage.

RUSK: I dive. (Laughter.)

So do my sons.

[Applause]

MARLOWE: You never told me.

Marlowe drank some water.

RUSK: You never asked.

He left the stage.
"""
    assert turns(text) == [
        ("Ian Rusk", "I dive. So do my sons."),
        ("Oona Marlowe", "You never told me."),
        ("Ian Rusk", "You never asked."),
    ]


def test_questions_and_answers_without_labels() -> None:
    text = """\
The diver Oona Marlowe has written a book. We met her at the pier.

Why do you dive?

I have always dived. My mother taught me.

Do you miss the sea in winter?

Every day. I dream of it.

What will you do next?

I’ll sleep.

The book is out in June.
"""
    assert turns(text) == [
        ("Oona Marlowe", "I have always dived. My mother taught me."),
        ("Oona Marlowe", "Every day. I dream of it."),
        ("Oona Marlowe", "I’ll sleep."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Serves: 4\n\nPrep time: 10 minutes\n\nMethod: Mix the flour.\n\nNote: You can use your own.",
        "Ian Rusk: Did well at the back. 7\n\nOona Marlowe: Her cross made the goal. 8\n\nAda Holm: Quiet. 5",
        "Ian Rusk: A diver who has fought the plan.\n\nAda Holm: The chair.\n\nOona Marlowe: She stands.",
        "Photo: Ian Rusk\n\nSource: Ada Holm\n\nUpdated: 5 May\n\nPhoto: Oona Marlowe",
        "When: Monday, 7pm\n\nWhere: You know the pier\n\nPrice: £5, your children go free\n\nPrice: £3",
        "Rusk: 6-3, 6-4\n\nHolm: 6-0, 6-1\n\nRusk: 7-5, 6-4\n\nIan Rusk and Ada Holm play on Sunday.",
        "14:05: I am at the court.\n\n14:20: You can follow us here.\n\n14:30: We wait for Ian Rusk.",
        "Ian Rusk said this: I sail.\n\nAda Holm was told: You sail.\n\nOona Marlowe knew: We sail.",
        "Ian Rusk\n\nWhat happened?\n\nA boat sank.\n\nWas anybody hurt?\n\nNo.\n\nWhat next?\n\nA trial.",
        "Now\n\nCallow Hall: We sing.\n\nWeir Church: Join us.\n\nCallow Hall: Our quiz, your fun.",
        "Ask Ian Rusk\n\nCan I claim?\n\nYou can.\n\nShould I go?\n\nYou should.\n\nMay I write?\n\nYou may.",
    ],
    ids=[
        *("recipe", "ratings", "people", "credits", "times", "results", "live", "sentences", "explainer"),
        *("halls", "advice"),
    ],
)
def test_what_only_looks_like_a_transcript_is_none(text: str) -> None:
    assert turns(text) == []


def test_words_in_marks_inside_a_turn_stay_quotes() -> None:
    text = HEARING.format("RUSK", "MARLOWE", "HOLM").replace("I was alone.", "I said, “Nobody dives.”")
    found = {quote.text: quote.kind for quote in extract_quotes(text).quotes}
    assert found["At dawn. I said, “Nobody dives.”"] is QuoteKind.TRANSCRIPT
    assert found["Nobody dives."] is QuoteKind.DIRECT


def test_a_turn_that_is_all_in_marks_is_one_quote() -> None:
    text = HEARING.format("RUSK", "MARLOWE", "HOLM").replace("At dawn. I was alone.", "“I was alone.”")
    assert [q.kind for q in extract_quotes(text).quotes if "I was alone." in q.text] == [QuoteKind.DIRECT]


def test_transcripts_may_be_left_out() -> None:
    text = HEARING.format("RUSK", "MARLOWE", "HOLM") + "\n“No,” said Ada Holm."
    [quote] = extract_quotes(text, transcripts=False).quotes
    assert quote.text == "No"
    many: list[Extraction] = list(extract_many([text], transcripts=False, processes=1))
    assert [quote.text for quote in many[0].quotes] == ["No"]


def test_turns_of_our_own_articles() -> None:
    """All of them but one, which is a quote in marks; of the interviewer none."""
    for line in (ROOT / "fixtures/gold/demo.jsonl").read_text().splitlines():
        gold = json.loads(line)
        if "turns" not in gold:
            continue
        data = (ROOT / f"fixtures/articles/{gold['id']}.txt").read_bytes()
        found = {
            (quote.segments[0].start, quote.segments[-1].end): quote.speaker.name
            for quote in extract_quotes(read_document(data, max_bytes=len(data)).text).quotes
            if quote.speaker and quote.speaker.kind is SpeakerKind.PERSON
        }
        missed = 0
        for turn in gold["turns"]:
            name = found.get((turn["start"], turn["end"]))
            missed += name is None and turn["type"] == "person"
            assert name in (None, turn["speaker"])
        assert missed <= 1
