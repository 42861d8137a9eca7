"""The named people and organisations of an article, found by any part of their names."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from quotes.english import lexicon
from quotes.english.name_forms import (
    LINK_WORDS,
    NameForm,
    abbreviates,
    first_surname,
    is_slip,
    name_form,
    surname_keys,
)
from quotes.english.short_names import long_forms
from quotes.extraction.coreference.by_name import (
    acronym_letters,
    by_first_or_last,
    compatible,
    initials,
    office_initials,
    pick,
    short_for,
)
from quotes.extraction.coreference.entity import Entity, Resolution
from quotes.extraction.coreference.facts import describe, enrich, told
from quotes.extraction.coreference.gender import Gender, vote_by_pronouns
from quotes.extraction.mentions.finder import Mention, MentionKind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_NAMESAKES = 16  # looked at for one name: bounds the cost of very long texts
_OPENING = 1  # the last of the paragraphs that tell whom the article is about
_SHARED = 0.5  # of a person whose surname an organisation bears: under the threshold of publishing
_SLIP = 5  # letters: shorter surnames differ by one too often
_NO_SLIPS = lexicon.FIRST_NAMES | lexicon.PLACES | lexicon.COUNTRIES | lexicon.PLACE_GOVERNMENTS
_NO_PERSON = (
    lexicon.ORG_WORDS
    | lexicon.PLACES
    | lexicon.PLACE_GOVERNMENTS
    | lexicon.words(
        "of the and for lake mount mt port fort cape bay river saint st san santa great new old upper lower"
    )
)
_BEARERS = 32  # people asked for an office
_FULL = 3  # words of a person's name that is taken for a body's
_SLIPS_AMONG = 96  # people, the longest names first
_MISSPELT = 0.9


class EntityIndex:
    """Entities by word. Full names are known before the first short one is looked up."""

    def __init__(self, stream: Stream, mentions: Sequence[Mention], inside: Sequence[Mention] = ()) -> None:
        """`inside`: names that are no mentions, as in MentionIndex."""
        self.entities: list[Entity] = []
        self._stream = stream
        self._by_word: dict[str, list[Entity]] = defaultdict(list)
        self._by_words: dict[tuple[str, ...], list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
        self._misspelt: dict[str, Entity] = {}
        names = [m for m in mentions if m.kind is MentionKind.NAME]
        self._forms = {m.first: _form(m) for m in (*names, *inside)}
        self._short = {m.name.lower() for m in names if m.name.isupper() and " " not in m.name}
        for mention in sorted((*names, *inside), key=lambda m: -len(self.form(m).words)):
            if len(self.form(mention).words) > 1:
                self._add_full(mention)
        self._by_bracket = self._in_brackets(sorted((*names, *inside), key=lambda m: m.first))
        vote_by_pronouns(stream, names, self._gender_of)
        self._addressed: dict[str, set[str]] = defaultdict(set)  # surname -> genders of its titles
        self._namesakes(names)
        for mention in names:
            if len(self.form(mention).words) == 1:
                self._add_single(mention)

    def form(self, mention: Mention) -> NameForm:
        """The parts of a name."""
        return self._forms.get(mention.first) or _form(mention)

    def _add_full(self, mention: Mention) -> None:
        form = self.form(mention)
        entity = self._same_full(form, mention) or self._new(mention, form)
        if entity not in self._by_words[form.words]:
            self._by_words[form.words].append(entity)
        entity.full += 1
        long = form.words[0] != entity.words[0] and form.words[0] in long_forms(entity.words[0])
        if long and form.words[1:] == entity.words[1:]:
            entity.name = form.text  # Kenneth for Ken
        enrich(self._stream, entity, mention, form)

    def _same_full(self, form: NameForm, mention: Mention) -> Entity | None:
        for entity in self._by_word.get(form.words[-1], [])[:_NAMESAKES]:
            if entity.kind is not mention.speaker_kind or not compatible(form, entity, told(mention)):
                continue
            if entity.is_person or entity.words == form.words or initials(form.words) not in self._short:
                return entity  # where GM is spoken of, General Motors is no General Motors Finance
        return None

    def _in_brackets(self, names: Sequence[Mention]) -> dict[str, Entity]:
        """The short names that the article gives in brackets: "Directorate of Mines (DoM)"."""
        found: dict[str, Entity] = {}
        again = Counter(self.form(name).words for name in names)
        for name, short in pairwise(names):
            opens = name.last == short.first - 1 and self._stream.lower(name.last) == "("
            words = self.form(short).words
            if not opens or self._stream.lower(short.last) != ")" or len(words) != 1:
                continue
            bearers = self._by_words.get(self.form(name).words, [])
            if len(bearers) != 1 or bearers[0].is_person:
                continue
            foreign = again[words] > 1 and _is_short_name(short)  # by its letters in another language
            if foreign or abbreviates(words[0], bearers[0].name):
                found[words[0]] = bearers[0]
        return found

    def _gender_of(self, name: Mention) -> Gender | None:
        found = self._by_words.get(self.form(name).words, [])
        return found[0].gender if len(found) == 1 and found[0].is_person else None

    def _namesakes(self, names: Sequence[Mention]) -> None:
        """Which titles go with each surname, and "Ann" of "Ann and Bob Poole"."""
        for mention, following in zip(names, [*names[1:], None], strict=False):
            form = self.form(mention)
            if len(form.words) > 1:
                continue
            gender = told(mention)
            if gender:
                self._addressed[form.words[0]].add(gender)
            elif following is not None and self._shares_surname(mention, form, following):
                surname = self.form(following).text.split(" ")[-1]
                joint = name_form(f"{form.text} {surname}")
                if joint.words not in self._by_words:
                    self._by_words[joint.words].append(self._new(mention, joint))

    def _shares_surname(self, mention: Mention, form: NameForm, following: Mention) -> bool:
        joined = following.begin == mention.last + 1 and self._stream.lower(mention.last) in ("and", "&")
        if (
            not joined
            or len(self.form(following).words) != 2
            or following.speaker_kind is not SpeakerKind.PERSON
        ):
            return False
        return form.words[0] in lexicon.FIRST_NAMES and not self._by_word.get(form.words[0])

    def _add_single(self, mention: Mention) -> None:
        form = self.form(mention)
        if mention.speaker_kind is SpeakerKind.PERSON:
            self._know_as_person(form.words[0])
        known = self.candidates(form, mention)
        if len(known) == 1 and mention.titled:
            enrich(self._stream, known[0], mention, form)
        elif len(known) == 1:
            describe(self._stream, known[0], mention)
        meant = None if known else self._meant_by(form, mention)
        if meant is not None:
            self._misspelt[form.words[0]] = meant
        elif not known:
            same = [e for e in self._by_words[form.words] if not e.gender.rules_out(told(mention))]
            entity = same[0] if same else self._new(mention, form)
            if not same:
                self._by_words[form.words].append(entity)
            entity.full += 1
            enrich(self._stream, entity, mention, form)

    def _know_as_person(self, surname: str) -> None:
        """A full name that seemed a body's is a person's where somebody goes by its last word alone."""
        bearers = [e for e in self._by_word.get(surname, [])[:_NAMESAKES] if e.words[-1] == surname]
        if len(bearers) != 1 or surname in _NO_PERSON or bearers[0].kind is not SpeakerKind.ORGANIZATION:
            return
        if 1 < len(bearers[0].words) <= _FULL and not any(word in _NO_PERSON for word in bearers[0].words):
            bearers[0].kind = SpeakerKind.PERSON

    def _meant_by(self, form: NameForm, mention: Mention) -> Entity | None:
        """The one person from whose surname this one differs by a slip: "Wimes" and "Wines"."""
        word = form.words[0]
        long = len(word) >= (_SLIP if mention.speaker_kind is SpeakerKind.PERSON else _SLIP + 1)
        if not long or word in _NO_SLIPS:
            return None
        near = [
            e
            for e in self.entities[:_SLIPS_AMONG]
            if e.is_person
            and len(e.words) > 1
            and is_slip(word, e.words[-1])
            and not e.gender.rules_out(told(mention))
        ]
        return near[0] if len(near) == 1 else None

    def _new(self, mention: Mention, form: NameForm) -> Entity:
        entity = Entity(
            form.text,
            form.words,
            mention.speaker_kind,
            suffix=form.suffix,
            nickname=form.nickname,
            first=mention.first,
            certainty=mention.certainty,
        )
        self.entities.append(entity)
        keys = [word for word in form.words if word not in LINK_WORDS]
        others = [*surname_keys(form.words), first_surname(form.words), *form.nickname.split()]
        for word in filter(None, dict.fromkeys([*keys, *others])):
            self._by_word[word].append(entity)
        if len(acronym := initials(form.words)) > 1:
            self._by_acronym.setdefault(acronym, entity)
        return entity

    def candidates(self, form: NameForm, mention: Mention) -> list[Entity]:
        """Entities that the short name can stand for: by last name, then first name, then acronym."""
        if not form.words:
            return []
        word = form.words[0]
        if len(form.words) == 1 and word in self._by_bracket and not mention.titled:
            return [self._by_bracket[word]]
        gender = told(mention)
        fits = [e for e in self._by_word.get(word, [])[:_NAMESAKES] if not e.gender.rules_out(gender)]
        people = [e for e in fits if e.is_person]
        family = [e for e in people if word in surname_keys(e.words)]
        family = family or [e for e in people if word == first_surname(e.words)]
        last = self._addressed_as(word, gender, family)
        first = [
            e
            for e in people
            if len(e.words) > 1 and (e.words[0] == word or word in e.nickname.split()) and not mention.titled
        ]
        if last and first and not any(e.words[0] in lexicon.FIRST_NAMES for e in last):
            last = []  # "Dani" is Dani Poole, not "Ask Dani"
        named = by_first_or_last(word, people, last, first)
        if named:
            return named
        if not fits and not mention.titled:  # "the Collector", where somebody is Collector S. Rao
            called = [e for e in self.entities[:_NAMESAKES] if e.is_person and word in e.heads]
            if len(called) == 1:
                return called
        if mention.titled:
            front = [e for e in people if e.words[0] == word]
            if front:
                return front
        the = self._stream.lower(mention.first - 1) == "the"  # the Gale are the Chicago Gale
        orgs = [e for e in fits if not e.is_person and (short_for(word, e) or (the and e.words[-1] == word))]
        if orgs:
            return orgs
        return self._by_letters(word, mention)

    def _by_letters(self, word: str, mention: Mention) -> list[Entity]:
        """Whose initials the short name is: a body's, or an office's."""
        entity = self._by_acronym.get(acronym_letters(mention.name))
        if entity is None:
            return self._of_office(word, mention)
        somebody = entity.titled or entity.words[0] in lexicon.FIRST_NAMES  # JK is Jason King
        if entity.is_person and not somebody:
            entity.kind = SpeakerKind.ORGANIZATION
        return [entity]

    def _of_office(self, word: str, mention: Mention) -> list[Entity]:
        """The only person whose office has these initials: "the CEC" is the chief election commissioner."""
        place = word in _NO_PERSON or word in lexicon.NATIONALITIES
        if not mention.name.isupper() or len(word) < len("CM") or mention.titled or place:
            return []
        found = [e for e in self.entities[:_BEARERS] if e.is_person and word in map(office_initials, e.roles)]
        return found if len(found) == 1 else []

    def _addressed_as(self, word: str, gender: str, people: list[Entity]) -> list[Entity]:
        """Who "Mrs Poole" is: those whose first name says nothing else, unless nobody else is left."""
        if not gender or not people:
            return people
        best = max(e.gender.fit(gender) for e in people)
        if best < 0 and len(self._addressed[word]) > 1:
            return []  # Mr Poole and Mrs Poole: she is not Bob Poole
        return [e for e in people if e.gender.fit(gender) >= min(best, 0.0)]

    def resolve(self, mention: Mention) -> Resolution | None:
        """The entity that a name stands for."""
        form = self.form(mention)
        exact = self._by_words.get(form.words, [])
        if len(form.words) > 1 and exact:
            return self._among(exact, form, mention)
        found = self.candidates(form, mention)
        if len(found) == 1:
            return self._namesake(form.words[0], found[0], mention) or Resolution(found[0], 0.99)
        if found:
            return self._first_or_last(found, form) or pick(found, mention)
        exact = [e for e in exact if not e.gender.rules_out(told(mention))]
        if exact:
            return Resolution(exact[0], 0.97)
        meant = self._misspelt.get(form.words[0])
        if meant is None:
            return None
        return Resolution(meant, _MISSPELT, f"'{mention.name}' taken for a misspelling of {meant.name}")

    def _first_or_last(self, found: list[Entity], form: NameForm) -> Resolution | None:
        """Of two of one surname: the one whom the article calls by it, when the other has a first name.

        Whoever is named in the first paragraphs is the plain "Quarrie"; the relative comes later and is
        called in full.
        """
        people = [e for e in found if e.is_person and e.words[-1] == form.words[0] and len(e.words) > 1]
        if len(people) != len(found) or len({e.words[0] for e in found}) < 2:
            return None
        early = [e for e in found if e.first < self._opening]
        if len(early) != 1 or any(e.full > early[0].full for e in found):
            return None
        return Resolution(early[0], 0.85)

    @cached_property
    def _opening(self) -> int:
        """The token after the first sentences: headline and first paragraph."""
        sentences = self._stream.sentences
        return next((s.first for s in sentences if s.paragraph > _OPENING), len(self._stream.tokens))

    def _among(self, exact: list[Entity], form: NameForm, mention: Mention) -> Resolution:
        same = [e for e in exact if e.suffix == form.suffix] or exact
        return Resolution(same[0], 1.0) if len(same) == 1 else pick(same, mention)

    def _namesake(self, word: str, person: Entity, mention: Mention) -> Resolution | None:
        """A bare name that a person and an organisation of the article share ("Pellworth said")."""
        if not person.is_person or mention.titled or len(person.words) == 1:
            return None
        for other in self._by_word.get(word, [])[:_NAMESAKES]:
            if other is person or other.words[0] != word or other.words[-1] == word:
                continue
            doubt = f"'{mention.name}' could be {person.name} or {other.name}"
            if self._addressed.get(word) and other.first < person.first:
                return Resolution(other, 0.8, doubt)  # he is "Mr Pellworth": the bare name is the company's
            return Resolution(person, _SHARED, doubt)
        return None


def _form(mention: Mention) -> NameForm:
    return name_form(mention.name, roles=mention.speaker_kind is not SpeakerKind.ORGANIZATION)


def _is_short_name(mention: Mention) -> bool:
    word = mention.name.lower()
    return mention.speaker_kind is SpeakerKind.ORGANIZATION and word not in _NO_PERSON | lexicon.NATIONALITIES
