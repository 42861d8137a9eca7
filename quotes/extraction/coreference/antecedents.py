"""What speaks for and against each entity that a pronoun or a role phrase may mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes.english import lexicon
from quotes.english.demonyms import is_from
from quotes.english.role_classes import same_role
from quotes.english.role_words import role_words
from quotes.extraction.coreference import antecedent_features as features
from quotes.extraction.coreference.antecedent_features import Features, bucket
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.coreference.owners import Owner, is_only_relative, is_relative
from quotes.extraction.coreference.salience import Place, Trail
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_SAME_PRONOUNS = {"m": ("he", "him", "his"), "f": ("she", "her")}
_GROUPS = {"it": "it", "they": "they", "their": "they", "them": "they"}
_NO_PERSON = frozenset({"organization", "group", "document"})
_OWNERS = frozenset({"his", "her", "their", "my", "your", "its", "our"})
_PLACES = lexicon.PLACES | lexicon.PLACE_GOVERNMENTS
_BESIDE = 4  # tokens
_LESSER = frozenset({"deputy", "vice", "former", "ex", "shadow", "assistant"})  # the mayor is no deputy mayor
_LATELY = 2  # sentences


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


def words_spoken(stream: Stream, mention: Mention) -> frozenset[str]:
    """The folded words of the quote that stands beside the mention in its sentence, if any does."""
    sentence = stream.sentences[stream.sentence_of[mention.first]]
    before = range(mention.first - 1, max(sentence.first, mention.first - _BEFORE_SPEAKER) - 1, -1)
    after = range(mention.last, min(sentence.last, mention.last + _AFTER_SPEAKER))
    for index in (*before, *after):
        if stream.tokens[index].is_quote:
            return frozenset(_WORD.findall(stream.tokens[index].text.lower()))
    return frozenset()


def _spoken(
    trail: Trail, place: Place, order: Sequence[Entity], words: frozenset[str], gender: str
) -> Features:
    """When the entity last had the word, and whether the words beside the pronoun are of it."""
    entity = trail.entity
    turn = min(order.index(entity), 2) if entity in order else 3
    since = min(place.paragraph - trail.spoke.paragraph, 3) if trail.spoke else 4
    named = bool(words) and (entity.words[-1] in words or entity.words[0] in words)
    about = bool(words & _THIRD_PERSON.get(gender, frozenset()))
    again = min(place.story - trail.last.story, 2)
    return features.spoken(
        turn, since, place.speaking, named, about, (trail.last.subject, trail.last.form, again)
    )


_OF_ANYBODY = lexicon.DEMONYMS | lexicon.words(
    "man woman boy girl teenager youngster veteran pensioner native newcomer graduate stand-in"
)
# A court, a match or a programme has them, and the article need not name them.
_OF_A_SCENE = lexicon.words(
    """
    judge coroner prosecutor bailiff usher juror foreman referee umpire linesman announcer narrator
    heckler interviewer questioner moderator caller reviewer interpreter receptionist dispatcher auctioneer
    """
)
_OFFICES = lexicon.words(
    """
    magistrate mayor governor minister ambassador bishop headteacher headmaster principal chairman chairwoman
    rector sheriff
    """
)
_BEFORE_SPEAKER, _AFTER_SPEAKER = 6, 14  # tokens between a pronoun and a quote beside it
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_THIRD_PERSON = {
    "m": lexicon.words("he him his he's he'd he'll he’s he’d he’ll himself"),
    "f": lexicon.words("she her hers she's she'd she'll she’s she’d she’ll herself"),
}


def pronoun_case(
    mention: Mention,
    place: Place,
    trails: Sequence[Trail],
    coming: Sequence[Entity],
    words: frozenset[str] = frozenset(),
) -> Case:
    """The case of a pronoun.

    coming   people named only after it, in this sentence or the next
    words    of the quote beside it, as by `words_spoken`
    """
    group = _GROUPS.get(mention.name, "he")
    spoke = sorted((t for t in trails if t.spoke), key=lambda t: -t.spoke.token if t.spoke else 0)
    order = [trail.entity for trail in spoke]
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
            blocks.append((where, who, _spoken(trail, place, order, words, mention.gender)))
            people += human
            fitting += likely
        else:
            blocks.append((where, features.thing(group, min(rank, 4), kind, place.speaking, place.subject)))
        options.append(entity)
    for entity in coming:
        options.append(entity)
        known = _gender(entity, mention.gender), personhood(entity)
        blocks.append((features.coming(group, min(fitting, 1), *known),))
    nobody = features.nobody(group, min(fitting, 3), place.speaking, min(place.paragraph, 2), bool(trails))
    return Case(mention, tuple(options), ((nobody,), *blocks))


def role_case(
    stream: Stream,
    mention: Mention,
    place: Place,
    trails: Sequence[Trail],
    coming: Sequence[Entity],
    named_next: Sequence[Entity] = (),
    owner: Owner | None = None,
) -> Case:
    """The case of a role phrase; None stands for somebody whom the article has not named.

    coming      those named later whom the article calls so
    owner       whose mother or spokesman it is
    named_next  whom an opening that names nobody may be about, in the order of their first mentions
    """
    phrase = RolePhrase.of(stream, mention)
    whose = owner.entity if owner is not None and owner.before else None
    options: list[Entity | None] = [None]
    blocks: list[tuple[Features, ...]] = []
    alike = fitting = 0
    for rank, trail in enumerate(trails):
        role, fits = phrase.role_fit(trail.entity), phrase.kind_fits(trail.entity)
        if not fits and role in ("open", "other"):
            continue
        if owner is not None and owner.excludes(trail.entity, phrase.heads):
            continue
        if role in ("open", "other") and phrase.is_nobody_named(trail.entity):
            continue
        if role == "other" and is_only_relative(trail.entity):
            continue
        if phrase.adds and trail.entity.kind is SpeakerKind.UNNAMED:
            continue
        is_open = fits and role == "open"
        rivals = min(fitting, 2) if is_open else -1
        blocks.append(
            (
                _position("role", place, trail),
                phrase.traits(trail.entity, role, whose, fits=fits),
                features.bearer(phrase.article, role, min(rank, 3), alike > 0, rivals, phrase.detail),
            )
        )
        options.append(trail.entity)
        fitting += is_open
        alike += fits and role in ("same", "alike")
    if owner is not None:
        coming = [entity for entity in coming if not owner.excludes(entity, phrase.heads)]
        named_next = [entity for entity in named_next if not owner.excludes(entity, phrase.heads)]
    for entity in coming:
        options.append(entity)
        role, fits = phrase.role_fit(entity), phrase.kind_fits(entity)
        blocks.append((features.coming_bearer(phrase.article), phrase.traits(entity, role, whose, fits=fits)))
    for rank, entity in enumerate(named_next):
        options.append(entity)
        role, fits = phrase.role_fit(entity), phrase.kind_fits(entity)
        known = features.named_next(phrase.article, rank, place.paragraph, place.subject, role)
        blocks.append((known, phrase.traits(entity, role, whose, fits=fits)))
    nobody = features.unnamed(phrase.facts, min(alike, 2), min(fitting, 2), place.speaking)
    return Case(mention, tuple(options), ((nobody,), *blocks))


def _kinship(entity: Entity, owner: Entity | None) -> str:
    """Whether somebody is the owner of the phrase himself, or of his name."""
    if owner is None:
        return ""
    if entity is owner:
        return "self"
    return "family" if entity.is_person and entity.words[-1] == owner.words[-1] else "else"


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """ "the Vermont senator": its article, head, the heads that it may stand for, and its other words."""

    mention: Mention
    first: str
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
        if is_relative(head) and "'s " in mention.name.replace("’", "'"):
            article = "owned"
        elif first in ("the", "this", "that", "these", "those"):
            article = "the"
        elif first in ("a", "an", "another", "one", "some"):
            article = "a"
        elif first in _OWNERS or "'s " in mention.name.replace("’", "'"):
            article = "owned"
        capital = any(word[:1].isupper() for word in mention.name.split())
        detail = "capital" if capital else "words" if others - _OWNERS else "plain"
        return cls(mention, first, article, head, same_role(head), others - _OWNERS, detail)

    @property
    def adds(self) -> bool:
        """Whether the phrase says that it is somebody else than the one before: "another resident"."""
        return self.first == "another" or bool(self.others & {"another", "second", "third", "fellow"})

    def is_open_to(self, entity: Entity, trails: Sequence[Trail], story: int) -> bool:
        """Whether nothing says that it is this one of two named beside each other, and not the other."""
        if self.article != "the" or not entity.is_person or self.role_fit(entity) != "open":
            return False
        lately = [t.entity for t in trails if story - t.last.story <= _LATELY and t.entity.is_person]
        able = [e for e in lately if self.role_fit(e) == "open" and e.gender.fit(self.mention.gender) >= 0]
        return entity in able and len(able) > 1

    def is_nobody_named(self, entity: Entity) -> bool:
        """Whether a court or a town has one anyway, and the article does not call this person so.

        "Activist Una Frey spoke. “Enough,” the mayor said."
        """
        if self.article != "the" or self.detail != "plain" or not entity.is_person:
            return False
        if self.head in _OF_A_SCENE:
            return True
        return self.head in _OFFICES and any(head in lexicon.ROLE_NOUNS for head in entity.heads)

    @property
    def is_of_any_body(self) -> bool:
        """The company, the party: what any body that was just heard may be called."""
        return self.article == "the" and self.detail == "plain" and self.head in _BODIES

    def is_no_other_body(self, entity: Entity) -> bool:
        """Whether "the government" cannot be this body, which is a part of one, or a firm."""
        if self.article != "the" or self.detail != "plain" or self.head != "government":
            return False
        if entity.kind is not SpeakerKind.ORGANIZATION or not entity.full:
            return False
        return not _RULING & set(entity.words) and " ".join(entity.words) not in _PLACES

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

    def only_bearer(self, entities: Iterable[Entity | None]) -> Entity | None:
        """The one person of whom the article says all that the phrase says: "the health minister"."""
        if self.mention.plural or self.article != "the" or self.adds:
            return None
        if self.mention.speaker_kind is not SpeakerKind.PERSON:
            return None
        bearers = [e for e in entities if e is not None and e.is_person and self.is_said_of(e)]
        return bearers[0] if len(bearers) == 1 else None

    def is_said_of(self, entity: Entity) -> bool:
        """Whether the article says every word of the phrase of somebody."""
        if entity.gender.rules_out(self.mention.gender):
            return False
        known = entity.about.union(entity.words)
        if not self.others <= known or (entity.about & _LESSER) - self.others:
            return False
        if self.head.endswith("-year-old"):
            return bool(self.others)
        if self.head in lexicon.DEMONYMS:
            return self.head in known or any(is_from(self.head, word) for word in known)
        return self.head in entity.heads

    def guess_order(self, entity: Entity) -> int:
        """0 for an entity that the phrase cannot mean; more for a likelier one."""
        if entity.kind is not self.mention.speaker_kind or entity.gender.rules_out(self.mention.gender):
            return 0
        if self.is_no_other_body(entity):
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
        if self.head.endswith("-year-old") or self.head in _OF_ANYBODY:
            return "open"
        if self.heads & entity.heads:
            return "alike"
        if entity.kind is SpeakerKind.ORGANIZATION and self.heads & set(entity.words):
            return "same"
        return "other" if entity.heads else "open"

    @property
    def facts(self) -> tuple[str, str, str, bool]:
        """Article, detail, kind, number."""
        return self.article, self.detail, self.mention.speaker_kind.value, self.mention.plural

    def traits(self, entity: Entity, role: str, owner: Entity | None, *, fits: bool) -> Features:
        """`role` and `fits` as `role_fit` and `kind_fits` say; `owner`: whose the phrase is."""
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
            _kinship(entity, owner),
        )


_RULING = lexicon.words("government administration regime cabinet junta")
_BODIES = lexicon.words(
    """
    company firm party group bank union organisation organization charity agency body corporation club
    association retailer airline carmaker manufacturer brokerage broker non-profit nonprofit trust council
    federation foundation regulator watchdog institute
    """
)
