"""Names of people: what must agree, what may be missing, what is somebody else's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.linking.person_names import Likeness, asked_keys, compare, person_name, stored_keys

FULLER, LOOSE, OTHER, SAME = Likeness.FULLER, Likeness.LOOSE, Likeness.OTHER, Likeness.SAME
WEAK, FAINT = Likeness.WEAK, Likeness.FAINT
NAMES = [
    ("Jean-Luc Béranger", "Jean Luc Beranger", SAME),
    ("Siobhan O’Dea", "Siobhan O'Dea", SAME),
    ("Viktor Tarlov", "Viktor P. Tarlov", FULLER),
    ("Viktor Petrovich Tarlov", "Viktor Tarlov", FULLER),
    ("Ludwig van der Mere", "Ludwig Mere", FULLER),
    ("Ali al-Khatib", "Ali Khatib", FULLER),
    ("Park Min-jun", "Min-jun Park", FULLER),
    ("Yip Chi-wai", "Raymond Yip Chi-wai", FULLER),
    ("J.R. Marrow", "James Robert Marrow", LOOSE),
    ("William Marrow", "Bill Marrow", LOOSE),
    ("Robert Vance III", "Robert Vance", LOOSE),
    ("José Ruiz Vega", "Jose Ruiz", LOOSE),
    ("Amy Okafor-Lind", "Amy Okafor", LOOSE),
    ("Aleksandr Volkov", "Alexander Volkov", LOOSE),
    ("Mohammed Ali Khan", "Muhammad Ali Khan", LOOSE),
    ("Yevgeny Petrov", "Evgeny Petrov", LOOSE),
    ("Volodymyr Zelenko", "Volodymyr Zelenkoh", WEAK),
    ("Edgar Marr", "J. Edgar Marr", LOOSE),
    ("Steven Marr", "Stephen Marr", WEAK),
    ("Nick Marr", "Nicolas Marr", LOOSE),
    ("Robert Muller", "Robert Mueller", WEAK),
    ("Volodymyr Zelenskyi", "Vladimir Zelensky", FAINT),
    # a middle name and a second surname
    ("María Elena Ruiz", "María Ruiz Ortega", FAINT),
    ("María L. Ruiz", "María Ruiz Ortega", FAINT),
    ("María Ruiz", "María Elena Ruiz Ortega", WEAK),
    ("María Elena Ruiz", "María Elena Ruiz Ortega", LOOSE),
    ("María Ruiz Ortega", "María Elena Ruiz Ortega", LOOSE),
    ("María L. Ruiz", "María Luisa Ruiz Ortega", LOOSE),
    ("María Elena Ruiz", "María Ruiz-Ortega", FAINT),
    ("María Elena Ruiz", "María Lucía Ruiz Ortega", OTHER),
    ("María Elena Ruiz", "Mario Ruiz Ortega", OTHER),
    ("María Elena Ruiz Vega", "María Ruiz Ortega", OTHER),
    ("Stephen Petersen", "Steven Pedersen", OTHER),
    ("J. Petersen", "Jan Pedersen", OTHER),
    ("Harold Voss Jr.", "Harold Voss Sr.", OTHER),
    ("Bill Marrow", "Hilda Marrow", OTHER),
    ("J. R. Marrow", "James T. Marrow", OTHER),
    ("Park Min-jun", "Park Min-seo", OTHER),
    ("Jon Harlan", "Jon Harlen", OTHER),
    ("Tom Hale", "Tim Hale", OTHER),
]
SLIPS = [("Anna Petersen", "Anna Pedersen", WEAK), ("Otto Vessering", "Otto Vesserign", WEAK)]


@pytest.mark.parametrize(("one", "other", "likeness"), NAMES + SLIPS)
def test_how_much_two_names_agree(one: str, other: str, likeness: Likeness) -> None:
    assert compare(person_name(one), person_name(other)) is likeness
    assert compare(person_name(other), person_name(one)) is likeness


@pytest.mark.parametrize(("one", "other"), [(a, b) for a, b, likeness in NAMES if likeness is not OTHER])
def test_names_that_agree_are_found_by_their_keys(one: str, other: str) -> None:
    assert stored_keys(person_name(one)) & asked_keys(person_name(other))
    assert stored_keys(person_name(other)) & asked_keys(person_name(one))


def test_a_surname_alone_finds_who_bears_it_and_is_no_more_than_like_his() -> None:
    bare = person_name("Tarlov")
    assert bare.is_bare
    assert compare(bare, person_name("Viktor Tarlov")) is LOOSE
    assert asked_keys(bare) & stored_keys(person_name("Viktor Tarlov"))


@given(st.text(min_size=1, max_size=60), st.text(min_size=1, max_size=60))
def test_any_two_names_can_be_compared_either_way(one: str, other: str) -> None:
    a, b = person_name(one), person_name(other)
    assert compare(a, b) is compare(b, a)
    assert compare(a, a) is SAME


WORDS = st.sampled_from(
    ["Ana", "Bo", "Cora", "Ruiz", "Vega", "Lind", "Okafor-Lind", "Petrov", "J.", "K.", "Jr.", "van", "de"]
)
SPELT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@given(SPELT, SPELT)
def test_likeness_does_not_depend_on_the_order(one: str, other: str) -> None:
    a, b = person_name(one), person_name(other)
    assert compare(a, b) is compare(b, a)
