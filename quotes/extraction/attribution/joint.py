"""Several people who speak the same words."""

from quotes.english import lexicon
from quotes.extraction.attribution.candidates import Candidate
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind


def second_of(stream: Stream, mentions: MentionIndex, candidate: Candidate) -> Mention | None:
    """The B of "said A and B", "said A, a baker, and B, a nurse" and "A, of Hull, and B, of Kadin, said"."""
    first = candidate.mention
    if first.kind is not MentionKind.NAME:
        return None
    end = _described_until(stream, first)
    other = mentions.at(end + 1 + (stream.lower(end) == ",")) if _and_at(stream, end) else None
    if other is None or other.kind is not first.kind or other.speaker_kind is not first.speaker_kind:
        return None
    told = _described_until(stream, other)
    if candidate.cue is not None and candidate.cue[1] <= first.begin:
        plain = end == first.last
        ends = stream.lower(told) in (".", "") or (plain and _ends(stream, other))
        return other if ends else None
    speaks = stream.lower(told + (stream.lower(told) == ",")) in lexicon.SAY_VERBS
    return other if speaks and end > first.last else None


def _ends(stream: Stream, mention: Mention) -> bool:
    after = stream.lower(mention.last)
    return after in (".", ",", ";", "") or after in lexicon.PREPOSITIONS


def _and_at(stream: Stream, index: int) -> bool:
    return stream.lower(index + (stream.lower(index) == ",")) == "and"


_DESCRIPTION = 8  # tokens of "from Kadin", "a retired baker", "34"


def _described_until(stream: Stream, mention: Mention) -> int:
    """Where what is said of a person ends: at the comma behind it, or where the name itself does."""
    if mention.speaker_kind is not SpeakerKind.PERSON or stream.lower(mention.last) != ",":
        return mention.last
    for index in range(mention.last + 1, mention.last + 2 + _DESCRIPTION):
        word = stream.lower(index)
        if word in (",", ".", ""):
            return index if index > mention.last + 1 else mention.last
        if word in lexicon.CUE_VERBS or word in lexicon.AUXILIARIES or word == "and":
            break
        if stream.tokens[index].is_quote or word in ("who", ";", ":"):
            break
    return mention.last


def partners_of(stream: Stream, mentions: MentionIndex, mention: Mention) -> tuple[Mention, ...]:
    """The A of "A and B said", the A and B of "A, B and C said", the A of "A, of Hull, and B said"."""
    if mention.kind is MentionKind.PRONOUN:
        return ()
    found: list[Mention] = []
    link, last = "and", mention
    while (other := _linked(stream, mentions, last, link)) and _can_join(stream, other, mention):
        found.insert(0, other)
        link, last = ",", other
    return tuple(found) if found and _opens(stream, found[0]) else ()


def _linked(stream: Stream, mentions: MentionIndex, mention: Mention, link: str) -> Mention | None:
    """The mention that ends just before `link` and `mention`."""
    before = mention.begin - 1
    if stream.lower(before) == "the":
        before -= 1
    if stream.lower(before) != link:
        return None
    return mentions.ending_at(before) or _described_before(stream, mentions, before)


def _described_before(stream: Stream, mentions: MentionIndex, link: int) -> Mention | None:
    """The A of "A, from Hull, and"."""
    if stream.lower(link) != "and" or stream.lower(link - 1) != ",":
        return None
    for other in reversed(mentions.between(max(0, link - 2 * _DESCRIPTION), link)):
        if other.kind is MentionKind.NAME and other.last < link - 1 == _described_until(stream, other):
            return other
    return None


_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "another"})


def _can_join(stream: Stream, other: Mention, mention: Mention) -> bool:
    if mention.kind is MentionKind.ROLE and stream.lower(mention.first) not in _ARTICLES:
        return False  # "the mayor and candidate" is one person
    same = other.kind is mention.kind and other.speaker_kind is mention.speaker_kind
    return same and not other.oblique and stream.sentence_of[other.first] == stream.sentence_of[mention.first]


def _opens(stream: Stream, mention: Mention) -> bool:
    before = mention.begin - 1
    if before < 0 or stream.sentence_of[before] != stream.sentence_of[mention.first]:
        return True
    return (
        stream.tokens[before].is_quote
        or stream.lower(before)
        in (
            ",",
            "the",
            "said",
            "that",
            "when",
            "both",
        )
        or stream.lower(before) in lexicon.SAY_VERBS
    )
