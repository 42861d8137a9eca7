"""Quotation marks: which words stand between them."""

import sys
import time

import pytest

from quotes.extraction.text.layout import paragraphs
from quotes.extraction.text.marks import find_spans


def words(text: str) -> list[str]:
    return [span.inner.of(text) for span in find_spans(text).spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We sail at dawn,” Ann Lee said.", ["We sail at dawn,"]),
        ('"We sail at dawn," Ann Lee said.', ["We sail at dawn,"]),
        ("''We sail at dawn,'' Ann Lee said.", ["We sail at dawn,"]),
        ("``We sail at dawn,'' Ann Lee said.", ["We sail at dawn,"]),
        ("„Wir segeln“, sagte sie.", ["Wir segeln"]),
        ("« Nous partons », dit-elle.", ["Nous partons"]),
        ("»Wir segeln«, sagte sie.", ["Wir segeln"]),
        ("‘We sail at dawn,’ Ann Lee said.", ["We sail at dawn,"]),
        ("'We sail at dawn,' Ann Lee said.", ["We sail at dawn,"]),
    ],
    ids=[
        "curly",
        "straight",
        "doubled",
        "tex",
        "low-high",
        "french",
        "german",
        "british",
        "british-straight",
    ],
)
def test_every_style_of_mark(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "'Tis the season, the dogs' owners said.",
        "Music of the '90s and the ’60s don’t fade.",
        "O'Neill's and O’Hara’s boats weren't late.",
        "rock 'n' roll",
        'He is 5\'10" tall and the pipe is 12" wide.',
    ],
)
def test_apostrophes_feet_and_inches_are_no_quotes(text: str) -> None:
    found = find_spans(text)
    assert found.spans == ()
    assert found.warnings == ()


