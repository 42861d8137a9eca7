"""What is worth an editor's look."""

from datetime import UTC, datetime

import pytest

from quotes.extraction import SpeakerKind
from quotes.linking.careers import Statement
from quotes.linking.suggesting import Profile, collision, duplicate


def profile(name: str, *roles: str, outlets: str = "", kind: SpeakerKind = SpeakerKind.PERSON) -> Profile:
    return Profile(1, kind, (name,), roles, frozenset(outlets.split()))


def score(one: Profile, other: Profile) -> float:
    found = duplicate(one, other)
    return found.score if found else 0.0


def test_the_better_names_and_roles_agree_the_higher_the_score() -> None:
    oona = profile("Oona Marlowe", "Harbour Board chair", outlets="tidewatch")
    scores = [
        score(oona, other)
        for other in (
            profile("Oona Marlowe", "Harbour Board chairwoman", outlets="tidewatch"),
            profile("Oona J. Marlowe", "Harbour Board chair"),
            profile("Oona Marlowe"),
            profile("Oona J. Marlowe"),
            profile("O. Marlowe", "chair of the Harbour Board"),
        )
    ]
    assert sorted(scores[:4], reverse=True) == scores[:4]
    assert min(scores) > 0.3


@pytest.mark.parametrize(
    "other",
    [
        profile("Una Marlowe"),
        profile("O. Marlowe"),  # a name alone that may stand for many
        profile("Oona Marlowe", "striker"),
        profile("Oona Marlowe", kind=SpeakerKind.ORGANIZATION),
    ],
    ids=str,
)
def test_too_little_is_no_suggestion(other: Profile) -> None:
    assert duplicate(profile("Oona Marlowe", "judge"), other) is None


def said(*roles: str) -> list[Statement]:
    return [Statement(role, datetime(2020 + n, 1, 1, tzinfo=UTC), n) for n, role in enumerate(roles)]


def test_roles_that_clash_are_two_people_perhaps() -> None:
    found = collision(said("judge", "striker", "judge", "Rovers striker"))
    assert found
    assert found.parts == ((0, 2), (1, 3))
    career = collision(said("striker", "striker", "judge"))
    assert career
    assert career.score < found.score


def test_roles_that_go_together_are_one_person() -> None:
    assert collision(said("councillor", "mayor", "minister")) is None
    assert collision([]) is None
