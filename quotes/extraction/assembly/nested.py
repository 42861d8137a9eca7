"""Double-marked words inside single-marked ones: ‘He said to me, “Go home,”’ she recalled.

The outer words are read as a little text of their own, by the rules alone. Whoever says "I" there is the
outer speaker; another pronoun looks back over the article.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from quotes.extraction.attribution.candidates import Candidate, Clauses, Rule, local_candidates, span_context
from quotes.extraction.attribution.nonspeech import SpanType, judge
from quotes.extraction.attribution.rule_scores import rule_reason, rule_score
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.coreference.resolver import Coreference
from quotes.extraction.mentions.clauses import CueKind
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind, find_mentions
from quotes.extraction.text.marks import MarksResult, QuotedSpan
from quotes.extraction.text.stream import Stream, build_stream
from quotes.extraction.types import ExtractedQuote, QuoteKind, ResolvedSpeaker, Span, SpeakerKind, TextSpan

# Right of 100 on our own articles, where the rules find who says nested words:
_SELF = 0.9  # "I", of what the outer quote's own confidence leaves
_NAMED = 0.85
_UNNAMED = 0.6
_PRONOUN = 0.5
_LEAST = 0.5  # of a rule's score
_CLAUSE_WORDS = 4
_REACH = 80  # mentions that a pronoun looks back over
_FADING = 0.95  # of the weight of a mention, with each that follows
_RULES = frozenset({Rule.BEFORE, Rule.AFTER, Rule.COLON, Rule.GOVERNED, Rule.ACCORDING})
_OWNED = ("my ", "our ")


def with_nested(
    stream: Stream, mentions: MentionIndex, coreference: Coreference, quotes: Sequence[ExtractedQuote]
) -> tuple[ExtractedQuote, ...]:
    """`quotes` and, behind each, those inside it that somebody is said to have said."""
    if not stream.nested:
        return tuple(quotes)
    found = list(quotes)
    starts = [segment.start for quote in quotes for segment in quote.segments]
    owners = [quote for quote in quotes for _ in quote.segments]
    inside: dict[Span, list[QuotedSpan]] = {}
    outers = [span.outer.start for span in stream.spans]
    for span in stream.nested:
        outer = stream.spans[bisect_right(outers, span.outer.start) - 1]
        inside.setdefault(outer.inner, []).append(span)
    for inner, spans in inside.items():
        position = bisect_right(starts, inner.start) - 1
        if position >= 0 and starts[position] == inner.start:
            found.extend(_Reading(stream, mentions, coreference, owners[position], inner).quotes(spans))
    return tuple(sorted(found, key=lambda quote: quote.segments[0].start))


class _Reading:
    """The words between one pair of single marks, read for who says the words nested in them."""

    def __init__(
        self,
        stream: Stream,
        mentions: MentionIndex,
        coreference: Coreference,
        outer: ExtractedQuote,
        inner: Span,
    ) -> None:
        self._article, self._mentions, self._coreference = stream, mentions, coreference
        self._outer, self._inner = outer, inner

    def quotes(self, spans: Sequence[QuotedSpan]) -> Iterator[ExtractedQuote]:
        words = self._inner.of(self._article.text)
        shifted = tuple(self._shift(span) for span in spans if span.outer.end <= self._inner.end)
        stream = build_stream(words, MarksResult(shifted, (Span(0, len(words)),), ()))
        clauses = Clauses(stream, find_mentions(stream))
        for number, span in enumerate(stream.spans):
            candidate = _best(clauses, number)
            quote = candidate and self._quote(stream, clauses.mentions, span, candidate)
            if quote:
                yield quote

    def _shift(self, span: QuotedSpan) -> QuotedSpan:
        back = -self._inner.start
        return QuotedSpan(_moved(span.outer, back), _moved(span.inner, back), 0)

    def _quote(
        self, stream: Stream, nearby: MentionIndex, span: QuotedSpan, candidate: Candidate
    ) -> ExtractedQuote | None:
        mention = candidate.mention
        speaker, confidence = self._speaker(stream, nearby, mention)
        if speaker is None:
            return None
        here = _moved(span.inner, self._inner.start)
        end = here.end - (self._article.text[here.end - 1] == "," and here.end > here.start + 1)
        segment = Span(here.start, end)
        words = segment.of(self._article.text)
        cue = candidate.cue
        whole = words[0].isupper() or len(words.split()) > _CLAUSE_WORDS
        return ExtractedQuote(
            text=words,
            segments=(segment,),
            kind=QuoteKind.DIRECT if whole else QuoteKind.PARTIAL,
            speaker=speaker,
            mention=self._at(mention.start, mention.end),
            cue=self._at(stream.tokens[cue[0]].start, stream.tokens[cue[1] - 1].end) if cue else None,
            confidence=round(confidence, 3),
            context=self._outer.context,
            reasons=(rule_reason(candidate.rule, candidate.lemma), "told within somebody else's words"),
            rule=candidate.rule.value,
        )

    def _at(self, start: int, end: int) -> TextSpan:
        return TextSpan.at(self._article.text, self._inner.start + start, self._inner.start + end)

    def _speaker(
        self, stream: Stream, nearby: MentionIndex, mention: Mention
    ) -> tuple[ResolvedSpeaker | None, float]:
        teller = self._outer.speaker
        if mention.name in ("i", "we"):
            return teller, self._outer.confidence * _SELF
        if mention.kind is MentionKind.PRONOUN:
            return self._meant(stream, nearby, mention) if mention.gender else None, _PRONOUN
        if mention.kind is MentionKind.NAME:
            known = self._coreference.named(mention.name)
            return _resolved(known) or ResolvedSpeaker(mention.name, mention.speaker_kind), _NAMED
        name = mention.name
        if name.lower().startswith(_OWNED):
            if teller is None:
                return None, 0.0
            apostrophe = "’" if "’" in self._article.text else "'"
            name = f"{teller.name}{apostrophe}s {name.split(' ', 1)[1]}"
        person = mention.speaker_kind is SpeakerKind.PERSON
        return ResolvedSpeaker(name, SpeakerKind.UNNAMED if person else mention.speaker_kind), _UNNAMED

    def _meant(self, stream: Stream, nearby: MentionIndex, pronoun: Mention) -> ResolvedSpeaker | None:
        """Whom the teller has just spoken of, else of this sex the one whom the article is about here."""
        for mention in reversed(nearby.between(0, pronoun.first)):
            if mention.kind is MentionKind.PRONOUN or mention.plural:
                continue
            if mention.gender in ("", pronoun.gender) and mention.speaker_kind is SpeakerKind.PERSON:
                return self._speaker(stream, nearby, mention)[0]
        teller = self._outer.speaker.name if self._outer.speaker else ""
        before = [m for m in self._mentions.all if m.start < self._inner.start][-_REACH:]
        weights: dict[Entity, float] = defaultdict(float)
        for back, mention in enumerate(reversed(before)):
            entity = self._coreference.entity(mention)
            if entity is not None and entity.name != teller and entity.kind in _PEOPLE:
                weights[entity] += _FADING**back
        fitting = [entity for entity in weights if entity.gender.fit(pronoun.gender) > 0]
        return _resolved(max(fitting, key=weights.__getitem__, default=None))


_PEOPLE = frozenset({SpeakerKind.PERSON, SpeakerKind.UNNAMED})


def _best(clauses: Clauses, number: int) -> Candidate | None:
    context = span_context(clauses.stream, number)
    if judge(clauses.stream, context) is not SpanType.SPEECH:
        return None
    readings = [
        (rule_score(context, candidate), candidate)
        for candidate in local_candidates(clauses, context)
        if candidate.rule in _RULES and candidate.cue_kind in (CueKind.SAY, CueKind.ACCORDING, None)
    ]
    best = max(readings, key=lambda reading: reading[0], default=None)
    return best[1] if best and best[0] >= _LEAST else None


def _resolved(entity: Entity | None) -> ResolvedSpeaker | None:
    return (
        ResolvedSpeaker(entity.name, entity.kind, entity.description, roles=tuple(entity.roles))
        if entity
        else None
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
