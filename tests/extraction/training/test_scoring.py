"""Scores, compared with ones worked out by hand."""

from dataclasses import replace

import pytest

from quotes.extraction import Span
from quotes.training.gold import GoldQuote, PredictedQuote
from quotes.training.scoring import Band, Counts, Evaluation, Figures, evaluate, figures, judge

from .examples import article, found, gold

TEXT = "“Never,” said Ann Lee. Her “plan B” was “a map of the moon,” she said. “Why not?” said Bo Ek.\n"
NO = gold(TEXT, "“Never,”", "Ann Lee", "Ann Lee")
PLAN = gold(TEXT, "“plan B”")
MOON = gold(TEXT, "“a map of the moon,”", "Ann Lee", "she")
WHY = gold(TEXT, "“Why not?”", "Bo Ek", "Bo Ek")


def score(quotes: list[GoldQuote], predicted: list[PredictedQuote], text: str = TEXT) -> Figures:
    return figures(evaluate([article(text, *quotes)], {"a": predicted}))


def all_four(measured: Figures) -> tuple[Counts, ...]:
    return measured.speech, measured.mention, measured.lenient, measured.strict


def test_a_whole_article_by_hand() -> None:
    measured = score(
        [NO, PLAN, MOON, WHY],
        [
            found(TEXT, "Never", "Ann Lee", "Ann Lee", confidence=0.95),  # right
            found(TEXT, "plan B", "Ann Lee", "Ann Lee", confidence=0.75),  # nobody said it
            found(TEXT, "a map of the moon", "Lee", "Bo Ek", confidence=0.85),  # lenient, mention wrong
        ],  # and “Why not?” missed
    )
    # Speech: 2 of 3 found, 1 invented. The others: each wrong answer is a false positive and a miss.
    assert measured.speech == Counts(tp=2, fp=1, fn=1)
    assert measured.mention == Counts(tp=1, fp=2, fn=2)
    assert measured.lenient == Counts(tp=2, fp=1, fn=1)
    assert measured.strict == Counts(tp=1, fp=2, fn=2)
    assert (measured.persons_right, measured.persons) == (1, 3)
    # Lenient answers by confidence: 0.95 right, 0.85 right, 0.75 wrong.
    assert [(band.count, band.right) for band in measured.bands] == [(1, 0.0), (1, 1.0), (1, 1.0)]
    assert measured.calibration_error == pytest.approx((0.75 + 0.15 + 0.05) / 3)
    assert measured.publishable == pytest.approx(2 / 3)


def test_precision_recall_and_f1() -> None:
    counts = Counts(tp=2, fp=1, fn=2)
    assert counts.precision == pytest.approx(2 / 3)
    assert counts.recall == pytest.approx(1 / 2)
    assert counts.f1 == pytest.approx(4 / 7)
    nothing = Counts(0, 0, 0)
    assert (nothing.precision, nothing.recall, nothing.f1) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("start", "end", "is_found"),
    [(0, 10, True), (4, 10, True), (5, 10, False), (0, 19, True), (0, 20, False), (10, 20, False)],
    ids=["same", "over half of the gold", "half of the gold", "nearly twice", "twice", "beside it"],
)
def test_a_span_is_found_by_over_half_of_both(start: int, end: int, is_found: bool) -> None:
    text = "x" * 30
    measured = score([gold(text, "x" * 10, "Ann", "x")], [PredictedQuote((Span(start, end),))], text)
    assert measured.speech.tp == is_found
    assert measured.speech.fn == (not is_found)


def test_the_segment_that_overlaps_most_is_judged() -> None:
    text = "x" * 30
    less = PredictedQuote((Span(0, 6),), "Bo Ek")
    most = PredictedQuote((Span(20, 21), Span(0, 8)), "Ann Lee")
    assert score([gold(text, "x" * 10, "Ann Lee", "x")], [less, most], text).strict == Counts(1, 1, 0)


def test_a_quote_with_nobody_is_missed_and_not_wrong() -> None:
    measured = score([NO], [found(TEXT, "Never")])
    assert all_four(measured) == (Counts(1, 0, 0), Counts(0, 0, 1), Counts(0, 0, 1), Counts(0, 0, 1))
    assert (measured.bands, measured.calibration_error, measured.publishable) == ((), None, None)


def test_what_nobody_said_is_wrong_only_with_a_speaker_or_a_mention() -> None:
    assert set(all_four(score([PLAN], [found(TEXT, "plan B")]))) == {Counts(0, 0, 0)}
    assert set(all_four(score([PLAN], [found(TEXT, "plan B", "Ann Lee")]))) == {Counts(0, 1, 0)}
    assert set(all_four(score([PLAN], [found(TEXT, "plan B", mention="Ann Lee")]))) == {Counts(0, 1, 0)}


def test_what_the_gold_does_not_know_is_wrong_where_it_touches_no_gold() -> None:
    assert set(all_four(score([], [found(TEXT, "was", "Ann Lee")]))) == {Counts(0, 1, 0)}
    assert set(all_four(score([], [found(TEXT, "was")]))) == {Counts(0, 0, 0)}
    assert set(all_four(score([PLAN], [found(TEXT, "B” was", "Ann Lee")]))) == {Counts(0, 0, 0)}


