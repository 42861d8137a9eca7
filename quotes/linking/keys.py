"""Keys under which names are kept, so that those like a name are found among a million."""

from quotes.extraction import SpeakerKind
from quotes.folding import fold_name

from .organizations import organization_keys
from .person_names import asked_keys, person_name, stored_keys

LONGEST_KEY = 100


def keys_of(name: str, kind: SpeakerKind) -> frozenset[str]:
    """The keys that a speaker who goes by `name` is kept under; none for a kind that is never linked."""
    return _keys(name, kind, asked=False)


def keys_like(name: str, kind: SpeakerKind) -> frozenset[str]:
    """The keys under which speakers are kept who `name` may mean."""
    return _keys(name, kind, asked=True)


def _keys(name: str, kind: SpeakerKind, *, asked: bool) -> frozenset[str]:
    if not fold_name(name):
        return frozenset()
    if kind is SpeakerKind.PERSON:
        parsed = person_name(name)
        found = asked_keys(parsed) if asked else stored_keys(parsed)
        return frozenset(key[:LONGEST_KEY] for key in found)
    return organization_keys(name) if kind is SpeakerKind.ORGANIZATION else frozenset()
