"""Bodies, who speaks for them and who holds an office: where a name or a phrase begins and ends."""

import pytest

from .conftest import Find, Speaker

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ONS director of coastal statistics Piers Oldham said: “We sail.”", "Piers Oldham"),
        ("Minister for harbour safety Lord Hallow said: “We sail.”", "Hallow"),
        ("“We sail,” said Ruritanian member of parliament Piers Oldham.", "Piers Oldham"),
        ("President of the Federation Patricio Alanda said: “We sail.”", "Patricio Alanda"),
        ("Mayor of Brackley Peter Lodge said: “We sail.”", "Peter Lodge"),
        ("Tory frontbencher Piers Oldham MP said: “We sail.”", "Piers Oldham"),
        ("A spokesman for pop singer Piers Oldham said: “We sail.”", "spokesman for pop singer Piers Oldham"),
        (
            "A spokesman for fish company Piers Oldham said: “We sail.”",
            "spokesman for fish company Piers Oldham",
        ),
        ("The friend of Mr Oldham said: “We sail.”", "friend of Mr Oldham"),
        ("The Vale West MP said: “We sail.”", "Vale West MP"),
    ],
)
def test_an_office_ends_where_the_name_of_its_holder_begins(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The University of Kadin researchers said: “We sail.”", "University of Kadin researchers"),
        ("Harbour Prize judges called it: “We sail.”", "Harbour Prize judges"),
        ("A US Embassy spokesman said: “We sail.”", "US Embassy spokesman"),
        (
            "A Department for Rivers, Food and Coastal Affairs spokesperson said: “We sail.”",
            "Department for Rivers, Food and Coastal Affairs spokesperson",
        ),
        (
            "A spokesperson for the Department for Rivers, Food and Coastal Affairs said: “We sail.”",
            "spokesperson for the Department for Rivers, Food and Coastal Affairs",
        ),
        ("The Ruritanian embassy in Kadin said: “We sail.”", "Ruritanian embassy in Kadin"),
    ],
)
def test_a_phrase_takes_in_the_whole_body(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Ministry of Land, Rivers and Ports said: “We sail.”", "Ministry of Land, Rivers and Ports"),
        ("The National Theatre of China said: “We sail.”", "National Theatre of China"),
        ("New Kadin Public Radio said: “We sail.”", "New Kadin Public Radio"),
        ("Air Canada said: “We sail.”", "Air Canada"),
        ("Boat charity Tidewater UK said: “We sail.”", "Tidewater UK"),
        ("US giant General Rivets met. GR is big. “We sail,” GR said.", "General Rivets"),
        ("Bell & Sparrow met. “We sail,” B&S said.", "Bell & Sparrow"),
    ],
)
def test_the_name_of_a_body_is_whole(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Kadin Boats Federation (Sevak) met. Sevak left. “We sail,” Sevak said.",
            "Kadin Boats Federation",
        ),
        ("The Kadin Institute of Science met. “We sail,” KISc said.", "Kadin Institute of Science"),
        ("The GRW marched. “We sail,” the GRW union said.", "GRW"),
        ("Prime Minister Anna Lodge met Bo Ek in Kadin. “We sail,” the PM said.", "Anna Lodge"),
        ("Alistair Hill is a doctor. “We sail,” Mr Hill said.", "Alistair Hill"),
        ("Valerie White is a doctor. “We sail,” Ms White said.", "Valerie White"),
    ],
)
def test_short_names_mean_their_bearers(speaker: Speaker, text: str, name: str) -> None:
    assert speaker(text, "We sail") == name


def test_letters_of_a_party_behind_a_person_are_no_short_name(speaker: Speaker) -> None:
    assert speaker("Rep. Ann Lee (R-Kan.) came. “We sail,” Lee said.", "We sail") == "Ann Lee"


def test_somebody_of_an_age_is_no_group(find: Find) -> None:
    found = find("The 75 year-old added: “We sail.”", "We sail").speaker
    assert found is not None
    assert found.kind.value == "unnamed"
