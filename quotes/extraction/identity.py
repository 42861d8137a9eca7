"""Mention -> person, within the article: names, pronouns and role phrases."""

from collections import deque
from dataclasses import dataclass

from . import lexicon
from .entities import GUESS, Entity, EntityIndex, Resolution
from .mentions import Mention, MentionIndex, MentionKind
from .stream import Stream
from .subjects import is_subject
from .types import ResolvedSpeaker, SpeakerKind

_WINDOW = 24  # mentions a pronoun looks back over
_PARAGRAPHS = 4  # paragraphs a pronoun looks back over
_PERSON_PRONOUNS = frozenset({"he", "she", "his", "her", "him"})
# Short titles and the role nouns they stand for.
_SAME_ROLE = {
    "senator": ("sen", "sen.", "senator"),
    "governor": ("gov", "gov.", "governor"),
    "congressman": ("rep", "rep.", "representative", "congressman"),
    "congresswoman": ("rep", "rep.", "representative", "congresswoman"),
    "lawmaker": ("rep", "rep.", "sen", "sen.", "senator", "representative", "mp"),
    "spokesperson": ("spokesman", "spokeswoman", "spokesperson"),
    "professor": ("prof", "prof.", "professor"),
    "doctor": ("dr", "dr.", "doctor"),
}


@dataclass(frozen=True, slots=True)
class _Turn:
    """One earlier mention of somebody, as the pronouns see it."""

    entity: Entity
    sentence: int
    paragraph: int
    subject: bool


class Identity:
    """Resolves every mention of an article, reading it once from start to end."""

    def __init__(self, stream: Stream, mentions: MentionIndex) -> None:
        self._stream = stream
        self._mentions = mentions
        self._entities = EntityIndex(mentions.all)
        self._recent: deque[_Turn] = deque(maxlen=_WINDOW)
        self._found: dict[int, Resolution] = {}
        self._author = Entity("author", ("author",), SpeakerKind.UNNAMED)
        self._organisation: Entity | None = None
        self._group: Entity | None = None
        for index, mention in enumerate(mentions.all):
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
        entity = resolution.entity
        return (
            ResolvedSpeaker(entity.name, entity.kind, entity.description),
            resolution.sure,
            resolution.reason,
        )

    def numbers(self) -> list[int]:
        """mention -> number of whom it stands for; mentions that point at nobody get numbers of their own."""
        known: dict[int, int] = {}
        found = []
        for index, mention in enumerate(self._mentions.all):
            resolution = self._found.get(mention.first)
            key = id(resolution.entity) if resolution else -index - 1
            found.append(known.setdefault(key, len(known)))
        return found

    def _read(self, index: int, mention: Mention) -> None:
        subject = is_subject(self._stream, mention)
        if mention.kind is MentionKind.NAME:
            resolution = self._entities.resolve(mention)
        elif mention.kind is MentionKind.ROLE:
            resolution = self._role(mention)
        else:
            resolution = self._pronoun(mention)
        if resolution is None:
            return
        self._found[mention.first] = resolution
        resolution.entity.seen.append(index)
        self._remember(mention, resolution.entity, subject=subject)

    def _remember(self, mention: Mention, entity: Entity, *, subject: bool) -> None:
        if entity is self._author:
            return
        if entity is self._author:
            return
        if entity.kind is SpeakerKind.PERSON or (entity.kind is SpeakerKind.UNNAMED and subject):
            sentence = self._stream.sentence_of[mention.first]
            self._recent.append(_Turn(entity, sentence, self._stream.sentences[sentence].paragraph, subject))
        elif entity.kind is SpeakerKind.GROUP and subject:
            self._group = entity
        elif entity.kind is SpeakerKind.ORGANIZATION and subject:
            self._organisation = entity

    def _pronoun(self, mention: Mention) -> Resolution | None:
        if mention.name in ("who", "which"):
            return self._relative(mention)
        if mention.name in _PERSON_PRONOUNS:
            return self._person(mention)
        if mention.name == "i":
            return Resolution(self._author, 0.65, "'I' is whoever wrote the article")
        if mention.name == "it" and self._organisation is not None:
            reason = f"'it' resolved to {self._organisation.name}, last organisation"
            named = not self._organisation.name.islower()
            return Resolution(self._organisation, 0.74 if named else GUESS, reason)
        plural = self._group or self._organisation
        if mention.name in ("they", "their") and plural is not None:
            return Resolution(plural, 0.68, f"'{mention.name}' resolved to {plural.name}")
        return None

    def _relative(self, mention: Mention) -> Resolution | None:
        """who, which: the mention just before."""
        for before in reversed(self._mentions.between(max(0, mention.first - 20), mention.first)):
            if self._stream.sentence_of[before.first] != self._stream.sentence_of[mention.first]:
                return None
            if before.kind is not MentionKind.PRONOUN and not before.embedded:
                known = self._found.get(before.first)
                return Resolution(known.entity, known.sure * 0.93, known.reason) if known else None
        return None

    def _person(self, mention: Mention) -> Resolution | None:
        ordered = self._salient(mention)
        if not ordered:
            return None
        score, best = ordered[0]
        margin = score - ordered[1][0] if len(ordered) > 1 else 9.0
        word = {"m": "man", "f": "woman"}.get(mention.gender, "person")
        reason = f"'{mention.name}' resolved to {best.name}, last named {word}"
        sure = _sure(margin) * (1.0 if best.gender else 0.97)
        return Resolution(best, min(sure, GUESS) if best.vague else sure, reason)

    def _salient(self, mention: Mention) -> list[tuple[float, Entity]]:
        """People that the mention may mean, the likeliest first."""
        sentence = self._stream.sentence_of[mention.first]
        paragraph = self._stream.sentences[sentence].paragraph
        scores: dict[Entity, float] = {}
        for turn in self._recent:
            if paragraph - turn.paragraph <= _PARAGRAPHS and _fits(turn.entity, mention):
                value = _salience(turn, sentence, paragraph, mention)
                scores[turn.entity] = max(scores.get(turn.entity, -99.0), value) + 0.15
        return sorted(((score, entity) for entity, score in scores.items()), key=lambda pair: -pair[0])

    def _role(self, mention: Mention) -> Resolution | None:
        """ "the senator" is the last person whom the article calls a senator."""
        words = mention.name.split()
        definite = self._stream.lower(mention.first) in _DEFINITE and not mention.plural
        if definite:
            heads = _heads(mention.name)
            for entity in self._known(mention):
                if _described_as(entity, heads) and _modified_alike(entity, words):
                    return Resolution(entity, 0.88, f"'{mention.name}' resolved to {entity.name}")
            if mention.speaker_kind is SpeakerKind.PERSON and _is_epithet(words):
                return self._epithet(mention)
            if mention.speaker_kind is SpeakerKind.ORGANIZATION and words[-1].lower() in _BUSINESSES:
                return self._business(mention)
        owned = "'s " in mention.name.replace("’", "'")
        owned = owned or self._stream.lower(mention.first) in _OWNERS or words[0].lower() in _OWNERS
        vague = (definite and mention.speaker_kind is not SpeakerKind.GROUP) or owned
        sure = GUESS if vague else 0.88
        entity = _unnamed(mention)
        entity.vague = vague
        return Resolution(entity, sure, "the article gives no name")

    def _business(self, mention: Mention) -> Resolution | None:
        """ "the company": the organisation named last is a guess."""
        known = self._organisation
        if known is None or " ".join(known.words) in lexicon.PLACES | lexicon.PLACE_GOVERNMENTS:
            return Resolution(_unnamed(mention), 0.68, "the article gives no name")
        return Resolution(known, 0.66, f"'{mention.name}' taken for {known.name}")

    def _epithet(self, mention: Mention) -> Resolution | None:
        """ "the Vermont senator": somebody already named, the likeliest is a guess."""
        people = [e for _, e in self._salient(mention) if e.kind is SpeakerKind.PERSON]
        if not people:
            return Resolution(_unnamed(mention), 0.68, "the article gives no name")
        return Resolution(people[0], 0.6, f"'{mention.name}' taken for {people[0].name}")

    def _known(self, mention: Mention) -> list[Entity]:
        if mention.speaker_kind is SpeakerKind.PERSON:
            recent = [turn.entity for turn in reversed(self._recent) if _fits(turn.entity, mention)]
            return list(dict.fromkeys(recent))
        if mention.speaker_kind is SpeakerKind.ORGANIZATION and self._organisation is not None:
            return [self._organisation]
        return []


