"""B-cubed, on cases small enough to count."""

from quotes.linking.scoring import BCubed, b_cubed


def test_all_right_is_one() -> None:
    assert b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 7, "b": 7, "c": 8}) == BCubed(1.0, 1.0)


def test_two_people_put_together_cost_precision() -> None:
    assert b_cubed({"a": 1, "b": 2}, {"a": 7, "b": 7}) == BCubed(0.5, 1.0)


def test_one_person_kept_apart_costs_recall_and_a_name_not_found_stands_alone() -> None:
    assert b_cubed({"a": 1, "b": 1}, {"a": 7, "b": 8}) == BCubed(1.0, 0.5)
    assert b_cubed({"a": 1, "b": 1}, {"a": 7}) == BCubed(1.0, 0.5)
