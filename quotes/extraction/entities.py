"""The named people and organisations of an article, each with its fullest name."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import lexicon
from .mentions import Mention, MentionKind
from .names import first_name_gender
from .types import SpeakerKind

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_LINK = frozenset({"of", "the", "and", "for", "&", "de", "on", "in"})
_NAMESAKES = 50  # looked at for one name: bounds the cost of very long texts
GUESS = 0.68  # how sure a guess is: under the threshold from which quotes are published
_DOMINANT = 3  # times as many full mentions as the rival
_KIND_ORDER = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION, SpeakerKind.GROUP)


@dataclass(slots=True, eq=False)
class Entity:
    """Grows while the article is read. `seen` holds the indexes of its mentions, in order."""

    name: str
    words: tuple[str, ...]
    kind: SpeakerKind
    gender: str = ""
    description: str = ""
    seen: list[int] = field(default_factory=list)
    full: int = 0  # times named in full
    vague: bool = False  # somebody whom the article may well name elsewhere ("his mother")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention is; `sure` (0..1) is the probability, `reason` says how it was found ("" if by name)."""

    entity: Entity
    sure: float
    reason: str = ""


def name_words(name: str) -> tuple[str, ...]:
    """Folded words of a name, initials without their point, suffixes left out."""
    found = [word.lower().replace("’", "'").strip(".") for word in _WORD.findall(name)]
    core = [word for word in found if word not in lexicon.SUFFIXES and word != "the"]
    return tuple(core or found)


