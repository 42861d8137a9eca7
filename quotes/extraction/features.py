"""What the ranker looks at: each pair of a quoted span and a mention, as small integers.

Everything is a category, so that the first layer of a model is a sum of table rows, whatever the
model. Names are never looked at: a mention is its kind, its place and the words around it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import lexicon
from .candidates import Candidate, Rule, SpanContext
from .clauses import CueKind
from .mentions import Mention, MentionIndex, MentionKind
from .nonspeech import Verdict, is_title
from .stream import Stream
from .subjects import is_subject
from .types import SpeakerKind

Ints = NDArray[np.int32]

BEFORE, AFTER = 24, 10  # candidate mentions on either side of a span
SPAN_WORDS = (-4, -3, -2, -1, 1, 2, 3, 4, 5)  # places of the words around a span
MENTION_WORDS = (-3, -2, -1, 0, 1, 2, 3, 4)  # around a mention: 1 is the word after its last
_DISTANCES = np.array([1, 2, 3, 4, 6, 9, 14, 21, 36, 61, 120])
_LENGTHS = np.array([2, 3, 4, 6, 9, 15, 25, 50])
_SCORES = np.array([0.01, 0.35, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.955])
_COSTS = np.array([0.01, 0.8, 1.6, 2.6, 4.0, 6.0])
_RULES = {rule: number for number, rule in enumerate(Rule, 1)}
_CUES = {kind: number for number, kind in enumerate(CueKind, 1)}
_KINDS = {kind: number for number, kind in enumerate(MentionKind)}
_SPEAKERS = {kind: number for number, kind in enumerate(SpeakerKind)}
_GENDERS = {"": 0, "m": 1, "f": 2}

SPAN_FIELDS: dict[str, int] = {
    "alone": 2, "opens": 2, "single": 2, "continues": 2, "verdict": 3, "title": 2, "length": 9,
    "last": 6, "first": 4, "first_in_paragraph": 2, "last_in_paragraph": 2, "spans_in_sentence": 4,
    "place_in_sentence": 4, "say_before": 3, "say_after": 3, "mentions_in_sentence": 5,
    "best_rule": 10, "words_in_paragraph": 4, "in_headline": 2, "paragraph": 4, "person": 4,
}  # fmt: skip
MENTION_FIELDS: dict[str, int] = {
    "kind": 3, "speaker_kind": 5, "gender": 3, "plural": 2, "oblique": 2, "embedded": 2, "possessive": 2,
    "titled": 2, "subject": 2, "verb_after": 5, "verb_before": 5, "seen": 6, "described": 2,
    "opens_sentence": 2, "opens_paragraph": 2, "closes": 2, "pronoun": 14,
}  # fmt: skip
PAIR_FIELDS: dict[str, int] = {
    "distance": 24, "sentences": 8, "paragraphs": 8, "mentions_between": 12, "people_between": 10,
    "quotes_between": 8, "say_between": 8, "cues_between": 8, "commas_between": 8, "rule": 19,
    "rule_score": 10, "rule_top": 3, "cue": 5, "cost": 8, "own_name": 3, "order": 14, "subject_order": 10,
    "rule_rank": 4, "alone_sentences": 16, "argument": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """All pairs of an article, the pairs of one span standing together.

    span, mention     pair -> index of the span's context, of the mention
    starts            context -> its first pair; one more entry closes the last
    span_values       (contexts, fields)
    mention_values    (mentions, fields)
    pair_values       (pairs, fields)
    span_words        (contexts, len(SPAN_WORDS) + 4) word ids: around the span, then its own first two and last two
    mention_words     (mentions, len(MENTION_WORDS)) word ids
    words             (tokens,) word ids of the whole stream
    rules             pair -> the best reading by rule, if any
    """

    span: Ints
    mention: Ints
    starts: Ints
    span_values: Ints
    mention_values: Ints
    pair_values: Ints
    span_words: Ints
    mention_words: Ints
    words: Ints
    rules: tuple[Candidate | None, ...]


class Vocabulary:
    """Words as numbers; names and rare words by their shape only."""

    SPECIAL = (
        "<edge>", "<quote>", "<name>", "<name-m>", "<name-f>", "<name-org>", "<inside>", "<number>", "<capital>",
        "<ing>", "<ed>", "<ly>", "<s>", "<rare>", "<mark>", "<say>", "<act>", "<think>",
    )  # fmt: skip

    def __init__(self, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self._ids = {word: number for number, word in enumerate((*self.SPECIAL, *words))}

    def __len__(self) -> int:
        return len(self._ids)

    def id(self, word: str, *, capital: bool = False) -> int:
        known = self._ids.get(word)
        return known if known is not None else self._ids[_shape(word, capital=capital)]

    def encode(self, stream: Stream, mentions: MentionIndex) -> Ints:
        """(tokens,) ids of the stream's words."""
        ids, special = self._ids, self._ids
        found = np.empty(len(stream.tokens), np.int32)
        for index, token in enumerate(stream.tokens):
            if token.quote >= 0:
                found[index] = special["<quote>"]
            else:
                number = ids.get(token.lower)
                found[index] = (
                    number if number is not None else ids[_shape(token.lower, capital=token.is_capital)]
                )
        for mention in mentions.all:
            if mention.kind is MentionKind.NAME:
                found[mention.first : mention.last] = special["<inside>"]
                found[mention.first] = special[_mask(mention)]
        return found


