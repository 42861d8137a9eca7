"""When two names are one speaker."""

import pytest

from quotes.training.names import same_speaker


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Ann Lee", "ann  LEE"),
        ("Ann Lee", "Dr. Ann Lee"),
        ("José Peña-Ruiz", "Jose Pena Ruiz"),
        ("Ann Lee's", "Ann Lee"),
        ("Ann B. Lee", "Ann Lee"),
        ("county official", "a county official"),
        ("Ann Lee | Bo Ek", "Bo Ek"),
        ("Ann Lee", "Bo Ek | Ann Lee"),
    ],
    ids=["case", "title", "accents", "genitive", "initial", "article", "of joint", "among joint"],
)
def test_the_same_name_strictly(gold: str, predicted: str) -> None:
    assert same_speaker(gold, predicted)
    assert same_speaker(gold, predicted, lenient=True)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [("Ann Lee", "Lee"), ("Lee", "Ann Lee"), ("Ann Lee Jr.", "Ann Lee"), ("Ann Mary Lee", "Mary Lee")],
)
def test_a_part_of_the_name_is_right_leniently(gold: str, predicted: str) -> None:
    assert not same_speaker(gold, predicted)
    assert same_speaker(gold, predicted, lenient=True)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [("Ann Lee", "Bo Lee"), ("Ann Lee", "Ann"), ("Ann Lee", ""), ("", ""), ("Mr", "Mr"), ("Jr", "Lee Jr")],
    ids=["another Lee", "first name", "nobody", "nobody twice", "title", "suffix"],
)
def test_another_name(gold: str, predicted: str) -> None:
    assert not same_speaker(gold, predicted, lenient=True)