class EntityIndex:
    """Entities by word. Full names are known before the first short one is looked up."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.entities: list[Entity] = []
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._by_acronym: dict[str, Entity] = {}
        names = [m for m in mentions if m.kind is MentionKind.NAME]
        for mention in sorted(names, key=lambda m: -len(name_words(m.name))):
            if len(name_words(mention.name)) > 1:
                self._add_full(mention)
        for mention in names:
            if len(name_words(mention.name)) == 1:
                self._add_single(mention)

    def _add_full(self, mention: Mention) -> None:
        words = name_words(mention.name)
        entity = self._by_words.get(words) or self._same_full(words, mention)
        if entity is None:
            entity = self._new(mention, words)
        self._by_words[words] = entity
        entity.full += 1
        _enrich(entity, mention)

    def _same_full(self, words: tuple[str, ...], mention: Mention) -> Entity | None:
        for entity in self._by_word.get(words[-1], [])[:_NAMESAKES]:
            if entity.kind is mention.speaker_kind and _compatible(words, entity, mention.gender):
                return entity
        return None

    def _add_single(self, mention: Mention) -> None:
        words = name_words(mention.name)
        known = self.candidates(words[0], mention)
        if len(known) == 1 and mention.titled:
            _enrich(known[0], mention)
        if not known:
            entity = self._by_words.get(words) or self._new(mention, words)
            self._by_words[words] = entity
            entity.full += 1
            _enrich(entity, mention)

    def _new(self, mention: Mention, words: tuple[str, ...]) -> Entity:
        entity = Entity(" ".join(mention.name.split()), words, mention.speaker_kind)
        self.entities.append(entity)
        for word in dict.fromkeys(words):
            if word not in _LINK:
                self._by_word[word].append(entity)
        capitals = [word for word in words if word not in _LINK]
        if len(capitals) > 1 and mention.speaker_kind is not SpeakerKind.PERSON:
            self._by_acronym.setdefault("".join(word[0] for word in capitals), entity)
        return entity

    def candidates(self, word: str, mention: Mention) -> list[Entity]:
        """Entities that the single word can stand for: by last name, then first name, then acronym."""
        found = self._by_word.get(word, [])[:_NAMESAKES]
        fits = [e for e in found if _gender_fits(e, mention.gender)]
        people = [e for e in fits if e.kind is SpeakerKind.PERSON]
        last = [e for e in people if e.words[-1] == word]
        first = [e for e in people if e.words[0] == word and len(e.words) > 1]
        if last or first:
            surname_first = [e for e in first if word in lexicon.SURNAME_FIRST_SURNAMES]
            return last + surname_first if last or surname_first else first
        orgs = [e for e in fits if e.kind is not SpeakerKind.PERSON and _short_for(word, e)]
        if orgs:
            return orgs
        acronym = self._by_acronym.get(word.replace(".", "")) if mention.name.isupper() else None
        return [acronym] if acronym else []

    def resolve(self, mention: Mention) -> Resolution | None:
        """The entity that a name stands for."""
        words = name_words(mention.name)
        exact = self._by_words.get(words)
        if len(words) > 1 and exact is not None:
            return Resolution(exact, 1.0)
        found = self.candidates(words[0], mention)
        if len(found) == 1:
            return self._namesake(words[0], found[0], mention) or Resolution(found[0], 0.99)
        if found:
            return _pick(found, mention)
        return Resolution(exact, 0.97) if exact else None

    def _namesake(self, word: str, person: Entity, mention: Mention) -> Resolution | None:
        """A bare name that a person and an organisation of the article share ("Pellworth said")."""
        if person.kind is not SpeakerKind.PERSON or mention.titled or len(person.words) == 1:
            return None
        for other in self._by_word.get(word, [])[:_NAMESAKES]:
            if other is not person and other.words[0] == word and other.words[-1] != word:
                return Resolution(person, GUESS, f"'{mention.name}' could be {person.name} or {other.name}")
        return None


def _short_for(word: str, entity: Entity) -> bool:
    return (
        entity.words == (word,)
        or entity.words[0] == word
        or (entity.words[-1] == word and word in lexicon.ORG_WORDS)
    )


def _gender_fits(entity: Entity, gender: str) -> bool:
    return not gender or not entity.gender or gender == entity.gender


def _pick(found: list[Entity], mention: Mention) -> Resolution:
    """Several people share the name: the one named most, or else the one seen last."""
    ordered = sorted(found, key=lambda e: (-e.full, -(e.seen[-1] if e.seen else -1)))
    first, second = ordered[0], ordered[1]
    if first.full >= _DOMINANT * second.full:
        return Resolution(first, 0.93)
    recent = max(found, key=lambda e: e.seen[-1] if e.seen else -1)
    if recent is first:
        return Resolution(first, 0.75, f"'{mention.name}' could be {first.name} or {second.name}")
    other = second if first is recent else first
    return Resolution(recent, 0.6, f"'{mention.name}' could be {recent.name} or {other.name}")


def _compatible(words: tuple[str, ...], entity: Entity, gender: str) -> bool:
    """Whether two names of several words are the same: "Robert C. Scott" and "Robert Scott"."""
    if not _gender_fits(entity, gender):
        return False
    if entity.kind is not SpeakerKind.PERSON:
        return _contains(entity.words, words)
    if entity.words[-1] != words[-1]:
        return entity.words[: len(words)] == words
    first, other = words[0], entity.words[0]
    if first == other or (min(len(first), len(other)) == 1 and first[0] == other[0]):
        return True
    return all(word in entity.words for word in words) or _short_form(first, other)


def _contains(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


_SHORT_FORMS = {
    frozenset(pair.split("/"))
    for pair in [
        "mike/michael",
        "bob/robert",
        "rob/robert",
        "bobby/robert",
        "bill/william",
        "will/william",
        "jim/james",
        "jimmy/james",
        "tom/thomas",
        "dave/david",
        "dan/daniel",
        "joe/joseph",
        "chris/christopher",
        "matt/matthew",
        "ben/benjamin",
        "sam/samuel",
        "ed/edward",
        "ted/edward",
        "tony/anthony",
        "steve/steven",
        "steve/stephen",
        "ron/ronald",
        "don/donald",
        "ken/kenneth",
        "liz/elizabeth",
        "beth/elizabeth",
        "kate/katherine",
        "kathy/katherine",
        "sue/susan",
        "jen/jennifer",
        "jenny/jennifer",
        "nick/nicholas",
        "pat/patrick",
        "greg/gregory",
        "jeff/jeffrey",
        "tim/timothy",
        "rick/richard",
        "dick/richard",
        "charlie/charles",
        "chuck/charles",
        "andy/andrew",
        "alex/alexander",
        "vicky/victoria",
        "debbie/deborah",
        "maggie/margaret",
        "meg/margaret",
        "larry/lawrence",
        "jerry/gerald",
        "fred/frederick",
    ]
}


def _short_form(first: str, other: str) -> bool:
    return frozenset((first, other)) in _SHORT_FORMS


def _enrich(entity: Entity, mention: Mention) -> None:
    entity.gender = entity.gender or mention.gender or first_name_gender(" ".join(entity.words))
    entity.description = entity.description or mention.description
    if mention.titled and mention.speaker_kind is SpeakerKind.PERSON:
        entity.kind = SpeakerKind.PERSON