def _mask(mention: Mention) -> str:
    if mention.speaker_kind is not SpeakerKind.PERSON:
        return "<name-org>"
    return {"m": "<name-m>", "f": "<name-f>"}.get(mention.gender, "<name>")


def _shape(word: str, *, capital: bool) -> str:
    if word in lexicon.SAY_VERBS:
        return "<say>"
    if word in lexicon.ACT_VERBS:
        return "<act>"
    if word in lexicon.THINK_VERBS:
        return "<think>"
    if capital:
        return "<capital>"
    if not word[0].isalnum():
        return "<mark>"
    if word[0].isdigit():
        return "<number>"
    for ending in ("ing", "ed", "ly", "s"):
        if word.endswith(ending):
            return f"<{ending}>"
    return "<rare>"


def build(
    stream: Stream,
    mentions: MentionIndex,
    vocabulary: Vocabulary,
    contexts: Sequence[SpanContext],
    verdicts: Sequence[Verdict],
    readings: Sequence[Sequence[tuple[Candidate, float]]],
    entities: Sequence[int],
) -> Features:
    """The pairs of an article.

    contexts   the spans to attribute, in order
    verdicts   of each, by its own words
    readings   of each, by rule, with the rule's score
    entities   mention -> number of the person or organisation that it stands for
    """
    words = vocabulary.encode(stream, mentions)
    places = _Places(stream, mentions)
    span, mention, starts = _pairs(places, contexts)
    rules = _rule_pairs(mentions, contexts, readings, span, mention, starts)
    return Features(
        span=span,
        mention=mention,
        starts=starts,
        span_values=_span_values(stream, places, contexts, verdicts, readings),
        mention_values=_mention_values(stream, mentions, entities),
        pair_values=_pair_values(stream, mentions, places, contexts, readings, span, mention, starts, rules),
        span_words=_span_words(stream, vocabulary, words, contexts),
        mention_words=_mention_words(mentions, words),
        words=words,
        rules=tuple(None if rule is None else rule[0] for rule in rules),
    )


class _Places:
    """Counts up to each token, so that what stands between two places is one subtraction."""

    def __init__(self, stream: Stream, mentions: MentionIndex) -> None:
        tokens = stream.tokens
        size = len(tokens)
        self.sentence = np.array(stream.sentence_of or (0,), np.int32)
        paragraph_of = np.array([sentence.paragraph for sentence in stream.sentences] or [0], np.int32)
        self.paragraph = paragraph_of[self.sentence] if size else np.zeros(1, np.int32)
        quote = np.fromiter((token.quote >= 0 for token in tokens), np.int32, size)
        say = np.fromiter((token.lower in lexicon.SAY_VERBS for token in tokens), np.int32, size)
        cue = np.fromiter((token.lower in lexicon.CUE_VERBS for token in tokens), np.int32, size)
        comma = np.fromiter((token.text == "," for token in tokens), np.int32, size)
        self.quotes, self.says, self.cues, self.commas = (_running(a) for a in (quote, say, cue, comma))
        self.first = np.array([m.first for m in mentions.all], np.int32)
        self.last = np.array([m.last for m in mentions.all], np.int32)
        self.people = _running(
            np.fromiter(
                (m.speaker_kind is SpeakerKind.PERSON and not m.oblique for m in mentions.all),
                np.int32,
                len(mentions.all),
            )
        )


