"""Commands about the same words."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quotes.models import QuoteToGroup
from tests.said import groups, stored

WORDS = "We have waited ten years for this, and we will not wait for the northern pier to fall into the bay."


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_quotes_from_before_are_grouped_at_once() -> None:
    stored(WORDS), stored(WORDS)
    QuoteToGroup.objects.all().delete()
    assert "2 quotes: 1 group of the same words" in run("group_quotes")
    assert groups() == [{WORDS}]


def test_labelled_pairs_are_scored_and_errors_named(tmp_path: Path) -> None:
    oona, ivo = (
        {"text": WORDS, "speaker": "Oona Marlowe", "date": "2026-03-06"},
        {"text": "So it goes on and on"},
    )
    pairs = [
        {"id": "one", "one": oona, "other": {**oona, "text": WORDS[30:]}, "same": True},
        {"id": "two", "one": oona, "other": ivo, "same": True},
        {"id": "three", "one": oona, "other": ivo, "same": False},
    ]
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(pair) + "\n" for pair in pairs))
    told = run("evaluate", "--same-words", str(path))
    assert "in all                                 3       2       1       0      1.000   0.500" in told
    assert "two: not looked at: few words in common" in told
    path.write_text('{"one": 1}\n')
    with pytest.raises(CommandError, match="line 1: it is no pair"):
        run("evaluate", "--same-words", str(path))


@pytest.mark.dear
def test_variants_of_our_own_quotes_are_grouped_as_well_as_is_said() -> None:
    """In a database of its own, as `make eval` does."""
    from quotes.management.variants import variants

    assert len(variants()) > 2000
    assert variants() == variants()
