"""The API answers as its schema says, whatever it is asked: no server error, nothing it does not describe."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from schemathesis import GenerationMode
from schemathesis.generation.hypothesis.builder import HypothesisTestMode

from quotes.models import Quote
from tests.api.contract import ask_all, described, follow_links, one_connection
from tests.api.logins import by_token

METHODS = ("GET", "POST")
ANONYMOUS = {"Accept-Encoding": "identity"}  # the client in between undoes no gzip


@pytest.fixture(autouse=True)
def _one_connection(kettles: Quote) -> Iterator[None]:
    with one_connection():
        yield


@pytest.fixture
def every_scope(editor: User) -> dict[str, str]:
    return {**ANONYMOUS, "Authorization": by_token(editor, scheme="Bearer")}


@pytest.mark.parametrize("method", METHODS)
def test_what_the_schema_allows_is_answered_as_it_says(
    kettles: Quote, every_scope: dict[str, str], method: str
) -> None:
    schema = described(GenerationMode.POSITIVE, examples=4, known=kettles)
    assert ask_all(schema, every_scope, list(HypothesisTestMode), method) > 100


@pytest.mark.parametrize("method", METHODS)
def test_what_the_schema_does_not_allow_is_refused_as_it_says(
    every_scope: dict[str, str], method: str
) -> None:
    schema = described(GenerationMode.NEGATIVE, examples=4)
    assert ask_all(schema, every_scope, list(HypothesisTestMode), method) > 100


@pytest.mark.parametrize("method", METHODS)
def test_without_a_login_it_is_the_same(kettles: Quote, method: str) -> None:
    schema = described(GenerationMode.POSITIVE, examples=4, known=kettles)
    assert ask_all(schema, ANONYMOUS, [HypothesisTestMode.FUZZING], method) > 50


def test_from_link_to_link_it_is_the_same(every_scope: dict[str, str]) -> None:
    answered = follow_links(described(GenerationMode.POSITIVE, examples=4), every_scope)
    reached = {operation for operation, status in answered if status < 300}
    assert len([operation for operation in reached if "{" in operation]) >= 2, sorted(reached)