def test_inches_inside_a_quote_do_not_close_it() -> None:
    assert words('"The 12" pipe burst," Ann Lee said.') == ['The 12" pipe burst,']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He told me ‘never’ twice,” she said.", ["He told me ‘never’ twice,"]),
        ("‘He told me “never” twice,’ she said.", ["He told me “never” twice,"]),
        ("“A so-called “fix” of theirs,” she said.", ["A so-called “fix” of theirs,"]),
        (
            "'The crew's oars, the boats' sails, all gone,' she said.",
            ["The crew's oars, the boats' sails, all gone,"],
        ),
    ],
)
def test_nested_marks_belong_to_the_outer_quote(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quote_reopened_in_each_paragraph_goes_on() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” she said. “Four.”"
    found = find_spans(text)
    assert [span.continues for span in found.spans] == [False, True, True, False]
    assert found.warnings == ()


def test_a_missing_closing_mark_costs_one_quote_its_end_and_no_other() -> None:
    text = "“I am here, she said. “I stay.”\n\n“Nobody else,” he said."
    found = find_spans(text)
    assert words(text) == ["I am here,", "I stay.", "Nobody else,"]
    assert found.warnings == ("The opening quotation mark at 0 is never closed.",)


def test_a_stray_closing_mark_is_a_warning() -> None:
    found = find_spans("I am here,” she said. “I stay.”")
    assert len(found.spans) == 1
    assert len(found.warnings) == 1


def test_marks_that_point_the_wrong_way() -> None:
    assert words("She rated it ”poor“ and “dull.“ Later “fair”.") == ["poor", "dull.", "fair"]


def test_marks_of_markup_are_ignored() -> None:
    assert words('<a href="x" title="y">She said</a> "no".') == ["no"]


def test_lines_of_a_wrapped_paragraph_stay_together() -> None:
    text = (
        "“The boats had been tied up for a week when the storm\n"
        "came in from the west and took them,” Ann Lee said at\nthe quay."
    )
    assert len(paragraphs(text)) == 1
    assert len(words(text)) == 1


def test_single_line_breaks_part_paragraphs() -> None:
    assert len(paragraphs("A headline\nThe first sentence.\nThe second one.")) == 3


def test_cost_is_linear_in_the_length() -> None:
    part = '“One” and "two', "it’s 'three' four” "
    short, long = "".join(part) * 200, "".join(part) * 4000

    def seconds(text: str) -> float:
        start = time.process_time()
        find_spans(text)
        return time.process_time() - start

    seconds(short)
    assert seconds(long) < 100 * max(seconds(short), 0.002)


def test_marks_that_double_ones_hide_are_looked_at_once() -> None:
    text = ("'a " * 300 + "“" + "s' " * 330 + "” ") * 4
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        find_spans(text)
    finally:
        sys.setprofile(None)
    assert calls < 20 * len(text)


def test_spans_never_overlap() -> None:
    spans = find_spans("“\n': said ”'").spans
    assert len(spans) == 1


def test_double_marks_inside_single_ones_are_kept_apart_as_nested() -> None:
    text = "‘She said, “Stay,” and left,’ he said. “Go,” I said."
    found = find_spans(text)
    assert [span.outer.of(text) for span in found.spans] == ["‘She said, “Stay,” and left,’", "“Go,”"]
    assert [span.outer.of(text) for span in found.nested] == ["“Stay,”"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Ann Lee said: "The tide was high. "But we sailed." Nobody else did.',
            ["The tide was high.", "But we sailed."],
        ),
        (
            '"We waited. It rained! "Then the boat came. "We were glad," Ann Lee said.',
            ["We waited. It rained!", "Then the boat came.", "We were glad,"],
        ),
        ("“The tide was high. “But we sailed,” Ann Lee said.", ["The tide was high.", "But we sailed,"]),
        ("““We sail at dawn,” Ann Lee said.", ["We sail at dawn,"]),
        ("““We sail at dawn,”” Ann Lee said.", ["We sail at dawn,"]),
        ('""We sail at dawn,"" Ann Lee said. "At last."', ["We sail at dawn,", "At last."]),
    ],
)
def test_a_speech_that_is_opened_twice_is_kept_whole(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_speech_that_is_opened_again_goes_on() -> None:
    first, second = find_spans('Ann Lee said: "The tide was high. "But we sailed."').spans
    assert (first.continues, second.continues) == (False, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"The tide is high, Ann Lee said. "We wait."', ["The tide is high,", "We wait."]),
        ("“The tide is high, Ann Lee recalled. She left. “We wait.”", ["The tide is high,", "We wait."]),
        ('"The tide is high, according to Ann Lee.', ["The tide is high,"]),
        ('"The tide is high while we wait here "We wait," Ann Lee said.', ["We wait,"]),
    ],
)
def test_the_reporter_s_words_after_a_forgotten_mark_stay_the_reporter_s(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Ann Lee said: " We sail at dawn. "', ["We sail at dawn."]),
        ('" We sail at dawn, " said Ann Lee. " Nobody waits. "', ["We sail at dawn,", "Nobody waits."]),
        ('Ann Lee said: " We sail at dawn." Nobody waits.', ["We sail at dawn."]),
        ('"We sail at dawn, "said Ann Lee. "Nobody waits."', ["We sail at dawn,", "Nobody waits."]),
        ("“We sail at dawn, “ said Ann Lee. “Nobody waits.”", ["We sail at dawn,", "Nobody waits."]),
        ('A 12 " pipe and a 6 " pipe. "They fit," Ann Lee said.', ["They fit,"]),
        ('We sail at dawn. " He said: "Nobody waits."', ["Nobody waits."]),
        ('We sail at dawn. " He said. Nobody waits."', []),
    ],
)
def test_a_mark_with_blanks_on_both_sides_opens_where_another_closes(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("mark", ["'’", "''", "‘’"])
def test_an_apostrophe_behind_an_abbreviation_closes_nothing(mark: str) -> None:
    opening, closing = mark[0], mark[1]
    text = f"{opening}I saw Lind Bros.{closing} boats and the U.S.{closing} fleet,{closing} Ann Lee said."
    assert words(text) == [f"I saw Lind Bros.{closing} boats and the U.S.{closing} fleet,"]
    text = f"{opening}I sail for Lind Bros.{closing} said Ann Lee. {opening}I like it.{closing}"
    assert words(text) == ["I sail for Lind Bros.", "I like it."]
