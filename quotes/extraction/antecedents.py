"""What speaks for and against each entity that a pronoun or a role phrase may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from . import antecedent_features as features
from . import lexicon
from .antecedent_features import Features, bucket
from .descriptions import role_words
from .entity import Entity
from .mentions import Mention
from .role_classes import same_role
from .stream import Stream
from .trails import Place, Trail
from .types import SpeakerKind

_SAME_PRONOUNS = {"m": ("he", "him", "his"), "f": ("she", "her")}
_GROUPS = {"it": "it", "they": "they", "their": "they", "them": "they"}
_NO_PERSON = frozenset({"organization", "group", "document"})
_OWNERS = frozenset({"his", "her", "their", "my", "your", "its", "our"})
_PLACES = lexicon.PLACES | lexicon.PLACE_GOVERNMENTS
_BESIDE = 4  # tokens


@dataclass(frozen=True, slots=True)
class Case:
    """One mention, the entities that it may mean (None: nobody of them), and blocks of features of each."""

    mention: Mention
    options: tuple[Entity | None, ...]
    features: tuple[tuple[Features, ...], ...]


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


def _position(group: str, place: Place, trail: Trail) -> Features:
    last = trail.last
    far = min(place.story - last.story, 4)
    return features.position(
        group,
        far,
        min(place.paragraph - last.paragraph, 4),
        last.behind,
        place.here,
        bucket(trail.count),
        not far and place.token - last.token < _BESIDE,
    )


def pronoun_case(mention: Mention, place: Place, trails: Sequence[Trail], coming: Sequence[Entity]) -> Case:
    """The case of a pronoun; `coming`: people named only after it, in this sentence or the next."""
    group = _GROUPS.get(mention.name, "he")
    options: list[Entity | None] = [None]
    blocks: list[tuple[Features, ...]] = []
    fitting = people = 0
    same = _SAME_PRONOUNS.get(mention.gender, ())
    for rank, trail in enumerate(trails):
        entity = trail.entity
        kind = personhood(entity)
        where = _position(group, place, trail)
        if group == "he":
            gender = _gender(entity, mention.gender)
            human = kind not in _NO_PERSON
            likely = human and gender not in ("told-", "-2")
            again = trail.last.word in same
            rivals = (min(people, 3), min(fitting, 3))
            who = features.person(min(rank, 4), gender, kind, rivals, likely, again)
            people += human
            fitting += likely
        else:
            who = features.thing(group, min(rank, 4), kind, place.speaking, place.subject)
        options.append(entity)
        blocks.append((where, who))
    for entity in coming:
        options.append(entity)
        known = _gender(entity, mention.gender), personhood(entity)
        blocks.append((features.coming(group, min(fitting, 1), *known),))
    nobody = features.nobody(group, min(fitting, 3), place.speaking, min(place.paragraph, 2), bool(trails))
    return Case(mention, tuple(options), ((nobody,), *blocks))


def role_case(
    stream: Stream, mention: Mention, place: Place, trails: Sequence[Trail], coming: Sequence[Entity]
) -> Case:
    """The case of a role phrase; None stands for somebody whom the article has not named."""
    phrase = RolePhrase.of(stream, mention)
    options: list[Entity | None] = [None]
    blocks: list[tuple[Features, ...]] = []
    alike = fitting = 0
    for rank, trail in enumerate(trails):
        role, fits = phrase.role_fit(trail.entity), phrase.kind_fits(trail.entity)
        if not fits and role in ("open", "other"):
            continue
        is_open = fits and role == "open"
        rivals = min(fitting, 2) if is_open else -1
        blocks.append(
            (
                _position("role", place, trail),
                phrase.traits(trail.entity, role, fits=fits),
                features.bearer(phrase.article, role, min(rank, 3), alike > 0, rivals, phrase.detail),
            )
        )
        options.append(trail.entity)
        fitting += is_open
        alike += fits and role in ("same", "alike")
    for entity in coming:
        options.append(entity)
        traits = phrase.traits(entity, phrase.role_fit(entity), fits=phrase.kind_fits(entity))
        blocks.append((features.coming_bearer(phrase.article), traits))
    nobody = features.unnamed(phrase.facts, min(alike, 2), min(fitting, 2), place.speaking)
    return Case(mention, tuple(options), ((nobody,), *blocks))


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
            place = " ".join(entity.words) in _PLACES
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

    @property
    def facts(self) -> tuple[str, str, str, bool]:
        """Article, detail, kind, number."""
        return self.article, self.detail, self.mention.speaker_kind.value, self.mention.plural

    def traits(self, entity: Entity, role: str, *, fits: bool) -> Features:
        """`role` and `fits` as `role_fit` and `kind_fits` say."""
        known = entity.about.union(entity.words)
        shared = self.others & known
        words = "all" if shared == self.others else "some" if shared else "none"
        comparable = entity.kind is SpeakerKind.UNNAMED or entity.kind is self.mention.speaker_kind
        return features.traits(
            self.facts,
            role,
            words if self.others else "-",
            _gender(entity, self.mention.gender),
            fits,
            (personhood(entity), entity.kind.value),
            ("vice" in self.others) != ("vice" in known),
            str(" ".join(entity.words) == self.mention.name.lower()) if comparable else "",
        )