def _running(values: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(values))).astype(np.int32)


def _pairs(places: _Places, contexts: Sequence[SpanContext]) -> tuple[Ints, Ints, Ints]:
    tokens = np.array([context.token for context in contexts], np.int32)
    middle = np.searchsorted(places.first, tokens)
    low, high = np.maximum(middle - BEFORE, 0), np.minimum(middle + AFTER, len(places.first))
    starts = _running((high - low).astype(np.int32))
    span = np.repeat(np.arange(len(contexts), dtype=np.int32), high - low)
    mention = (np.arange(starts[-1], dtype=np.int32) - starts[:-1][span] + low[span]).astype(np.int32)
    return span, mention, starts


def _rule_pairs(
    mentions: MentionIndex,
    contexts: Sequence[SpanContext],
    readings: Sequence[Sequence[tuple[Candidate, float]]],
    span: Ints,
    mention: Ints,
    starts: Ints,
) -> list[tuple[Candidate, float, int] | None]:
    """pair -> the best reading by rule of its mention, its score and its place among the span's readings."""
    found: list[tuple[Candidate, float, int] | None] = [None] * len(span)
    for number in range(len(contexts)):
        start, end = int(starts[number]), int(starts[number + 1])
        at = {mentions.all[int(mention[pair])].first: pair for pair in range(start, end)}
        for rank, (candidate, score) in enumerate(sorted(readings[number], key=lambda r: -r[1])):
            pair = at.get(candidate.mention.first)
            if pair is not None and found[pair] is None:
                found[pair] = (candidate, score, rank)
    return found


def _span_values(
    stream: Stream,
    places: _Places,
    contexts: Sequence[SpanContext],
    verdicts: Sequence[Verdict],
    readings: Sequence[Sequence[tuple[Candidate, float]]],
) -> Ints:
    rows = [
        _span_row(stream, places, context, verdict, max((score for _, score in found), default=0.0))
        for context, verdict, found in zip(contexts, verdicts, readings, strict=True)
    ]
    return np.array(rows, np.int32).reshape(len(rows), len(SPAN_FIELDS))


_LAST = {",": 1, ".": 2, "?": 3, "!": 4, "…": 5, "-": 5, "—": 5, "–": 5}
_FIRST_PERSON = frozenset("i i'm i've i'd i'll my me".split())
_PLURAL = frozenset("we we're we've we'd we'll our us".split())


def _span_row(
    stream: Stream, places: _Places, context: SpanContext, verdict: Verdict, best: float
) -> list[int]:
    sentence = stream.sentences[context.sentence]
    token = context.token
    quotes = int(places.quotes[sentence.last] - places.quotes[sentence.first])
    own = context.words.replace("’", "'").lower().split()
    person = 1 if _FIRST_PERSON.intersection(own) else 2 if _PLURAL.intersection(own) else 0
    first = context.words[0]
    paragraph = sentence.paragraph
    mentions = int(
        np.searchsorted(places.first, sentence.last) - np.searchsorted(places.first, sentence.first)
    )
    return [
        context.alone,
        context.opens,
        context.single,
        stream.spans[context.span].continues,
        list(Verdict).index(verdict),
        is_title(context.words),
        int(np.searchsorted(_LENGTHS, len(own), side="right")),
        _LAST.get(context.words[-1], 0),
        1 if first.isupper() else 2 if first.islower() else 3 if first.isdigit() else 0,
        token == 0 or int(places.paragraph[token - 1]) != paragraph,
        token + 1 >= len(stream.tokens) or int(places.paragraph[token + 1]) != paragraph,
        min(quotes, 3),
        min(int(places.quotes[token] - places.quotes[sentence.first]), 3),
        min(int(places.says[token] - places.says[sentence.first]), 2),
        min(int(places.says[sentence.last] - places.says[token]), 2),
        min(mentions, 4),
        int(np.searchsorted(_SCORES, best, side="right")),
        0,
        paragraph in stream.headlines,
        min(paragraph, 3),
        person,
    ]


