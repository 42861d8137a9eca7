"""A quoted span and a mention: what stands between them, and by which construction they are tied."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Candidate, Rule, SpanContext
from quotes.extraction.attribution.vocabulary import Categories, Ints
from quotes.extraction.mentions.clauses import CueKind
from quotes.extraction.mentions.finder import MentionIndex, MentionKind
from quotes.extraction.mentions.subjects import is_subject
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_TOGETHER = 16_384  # pairs, so that a long text needs little more memory than what is found
BEFORE, AFTER = 24, 10  # candidate mentions on either side of a span
Reading = tuple[Candidate, float]  # by rule, and how much the rule is worth
RankedReading = tuple[Candidate, float, int]  # and its place among the readings of its span

SCORES = (0.01, 0.35, 0.5, 0.6, 0.7, 0.8, 0.87, 0.92, 0.955)
_DISTANCES = np.array([1, 2, 3, 4, 6, 9, 14, 21, 36, 61, 120])  # tokens
_COSTS = (0.01, 0.8, 1.6, 2.6, 4.0, 6.0)
_RULES = {rule: number for number, rule in enumerate(Rule, 1)}
_CUES = {kind: number for number, kind in enumerate(CueKind, 1)}

# Columns with two halves count the same thing before the span and after it.
PAIR_FIELDS: dict[str, int] = {
    "distance": 24,
    "sentences": 8,
    "paragraphs": 8,
    "mentions_between": 12,
    "people_between": 10,
    "quotes_between": 8,
    "say_between": 8,
    "cues_between": 8,
    "commas_between": 8,
    "rule": len(_RULES) + 1,
    "rule_score": len(SCORES) + 1,
    "rule_top": 3,
    "cue": len(_CUES) + 1,
    "cost": 8,
    "own_name": 3,
    "order": 14,
    "subjects_between": 10,
    "rule_rank": 4,
    "alone_sentences": 16,
    "argument": 2,
}


class Places:
    """Counts up to each token, so that what stands between two places is one subtraction."""

    def __init__(self, stream: Stream, mentions: MentionIndex) -> None:
        tokens = stream.tokens
        self.sentence = np.array(stream.sentence_of or (0,), np.int32)
        paragraph_of = np.array([sentence.paragraph for sentence in stream.sentences] or [0], np.int32)
        self.paragraph = paragraph_of[self.sentence]
        self.quotes = _running([token.is_quote for token in tokens])
        self.says = _running([token.lower in lexicon.SAY_VERBS for token in tokens])
        self.cues = _running([token.lower in lexicon.CUE_VERBS for token in tokens])
        self.commas = _running([token.text == "," for token in tokens])
        self.first = np.array([m.first for m in mentions.all], np.int32)
        self.last = np.array([m.last for m in mentions.all], np.int32)
        self.people = _running([m.speaker_kind is SpeakerKind.PERSON and not m.oblique for m in mentions.all])
        self.is_subject = np.array([is_subject(stream, m) for m in mentions.all], np.int32)
        self.subjects = _running(self.is_subject)

    def middle(self, token: Ints) -> Ints:
        """The first mention after each of the tokens."""
        return _ints(np.searchsorted(self.first, token))


def _ints(values: NDArray[np.generic]) -> Ints:
    return values.astype(np.int32)


def _running(values: Sequence[bool] | Ints) -> Ints:
    return _ints(np.concatenate(([0], np.cumsum(np.asarray(values, np.int32)))))


def pair_up(places: Places, contexts: Sequence[SpanContext]) -> tuple[Ints, Ints, Ints]:
    """Pair -> context, pair -> mention, context -> its first pair (one more entry closes the last)."""
    middle = places.middle(np.array([context.token for context in contexts], np.int32))
    low, high = np.maximum(middle - BEFORE, 0), np.minimum(middle + AFTER, len(places.first))
    starts = _running(_ints(high - low))
    span = np.repeat(np.arange(len(contexts), dtype=np.int32), high - low)
    mention = np.arange(starts[-1], dtype=np.int32) - starts[:-1][span] + low[span]
    return span, _ints(mention), starts


def pair_rules(
    mentions: MentionIndex, readings: Sequence[Sequence[Reading]], mention: Ints, starts: Ints
) -> list[RankedReading | None]:
    """Pair -> the best reading by rule of its mention."""
    found: list[RankedReading | None] = [None] * len(mention)
    numbers, bounds = mention.tolist(), starts.tolist()
    for of_span, start, end in zip(readings, bounds, bounds[1:], strict=False):
        if not of_span:
            continue
        at = {mentions.all[numbers[pair]].first: pair for pair in range(start, end)}
        for rank, (candidate, score) in enumerate(sorted(of_span, key=lambda r: -r[1])):
            pair = at.get(candidate.mention.first)
            if pair is not None and found[pair] is None:
                found[pair] = (candidate, score, rank)
    return found


def pair_values(
    mentions: MentionIndex,
    places: Places,
    contexts: Sequence[SpanContext],
    span: Ints,
    mention: Ints,
    rules: Sequence[RankedReading | None],
) -> Categories:
    """(pairs, fields)."""
    found = np.zeros((len(PAIR_FIELDS), len(span)), np.int8)
    for start in range(0, len(span), _TOGETHER):
        some = slice(start, start + _TOGETHER)
        columns = _columns(mentions, places, contexts, span[some], mention[some], rules[some])
        for number, column in enumerate(columns):
            found[number, some] = column
    return found.T


def _columns(
    mentions: MentionIndex,
    places: Places,
    contexts: Sequence[SpanContext],
    span: Ints,
    mention: Ints,
    rules: Sequence[RankedReading | None],
) -> Iterator[NDArray[np.integer] | list[int]]:
    """The fields, one after the other."""
    tokens = np.array([context.token for context in contexts], np.int32)
    token, middle = tokens[span], places.middle(tokens)[span]
    first, last = places.first[mention], places.last[mention]
    after = first > token
    side = _ints(after)
    low, high = np.where(after, token + 1, last), np.where(after, first, token)
    gap, high = np.maximum(high - low, 0), np.maximum(high, low)
    sentences = places.sentence[first] - places.sentence[token]
    near = _steps(sentences)
    alone = np.array([context.alone for context in contexts], np.int32)[span]

    def counted(running: Ints, most: int) -> Ints:
        return _ints(np.minimum(running[high] - running[low], most) + (most + 1) * side)

    def mentions_between(running: Ints) -> Ints:
        following = np.minimum(mention + 1, middle)
        between = np.where(after, running[mention] - running[middle], running[middle] - running[following])
        return _ints(np.minimum(between, 4) + 5 * side)

    *by_rule, rank, argument = _rule_columns(rules)
    yield np.searchsorted(_DISTANCES, gap, side="right") + 12 * side
    yield near
    yield _steps(places.paragraph[first] - places.paragraph[token])
    yield np.minimum(np.where(after, mention - middle, middle - 1 - mention), 5) + 6 * side
    yield mentions_between(places.people)
    yield counted(places.quotes, 3)
    yield counted(places.says, 3)
    yield counted(places.cues, 3)
    yield counted(places.commas, 3)
    yield from by_rule
    yield _own_name(mentions, contexts, span, mention)
    yield _order(mention, places, first, sentences, side)
    yield mentions_between(places.subjects)
    yield rank
    yield near + 8 * alone
    yield argument


def _steps(difference: Ints) -> Ints:
    """-4 and less -> 0, -1 -> 3, 0 -> 4, 3 and more -> 7."""
    return _ints(np.clip(difference, -4, 3) + 4)


def _rule_columns(rules: Sequence[RankedReading | None]) -> Ints:
    """(fields, pairs): rule, score, whether it is the best, cue, cost, rank, argument; 0 for most."""
    found = np.zeros((7, len(rules)), np.int32)
    for pair, ranked in enumerate(rules):
        if ranked is not None:
            reading, score, rank = ranked
            found[:, pair] = (
                _RULES[reading.rule],
                bisect_right(SCORES, score),
                1 if rank == 0 else 2,
                _CUES[reading.cue_kind] if reading.cue_kind else 0,
                bisect_right(_COSTS, reading.cost) + (reading.cost >= 0),
                min(rank + 1, 3),
                reading.argument,
            )
    return found


def _own_name(
    mentions: MentionIndex, contexts: Sequence[SpanContext], span: Ints, mention: Ints
) -> list[int]:
    """Whether the quoted words hold the mention's own name: few people speak of themselves so."""
    names = [m.name.split()[-1] if m.kind is MentionKind.NAME else "" for m in mentions.all]
    found: list[int] = []
    number, words = -1, frozenset[str]()
    for s, m in zip(span.tolist(), mention.tolist(), strict=True):
        if s != number:
            number, words = s, frozenset(contexts[s].words.replace("’s", "").replace("'s", "").split())
        name = names[m]
        found.append((2 if name in words else 1) if name else 0)
    return found


def _order(mention: Ints, places: Places, first: Ints, sentences: Ints, side: Ints) -> Ints:
    """Place of the mention in its sentence, told apart for the span's own sentence."""
    begin = np.searchsorted(places.sentence[places.first], places.sentence[first])
    group = np.where(sentences == 0, 1 + side, 0)
    return _ints(np.minimum(mention - begin, 3) + 4 * group)
