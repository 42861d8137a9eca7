"""Names change; addresses do not."""

import pytest

from quotes.models import Speaker
from quotes.services.speakers import add_alias, remove_alias, save_speaker

pytestmark = pytest.mark.django_db


def names(speaker: Speaker) -> set[str]:
    return set(speaker.aliases.values_list("name", flat=True))


def test_a_renamed_speaker_keeps_the_slug_and_the_old_name() -> None:
    speaker = save_speaker(speaker=Speaker(name="Oona Marlow", kind="person"))
    speaker.name = "Oona Marlowe"
    save_speaker(speaker=speaker)
    assert speaker.slug == "oona-marlow"
    assert names(speaker) == {"Oona Marlow", "Oona Marlowe"}


def test_an_alias_can_be_taken_away_but_the_main_name_cannot() -> None:
    speaker = save_speaker(speaker=Speaker(name="Oona Marlowe", kind="person"))
    add_alias(speaker=speaker, name="Captain Oona")
    for alias in speaker.aliases.all():
        remove_alias(alias=alias)
    assert names(speaker) == {"Oona Marlowe"}


def test_marks_alone_are_no_name() -> None:
    speaker = save_speaker(speaker=Speaker(name="Oona Marlowe", kind="person"))
    add_alias(speaker=speaker, name="“?!”")
    assert names(speaker) == {"Oona Marlowe"}