def _mention_values(stream: Stream, mentions: MentionIndex, entities: Sequence[int]) -> Ints:
    counts: dict[int, int] = {}
    for entity in entities:
        counts[entity] = counts.get(entity, 0) + 1
    rows = [
        _mention_row(stream, mention, counts[entity])
        for mention, entity in zip(mentions.all, entities, strict=True)
    ]
    return np.array(rows, np.int32).reshape(len(rows), len(MENTION_FIELDS))


_PRONOUNS = {
    word: number
    for number, word in enumerate("he she they it i we who which him her his their them".split(), 1)
}


def _mention_row(stream: Stream, mention: Mention, seen: int) -> list[int]:
    sentence = stream.sentences[stream.sentence_of[mention.first]]
    begin = mention.begin
    if stream.lower(begin - 1) in lexicon.DETERMINERS:
        begin -= 1
    opens = begin <= sentence.first
    paragraph = sentence.paragraph
    number = stream.sentence_of[mention.first]
    return [
        _KINDS[mention.kind],
        _SPEAKERS[mention.speaker_kind],
        _GENDERS[mention.gender],
        mention.plural,
        mention.oblique,
        mention.embedded,
        mention.possessive,
        mention.titled,
        is_subject(stream, mention),
        _verb(stream, mention.last, 1),
        _verb(stream, mention.begin - 1, -1),
        min(seen, 5),
        bool(mention.description),
        opens,
        opens and (number == 0 or stream.sentences[number - 1].paragraph < paragraph),
        stream.lower(mention.last) in (".", ",", ""),
        _PRONOUNS.get(mention.name, 0) if mention.kind is MentionKind.PRONOUN else 0,
    ]


_SKIPPED = frozenset("also has have had later then who then just still the a an".split())


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


def _pair_values(
    stream: Stream,
    mentions: MentionIndex,
    places: _Places,
    contexts: Sequence[SpanContext],
    readings: Sequence[Sequence[tuple[Candidate, float]]],
    span: Ints,
    mention: Ints,
    starts: Ints,
    rules: Sequence[tuple[Candidate, float, int] | None],
) -> Ints:
    if not len(span):
        return np.zeros((0, len(PAIR_FIELDS)), np.int32)
    token = np.array([context.token for context in contexts], np.int32)[span]
    first, last = places.first[mention], places.last[mention]
    after = first > token
    low, high = np.where(after, token + 1, last), np.where(after, first, token)
    gap = np.maximum(high - low, 0)
    high = np.maximum(high, low)
    side = after.astype(np.int32)
    sentences = places.sentence[first] - places.sentence[token]
    paragraphs = places.paragraph[first] - places.paragraph[token]
    middle = np.searchsorted(places.first, np.array([context.token for context in contexts]))[span]
    between = np.where(after, mention - middle, middle - 1 - mention)
    people = np.where(
        after,
        places.people[mention] - places.people[middle],
        places.people[middle] - places.people[np.minimum(mention + 1, middle)],
    )
    alone = np.array([context.alone for context in contexts], np.int32)[span]
    near = _steps(sentences)
    subject = np.fromiter((is_subject(stream, m) for m in mentions.all), np.int32, len(mentions.all))
    columns = [
        np.searchsorted(_DISTANCES, gap, side="right") + 12 * side,
        near,
        _steps(paragraphs),
        np.minimum(between, 5) + 6 * side,
        np.minimum(people, 4) + 5 * side,
        np.minimum(places.quotes[high] - places.quotes[low], 3) + 4 * side,
        np.minimum(places.says[high] - places.says[low], 3) + 4 * side,
        np.minimum(places.cues[high] - places.cues[low], 3) + 4 * side,
        np.minimum(places.commas[high] - places.commas[low], 3) + 4 * side,
        *_rule_columns(rules),
        _own_name(mentions, contexts, span, mention),
        _order(mention, places, first, sentences, side),
        _subject_order(subject, mention, middle, side, starts),
        _ranks(rules),
        near + 8 * alone,
        np.fromiter((bool(r and r[0].argument) for r in rules), np.int32, len(rules)),
    ]
    return np.stack(columns, axis=1).astype(np.int32)


