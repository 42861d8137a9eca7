"""What speaks for and against each entity that a pronoun or a role phrase may mean.

A feature is a short word; the ranker has a weight for each. `group` keeps the weights of "he", "they",
"it" and of role phrases apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import lexicon
from .descriptions import role_words
from .entities import Entity
from .mentions import Mention
from .role_classes import same_role
from .stream import Stream
from .trails import Place, Trail
from .types import SpeakerKind

Features = tuple[str, ...]
_SAME_PRONOUNS = {"m": ("he", "him", "his"), "f": ("she", "her")}
_OWNERS = frozenset({"his", "her", "their", "my", "your", "its", "our"})


@dataclass(frozen=True, slots=True)
class Case:
    """One mention, the entities that it may mean (None: nobody of them), and the features of each."""

    mention: Mention
    options: tuple[Entity | None, ...]
    features: tuple[Features, ...]


def _bucket(number: int) -> str:
    return str(number) if number < 3 else "3" if number < 5 else "5"


def personhood(entity: Entity) -> str:
    """How sure it is that the entity is a person, in a word."""
    if entity.kind is not SpeakerKind.PERSON:
        return entity.kind.value
    if entity.titled or entity.gender.told:
        return "sure"
    if entity.heads:
        return "role"
    if len(entity.words) > 1:
        return "firstname" if entity.words[0] in lexicon.FIRST_NAMES else "two"
    return "known" if entity.words[0] in lexicon.FIRST_NAMES else "one"


def _gender(entity: Entity, gender: str) -> str:
    if not gender:
        return "any"
    if entity.gender.told:
        return "told+" if entity.gender.told == gender else "told-"
    fit = entity.gender.fit(gender)
    size = "2" if abs(fit) >= 1.0 else "1"
    return "none" if not fit else f"+{size}" if fit > 0 else f"-{size}"


def _position(place: Place, trail: Trail, shared: bool) -> list[str]:
    last = trail.last
    far = min(place.story - last.story, 4)
    near = min(far, 2)
    paragraphs = min(place.paragraph - last.paragraph, 4)
    found = [
        *(f"sentences>={number}" for number in range(1, far + 1)),
        *(f"paragraphs>={number}" for number in range(1, paragraphs + 1)),
        f"subject={last.subject}",
        f"opens={last.opens}",
        f"subject={last.subject}/{min(far, 1)}",
        f"form={last.form}",
        f"speaks={last.speaking}/{place.speaking}",
        f"lead={min(last.lead, 2)}",
        f"lead={min(last.lead, 1)}/{near}",
        f"acts={last.acting or last.speaking}/{place.speaking}/{min(far, 1)}",
        f"role={last.subject}/{last.opens}/{min(last.lead, 1)}",
        f"count={_bucket(trail.count)}",
    ]
    if not far:
        found.append(f"same/{place.subject}/{last.subject}/{place.word in ('his', 'her', 'their', 'its')}")
        if place.token - last.token < 4:
            found.append(f"beside/{place.subject}")
    if not paragraphs and far:
        found.append(f"parallel={place.subject}/{last.subject}/{shared}")
    return found


def pronoun_case(mention: Mention, place: Place, trails: Sequence[Trail], coming: Sequence[Entity]) -> Case:
    """The case of a pronoun; `coming`: people named only after it, in this sentence or the next."""
    group = {"it": "it", "its": "it", "which": "it"}.get(mention.name) or (
        "they" if mention.name in ("they", "their", "them") else "he"
    )
    options: list[Entity | None] = [None]
    fitting = people = 0
    features: list[Features] = []
    for rank, trail in enumerate(trails):
        entity = trail.entity
        gender = _gender(entity, mention.gender)
        kind = personhood(entity)
        found = _position(place, trail, trail.last.opens == place.opens)
        found += [f"rank={min(rank, 4)}", f"gender={gender}", f"kind={kind}", f"kind={kind}/{gender}"]
        if group == "he":
            person = kind not in ("organization", "group", "document")
            likely = person and gender not in ("told-", "-2")
            found += [f"people={min(people, 3)}", f"fitting={min(fitting, 3)}/{likely}"]
            if not likely:
                found.append("unlikely")
            if trail.last.word in _SAME_PRONOUNS.get(mention.gender, ()):
                found.append("again")
            people += person
            fitting += likely
        else:
            found += [f"kind={kind}/{place.speaking}", f"kind={kind}/{place.subject}"]
        if entity.full > 2:
            found.append("often")
        options.append(entity)
        features.append(tuple(f"{group}:{name}" for name in found))
    for entity in coming:
        gender = _gender(entity, mention.gender)
        options.append(entity)
        kind = personhood(entity)
        ahead = [f"coming/{min(fitting, 1)}", f"coming-gender={gender}", f"coming-kind={kind}"]
        features.append(tuple(f"{group}:{name}" for name in ahead))
    nobody = [
        "nobody",
        f"nobody/fitting={min(fitting, 3)}",
        f"nobody/speaks={place.speaking}",
        f"nobody/paragraph={min(place.paragraph, 2)}",
        f"nobody/some={bool(trails)}",
    ]
    return Case(mention, tuple(options), (tuple(f"{group}:{name}" for name in nobody), *features))


def role_case(
    stream: Stream, mention: Mention, place: Place, trails: Sequence[Trail], coming: Sequence[Entity]
) -> Case:
    """The case of a role phrase; None stands for somebody whom the article has not named."""
    phrase = RolePhrase.of(stream, mention)
    options: list[Entity | None] = [None]
    features: list[Features] = []
    alike = fitting = 0
    for rank, trail in enumerate(trails):
        traits = phrase.traits(trail.entity)
        found = _position(place, trail, trail.last.opens == place.opens)
        found += [f"rank={min(rank, 3)}", *traits]
        role, fits = phrase.role_fit(trail.entity), phrase.kind_fits(trail.entity)
        found.append(f"{phrase.article}/{role}/{'nth' if alike else 'last'}")
        if fits and role == "open":
            found.append(f"{phrase.article}/fitting={min(fitting, 2)}/{phrase.detail}")
            fitting += 1
        alike += fits and role in ("same", "alike")
        options.append(trail.entity)
        features.append(tuple(f"role:{name}" for name in found))
    for entity in coming:
        options.append(entity)
        ahead = [f"coming/{phrase.article}", "coming", *phrase.traits(entity)]
        features.append(tuple(f"role:{name}" for name in ahead))
    nobody = [
        "nobody",
        f"nobody/{phrase.article}",
        f"nobody/{phrase.article}/{mention.speaker_kind}",
        f"nobody/{phrase.article}/{phrase.detail}",
        f"nobody/{phrase.article}/alike={min(alike, 2)}",
        f"nobody/{phrase.article}/fitting={min(fitting, 2)}",
        f"nobody/plural={mention.plural}",
        f"nobody/speaks={place.speaking}/{phrase.article}",
    ]
    return Case(mention, tuple(options), (tuple(f"role:{name}" for name in nobody), *features))


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """ "the Vermont senator": its article, head, the heads that it may stand for, and its other words."""

    mention: Mention
    article: str
    head: str
    heads: frozenset[str]
    others: frozenset[str]
    detail: str

    @classmethod
    def of(cls, stream: Stream, mention: Mention) -> "RolePhrase":
        head, others = role_words(mention.name)
        first = stream.lower(mention.first)
        article = "bare"
        if first in ("the", "this", "that", "these", "those"):
            article = "the"
        elif first in ("a", "an", "another", "one", "some"):
            article = "a"
        elif first in _OWNERS or "'s " in mention.name.replace("’", "'"):
            article = "owned"
        capital = any(word[:1].isupper() for word in mention.name.split())
        detail = "capital" if capital else "words" if others - _OWNERS else "plain"
        return cls(mention, article, head, same_role(head), others - _OWNERS, detail)

    @property
    def points_back(self) -> bool:
        """Whether the phrase takes for granted that the reader knows who is meant."""
        if self.mention.plural:
            return False
        if self.mention.speaker_kind is SpeakerKind.ORGANIZATION:
            return self.detail == "plain"
        epithet = self.detail == "capital" or bool(self.others & {"former", "then", "ex"})
        return self.mention.speaker_kind is SpeakerKind.PERSON and epithet

    def sole_bearer(self, entities: Iterable[Entity | None]) -> Entity | None:
        """The only person whom the article calls by the bare role, as "the chancellor"."""
        if (
            self.mention.plural
            or self.article != "the"
            or self.mention.speaker_kind is not SpeakerKind.PERSON
        ):
            return None
        bearers = [e for e in entities if e is not None and e.is_person and self.head in e.heads]
        alone = len(bearers) == 1 and self.others <= bearers[0].about
        return bearers[0] if alone and not bearers[0].gender.rules_out(self.mention.gender) else None

    def guess_order(self, entity: Entity) -> int:
        """0 for an entity that the phrase cannot mean; more for a likelier one."""
        if entity.kind is not self.mention.speaker_kind or entity.gender.rules_out(self.mention.gender):
            return 0
        if entity.kind is SpeakerKind.ORGANIZATION:
            place = " ".join(entity.words) in lexicon.PLACES | lexicon.PLACE_GOVERNMENTS
            return 0 if place or not entity.full else 1
        return {"same": 3, "alike": 3, "open": 2, "other": 1}[self.role_fit(entity)]

    def kind_fits(self, entity: Entity) -> bool:
        if self.mention.speaker_kind is SpeakerKind.PERSON:
            return entity.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED)
        return entity.kind is self.mention.speaker_kind

    def role_fit(self, entity: Entity) -> str:
        """Whether the article gives the entity this role, a like one, another one or none."""
        if self.head in entity.heads:
            return "same"
        if self.heads & entity.heads:
            return "alike"
        if entity.kind is SpeakerKind.ORGANIZATION and self.heads & set(entity.words):
            return "same"
        return "other" if entity.heads else "open"

    def traits(self, entity: Entity) -> list[str]:
        role = self.role_fit(entity)
        known = entity.about | set(entity.words)
        shared = self.others & known
        words = (
            "all"
            if shared and shared == self.others
            else "some"
            if shared
            else "none"
            if self.others
            else "-"
        )
        vice = ("vice" in self.others) != ("vice" in known)
        gender = _gender(entity, self.mention.gender)
        found = [
            f"{self.article}/role={role}",
            f"{self.article}/role={role}/words={words}/{self.detail}",
            f"words={words}/{self.detail}",
            f"gender={gender}",
            f"fits={self.kind_fits(entity)}",
            f"{self.article}/{self.mention.speaker_kind}/{personhood(entity)}",
            f"plural={self.mention.plural}/{entity.kind}",
        ]
        if vice:
            found.append("vice")
        if entity.kind is SpeakerKind.UNNAMED or entity.kind is self.mention.speaker_kind:
            equal = " ".join(entity.words) == self.mention.name.lower()
            found.append(f"{self.article}/equal={equal}")
        return found
