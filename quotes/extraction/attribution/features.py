"""What the ranker looks at: quoted spans, mentions and their pairs, as small integers.

Everything is a category, so that the first layer of a model is a sum of table rows, whatever the
model. Names are never looked at: a mention is its kind, its place and the words around it.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import SpanContext
from quotes.extraction.attribution.nonspeech import SpanType, is_title
from quotes.extraction.attribution.pairs import (
    SCORES,
    Places,
    RankedReading,
    Reading,
    pair_rules,
    pair_up,
    pair_values,
)
from quotes.extraction.attribution.vocabulary import Categories, Ints, Vocabulary
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

SPAN_WORDS = (-4, -3, -2, -1, 1, 2, 3, 4, 5)  # places of the words around a span
OWN_WORDS = 4  # of the span: its first two and last two
MENTION_WORDS = (-3, -2, -1, 0, 1, 2, 3, 4)  # around a mention; 0 is its last word
BETWEEN = 30  # tokens between a span and a mention whose words are still looked at
_EDGE = 8  # more than any place above
_LENGTHS = (2, 3, 4, 6, 9, 15, 25, 50)  # words
_KINDS = {kind: number for number, kind in enumerate(MentionKind)}
_SPEAKERS = {kind: number for number, kind in enumerate(SpeakerKind)}
_SPAN_TYPES = {span_type: number for number, span_type in enumerate(SpanType)}
_GENDERS = {"": 0, "m": 1, "f": 2}
_PRONOUNS = {
    word: number
    for number, word in enumerate(
        ("he", "she", "they", "it", "i", "we", "who", "which", "him", "her", "his", "their", "them"), 1
    )
}
_LAST = {",": 1, ".": 2, "?": 3, "!": 4, "…": 5, "-": 5, "—": 5, "–": 5}
_FIRST_PERSON = lexicon.words("i i'm i've i'd i'll my me")
_FIRST_PLURAL = lexicon.words("we we're we've we'd we'll our us")
_SKIPPED = lexicon.words("also has have had later then who just still the a an")

SPAN_FIELDS: dict[str, int] = {
    "alone": 2,
    "opens": 2,
    "single": 2,
    "continues": 2,
    "span_type": len(_SPAN_TYPES),
    "title": 2,
    "length": len(_LENGTHS) + 1,
    "last": 6,
    "first": 4,
    "first_in_paragraph": 2,
    "last_in_paragraph": 2,
    "spans_in_sentence": 4,
    "place_in_sentence": 4,
    "say_before": 3,
    "say_after": 3,
    "mentions_in_sentence": 5,
    "best_rule": len(SCORES) + 1,
    "in_headline": 2,
    "paragraph": 4,
    "person": 3,
}
MENTION_FIELDS: dict[str, int] = {
    "kind": len(_KINDS),
    "speaker_kind": len(_SPEAKERS),
    "gender": 3,
    "plural": 2,
    "oblique": 2,
    "embedded": 2,
    "possessive": 2,
    "titled": 2,
    "subject": 2,
    "verb_after": 5,
    "verb_before": 5,
    "seen": 6,
    "described": 2,
    "opens_sentence": 2,
    "opens_paragraph": 2,
    "closes": 2,
    "pronoun": len(_PRONOUNS) + 1,
}


@dataclass(frozen=True, slots=True)
class Features:
    """All pairs of an article, the pairs of one span standing together.

    span, mention     pair -> index of its span, of its mention
    starts            span -> its first pair; one more entry closes the last
    span_values       (spans, SPAN_FIELDS)
    mention_values    (mentions, MENTION_FIELDS)
    pair_values       (pairs, PAIR_FIELDS)
    span_words        (spans, SPAN_WORDS and OWN_WORDS), word ids
    mention_words     (mentions, MENTION_WORDS), word ids
    words             (tokens,), word ids of the whole stream
    span_token        (spans,), where each stands among the words
    mention_token     (mentions,), where the last word of each stands
    low, high         pair -> the tokens between the two, half open; empty where they are too many
    rules             pair -> the best reading by rule, if any
    """

    span: Ints
    mention: Ints
    starts: Ints
    span_values: Ints
    mention_values: Ints
    pair_values: Categories
    span_words: Ints
    mention_words: Ints
    words: Ints
    span_token: Ints
    mention_token: Ints
    low: Ints
    high: Ints
    rules: tuple[RankedReading | None, ...]


def build(
    stream: Stream,
    mentions: MentionIndex,
    vocabulary: Vocabulary,
    contexts: Sequence[SpanContext],
    span_types: Sequence[SpanType],
    readings: Sequence[Sequence[Reading]],
    entities: Sequence[int],
) -> Features:
    """The features of an article.

    contexts   the spans to attribute, in order
    span_types   of each, by its own words
    readings   of each, by rule
    entities   mention -> number of the person or organisation that it stands for
    """
    words = vocabulary.encode(stream, mentions)
    places = Places(stream, mentions)
    span, mention, starts = pair_up(places, contexts)
    rules = pair_rules(mentions, readings, mention, starts)
    low, high = _between(places, contexts, span, mention)
    return Features(
        span=span,
        mention=mention,
        starts=starts,
        span_values=_span_values(stream, places, contexts, span_types, readings),
        mention_values=_mention_values(stream, places, mentions, entities),
        pair_values=pair_values(mentions, places, contexts, span, mention, rules),
        span_words=_span_words(vocabulary, words, contexts),
        mention_words=_mention_words(mentions, words),
        words=words,
        span_token=np.array([context.token for context in contexts], np.int32),
        mention_token=places.last - 1,
        low=low,
        high=high,
        rules=tuple(rules),
    )


def _between(places: Places, contexts: Sequence[SpanContext], span: Ints, mention: Ints) -> tuple[Ints, Ints]:
    if not len(span):
        return span, mention
    token = np.array([context.token for context in contexts], np.int32)[span]
    first, last = places.first[mention], places.last[mention]
    low, high = np.where(first > token, token + 1, last), np.where(first > token, first, token)
    high = np.where((high < low) | (high - low > BETWEEN), low, high)
    return low.astype(np.int32), high.astype(np.int32)


def _span_values(
    stream: Stream,
    places: Places,
    contexts: Sequence[SpanContext],
    span_types: Sequence[SpanType],
    readings: Sequence[Sequence[Reading]],
) -> Ints:
    rows = [
        _span_row(stream, places, context, span_type, max((score for _, score in found), default=0.0))
        for context, span_type, found in zip(contexts, span_types, readings, strict=True)
    ]
    return np.array(rows, np.int32).reshape(len(rows), len(SPAN_FIELDS))


def _span_row(
    stream: Stream, places: Places, context: SpanContext, span_type: SpanType, best: float
) -> list[int]:
    sentence, token = stream.sentences[context.sentence], context.token
    paragraph, first = sentence.paragraph, context.words[0]
    own = context.words.replace("’", "'").lower().split()
    opening, closing = places.first.searchsorted((sentence.first, sentence.last)).tolist()
    return [
        context.alone,
        context.opens,
        context.single,
        stream.spans[context.span].continues,
        _SPAN_TYPES[span_type],
        is_title(context.words),
        bisect_right(_LENGTHS, len(own)),
        _LAST.get(context.words[-1], 0),
        1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit() else 0,
        token == 0 or int(places.paragraph[token - 1]) != paragraph,
        token + 1 >= len(stream.tokens) or int(places.paragraph[token + 1]) != paragraph,
        min(int(places.quotes[sentence.last] - places.quotes[sentence.first]), 3),
        min(int(places.quotes[token] - places.quotes[sentence.first]), 3),
        min(int(places.says[token] - places.says[sentence.first]), 2),
        min(int(places.says[sentence.last] - places.says[token]), 2),
        min(closing - opening, 4),
        bisect_right(SCORES, best),
        paragraph in stream.headlines,
        min(paragraph, 3),
        1 if _FIRST_PERSON.intersection(own) else 2 if _FIRST_PLURAL.intersection(own) else 0,
    ]


def _mention_values(stream: Stream, places: Places, mentions: MentionIndex, entities: Sequence[int]) -> Ints:
    counts = Counter(entities)
    rows = [
        _mention_row(stream, mention, counts[entity], int(subject))
        for mention, entity, subject in zip(mentions.all, entities, places.is_subject, strict=True)
    ]
    return np.array(rows, np.int32).reshape(len(rows), len(MENTION_FIELDS))


def _mention_row(stream: Stream, mention: Mention, seen: int, subject: int) -> list[int]:
    number = stream.sentence_of[mention.first]
    sentence = stream.sentences[number]
    begin = mention.begin
    if stream.lower(begin - 1) in lexicon.DETERMINERS:
        begin -= 1
    opens = begin <= sentence.first
    return [
        _KINDS[mention.kind],
        _SPEAKERS[mention.speaker_kind],
        _GENDERS[mention.gender],
        mention.plural,
        mention.oblique,
        mention.embedded,
        mention.possessive,
        mention.titled,
        subject,
        _verb(stream, mention.last, 1),
        _verb(stream, mention.begin - 1, -1),
        min(seen, 5),
        bool(mention.description),
        opens,
        opens and (number == 0 or stream.sentences[number - 1].paragraph < sentence.paragraph),
        stream.lower(mention.last) in (".", ",", ""),
        _PRONOUNS.get(mention.name, 0) if mention.kind is MentionKind.PRONOUN else 0,
    ]


def _verb(stream: Stream, index: int, step: int) -> int:
    """Which kind of cue stands next in the direction `step`, light words aside; 4 for another verb."""
    for _ in range(3):
        word = stream.lower(index)
        if word in lexicon.SAY_VERBS:
            return 1
        if word in lexicon.CUE_VERBS:
            return 2 if word in lexicon.ACT_VERBS else 3
        if word not in _SKIPPED and not word.endswith("ly"):
            return 4 if word in lexicon.AUXILIARIES or word in lexicon.COMMON_VERBS else 0
        index += step
    return 0


def _padded(words: Ints) -> Ints:
    edge = np.zeros(_EDGE, np.int32)
    return np.concatenate((edge, words, edge))


def _span_words(vocabulary: Vocabulary, words: Ints, contexts: Sequence[SpanContext]) -> Ints:
    token = np.array([context.token for context in contexts], np.int32)
    around = _padded(words)[token[:, None] + _EDGE + np.array(SPAN_WORDS, np.int32)]
    own = np.array([_own_words(vocabulary, context.words) for context in contexts], np.int32)
    return np.concatenate((around, own.reshape(len(contexts), OWN_WORDS)), axis=1)


def _own_words(vocabulary: Vocabulary, words: str) -> list[int]:
    found = words.replace("’", "'").split()
    return [
        vocabulary.id(word.strip(".,!?;:'\"()").lower(), capital=word[:1].isupper())
        for word in (*[*found, "", ""][:2], *["", "", *found][-2:])
    ]


def _mention_words(mentions: MentionIndex, words: Ints) -> Ints:
    first = np.array([m.begin for m in mentions.all], np.int32)
    head = np.array([m.last - 1 for m in mentions.all], np.int32)
    places = [first + step if step < 0 else head + step for step in MENTION_WORDS]
    return _padded(words)[np.stack(places, axis=1) + _EDGE]
