"""Mention -> person, within the article: names, pronouns and role phrases."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from quotes.english import lexicon
from quotes.english.role_classes import same_role
from quotes.english.role_words import role_words
from quotes.extraction.coreference.antecedent_model import load_model
from quotes.extraction.coreference.antecedents import Case, RolePhrase, pronoun_case, role_case, words_spoken
from quotes.extraction.coreference.documents import (
    author_before,
    author_in_name,
    author_in_words,
    body_before,
    speaks,
)
from quotes.extraction.coreference.entities import EntityIndex
from quotes.extraction.coreference.entity import Entity, Resolution
from quotes.extraction.coreference.fuller_names import complete_names
from quotes.extraction.coreference.gender import told_by
from quotes.extraction.coreference.owners import Owner, is_relative, owner_words, owning_tokens
from quotes.extraction.coreference.salience import Place, Trails, place_of, story_numbers
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.names.run_edges import KNOWN_PLACES
from quotes.extraction.roles.nouns import noun_kind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import ResolvedSpeaker, SpeakerKind

Choose = Callable[[Case], Sequence[float]]
_RANKED = frozenset({"he", "she", "his", "her", "him", "it", "they", "their", "them"})
_SILENT = {"his": "m", "her": "f", "himself": "m", "herself": "f"}  # no mentions, but they tell who is meant
_OWNERS = frozenset({"his", "her", "their", "my", "your", "its", "our"})
_SENTENCES_AHEAD = 2  # a pronoun may stand before its name by less than this
_SURE_OWNER = 0.5
_SURE_TURN = 0.8  # from which a pronoun counts against what was known of the gender
_GUESS = 0.55  # how sure it is that somebody without a name is nobody whom the article names: measured
_OPPOSED = -1.0  # a gender that what the article says of somebody speaks against
_ONE_OF = 0.6  # of two just named either of whom a role may mean
_BEARER = 0.9  # how sure it is that "the health minister" is the only one of whom all of that is said
_SURE_BODY = 0.75  # under which whoever spoke last is the likelier body: measured
_LOW = 0.5  # how sure a guess is that the ranker would not make
_UNNAMED = 0.85  # measured: how often nobody named is meant where the ranker is certain of it
# How often what seems to be said by one that is no person, or by somebody without a name, is: measured.
_MOST_SURE = {SpeakerKind.ORGANIZATION: 0.85, SpeakerKind.GROUP: 0.75, SpeakerKind.DOCUMENT: 0.4}
_NARRATOR = 0.2  # that "I" is somebody of whom the article tells nothing
_VAGUE = 0.3  # that a pronoun means somebody whom the article leaves without the name it might give
_SURE_UNNAMED = 0.5  # that a pronoun means somebody without a name
_SPOUSES = frozenset({"husband", "wife", "spouse", "partner"})
_LEDE = 1  # the last of the paragraphs that speak of somebody before they name him
_ROLES_AHEAD = 3  # entities named later that a role phrase is compared with


class Coreference:
    """Resolves every mention of an article, reading it once from start to end."""

    def __init__(self, stream: Stream, mentions: MentionIndex, choose: Choose | None = None) -> None:
        self._stream = stream
        self._mentions = mentions
        self._choose = choose or load_model()
        self._entities = EntityIndex(stream, mentions.all, mentions.inside)
        complete_names(stream.text, self._entities.entities)
        self._stories = story_numbers(stream)
        self._trails = Trails()
        self._found: dict[int, Resolution] = {}
        self._author = Entity("author", ("author",), SpeakerKind.UNNAMED)
        self._ahead = sorted(self._entities.entities, key=lambda entity: entity.first)
        self._firsts = [entity.first for entity in self._ahead]
        self._unnamed_ones: set[str] = set()
        self._inside = {name.last: name for name in mentions.inside}
        self._by_head: dict[str, list[Entity]] = defaultdict(list)
        for entity in self._ahead:
            for head in entity.heads:
                self._by_head[head].append(entity)
        for index, mention in self._in_order():
            self._read(index, mention)

    def speaker(self, mention: Mention) -> tuple[ResolvedSpeaker, float, str] | None:
        """Who `mention` is, how sure (0..1) and how found; None for a pronoun that points at nobody."""
        resolution = self._found.get(mention.first)
        if resolution is None and mention.kind is MentionKind.NAME:  # the label of a transcript
            resolution = self._entities.resolve(mention)
            if resolution is None:
                return ResolvedSpeaker(mention.name, mention.speaker_kind), 0.9, ""
        if resolution is None:
            return None
        entity = self._author_or_itself(mention, resolution.entity)
        return (
            ResolvedSpeaker(entity.name, entity.kind, entity.description, roles=tuple(entity.roles)),
            min(resolution.sure, _most_sure(mention, entity)),
            resolution.reason,
        )

    def _author_or_itself(self, mention: Mention, entity: Entity) -> Entity:
        """Words of a document are its author's."""
        if entity.kind is SpeakerKind.DOCUMENT and entity.author is None and entity.owner is None:
            entity.author = author_before(self._stream, self._mentions, mention, self._read_as)
        return entity.author or entity

    def certainty(self, mention: Mention) -> float:
        """0..1, that who `mention` is has the name and the kind that the article seems to give."""
        entity = self.entity(mention)
        if entity is None:
            return mention.certainty
        return (entity.author or entity).certainty

    def numbers(self) -> list[int]:
        """mention -> number of whom it stands for; mentions that point at nobody get numbers of their own."""
        known: dict[int, int] = {}
        found = []
        for index, mention in enumerate(self._mentions.all):
            resolution = self._found.get(mention.first)
            key = id(resolution.entity) if resolution else -index - 1
            found.append(known.setdefault(key, len(known)))
        return found

    def entity(self, mention: Mention) -> Entity | None:
        """The entity that `mention` was read as."""
        resolution = self._found.get(mention.first)
        return resolution.entity if resolution else None

    def named(self, name: str) -> Entity | None:
        """Whom the article may mean by a name that stands within quoted words; None for nobody it names."""
        resolution = self._entities.resolve(replace(_BLANK, first=-1, last=0, name=name))
        return resolution.entity if resolution else None

    def _in_order(self) -> Iterator[tuple[int, Mention]]:
        """Mentions with their index, and with -1 the pronouns that are none but show who is talked about."""
        position = 0
        every = self._mentions.all
        for index, token in enumerate(self._stream.tokens):
            covered = position and index < every[position - 1].last
            if position < len(every) and every[position].first == index:
                yield position, every[position]
                position += 1
            elif token.lower in _SILENT and not covered and not token.is_quote:
                yield -1, _silent(index, self._stream)

    def _read(self, index: int, mention: Mention) -> None:
        place = place_of(self._stream, mention, self._stories)
        if mention.kind is MentionKind.NAME:
            resolution = self._entities.resolve(mention)
            office = self._office(mention)
            if office is not None and resolution and resolution.entity.name == mention.name:
                resolution = self._role(office, place)
        elif mention.kind is MentionKind.ROLE:
            resolution = self._named_body(mention) or self._role(mention, place)
        else:
            resolution = self._pronoun(mention, place)
        if resolution is None:
            return
        if index >= 0:
            self._found[mention.first] = resolution
            resolution.entity.seen.append(index)
        if mention.kind is MentionKind.ROLE:
            self._note_inside(mention)
        if resolution.entity is not self._author:
            self._trails.note(resolution.entity, place)

    def _office(self, mention: Mention) -> Mention | None:
        """ "the PM" as the role phrase that it stands for."""
        the = self._stream.lower(mention.first - 1) == "the"
        name = _OFFICES.get(mention.name) if the or mention.name == "PM" else None
        if name is None:
            return None
        first = mention.first - the
        return replace(
            mention, first=first, kind=MentionKind.ROLE, speaker_kind=SpeakerKind.PERSON, name=name
        )

    def _note_inside(self, mention: Mention) -> None:
        """ "the family of Ann Lee" has spoken of Ann Lee."""
        for last in range(mention.first + 1, mention.last + 1):
            name = self._inside.get(last)
            found = self._entities.resolve(name) if name is not None else None
            if name is not None and found is not None and found.entity.is_person:
                if found.entity in self._trails or not found.entity.gender.likely:
                    continue
                self._trails.note(found.entity, place_of(self._stream, name, self._stories))

    def _pronoun(self, mention: Mention, place: Place) -> Resolution | None:
        if mention.name in ("who", "which"):
            return self._relative(mention)
        if mention.name == "i":
            return Resolution(self._author, _NARRATOR, "'I' is whoever wrote the article")
        if mention.name not in _RANKED:
            return None
        trails = list(self._trails.latest(place.paragraph))
        coming = self._coming(mention, place) if mention.gender else []
        if mention.gender:
            trails = [trail for trail in trails if not _is_of_other_sex(trail.entity, mention, place)]
        case = pronoun_case(mention, place, trails, coming, words_spoken(self._stream, mention))
        entity, sure = self._decide(case)
        if entity is None or (mention.name == "it" and _is_surely_human(entity)):
            return None
        if mention.gender and sure > (_SURE_OWNER if entity.gender.fit(mention.gender) >= 0 else _SURE_TURN):
            entity.gender.vote(mention.gender, sure)
        if mention.gender and sure > _SURE_OWNER and entity.gender.fit(mention.gender) >= 0:
            entity.pronoun = mention.gender, place.paragraph
        if entity.vague:
            sure = min(sure, _VAGUE)
        if entity.gender.fit(mention.gender) < _OPPOSED:
            sure = min(sure, _SURE_OWNER)
        return Resolution(entity, sure, self._reason(mention, case, entity))

    def _body(
        self, mention: Mention, phrase: RolePhrase, entity: Entity | None, sure: float
    ) -> tuple[Entity | None, float]:
        """For "the company said" that seems to mean another body, the one that spoke last."""
        if (
            phrase.is_of_any_body
            and sure < _SURE_BODY
            and not mention.oblique
            and speaks(self._stream, mention)
        ):
            heard = body_before(self._stream, self._mentions, mention, self._read_as)
            if heard is not None and heard is not entity and heard.full:
                return heard, _GUESS
        if entity is not None and phrase.is_no_other_body(entity):
            return None, min(sure, 1.0 - sure)
        return entity, sure

    def _decide(self, case: Case) -> tuple[Entity | None, float]:
        chances = self._choose(case)
        best = max(range(len(chances)), key=lambda option: chances[option])
        return case.options[best], chances[best]

    def _guess(self, case: Case, phrase: RolePhrase) -> Entity | None:
        """Whom "the company" and "the Vermont senator" may mean where the ranker finds nobody."""
        bearer = phrase.sole_bearer(case.options)
        if bearer is not None or phrase.article != "the" or not phrase.points_back:
            return bearer
        chances = self._choose(case)
        able = [(phrase.guess_order(e), chances[i], i) for i, e in enumerate(case.options) if e is not None]
        able = [item for item in able if item[0] > 0]
        return case.options[max(able)[2]] if able else None

    def _coming(self, mention: Mention, place: Place) -> list[Entity]:
        """People first named after the pronoun, in its sentence or the next."""
        last = min(place.sentence + _SENTENCES_AHEAD, len(self._stream.sentences)) - 1
        start = bisect_right(self._firsts, mention.first)
        end = bisect_right(self._firsts, self._stream.sentences[last].last - 1)
        return [entity for entity in self._ahead[start:end] if entity.is_person][:_ROLES_AHEAD]

    def _reason(self, mention: Mention, case: Case, entity: Entity) -> str:
        word = {"m": "man", "f": "woman"}.get(mention.gender)
        if word is None:
            return f"'{mention.name}' resolved to {entity.name}"
        fits = [
            e for e in case.options if e is not None and e.is_person and e.gender.fit(mention.gender) >= 0
        ]
        how = "last named" if fits and fits[0] is entity else "likeliest"
        return f"'{mention.name}' resolved to {entity.name}, {how} {word}"

    def _relative(self, mention: Mention) -> Resolution | None:
        """who, which: the mention just before."""
        for before in reversed(self._mentions.between(max(0, mention.first - 20), mention.first)):
            if self._stream.sentence_of[before.first] != self._stream.sentence_of[mention.first]:
                return None
            if before.kind is not MentionKind.PRONOUN and not before.embedded:
                known = self._found.get(before.first)
                return Resolution(known.entity, known.sure * 0.93, known.reason) if known else None
        return None

    def _role(self, mention: Mention, place: Place) -> Resolution:
        """ "the senator": somebody whom the article calls so, or somebody without a name."""
        owner = self._owner(mention, place)
        trails = list(self._trails.latest(place.paragraph))
        known = {trail.entity for trail in trails}
        head, _ = role_words(mention.name)
        heads = same_role(head)
        trails += [
            trail
            for trail in self._trails.everybody()[len(trails) :]
            if not heads.isdisjoint(trail.entity.heads) and trail.entity not in known
        ][:_ROLES_AHEAD]
        called = dict.fromkeys(entity for word in sorted(heads) for entity in self._by_head.get(word, ()))
        coming = [entity for entity in called if entity not in self._trails and entity.first > mention.first]
        asked = self._asked_by(mention)
        if asked is not None:
            trails = [trail for trail in trails if trail.entity is not asked]
            coming = [entity for entity in coming if entity is not asked]
        phrase = RolePhrase.of(self._stream, mention)
        named_next = [] if place.paragraph > _LEDE else self._named_next(mention, coming)
        named_next = [e for e in named_next if e is not asked and not phrase.is_nobody_named(e)]
        case = role_case(self._stream, mention, place, trails, coming[:_ROLES_AHEAD], named_next, owner)
        entity, sure = self._decide(case)
        entity, sure = self._body(mention, phrase, entity, sure)
        bearer = phrase.only_bearer(trail.entity for trail in trails)
        if bearer is not None and (bearer is not entity or phrase.others):
            entity, sure = bearer, max(sure if bearer is entity else 0.0, _BEARER)
        if entity is not None:
            if mention.gender:
                entity.gender.vote(mention.gender, sure)
            reason = f"'{mention.name}' resolved to {entity.name}"
            _lengthen(entity, mention)
            if entity.kind is SpeakerKind.DOCUMENT and entity.author is None and entity.owner is None:
                entity.author = self._author_of(mention)
            if phrase.is_open_to(entity, trails, place.story):
                sure = min(sure, _ONE_OF)
            # Nothing but the ranker says that "his mother" is this woman.
            relative = phrase.article == "owned" or (phrase.article == "the" and phrase.head in lexicon.KIN)
            loose = relative and phrase.role_fit(entity) in ("open", "other")
            if owner is not None and owner.relative:
                sure = min(sure, owner.sure)
            return Resolution(entity, min(sure, _GUESS) if entity.vague or loose else sure, reason)
        guess = self._kin(mention, owner.entity if owner else None) or self._guess(case, phrase)
        if guess is not None:
            return Resolution(
                guess, 1.0 - sure if sure < 0.5 else _LOW, f"'{mention.name}' taken for {guess.name}"
            )
        entity = self._unnamed(mention, owner)
        definite = self._stream.lower(mention.first) in ("the", "this", "that") and not mention.plural
        owned = (
            (owner is not None and owner.before)
            or "'s " in mention.name.replace("’", "'")
            or mention.name.split()[0].lower() in _OWNERS
        )
        entity.vague = (definite and mention.speaker_kind is not SpeakerKind.GROUP) or owned
        if owner is not None:
            sure = min(sure, owner.sure)
            entity.vague = entity.vague and not (owner.relative and self._is_alone(entity, heads))
        sure *= _UNNAMED
        return Resolution(entity, min(sure, _GUESS) if entity.vague else sure, "the article gives no name")

    def _named_body(self, mention: Mention) -> Resolution | None:
        """Of a phrase that is a name and what bears it: "the Kadin Times newspaper", "the GRW union"."""
        name = self._inside.get(mention.last - 1)
        head = self._stream.tokens[mention.last - 1]
        if name is None or name.first < mention.first or not (head.lower in _BEARERS and head.text.islower()):
            return None
        if name.name.lower() in KNOWN_PLACES:
            return None
        found = self._entities.resolve(name)
        return found if found and found.entity.kind is SpeakerKind.ORGANIZATION else None

    def _asked_by(self, mention: Mention) -> Entity | None:
        """The Ann Lee of "the reporter asked Ann Lee"."""
        asked = self._mentions.at(mention.last + 1)
        if asked is None or asked.kind is not MentionKind.NAME or asked.possessive:
            return None
        if self._stream.lower(mention.last) not in lexicon.ADDRESSES:
            return None
        resolution = self._entities.resolve(asked)
        return resolution.entity if resolution else None

    def _is_alone(self, entity: Entity, heads: frozenset[str]) -> bool:
        """Whether a phrase says whose spokesman it means, and the article calls nobody it names one."""
        owner = entity.owner
        told = owner is not None and (owner.entity is not None or bool(owner.words))
        return told and not any(self._by_head.get(head) for head in heads)

    def _author_of(self, document: Mention) -> Entity | None:
        found = author_in_words(self._stream, self._mentions, document, self._read_as)
        return found or author_in_name(document, self.named)

    def _read_as(self, mention: Mention) -> tuple[Entity, float] | None:
        """Whom a mention before or after stands for, and how sure that is."""
        found = self._found.get(mention.first)
        if found is None and mention.kind is MentionKind.NAME:
            found = self._entities.resolve(mention)
        return (found.entity, found.sure) if found is not None else None

    def _kin(self, mention: Mention, owner: Entity | None) -> Entity | None:
        """Whom "her brother" may mean: the only other person of her surname whose sex it can be."""
        head, _ = role_words(mention.name)
        if owner is None or head not in lexicon.KIN or len(owner.words) < 2:
            return None
        family = [
            e
            for e in self._entities.entities
            if e.is_person
            and e is not owner
            and len(e.words) > 1
            and e.words[-1] == owner.words[-1]
            and e.gender.fit(mention.gender) >= 0
        ]
        if len(family) > 1 and head in _SPOUSES:
            family = [e for e in family if self._is_couple(owner, e)]
        return family[0] if len(family) == 1 else None

    def _is_couple(self, one: Entity, other: Entity) -> bool:
        """Ann and Tom Lee"""
        every = self._mentions.all
        for index in one.seen:
            for first, second in ((index - 1, index), (index, index + 1)):
                if not 0 <= first < second < len(every):
                    continue
                before, after = every[first], every[second]
                pair = {id(self.entity(before)), id(self.entity(after))} == {id(one), id(other)}
                if pair and before.last + 1 == after.begin and self._stream.lower(before.last) == "and":
                    return True
        return False

    def _named_next(self, mention: Mention, known: Sequence[Entity]) -> list[Entity]:
        """The people first named after an opening that names nobody: "A builder who ..." """
        start = bisect_right(self._firsts, mention.first)
        people = (e for e in self._ahead[start:] if e.is_person and e not in self._trails and e not in known)
        return list(islice(people, _ROLES_AHEAD))

    def _owner(self, mention: Mention, place: Place) -> Owner | None:
        """The one of "his mother", "the senator's aide", "a lawyer for Marsh"."""
        head, _ = role_words(mention.name)
        relative = is_relative(head)
        word = self._stream.lower(mention.first)
        if word in _SILENT or word == "its":
            silent = _silent(mention.first, self._stream)
            resolution = self._pronoun(silent, place_of(self._stream, silent, self._stories))
            if resolution is None or resolution.sure <= _SURE_OWNER:
                return Owner(frozenset(), relative=relative) if relative else None
            return Owner(frozenset(), resolution.entity, resolution.sure, relative)
        tokens = owning_tokens(self._stream, mention)
        if not tokens:
            return None
        found = self._within(mention, tokens, place)
        words = owner_words(self._stream, tokens)
        before = tokens.stop < mention.last
        named = any(self._stream.tokens[index].is_capital for index in tokens)
        if found is None or found.sure <= _SURE_OWNER:
            return Owner(words, relative=relative, before=before, named=named)
        return Owner(words, found.entity, found.sure, relative, before, named)

    def _within(self, mention: Mention, tokens: range, place: Place) -> Resolution | None:
        """Whom the article names by a name or a role that stands within a role phrase."""
        name = self._inside.get(tokens.stop)
        if name is not None and name.first >= tokens.start:
            return self._entities.resolve(name)
        head = self._stream.lower(tokens.stop - 1)
        if noun_kind(head) is not SpeakerKind.PERSON or not tokens:
            return None
        first = mention.first if tokens.stop < mention.last else tokens.start
        inner = replace(
            _BLANK,
            first=first,
            last=tokens.stop,
            kind=MentionKind.ROLE,
            name=self._stream.slice(tokens.start, tokens.stop),
            gender=told_by((head,)),
        )
        found = self._role(inner, place)
        _, others = role_words(inner.name)
        bearer = found.entity
        called = not same_role(head).isdisjoint(bearer.heads) and others <= bearer.about.union(bearer.words)
        return found if bearer.is_person and called else None

    def _unnamed(self, mention: Mention, owned: Owner | None) -> Entity:
        words = mention.name.split()
        while len(words) > 1 and words[0].lower() in _LEADING and words[1] != "of":
            words = words[1:]
        name = " ".join(words)
        if name in self._unnamed_ones and self._stream.lower(mention.first) == "another":
            name = self._stream.slice(mention.first, mention.last).lower()
        self._unnamed_ones.add(name)
        owner = owned.entity if owned is not None and owned.before else None
        if owner is not None and mention.speaker_kind in (SpeakerKind.PERSON, SpeakerKind.GROUP):
            tokens = owning_tokens(self._stream, mention)
            if tokens and owned is not None and owned.relative and owner.is_person:
                name = self._stream.slice(tokens.stop + 1, mention.last)  # what follows "the senator's"
            if not tokens or name != " ".join(words):
                apostrophe = "’" if "’" in self._stream.text else "'"
                name = f"{owner.name}{apostrophe}s {name}"
        kind = SpeakerKind.UNNAMED if mention.speaker_kind is SpeakerKind.PERSON else mention.speaker_kind
        entity = Entity(name, tuple(word.lower() for word in words), kind, first=mention.first)
        entity.gender.tell(mention.gender)
        head, others = role_words(mention.name)
        entity.heads.add(head)
        entity.about |= others
        entity.owner = owned
        if kind is SpeakerKind.DOCUMENT and owner is not None:
            entity.author = owner
        elif kind is SpeakerKind.DOCUMENT:
            entity.author = self._author_of(mention)
        return entity