_BUSINESSES = lexicon.words(
    "company firm retailer group bank club charity manufacturer airline start-up startup"
)
_OWNERS = frozenset({"his", "her", "their", "my", "your", "its"})
_DEFINITE = frozenset({"the", "this", "that"})


def _fits(entity: Entity, mention: Mention) -> bool:
    return not mention.gender or not entity.gender or entity.gender == mention.gender


def _salience(turn: _Turn, sentence: int, paragraph: int, mention: Mention) -> float:
    score = -0.7 * min(sentence - turn.sentence, 4) - 0.35 * (paragraph - turn.paragraph)
    score += 1.2 if turn.subject else 0.0
    score += 0.8 if turn.entity.gender and turn.entity.gender == mention.gender else 0.0
    return score + min(len(turn.entity.seen), 8) * 0.06


def _sure(margin: float) -> float:
    if margin > 1.4:
        return 0.97
    if margin > 0.8:
        return 0.92
    return 0.82 if margin > 0.4 else 0.68


def _heads(name: str) -> tuple[str, ...]:
    words = name.lower().split()
    for stop in ("of", "for", "at", "from", "with", "in", "on"):
        if stop in words:
            words = words[: words.index(stop)]
    head = words[-1] if words else ""
    return _SAME_ROLE.get(head, (head,))


def _described_as(entity: Entity, heads: tuple[str, ...]) -> bool:
    if entity.kind is SpeakerKind.PERSON:
        words = entity.description.lower().split()
        return any(head in words for head in heads)
    return any(head in entity.words for head in heads)


def _modified_alike(entity: Entity, words: list[str]) -> bool:
    """ "the Republican nominee" is not the Democratic one, nor the vice-presidential one."""
    known = {word.lower() for word in (*entity.description.split(), *entity.words)}
    capital = {word.lower() for word in words[:-1] if word[:1].isupper()}
    other = bool(capital) and not capital & known and any(w[:1].isupper() for w in entity.description.split())
    return not other and ("vice" in known) == ("vice" in (word.lower() for word in words))


def _is_epithet(words: list[str]) -> bool:
    """Modifiers that tell a person already known: a capital ("Vermont senator") or "former"."""
    return len(words) > 1 and (words[0][:1].isupper() or words[0].lower() in ("former", "then", "ex"))


def _unnamed(mention: Mention) -> Entity:
    words = mention.name.split()
    while len(words) > 1 and words[0].lower() in _LEADING:
        words = words[1:]
    kind = SpeakerKind.UNNAMED if mention.speaker_kind is SpeakerKind.PERSON else mention.speaker_kind
    folded = tuple(word.lower() for word in words)
    return Entity(" ".join(words), folded, kind, mention.gender)


_LEADING = lexicon.DETERMINERS | _OWNERS
