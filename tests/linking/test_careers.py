"""What articles say that somebody is, put in order."""

from datetime import UTC, datetime

import pytest

from quotes.linking.careers import Statement, career, is_same_post


def said(role: str, year: int, article: int = 0) -> Statement:
    return Statement(role, datetime(year, 3, 5, tzinfo=UTC), article or year)


def test_a_role_runs_from_its_first_to_its_last_article() -> None:
    posts = career([said("Kremlin spokesperson", 2023), said("Kremlin spokesperson", 2019)])
    assert [(post.role, post.years) for post in posts] == [("Kremlin spokesperson", "2019–2023")]
    assert [statement.article for statement in posts[0].statements] == [2019, 2023]


def test_roles_over_time_stand_latest_first() -> None:
    posts = career([said("Okslund councillor", 2019), said("mayor of Okslund", 2024)])
    assert [(post.role, post.years) for post in posts] == [
        ("mayor of Okslund", "2024"),
        ("Okslund councillor", "2019"),
    ]


def test_a_role_is_called_as_most_articles_call_it() -> None:
    posts = career(
        [said("Kremlin spokesman", 2019), said("Kremlin spokesperson", 2020), said("Kremlin spokesman", 2021)]
    )
    assert [(post.role, post.years) for post in posts] == [("Kremlin spokesman", "2019–2021")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kremlin spokesman", "Kremlin spokesperson", True),
        ("Mayor of Okslund", "mayor of okslund", True),
        ("mayor of Okslund", "mayor of Selburn", False),
        ("mayor of Okslund", "former mayor of Okslund", False),
        ("lawyer", "solicitor", False),
    ],
)
def test_which_descriptions_are_of_one_post(one: str, other: str, same: bool) -> None:
    assert is_same_post(one, other) is is_same_post(other, one) is same
