"""Which words of an article are a name of somebody, beside the fullest one."""

import pytest

from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.linking.mentions import is_name_of

OONA = ResolvedSpeaker("Oona J. Marlowe", SpeakerKind.PERSON)
BOARD = ResolvedSpeaker("World Grain Council", SpeakerKind.ORGANIZATION)


@pytest.mark.parametrize(
    ("mention", "speaker", "is_name"),
    [
        ("Ms Marlowe", OONA, True),
        ("Marlowe", OONA, True),
        ("Dr. Oona Marlowe", OONA, True),
        ("Oona J. Marlowe", OONA, False),  # it is the name already
        ("Oona", OONA, False),  # anybody's
        ("She", OONA, False),
        ("the chair", OONA, False),
        ("Harbour Board chair Marlowe", OONA, False),
        ("Marlowe’s lawyer", OONA, False),
        ("WGC", BOARD, True),
        ("the WGC", BOARD, True),
        ("the council", BOARD, False),
        ("WTO", BOARD, False),
    ],
)
def test_a_mention_is_a_name_when_it_has_the_surname_and_titles_alone_or_the_initials(
    mention: str, speaker: ResolvedSpeaker, is_name: bool
) -> None:
    assert is_name_of(mention, speaker) is is_name
