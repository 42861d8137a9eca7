"""Links of the schema: from a real answer each leads to another one."""

from collections.abc import Iterator
from functools import reduce
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Quote
from quotes.services.merging import rename_speaker
from tests.api.logins import by_token


@pytest.fixture
def login(editor: User) -> dict[str, str]:
    return {"accept": "application/json", "authorization": by_token(editor)}


@pytest.fixture
def paths(client: Client, kettles: Quote, editor: User) -> Any:
    assert kettles.speaker is not None
    rename_speaker(speaker=kettles.speaker, name="Oona Marlow", editor=editor)
    return client.get("/api/v1/schema/", {"format": "json"}).json()["paths"]


def operations(paths: Any) -> dict[str, tuple[str, str, Any]]:
    """Method, path and description of each operation, by its name."""
    return {
        one["operationId"]: (method, path, one)
        for path, methods in paths.items()
        for method, one in methods.items()
    }


def links(paths: Any) -> Iterator[tuple[str, Any]]:
    for name, (_, _, described) in operations(paths).items():
        for response in described["responses"].values():
            for link in response.get("links", {}).values():
                yield name, link


def value(expression: str, answer: Any) -> str:
    """What a runtime expression of OpenAPI stands for."""
    where, _, pointer = expression.partition("#/")
    if where == "$response.body":
        keys = (int(key) if key.isdigit() else key for key in pointer.split("/"))
        return str(reduce(lambda found, key: found[key], keys, answer.json()))
    return str(answer[expression.removeprefix("$response.header.")])


def test_every_link_is_to_an_operation_that_takes_what_it_gives(paths: Any) -> None:
    known = operations(paths)
    found = list(links(paths))
    assert len(found) > 20
    for name, link in found:
        taken = {parameter["name"] for parameter in known[link["operationId"]][2]["parameters"]}
        assert set(link["parameters"]) <= taken, name


def test_a_link_from_an_answer_leads_to_one(
    client: Client, paths: Any, kettles: Quote, login: dict[str, str]
) -> None:
    kettles.refresh_from_db()
    assert kettles.speaker is not None
    known = operations(paths)
    ids = {
        "quotes": kettles.public_id, "review": kettles.public_id, "speakers": kettles.speaker.slug,
        "articles": kettles.revision.article.public_id,
    }  # fmt: skip
    followed = 0
    for name, link in links(paths):
        method, path, _ = known[name]
        if method != "get":
            continue
        there = path.replace("{public_id}", "{}").replace("{slug}", "{}").format(ids.get(name.split("_")[0]))
        answer = client.get(there, headers=login)
        given = {key: value(expression, answer) for key, expression in link["parameters"].items()}
        to, target, described = known[link["operationId"]]
        places = {parameter["name"]: parameter["in"] for parameter in described["parameters"]}
        headers = login | {key: given[key] for key in given if places[key] == "header"}
        query = {key: given[key] for key in given if places[key] == "query"}
        if to == "get":
            reached = client.get(target.format(**given), query, headers=headers)
            assert reached.status_code == 200, (name, link)
        else:
            reached = client.post(target.format(**given), {}, "application/json", headers=headers)
            assert reached.status_code in {200, 400, 412}, (name, link)
        followed += 1
    assert followed > 15
