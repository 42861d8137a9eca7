"""Speakers by the hundred thousand, made up, to measure against."""

from datetime import UTC, datetime
from itertools import islice, product
from typing import Any
from uuid import UUID

import numpy as np

from quotes.english import lexicon
from quotes.extraction import SpeakerKind
from quotes.folding import fold_name
from quotes.linking.keys import keys_of
from quotes.linking.words import name_words, slips
from quotes.management import loading
from quotes.management.loading import copy_rows, settle
from quotes.models import Speaker

_SYLLABLES = lexicon.words(
    "ba den ford gar hol jans kel lind mar nor ost pel quil ros sten tor ul vens wick yar zel dor"
)
_SURNAMES = 60_000
_ROLES = ("mayor", "judge", "striker", "economist", "spokesman", "farmer", "teacher", "minister")
_UUID = UUID("00000000-0000-4000-8000-000000000000").int
_INITIALS = "ABCDEFGHJKLMNPRSTW"


class Names:
    """Full names whose parts are as unevenly common as those of people: some have thousands of bearers."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._first = sorted(name.title() for name in lexicon.FIRST_NAMES if name.isalpha())
        parts = sorted(_SYLLABLES)
        made = ("".join(some).title() for length in (2, 3, 4) for some in product(parts, repeat=length))
        self._surnames = list(islice(made, _SURNAMES))
        np.random.default_rng(0).shuffle(self._surnames)

    def take(self, count: int) -> list[tuple[str, str]]:
        """So many names, each with a role."""
        firsts = self._random.choice(len(self._first), count, p=falling(len(self._first), 20))
        surnames = self._random.choice(_SURNAMES, count, p=falling(_SURNAMES, 200))
        middles = self._random.integers(0, 5 * len(_INITIALS), count)
        roles = self._random.integers(0, len(_ROLES), count)
        return [
            (f"{self._first[first]} {_middle(middle)}{self._surnames[surname]}", _ROLES[role])
            for first, middle, surname, role in zip(firsts, middles, surnames, roles, strict=True)
        ]


def falling(count: int, head: int) -> "np.ndarray[Any, np.dtype[np.float64]]":
    """Chances that fall with the rank, as of names."""
    weights = 1.0 / (np.arange(count, dtype=np.float64) + head)
    chances: np.ndarray[Any, np.dtype[np.float64]] = weights / weights.sum()
    return chances


def _middle(number: int) -> str:
    """An initial for one in five."""
    return f"{_INITIALS[number]}. " if number < len(_INITIALS) else ""


def populate(count: int, seed: int = 1, *, analyze: bool = True) -> None:
    """Add `count` people to an empty database, each with a name, keys and words."""
    people = [(number, name, role) for number, (name, role) in enumerate(Names(seed).take(count), start=1)]
    copy_rows(
        "quotes_speaker",
        "id, public_id, name, slug, kind, description, created_at, updated_at",
        (
            (
                number,
                UUID(int=0x4000 << 64 | 0x8000 << 48 | number),
                name,
                f"p-{number}",
                "person",
                role,
                *_NOW,
            )
            for number, name, role in people
        ),
    )
    copy_rows(
        "quotes_speakeralias",
        "speaker_id, name, folded, origin, count, created_at",
        ((number, name, fold_name(name), "article", 1, _NOW[0]) for number, name, _ in people),
    )
    copy_rows(
        "quotes_speakerkey",
        "speaker_id, key",
        ((n, key) for n, name, _ in people for key in sorted(keys_of(name, SpeakerKind.PERSON))),
    )
    copy_rows(
        "quotes_speakerword", "speaker_id, word", ((n, w) for n, name, _ in people for w in name_words(name))
    )
    words = sorted({word for _, name, _ in people for word in name_words(name)})
    copy_rows(
        "quotes_wordslip", "form, word", ((form, word) for word in words for form in sorted(slips(word)))
    )
    settle(Speaker)
    if analyze:
        loading.analyze()


_NOW = (datetime(2026, 1, 1, tzinfo=UTC),) * 2
