"""Subjects of verbs, told by position: no parser needed."""

from collections.abc import Iterator

from quotes.english import lexicon
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.stream import Sentence, Stream
from quotes.extraction.types import SpeakerKind

_ADVERBS = lexicon.words(
    """
    also then later once just still even again now first recently often never always soon both all not
    only has have had would will was were is are could may might must can did does do been being be
    himself herself themselves ever repeatedly too went further went on goes on 's 've 'd 'll
    """
)
NEVER_SUBJECT = frozenset({"him", "her", "his", "their", "them"})
_CLAUSE_STARTS = lexicon.CONJUNCTIONS | frozenset({",", ";", ":", "-", "—", "–", "(", "―", "'", '"'})


def after_quote(stream: Stream, index: int) -> bool:
    """Whether the token `index` follows a quoted span, a comma or dash aside."""
    previous = index - 1
    if stream.lower(previous) in (",", "-", "—", "–"):
        previous -= 1
    return previous >= 0 and stream.tokens[previous].is_quote


def subject_before(
    stream: Stream, mentions: MentionIndex, sentence: Sentence, index: int
) -> tuple[Mention, float] | None:
    """The likeliest subject left of the verb `index`, and how far-fetched it is (0 for next to the verb)."""
    best: tuple[Mention, float] | None = None
    barrier = 0.0
    gerund = stream.lower(index).endswith("ing")
    participle = gerund and stream.lower(index - 1) in _PARTICIPLE_OPENERS
    told = whose_words(stream, mentions, index) if gerund else None
    if told is not None:
        return told, 0.3
    for mention in _leftward(mentions, sentence, index):
        if mention.last > index or mention.name in NEVER_SUBJECT or mention.name == "we":
            continue
        if gerund and mention.last == index and not mention.possessive:  # footage of Lee saying
            return mention, 0.5
        cost = _subject_cost(stream, sentence, mention, index, participle=participle) + barrier
        if best is None or cost < best[1]:
            best = (mention, cost)
        if not mention.oblique and not mention.embedded and not participle:
            barrier += 0.8
        if barrier > 4:
            break
    if best is None or best[1] > _TOO_FAR:
        return None
    return best


def whose_words(stream: Stream, mentions: MentionIndex, index: int) -> Mention | None:
    """The X of "recalled him telling her" and "quoted X as saying": the object of the one verb speaks."""
    said = stream.lower(index - 1) == "as"
    mention = mentions.ending_at(index - said)
    if mention is None or mention.possessive:
        return None
    before = stream.lower(mention.begin - 1 - (stream.lower(mention.begin - 1) in lexicon.DETERMINERS))
    return mention if before in (_QUOTES if said else _RECALLS) else None


_QUOTES = lexicon.words("quote quotes quoted quoting cite cites cited citing heard recorded reported")
_RECALLS = lexicon.words(
    """
    recall recalls recalled recalling remember remembers remembered remembering recount recounts recounted
    hear hears heard filmed recorded captured described describes show shows showed shown caught imagined
    """
)
_PARTICIPLE_OPENERS = frozenset(
    {",", "and", "while", "by", "-", "—", "–", "when", "after", "before", "in", "also", "or"}
)
_TOO_FAR = 8.0


def _leftward(mentions: MentionIndex, sentence: Sentence, index: int) -> Iterator[Mention]:
    yield from reversed(mentions.between(max(sentence.first, index - 60), index))


def _subject_cost(
    stream: Stream, sentence: Sentence, mention: Mention, index: int, *, participle: bool
) -> float:
    gap = [stream.tokens[i] for i in range(mention.last, index)]
    cost = 0.0
    if all(_is_light(token.lower) and not token.is_quote for token in gap):
        cost += 0.0 if not participle or not gap else 0.5
    elif (
        gap[-1].text in (",", ")", "—", "–", "-")
        and gap[0].text in (",", "(", "—", "–", "-")
        and len(gap) > 1
    ):
        cost += 1.0 + 0.02 * len(gap)
    elif participle:
        cost += 0.5 + 0.02 * len(gap)
    else:
        cost += 2.0 + 0.08 * len(gap)
        if stream.lower(index - 1) == "to":
            cost += 0.5 if mention.name != "it" else 6.0
    if mention.oblique:
        cost += 3.5
    if mention.embedded:
        cost += 2.5
    if mention.possessive:
        cost += 4.0
    if mention.speaker_kind is SpeakerKind.DOCUMENT and participle:
        cost += 1.0
    return cost + _position_cost(stream, sentence, mention)


def is_subject(stream: Stream, mention: Mention) -> bool:
    """Whether the mention looks like the subject of a verb."""
    before = mention.begin - 1
    if stream.lower(before) == "to" and stream.lower(before - 1) == "according":
        return True
    if mention.oblique or mention.embedded or mention.possessive or mention.name in NEVER_SUBJECT:
        return False
    if stream.lower(before) in lexicon.SAY_VERBS and after_quote(stream, before):
        return True
    sentence = stream.sentences[stream.sentence_of[mention.first]]
    return _position_cost(stream, sentence, mention) == 0.0


def _position_cost(stream: Stream, sentence: Sentence, mention: Mention) -> float:
    """Subjects open a clause and have a verb after them."""
    start = mention.begin - 1
    while start >= sentence.first and stream.lower(start) in lexicon.DETERMINERS:
        start -= 1
    opens = start < sentence.first or stream.lower(start) in _CLAUSE_STARTS or stream.tokens[start].is_quote
    acts = _acts(stream.lower(mention.last))
    return (0.0 if opens else 0.7) + (0.0 if acts else 0.5)


def _acts(word: str) -> bool:
    return (
        word in lexicon.CUE_VERBS
        or word in lexicon.AUXILIARIES
        or word in lexicon.COMMON_VERBS
        or word in (",", "(", "who")
        or word.endswith("ed")
        or _is_light(word)
    )


def _is_light(word: str) -> bool:
    return word in _ADVERBS or word.endswith("ly")


def main_subject(stream: Stream, mentions: MentionIndex, sentence: Sentence) -> Mention | None:
    """The mention that most looks like the subject of the sentence's main clause."""
    best: tuple[float, Mention] | None = None
    for rank, mention in enumerate(mentions.between(sentence.first, sentence.last)):
        if mention.name in NEVER_SUBJECT or mention.name in ("who", "which", "it"):
            continue
        cost = _position_cost(stream, sentence, mention) + 0.4 * rank
        cost += 3.0 * mention.oblique + 2.5 * mention.embedded + 3.0 * mention.possessive
        if mention.kind is MentionKind.ROLE and mention.speaker_kind is SpeakerKind.DOCUMENT:
            cost += 1.5
        if best is None or cost < best[0]:
            best = (cost, mention)
    return best[1] if best and best[0] < 4.0 else None
