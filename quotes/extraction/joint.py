"""Several people who speak the same words."""

from . import lexicon
from .candidates import Candidate
from .mentions import Mention, MentionIndex, MentionKind
from .stream import Stream


def second_of(stream: Stream, mentions: MentionIndex, candidate: Candidate) -> Mention | None:
    """The B of "said A and B"."""
    first = candidate.mention
    inverted = candidate.cue is not None and candidate.cue[1] <= first.begin
    if not inverted or first.kind is not MentionKind.NAME or stream.lower(first.last) != "and":
        return None
    other = mentions.at(first.last + 1)
    if other is None or other.kind is not first.kind or other.speaker_kind is not first.speaker_kind:
        return None
    ends = stream.lower(other.last) in (".", ",", ";", "") or stream.lower(other.last) in lexicon.PREPOSITIONS
    return other if ends else None


def partners_of(stream: Stream, mentions: MentionIndex, mention: Mention) -> tuple[Mention, ...]:
    """The A of "A and B said", the A and B of "A, B and C said"."""
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
    return mentions.ending_at(before) if stream.lower(before) == link else None


_ARTICLES = frozenset({"the", "a", "an", "his", "her", "their", "another"})


def _can_join(stream: Stream, other: Mention, mention: Mention) -> bool:
    if mention.kind is MentionKind.ROLE and stream.lower(mention.first) not in _ARTICLES:
        return False  # "the mayor and candidate" is one person
    same = other.kind is mention.kind and other.speaker_kind is mention.speaker_kind
    return same and not other.oblique and stream.sentence_of[other.first] == stream.sentence_of[mention.first]


def _opens(stream: Stream, mention: Mention) -> bool:
    before = mention.first - 1
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
