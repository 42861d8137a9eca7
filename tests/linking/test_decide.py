"""Which known speaker is meant: one who cannot be another, or none."""

import pytest

from quotes.extraction import SpeakerKind
from quotes.linking.decide import Candidate, Decision, Named, Outcome, decide
from quotes.linking.roles import Fit, fit

LINKED, NEW, AMBIGUOUS = Outcome.LINKED, Outcome.NEW, Outcome.AMBIGUOUS


def known(*names: str, key: int = 1, role: str = "", outlet: bool = False) -> Candidate:
    return Candidate(key, names, (role,), same_outlet=outlet)


def person(name: str, role: str = "") -> Named:
    return Named(name, SpeakerKind.PERSON, role)


def body(name: str) -> Named:
    return Named(name, SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Russian president", "president of Russia", Fit.TIED),
        (
            "New Zealand's transport minister",
            "Conservative member of Parliament for York in Ontario",
            Fit.CLASH,
        ),
        ("Finnish minister", "Finland's minister", Fit.SHARED),
        ("Finnish minister", "Norwegian minister", Fit.CLASH),
        ("Finnish diplomat", "ambassador to Norway", Fit.OPEN),
        ("vice president", "president", Fit.SHARED),
        ("US vice president", "US president", Fit.SHARED),
        ("head of the Coastal Disaster Board", "chief of the Coastal Disaster Board", Fit.TIED),
        ("president of the dockworkers' union", "leader of the dockworkers' union", Fit.ALLIED),
    ],
)
def test_roles_of_one_country_one_body_or_one_matter_go_together(one: str, other: str, expected: Fit) -> None:
    assert fit(one, other) is fit(other, one) is expected


@pytest.mark.parametrize(
    ("named", "candidates", "outcome"),
    [
        (person("Oona Marlowe"), [], NEW),
        (person("Oona Marlowe"), [known("Oona Marlowe")], LINKED),
        (person("Oona J. Marlowe"), [known("Oona Marlowe")], LINKED),
        (person("Oona Marlowe"), [known("Una Bright")], NEW),
        # of two, the one of the same words; of two of the same words, neither
        (person("Jack Hale"), [known("Jack B. Hale"), known("Jack Hale", key=2)], LINKED),
        (person("Jack Hale"), [known("Jack Hale"), known("Jack Hale", key=2)], AMBIGUOUS),
        (person("Jack Hale"), [known("Jack B. Hale"), known("Jack C. Hale", key=2)], AMBIGUOUS),
        (person("Jack B. Hale"), [known("Jack Hale", "Jack C. Hale")], NEW),
        # what is said of them tells them apart, or keeps them apart
        (person("Jack Hale", "judge"), [known("Jack Hale", role="striker")], AMBIGUOUS),
        (person("Jack Hale", "minister"), [known("Jack Hale", role="councillor")], LINKED),
        (
            person("Jack Hale", "Harbour FC striker"),
            [known("Jack Hale", role="striker"), known("Jack Hale", key=2, role="judge")],
            LINKED,
        ),
        # a loose likeness needs something else that speaks for it
        (person("J. Hale"), [known("Jack Hale")], AMBIGUOUS),
        (person("J. Hale"), [known("Jack Hale", outlet=True)], LINKED),
        (person("J. Hale", "coach"), [known("Jack Hale", role="manager")], LINKED),
        (person("Jack Hale Jr."), [known("Jack Hale", outlet=True)], AMBIGUOUS),
        # a surname alone needs an office
        (person("Tarlov"), [known("Viktor Tarlov", outlet=True)], AMBIGUOUS),
        (person("Tarlov", "President"), [known("Viktor Tarlov", role="president")], LINKED),
        (person("Hale", "spokesman"), [known("Jack Hale", role="spokesman")], AMBIGUOUS),
        (
            person("Hale", "Harbour Board spokesman"),
            [known("Jack Hale", role="Harbour Board spokesman")],
            LINKED,
        ),
        (body("Harbour Board Ltd"), [known("The Harbour Board")], LINKED),
        (body("WGC"), [known("World Grain Council")], LINKED),
        (body("WGC"), [known("World Grain Council"), known("Western Golf Club", key=2)], AMBIGUOUS),
        (body("Marrow Foundation"), [known("Marrow Trust")], NEW),
    ],
)
def test_who_is_meant(named: Named, candidates: list[Candidate], outcome: Outcome) -> None:
    assert decide(named, candidates).outcome is outcome


def test_a_decision_gives_its_reason_and_who_else_came_into_question() -> None:
    assert decide(person("Jack B. Hale", "coach"), [known("Jack Hale", role="Harbour manager")]) == Decision(
        LINKED, 1, (), "the same name, fuller or shorter, as Jack Hale; a like role"
    )
    assert decide(person("Jack Hale"), [known("Jack Hale"), known("Jack Hale", key=2)]) == Decision(
        AMBIGUOUS, None, (1, 2), "2 who are known may be meant"
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "judge", Fit.OPEN),
        ("striker", "judge", Fit.CLASH),
        ("councillor", "transport minister", Fit.ALLIED),
        ("French foreign minister", "German foreign minister", Fit.CLASH),
        ("Detective Inspector", "police officer", Fit.SHARED),
        ("chairman of the Harbour Board", "Harbour Board chairwoman", Fit.TIED),
        ("president", "President", Fit.TIED),
    ],
)
def test_how_two_descriptions_go_together(one: str, other: str, expected: Fit) -> None:
    assert fit(one, other) is expected
    assert fit(other, one) is expected