def _most_sure(mention: Mention, entity: Entity) -> float:
    """Bodies are harder to name than people, and quoted words of documents are often nobody's speech."""
    if entity.kind is SpeakerKind.UNNAMED and mention.gender and mention.kind is MentionKind.PRONOUN:
        return _SURE_UNNAMED
    return _MOST_SURE.get(entity.kind, 1.0)


def _is_surely_human(entity: Entity) -> bool:
    known = entity.gender.told or (entity.gender.named and entity.gender.surely) or entity.titled
    return entity.kind is SpeakerKind.PERSON and bool(known)


def _is_of_other_sex(entity: Entity, mention: Mention, place: Place) -> bool:
    """He and she of one paragraph are two."""
    gender, paragraph = entity.pronoun
    return paragraph == place.paragraph and gender != mention.gender


def _lengthen(entity: Entity, mention: Mention) -> None:
    """Somebody without a name goes by the fullest description."""
    words = tuple(word for word in mention.name.lower().split() if word not in _LEADING)
    if (
        entity.kind is SpeakerKind.UNNAMED
        and len(words) > len(entity.words)
        and words[0] not in _ORDINALS
        and set(entity.words) < set(words)
    ):
        entity.name, entity.words = " ".join(mention.name.split()[-len(words) :]), words


_OFFICES = {"PM": "prime minister", "VP": "vice president", "FM": "foreign minister", "LG": "governor"}
_BEARERS = lexicon.words(
    """
    union charity company firm airline newspaper magazine website tabloid daily weekly broadcaster
    retailer supermarket carmaker manufacturer bank insurer network channel watchdog regulator think-tank
    """
)
_ORDINALS = frozenset({"first", "second", "third", "other", "same", "latter", "last"})
_LEADING = lexicon.DETERMINERS | _OWNERS


def _silent(index: int, stream: Stream) -> Mention:
    """A possessive or reflexive pronoun that mention detection leaves out."""
    token = stream.tokens[index]
    if token.lower == "its":
        return replace(
            _BLANK,
            first=index,
            last=index + 1,
            start=token.start,
            end=token.end,
            name="it",
            speaker_kind=SpeakerKind.ORGANIZATION,
        )
    gender = _SILENT[token.lower]
    return replace(
        _BLANK,
        first=index,
        last=index + 1,
        start=token.start,
        end=token.end,
        name="his" if gender == "m" else "her",
        gender=gender,
    )


_BLANK = Mention(0, 1, 0, 1, MentionKind.PRONOUN, SpeakerKind.PERSON, "his", oblique=True)