def test_each_segment_counts() -> None:
    text = "“Never,” said Ann Lee, “and no.”"
    parts = [gold(text, words, "Ann Lee", "Ann Lee") for words in ("“Never,”", "“and no.”")]
    both = replace(found(text, "Never", "Ann Lee"), segments=(Span(1, 6), Span(24, 31)))
    assert score(parts, [both], text).strict == Counts(2, 0, 0)


def test_gold_in_single_marks_gives_credit_and_no_blame() -> None:
    single = replace(NO, single=True)
    assert score([single], []).strict == Counts(0, 0, 0)
    assert score([single], [found(TEXT, "Never", "Ann Lee")]).strict == Counts(1, 0, 0)


def test_what_readers_differ_about_is_left_out() -> None:
    measured = score([replace(NO, unsure=True)], [found(TEXT, "Never", "Bo Ek", confidence=0.9)])
    assert set(all_four(measured)) == {Counts(0, 0, 0)}
    assert (measured.unsure, measured.persons, measured.bands) == (1, 0, ())


@pytest.mark.parametrize(("distance", "right"), [(1400, True), (1600, False)])
def test_a_mention_counts_near_the_quote(distance: int, right: bool) -> None:
    text = f"“Never.”{'-' * distance}Ann Lee"
    quote = gold(text, "“Never.”", "Ann Lee", "Ann Lee")
    assert score([quote], [found(text, "Never.", mention="Ann Lee")], text).mention.tp == right


def test_a_mention_is_right_by_its_place_and_not_by_its_words() -> None:
    assert score([MOON], [found(TEXT, "map of the moon", mention="she said")]).mention == Counts(1, 0, 0)
    assert score([MOON], [found(TEXT, "map of the moon", mention="Her")]).mention == Counts(0, 1, 1)


def test_any_occurrence_of_the_mention_will_do() -> None:
    text = "Ann Lee came. “Never,” Ann Lee said."
    quote = gold(text, "“Never,”", "Ann Lee", "Ann Lee")
    assert score([quote], [found(text, "Never,", mention="Ann Lee")], text).mention.tp == 1


def claims(*answers: tuple[float, bool]) -> Figures:
    """The figures of one quote for each answer: its confidence, and whether it is right."""
    text = "".join(f"“word{number:02}” " for number in range(len(answers))) + "Ann"
    words = [f"“word{number:02}”" for number in range(len(answers))]
    return score(
        [gold(text, word, "Ann", "Ann") for word in words],
        [
            found(text, word, "Ann" if right else "Bo", confidence=confidence)
            for word, (confidence, right) in zip(words, answers, strict=True)
        ],
        text,
    )


def test_bands_and_calibration() -> None:
    measured = claims((1.0, True), (0.92, False), (0.85, True), (0.1, False))
    assert measured.bands == (
        Band(0.1, 0.2, 1, 0.0),
        Band(0.8, 0.8 + 0.1, 1, 1.0),
        Band(0.9, 1.0, 2, 0.5),
    )
    # |0 - 0.1| and |1 - 0.85| for a quarter of the quotes each, |0.5 - 0.96| for half of them.
    assert measured.calibration_error == pytest.approx(0.1 / 4 + 0.15 / 4 + 0.46 / 2)


def test_publishable_is_the_longest_run_from_the_top_that_is_right_often_enough() -> None:
    good = [(0.9, True)] * 33
    assert claims(*good, (0.8, False), (0.7, True)).publishable == pytest.approx(35 / 35)  # 34 of 35
    assert claims(*good[:30], (0.8, False), (0.7, True)).publishable == pytest.approx(30 / 32)
    assert claims((0.9, False), (0.8, True)).publishable == 0.0


def test_quotes_without_a_confidence_are_in_no_band() -> None:
    assert score([NO], [found(TEXT, "Never", "Ann Lee")]).bands == ()


def test_an_article_without_output_is_counted_and_its_quotes_are_missed() -> None:
    measured = figures(evaluate([article(TEXT, NO, MOON)], {}))
    assert (measured.without_output, measured.strict) == (1, Counts(0, 0, 2))


def test_evaluations_add_up() -> None:
    one = evaluate([article(TEXT, NO, name="one")], {"one": [found(TEXT, "Never", "Ann Lee")]})
    two = evaluate([article(TEXT, WHY, name="two")], {})
    both = figures(sum((one, two), Evaluation((), 0)))
    assert (both.strict, both.without_output) == (Counts(1, 0, 1), 1)


def test_silence_where_nobody_spoke_is_right() -> None:
    (verdict,) = judge(article(TEXT, PLAN), [])
    assert (verdict.mention, verdict.lenient, verdict.strict) == (True, True, True)


def test_a_quote_shorter_than_its_marks_cannot_be_found() -> None:
    text = "“No,” said Ann Lee."
    quote = gold(text, "“No,”", "Ann Lee", "Ann Lee")
    assert score([quote], [found(text, "No", "Ann Lee", "Ann Lee")], text).strict == Counts(0, 0, 1)
    assert score([quote], [found(text, "No,", "Ann Lee", "Ann Lee")], text).strict == Counts(1, 0, 0)
