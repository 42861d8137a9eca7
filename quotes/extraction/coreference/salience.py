"""Where in the article everybody was last: what pronouns and role phrases look back on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes.english import lexicon
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.mentions.finder import Mention, MentionKind
from quotes.extraction.mentions.subjects import after_quote, is_subject
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_MOST = 12  # entities looked back on
_PARAGRAPHS = 9
_KEPT = 64  # entities remembered at all: bounds the cost of very long texts


@dataclass(slots=True)
class Place:
    """Where a mention stands, as far as it matters for who is meant."""

    token: int
    sentence: int
    story: int  # the sentence's number among those that have words of the reporter's
    paragraph: int
    subject: bool
    speaking: bool
    acting: bool  # subject of a verb of judging or thinking
    opens: bool  # the sentence
    form: str  # "n" name, "p" pronoun, "r" role
    word: str  # the pronoun
    lead: int = 0  # how many others the sentence has named before
    # For those who look back on it and for those it looks back on, as `antecedent_features` takes them.
    behind: tuple[bool, bool, bool, bool, str, int] = (False, False, False, False, "", 0)
    here: tuple[bool, bool, bool] = (False, False, False)


def story_numbers(stream: Stream) -> list[int]:
    """sentence -> its number when sentences that are nothing but quotes count as part of the one before."""
    numbers: list[int] = []
    number = 0
    for sentence in stream.sentences:
        number += any(token.is_word for token in stream.tokens[sentence.first : sentence.last])
        numbers.append(number)
    return numbers


def place_of(stream: Stream, mention: Mention, stories: Sequence[int]) -> Place:
    """The place of a mention; `stories` as by `story_numbers`."""
    sentence = stream.sentence_of[mention.first]
    begin = mention.begin
    subject = is_subject(stream, mention)
    opens = begin <= stream.sentences[sentence].first + 1
    verb = "" if mention.possessive else _next_verb(stream, mention)
    speaking = not mention.possessive and _speaks(stream, mention, verb)
    return Place(
        token=mention.first,
        sentence=sentence,
        story=stories[sentence],
        paragraph=stream.sentences[sentence].paragraph,
        subject=subject,
        speaking=speaking,
        acting=not mention.oblique and verb in lexicon.CUE_VERBS,
        opens=opens,
        form={MentionKind.NAME: "n", MentionKind.ROLE: "r"}.get(mention.kind, "p"),
        word=mention.name if mention.kind is MentionKind.PRONOUN else "",
        here=(subject, opens, speaking),
    )


def _speaks(stream: Stream, mention: Mention, verb: str) -> bool:
    """Next to a verb of saying, or after "according to"."""
    before = mention.begin - 1
    if stream.lower(before) in lexicon.SAY_VERBS and after_quote(stream, before):
        return True
    if stream.lower(before) == "to" and stream.lower(before - 1) == "according":
        return True
    return verb in lexicon.SAY_VERBS or _after_aside(stream, mention) in lexicon.SAY_VERBS


def _after_aside(stream: Stream, mention: Mention) -> str:
    """The word after "Lee, the mayor," or "Lee, in her third term,"; "" without such an aside."""
    if stream.lower(mention.last) != ",":
        return ""
    end = min(mention.last + _ASIDE, stream.sentences[stream.sentence_of[mention.first]].last)
    for index in range(mention.last + 1, end):
        if stream.lower(index) == "," and stream.lower(index + 1) in lexicon.SAY_VERBS:
            return stream.lower(index + 1)
        if stream.tokens[index].is_quote:
            return ""
    return ""


_ASIDE = 16  # tokens


def _next_verb(stream: Stream, mention: Mention) -> str:
    """The word after the mention and any auxiliary or adverb."""
    after = mention.last
    while after < mention.last + 2 and (
        stream.lower(after) in lexicon.AUXILIARIES
        or stream.lower(after).endswith("ly")
        or stream.lower(after) == "also"
    ):
        after += 1
    return stream.lower(after)


@dataclass(slots=True)
class Trail:
    """One entity's latest place, and how it has fared so far."""

    entity: Entity
    last: Place
    count: int = 0
    subjects: int = 0
    speaking: int = 0
    spoke: Place | None = None  # the latest place where it spoke


class Trails:
    """Everybody seen so far, the latest last."""

    def __init__(self) -> None:
        self._trails: dict[Entity, Trail] = {}
        self._story = -1
        self._met: dict[Entity, int] = {}  # in this sentence, with how many before

    def note(self, entity: Entity, place: Place) -> None:
        """`entity` has been seen at `place`."""
        if place.story != self._story:
            self._story, self._met = place.story, {}
        if entity.kind in (SpeakerKind.PERSON, SpeakerKind.UNNAMED, SpeakerKind.ORGANIZATION):
            self._met.setdefault(entity, len(self._met))
        place.lead = self._met.get(entity, len(self._met))
        trail = self._trails.pop(entity, None)
        if trail is None:
            trail = Trail(entity, place)
        elif trail.last.story == place.story:
            _join(trail.last, place)
        lead = min(place.lead, 2)
        place.behind = (place.subject, place.opens, place.speaking, place.acting, place.form, lead)
        trail.last = place
        trail.count += 1
        trail.subjects += place.subject
        trail.speaking += place.speaking
        if place.speaking:
            trail.spoke = place
        self._trails[entity] = trail
        if len(self._trails) > _KEPT:
            del self._trails[next(iter(self._trails))]

    def latest(self, paragraph: int) -> Iterator[Trail]:
        """From the latest backwards, as far as it is worth looking."""
        for number, trail in enumerate(reversed(self._trails.values())):
            if number >= _MOST or paragraph - trail.last.paragraph > _PARAGRAPHS:
                return
            yield trail

    def everybody(self) -> list[Trail]:
        """From the latest backwards."""
        return list(reversed(self._trails.values()))

    def __contains__(self, entity: Entity) -> bool:
        return entity in self._trails


def _join(before: Place, place: Place) -> None:
    """Two places of one sentence as one: subject if either is."""
    place.subject = before.subject or place.subject
    place.speaking = before.speaking or place.speaking
    place.acting = before.acting or place.acting
    place.opens = before.opens or place.opens
    place.lead = before.lead
