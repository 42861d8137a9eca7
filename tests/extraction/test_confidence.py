"""Confidence: a frequency of being right."""

import math

import pytest

from quotes.extraction import QuoteKind, extract_quotes
from quotes.extraction.assembly.confidence import Calibration, log_odds
from quotes.extraction.pipeline import shipped_weights
from quotes.extraction.types import Span
from quotes.training.calibrating import calibrate
from quotes.training.gold import GoldArticle, GoldQuote


def test_it_rises_with_each_and_stays_between_0_and_1() -> None:
    calibration = Calibration(bias=-1.0, attribution=0.4, identity=0.4, least=0.2, name=0.3)
    steps = (0.0, 0.2, 0.5, 0.8, 1.0)
    for fixed in steps:
        by_one = [calibration.confidence(step, fixed, 1.0) for step in steps]
        by_other = [calibration.confidence(fixed, step, 1.0) for step in steps]
        by_name = [calibration.confidence(fixed, fixed, step) for step in steps]
        assert by_one == sorted(by_one)
        assert by_name == sorted(by_name)
        assert by_other == sorted(by_other)
        assert all(0 < value < 1 for value in by_one)


def test_certainty_stays_a_number() -> None:
    assert math.isfinite(log_odds(0.0))
    assert math.isfinite(log_odds(1.0))
    assert log_odds(0.5) == pytest.approx(0.0)


def test_it_is_kept_as_text() -> None:
    calibration = Calibration(bias=-0.5, attribution=1.25, identity=0.75, least=0.1, name=0.2)
    assert Calibration.from_json(calibration.to_json()) == calibration


@pytest.mark.model
def test_turns_of_a_transcript_are_no_part_of_calibrating() -> None:
    turns = "\n\n".join(f"{who}: {words}" for who, words in TURNS)
    text = f"“We sail at dawn,” said Oona Marlowe. The chair, Ian Rusk, heard her.\n\n{turns}\n"
    assert any(quote.kind is QuoteKind.TRANSCRIPT for quote in extract_quotes(text).quotes)
    said = GoldQuote(Span(0, text.index(" said")), True, "Oona Marlowe", "person", "Oona Marlowe")
    found = calibrate(shipped_weights()[0], [(GoldArticle("a", text, (said,)), 1.0)])
    assert math.isfinite(found.confidence(0.9, 0.9, 0.9))


TURNS = (
    ("IAN RUSK", "When did you see the wreck?"),
    ("OONA MARLOWE", "At dawn. I was alone."),
    ("IAN RUSK", "Alone?"),
    ("OONA MARLOWE", "We are always alone down there."),
)
