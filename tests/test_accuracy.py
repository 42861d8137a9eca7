"""How sure a share is, and which threshold it speaks for."""

import pytest

from quotes.accuracy import Certainty, Share, above, advise, bands, percent, wilson


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table 1, method 3
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_wilsons(right: int, count: int, low: float, high: float) -> None:
    assert Share(right, count).interval == pytest.approx((low, high), abs=5e-5)


def test_more_decisions_make_it_surer() -> None:
    widths = [high - low for low, high in (wilson(0.97, count) for count in (10, 100, 1000))]
    assert widths == sorted(widths, reverse=True)


def test_bands_are_tenths_with_their_mean_and_certainty_belongs_to_the_last() -> None:
    shares = {5: Share(1, 2), 90: Share(8, 10), 100: Share(2, 2)}
    first, last = bands(shares, {5: 0.11, 90: 9.05, 100: 2.0})
    assert (first.start, first.end, last.start) == (0.0, 0.1, 0.9)
    assert (first.share, last.share) == (Share(1, 2), Share(10, 12))
    assert [first.confidence, last.confidence] == pytest.approx([0.055, 11.05 / 12])
    assert bands({}, {}) == []


def test_what_is_over_a_threshold() -> None:
    shares = {79: Share(0, 5), 80: Share(4, 5), 97: Share(5, 5)}
    assert above(shares, 0.8) == Share(9, 10)
    assert above(shares, 0.97) == Share(5, 5)
    assert above({}, 0.8) == Share()


def test_too_few_decisions_give_no_threshold() -> None:
    told = advise({99: Share(49, 49)}, 0.97)
    assert (told.certainty, told.threshold) == (Certainty.TOO_FEW, None)
    assert advise({}, 0.97).certainty is Certainty.TOO_FEW


def test_a_threshold_is_sure_when_the_low_end_of_the_interval_keeps_the_precision() -> None:
    told = advise({50: Share(50, 100), 85: Share(300, 300), 95: Share(400, 400)}, 0.97)
    assert (told.certainty, told.threshold, told.share) == (Certainty.SURE, 0.85, Share(700, 700))
    assert told.kept == pytest.approx(700 / 800)
    assert told.wanting is None


def test_a_threshold_that_few_decisions_speak_for_is_likely_and_says_how_many_would_tell() -> None:
    told = advise({95: Share(60, 60)}, 0.97)
    assert (told.certainty, told.threshold) == (Certainty.LIKELY, 0.95)
    assert told.wanting is not None
    count = told.share.count + told.wanting
    assert wilson(1.0, count)[0] >= 0.97 > wilson(1.0, count - 1)[0]


def test_a_share_that_is_just_the_precision_never_gets_sure() -> None:
    told = advise({95: Share(97, 100)}, 0.97)
    assert (told.certainty, told.wanting) == (Certainty.LIKELY, None)


def test_no_threshold_is_suggested_where_none_keeps_the_precision() -> None:
    told = advise({70: Share(50, 100), 99: Share(90, 100)}, 0.97)
    assert (told.certainty, told.threshold, told.share) == (Certainty.NONE, None, Share(140, 200))


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "0%"), (1.0, "100%"), (0.9714, "97.1%"), (0.99999, "99.9%"), (0.00001, "0.1%"), (0.97, "97%")],
)
def test_percents_never_say_all_or_none_of_what_is_nearly_so(share: float, told: str) -> None:
    assert percent(share) == told
