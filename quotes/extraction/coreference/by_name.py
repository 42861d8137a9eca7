"""Who of the known a name can be: in full and short, by first or last name, by initials."""

from collections.abc import Sequence
from itertools import takewhile

from quotes.english import lexicon
from quotes.english.name_forms import LINK_WORDS, NameForm
from quotes.english.short_names import same_first_name
from quotes.extraction.coreference.entity import Entity, Resolution
from quotes.extraction.mentions.finder import Mention

_AFTER_OFFICE = lexicon.PREPOSITIONS | {"and"}
_EITHER, _RECENT = 0.6, 0.5  # of two of one name: the one named more and later, the later one
_DOMINANT = 3  # times as many full mentions as the rival


def compatible(form: NameForm, entity: Entity, gender: str) -> bool:
    """Whether two names of several words are the same: "Robert C. Scott" and "Robert Scott"."""
    words = form.words
    if entity.gender.rules_out(gender) or (form.suffix and entity.suffix and form.suffix != entity.suffix):
        return False
    if not entity.is_person:
        return _contains(entity.words, words)
    if entity.words[-1] != words[-1]:
        return entity.words[: len(words)] == words
    if same_first_name(words[0], entity.words[0]):
        return True
    if len(words) == 2 and words[0] in entity.heads:
        return True  # Dean Poole is Ann Poole, dean of the school
    return all(word in entity.words for word in words)


def _contains(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def short_for(word: str, entity: Entity) -> bool:
    """Whether a body may go by the word: its first, or a last one that says what it is."""
    return (
        entity.words == (word,)
        or entity.words[0] == word
        or (entity.words[-1] == word and word in lexicon.ORG_WORDS)
    )


def by_first_or_last(
    word: str, people: Sequence[Entity], last: list[Entity], first: list[Entity]
) -> list[Entity]:
    """Those of the last name, else of the first, else the only one with the word in the middle."""
    if last or first:
        family = [e for e in people if word in e.words[:-1] and e not in last and _is_family_name(word, e)]
        return last + family if last or family else first
    middle = [e for e in people if len(e.words) > 2 and word in e.words[1:-1]]
    return middle if len(middle) == 1 else []  # Quispe is Rosa Elvira Quispe Mamani


def _is_family_name(word: str, entity: Entity) -> bool:
    """Whether the family name stands before the given one: "Xi Jinping", "Raymond Yip Chi-wai"."""
    given = entity.name.rsplit(" ", 1)[-1].partition("-")[2]
    return word in lexicon.SURNAME_FIRST_SURNAMES or (given[:1].islower() and entity.words[-2] == word)


def initials(words: Sequence[str]) -> str:
    """ "gm" of "general motors"; words like "of" give none."""
    return "".join(part[0] for word in words if word not in LINK_WORDS for part in word.split("-") if part)


def acronym_letters(name: str) -> str:
    """The initials that a short name gives: "gm" of "GM", "kis" of "KISc"; "" of any other name."""
    capitals = "".join(letter for letter in name if letter.isupper())
    small = sum(letter.islower() for letter in name)
    short = capitals and name[0].isupper() and small <= 1 and len(capitals) > _FEW * small
    return capitals.lower() if short else ""


_FEW = 2  # capitals for a small letter: "Mc" is none


def office_initials(role: str) -> str:
    """ "cm" of "Chief Minister of the state"."""
    core = takewhile(lambda word: word not in _AFTER_OFFICE, role.lower().split())
    return initials([*core])


def pick(found: list[Entity], mention: Mention) -> Resolution:
    """Several people share the name: the one named most, or else the one seen last."""
    ordered = sorted(found, key=lambda e: (-e.full, -(e.seen[-1] if e.seen else -1)))
    first, second = ordered[0], ordered[1]
    if first.full >= _DOMINANT * second.full:
        return Resolution(first, 0.93)
    recent = max(found, key=lambda e: e.seen[-1] if e.seen else -1)
    if recent is first:
        return Resolution(first, _EITHER, f"'{mention.name}' could be {first.name} or {second.name}")
    other = second if first is recent else first
    return Resolution(recent, _RECENT, f"'{mention.name}' could be {recent.name} or {other.name}")
