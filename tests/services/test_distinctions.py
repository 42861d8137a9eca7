"""An editor's "not the same person" binds; renames keep every address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quotes.models import Distinction, FormerSlug, Link, Quote, Speaker, SpeakerChange
from quotes.services.merging import (
    MergeError,
    merge_speakers,
    move_quotes,
    rename_speaker,
    tell_apart,
    undo_change,
    withdraw_distinction,
)
from quotes.services.speakers import free_slug, save_speaker
from tests.conftest import Ingest

pytestmark = pytest.mark.django_db


def speaker(name: str, role: str = "") -> Speaker:
    return save_speaker(speaker=Speaker(name=name, kind="person", description=role))


def link_of(ingest: Ingest, name: str, number: int, role: str = "") -> Link:
    article = ingest(f"They met. “No,” {role} {name} said.", url=f"https://one.example/{number}")
    return Link.objects.get(article=article)


def test_whom_an_editor_told_apart_is_looked_at_even_beside_the_very_name(
    ingest: Ingest, editor: User
) -> None:
    jack = link_of(ingest, "Jack Hale", 1, "Judge").speaker
    other = speaker("Jack T. Hale", "striker")
    assert link_of(ingest, "Jack Hale", 2).speaker == jack
    tell_apart(one=other, other=jack, editor=editor)
    assert link_of(ingest, "Jack Hale", 4, "Striker").speaker == other


def test_between_two_who_were_told_apart_the_role_decides(ingest: Ingest, editor: User) -> None:
    judge, striker = speaker("Jack Hale", "judge"), speaker("Jack T. Hale", "striker")
    tell_apart(one=judge, other=striker, editor=editor)
    article = ingest("They met. “No,” Judge Jack Hale said.", url="https://two.example/1")
    assert Link.objects.get(article=article).speaker == judge
    nobody = ingest("They met. “No,” said Jack Hale.", url="https://three.example/1")
    link = Link.objects.get(article=nobody)
    assert (link.outcome, set(link.candidates.all())) == ("ambiguous", {judge, striker})
    assert "told" in link.reason


def test_a_split_tells_apart_until_it_is_undone(ingest: Ingest, editor: User) -> None:
    ingest()
    quotes = Quote.objects.filter(speaker__slug="oona-marlowe")
    change = move_quotes(quotes=quotes, target="Oona Marlowe", editor=editor)
    assert Distinction.objects.get().change == change
    with pytest.raises(MergeError, match="withdraw that first"):
        merge_speakers(source=change.target, target=change.source, editor=editor)
    undo_change(change=change, editor=editor)
    assert not Distinction.objects.exists()


def test_what_was_said_by_itself_outlives_the_split(ingest: Ingest, editor: User) -> None:
    ingest()
    quotes = Quote.objects.filter(speaker__slug="oona-marlowe")
    change = move_quotes(quotes=quotes, target="Oona Marlowe", editor=editor)
    tell_apart(one=change.source, other=change.target, editor=editor)
    undo_change(change=change, editor=editor)
    assert Distinction.objects.exists()


def test_who_was_told_apart_stays_apart_from_what_it_is_merged_into(editor: User) -> None:
    one, other, third = speaker("Jack Hale"), speaker("Jack T. Hale"), speaker("J. Hale")
    told = tell_apart(one=one, other=other, editor=editor)
    merge_speakers(source=one, target=third, editor=editor)
    with pytest.raises(MergeError, match="is not"):
        merge_speakers(source=other, target=third, editor=editor)
    withdraw_distinction(distinction=told)
    merge_speakers(source=other, target=third, editor=editor)


def test_a_renamed_speaker_is_found_at_the_old_addresses_and_by_the_old_name(
    ingest: Ingest, editor: User, client: Client
) -> None:
    ingest()
    oona = Speaker.objects.get(slug="oona-marlowe")
    change = rename_speaker(speaker=oona, name="Oona Marlowe-Ek", editor=editor, note="married")
    assert oona.slug == "oona-marlowe-ek"
    for old, new in (
        ("/speakers/oona-marlowe/", "/speakers/oona-marlowe-ek/"),
        ("/speakers/oona-marlowe/feed.atom", "/speakers/oona-marlowe-ek/feed.atom"),
        ("/api/v1/speakers/oona-marlowe/", "/api/v1/speakers/oona-marlowe-ek/"),
    ):
        answer = client.get(old)
        assert (answer.status_code, answer["Location"].removeprefix("http://testserver")) == (301, new)
        assert client.get(new).status_code == 200
    assert client.get("/api/v1/quotes/?speaker=oona-marlowe").json()["results"]
    assert link_of(ingest, "Oona Marlowe", 7).speaker == oona
    assert free_slug("Oona Marlowe") == "oona-marlowe-2"
    undo_change(change=change, editor=editor)
    oona.refresh_from_db()
    assert (oona.name, oona.slug) == ("Oona Marlowe", "oona-marlowe")
    assert client.get("/speakers/oona-marlowe-ek/")["Location"] == "/speakers/oona-marlowe/"
    assert set(oona.aliases.values_list("name", flat=True)) == {"Oona Marlowe"}


def test_a_speaker_can_take_a_former_slug_of_its_own_back(editor: User) -> None:
    oona = speaker("Oona Marlowe")
    rename_speaker(speaker=oona, name="Oona Ek", editor=editor)
    rename_speaker(speaker=oona, name="Oona Marlowe", editor=editor)
    assert oona.slug == "oona-marlowe"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["oona-ek"]
    rename_speaker(speaker=oona, name="Öona Marlowe", editor=editor)
    assert oona.slug == "oona-marlowe"


def test_renames_are_undone_in_turn(editor: User) -> None:
    oona = speaker("Oona Marlowe")
    first = rename_speaker(speaker=oona, name="Oona Ek", editor=editor)
    second = rename_speaker(speaker=oona, name="Oona Lind", editor=editor)
    with pytest.raises(MergeError, match="renamed since"):
        undo_change(change=first, editor=editor)
    undo_change(change=second, editor=editor)
    undo_change(change=first, editor=editor)
    oona.refresh_from_db()
    assert (oona.name, oona.slug) == ("Oona Marlowe", "oona-marlowe")


def test_steps_that_make_no_sense_are_refused(editor: User) -> None:
    one, other, merged = speaker("Jack Hale"), speaker("Joan Hale"), speaker("Jo Hale")
    merge_speakers(source=merged, target=other, editor=editor)
    refused: list[tuple[Callable[[], Any], str]] = [
        (lambda: tell_apart(one=one, other=one, editor=editor), "the same on both sides"),
        (lambda: tell_apart(one=one, other=merged, editor=editor), "is merged"),
        (lambda: rename_speaker(speaker=one, name=" ?! ", editor=editor), "a letter"),
        (lambda: rename_speaker(speaker=one, name="Jack  Hale", editor=editor), "the name already"),
        (lambda: rename_speaker(speaker=merged, name="Jo", editor=editor), "whom it is merged into"),
    ]
    for step, why in refused:
        with pytest.raises(MergeError, match=why):
            step()
    assert SpeakerChange.objects.count() == 1
    assert not Distinction.objects.exists()


def test_telling_apart_twice_is_telling_apart_once(editor: User) -> None:
    one, other = speaker("Jack Hale"), speaker("Jack T. Hale")
    assert tell_apart(one=one, other=other, editor=editor) == tell_apart(one=other, other=one, editor=editor)
