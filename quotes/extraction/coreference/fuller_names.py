"""First names that stand only in quoted words or headlines: "Gingrich" is Newt Gingrich."""

import re
from collections.abc import Iterable

from quotes.english import lexicon
from quotes.english.name_forms import lowered
from quotes.extraction.coreference.entity import Entity

_LONGEST = 400_000  # code points of a text in which names are looked for
_PAIR = re.compile(r"\b([A-Z][\w.'’-]+)(?: [A-Z]\.)? ([A-Z][\w'’-]+)")


def complete_names(text: str, entities: Iterable[Entity]) -> None:
    """Give people known by surname alone the one first name that stands before it anywhere in `text`."""
    people = [entity for entity in entities if entity.is_person]
    bare = {entity.words[0]: entity for entity in people if len(entity.words) == 1}
    if not bare:
        return
    borne = {(entity.words[0], entity.words[-1]) for entity in people if len(entity.words) > 1}
    found: dict[str, set[str]] = {}
    for match in _PAIR.finditer(text, 0, _LONGEST):
        first, last = lowered(match.group(1)), lowered(match.group(2)).removesuffix("'s")
        if (first, last) in borne:
            continue  # Mr Poole beside Ann Poole is somebody else
        if last in bare and first in lexicon.FIRST_NAMES and first not in lexicon.TITLES:
            found.setdefault(last, set()).add(match.group(1))
    for last, firsts in found.items():
        if len(firsts) == 1:
            entity = bare[last]
            first = next(iter(firsts))
            entity.name = f"{first} {entity.name}"
            entity.words = (lowered(first), *entity.words)