def _steps(difference: Ints) -> Ints:
    """-4.. -> 0, -1 -> 3, 0 -> 4, 3.. -> 7."""
    return (np.clip(difference, -4, 3) + 4).astype(np.int32)


def _rule_columns(rules: Sequence[tuple[Candidate, float, int] | None]) -> list[Ints]:
    size = len(rules)
    score = np.fromiter((r[1] if r else 0.0 for r in rules), np.float64, size)
    cost = np.fromiter((r[0].cost if r else -1.0 for r in rules), np.float64, size)
    return [
        np.fromiter((_RULES[r[0].rule] if r else 0 for r in rules), np.int32, size),
        np.searchsorted(_SCORES, score, side="right").astype(np.int32),
        np.fromiter((0 if r is None else 1 if r[2] == 0 else 2 for r in rules), np.int32, size),
        np.fromiter(
            (_CUES.get(r[0].cue_kind, 0) if r and r[0].cue_kind else 0 for r in rules), np.int32, size
        ),
        (np.searchsorted(_COSTS, cost, side="right") + (cost >= 0)).astype(np.int32),
    ]


def _ranks(rules: Sequence[tuple[Candidate, float, int] | None]) -> Ints:
    return np.fromiter((min(r[2] + 1, 3) if r else 0 for r in rules), np.int32, len(rules))


def _own_name(mentions: MentionIndex, contexts: Sequence[SpanContext], span: Ints, mention: Ints) -> Ints:
    """Whether the quoted words hold the mention's own name: few people speak of themselves so."""
    words = [set(context.words.replace("’s", "").replace("'s", "").split()) for context in contexts]
    names = [m.name.split()[-1] if m.kind is MentionKind.NAME else "" for m in mentions.all]
    return np.fromiter(
        (2 if names[m] in words[s] else 1 if names[m] else 0 for s, m in zip(span, mention, strict=True)),
        np.int32,
        len(span),
    )


def _order(mention: Ints, places: _Places, first: Ints, sentences: Ints, side: Ints) -> Ints:
    """Place of the mention in its own sentence, for the span's sentence and the one before."""
    begin = np.searchsorted(places.sentence[places.first], places.sentence[first])
    place = np.minimum(mention - begin, 3)
    group = np.where(sentences == 0, 1 + side, 0)
    return (place + 4 * group).astype(np.int32)


def _subject_order(subject: Ints, mention: Ints, middle: Ints, side: Ints, starts: Ints) -> Ints:
    """How many subjects stand between."""
    running = _running(subject)
    between = np.where(
        side == 1,
        running[mention] - running[middle],
        running[middle] - running[np.minimum(mention + 1, middle)],
    )
    return (np.minimum(between, 4) + 5 * side).astype(np.int32)


def _span_words(stream: Stream, vocabulary: Vocabulary, words: Ints, contexts: Sequence[SpanContext]) -> Ints:
    padded = np.concatenate((np.zeros(8, np.int32), words, np.zeros(8, np.int32)))
    token = np.array([context.token for context in contexts], np.int32)
    around = (
        padded[token[:, None] + 8 + np.array(SPAN_WORDS)] if len(contexts) else np.zeros((0, len(SPAN_WORDS)))
    )
    own = np.array([_own_words(vocabulary, context.words) for context in contexts], np.int32)
    return np.concatenate((around, own.reshape(len(contexts), 4)), axis=1).astype(np.int32)


def _own_words(vocabulary: Vocabulary, words: str) -> list[int]:
    found = words.replace("’", "'").split()
    edge = [*found, "", ""][:2], ["", "", *found][-2:]
    return [
        vocabulary.id(word.strip(".,!?;:'\"()").lower() or "<edge>", capital=word[:1].isupper())
        for part in edge
        for word in part
    ]


def _mention_words(mentions: MentionIndex, words: Ints) -> Ints:
    if not mentions.all:
        return np.zeros((0, len(MENTION_WORDS)), np.int32)
    padded = np.concatenate((np.zeros(8, np.int32), words, np.zeros(8, np.int32)))
    first = np.array([m.begin for m in mentions.all], np.int32)
    head = np.array([m.last - 1 for m in mentions.all], np.int32)
    places = [first + step if step < 0 else head + step for step in MENTION_WORDS]
    return padded[np.stack(places, axis=1) + 8]
