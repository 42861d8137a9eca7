"""Speakers are found by any name, as people type it."""

import pytest
from django.test import Client

from quotes.models import Speaker
from quotes.search import find_speakers, speakers_named
from quotes.services.speakers import add_alias, remove_alias, save_speaker
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    for name in ("Oona Marlowe", "Noémie Quill", "Marlo Ek", "Jean-Luc O’Neil", "Петро Коваль"):
        save_speaker(speaker=Speaker(name=name, kind="person"))
    add_alias(speaker=Speaker.objects.get(name="Oona Marlowe"), name="Captain Kettle")


def found(asked: str) -> list[str]:
    by_rank = [speaker.name for speaker in find_speakers(Speaker.objects.all(), asked)]
    assert set(speakers_named(Speaker.objects.all(), asked).values_list("name", flat=True)) == set(by_rank)
    return by_rank


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("Oona Marlowe", ["Oona Marlowe"]),
        ("marlowe oona", ["Oona Marlowe"]),
        ("OONA", ["Oona Marlowe"]),
        ("oo", ["Oona Marlowe"]),
        ("noemie", ["Noémie Quill"]),
        ("kettle", ["Oona Marlowe"]),
        ("capt ket", ["Oona Marlowe"]),
        ("mralowe", ["Oona Marlowe"]),
        ("noemi quil", ["Noémie Quill"]),
        ("noemmie", ["Noémie Quill"]),
        ("jean luc oneil", ["Jean-Luc O’Neil"]),
        ("O'Neil", ["Jean-Luc O’Neil"]),
        ("коваль", ["Петро Коваль"]),
        ("marlo", ["Marlo Ek", "Oona Marlowe"]),
        ("oona quill", []),
        ("xyzzy", []),
        ("?!", []),
        ("", []),
        ("%", []),
        ("_oona%", ["Oona Marlowe"]),
    ],
)
def test_words_their_beginnings_and_slips_find_a_speaker(asked: str, names: list[str]) -> None:
    assert found(asked) == names


def test_a_name_that_was_taken_away_finds_nobody(people: None) -> None:
    oona = Speaker.objects.get(name="Oona Marlowe")
    remove_alias(alias=oona.aliases.get(name="Captain Kettle"))
    assert found("kettle") == []
    assert found("oona") == ["Oona Marlowe"]


def test_names_are_learned_from_how_articles_mention_somebody(ingest: Ingest) -> None:
    ingest(
        "“No,” Oona Lind said. “Never,” Ms. Lind added. “Not at all,” Ms Lind said.",
        url="https://a.example/1",
    )
    names = {
        alias.name: (alias.origin, alias.count)
        for alias in Speaker.objects.get(slug="oona-lind").aliases.all()
    }
    assert names["Oona Lind"] == ("article", 1)
    assert [kind for name, kind in names.items() if name.endswith("Lind") and name != "Oona Lind"] == [
        ("mention", 1)
    ]


def test_the_page_finds_who_is_quoted(client: Client, ingest: Ingest) -> None:
    ingest()
    page = client.get("/speakers/", {"q": "achterburg"}).text
    assert "Desmond Achterberg" in page
    assert "1 quote" in page
    assert "Nobody" in client.get("/speakers/", {"q": "noemie"}).text  # who is not quoted
    for nonsense in ("\0", "x" * 5000, "'; --", "<b>"):
        answer = client.get("/speakers/", {"q": nonsense})
        assert answer.status_code == 200
        assert "<b>" not in answer.text
    assert "Nobody" not in client.get("/speakers/").text


def test_the_api_finds_by_name(client: Client, ingest: Ingest) -> None:
    ingest()
    for asked in ("achterb", "desmond achterburg", "DESMOND"):
        results = client.get("/api/v1/speakers/", {"name": asked}).json()["results"]
        assert [one["slug"] for one in results] == ["desmond-achterberg"]
