"""Confidence: a frequency of being right."""

import math

import pytest

from quotes.extraction.confidence import Calibration, log_odds


def test_it_rises_with_either_and_stays_between_0_and_1() -> None:
    calibration = Calibration(bias=-1.0, attribution=0.4, identity=0.4, least=0.2)
    steps = (0.0, 0.2, 0.5, 0.8, 1.0)
    for fixed in steps:
        by_one = [calibration.confidence(step, fixed, 1.0) for step in steps]
        by_other = [calibration.confidence(fixed, step, 1.0) for step in steps]
        assert by_one == sorted(by_one)
        assert by_other == sorted(by_other)
        assert all(0 < value < 1 for value in by_one)


def test_certainty_stays_a_number() -> None:
    assert math.isfinite(log_odds(0.0))
    assert math.isfinite(log_odds(1.0))
    assert log_odds(0.5) == pytest.approx(0.0)


def test_it_is_kept_as_text() -> None:
    calibration = Calibration(bias=-0.5, attribution=1.25, identity=0.75, least=0.1)
    assert Calibration.from_json(calibration.to_json()) == calibration
