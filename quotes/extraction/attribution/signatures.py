"""Words set apart, with a name behind them: "..." — Ann Lee, or Ann Lee, harbour mistress, on the next line.

Block quotes, letters and posts have it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from quotes.english import lexicon
from quotes.extraction.mentions.finder import Mention, MentionIndex, MentionKind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

DASHES = frozenset({"-", "—", "–", "―", "--", "~"})
_TITLE = 8  # tokens that may stand before the name
_LONGEST = 30  # tokens of a signature: a title, a name, what its bearer is, a date
_VERBS = (lexicon.AUXILIARIES | lexicon.COMMON_VERBS) - {"'s"}
_ENDS = frozenset(".?!:;")
_AFTER_NAME = DASHES | {",", "(", "|"}
# Who wrote the article or took the picture is named on a line of his own, too.
_PRESS = lexicon.words(
    """
    reporter correspondent editor writer contributor staff columnist photographer photo photos picture
    pictures image images getty reuters ap afp pa epa news herald times post gazette / @
    """
)
_SIGNED = 0.97  # right, of names behind a dash
_BELOW = 0.95  # ... on the line below, or with what their bearer is
_ROLE = 0.85  # of roles instead of names
_LOOSE = 0.6  # of names alone between blank lines: the next section may be headed by it


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs (None: somebody without a name or a known role), and how sure the words are the signer's."""

    mention: Mention | None
    score: float


def signers(stream: Stream, mentions: MentionIndex) -> tuple[Signature | None, ...]:
    """Who signs each quoted span, or the last of the paragraphs that it is one of; they hold nothing else."""
    found: list[Signature | None] = [None] * len(stream.spans)
    used: set[int] = set()  # names that sign something
    first = 0
    for span in range(len(stream.spans)):
        if not stream.spans[span].continues:
            first = span
        goes_on = span + 1 < len(stream.spans) and stream.spans[span + 1].continues
        token = stream.quote_token[span]
        if goes_on or not stream.opens_paragraph(token):
            continue
        signature = _behind_dash(stream, mentions, token + 1)
        if signature is None:
            signature = _below(stream, mentions, token + 1)
            if signature is not None and _is_headed(stream, mentions, stream.quote_token[first], used):
                signature = None
        if signature is None:
            continue
        if signature.mention is not None:
            used.add(signature.mention.first)
        found[span] = signature
        for other in range(span - 1, first - 1, -1):
            at = stream.quote_token[other]
            if not (stream.opens_paragraph(at) and stream.ends_paragraph(at)):
                break
            found[other] = signature
    return tuple(found)


def _behind_dash(stream: Stream, mentions: MentionIndex, dash: int) -> Signature | None:
    """The name in what begins with a dash, in the same paragraph or as one of its own, and ends with that."""
    if stream.lower(dash) not in DASHES or not _is_near(stream, dash):
        return None
    end = dash + 1
    while end < len(stream.tokens) and not stream.opens_paragraph(end):
        if end - dash > _LONGEST or not _may_stand(stream, end):
            return None
        end += 1
    named = _signer(stream, mentions, dash + 1, end)
    if _is_somebody(stream, named, dash + 1, end):
        return Signature(None, 0.0)
    if named is None or named.speaker_kind is not SpeakerKind.PERSON:
        return None
    if named.kind is MentionKind.NAME:
        return Signature(named, _SIGNED)
    return Signature(named, _ROLE) if _is_role(stream, named, dash + 1, end) else None


def _signer(stream: Stream, mentions: MentionIndex, start: int, end: int) -> Mention | None:
    """The first mention, or whom a title belongs to that it begins: Lee Lines skipper Ann Ek."""
    found = mentions.between(start, min(end, start + _TITLE))
    for before, named in pairwise(found):
        between = {stream.lower(token) for token in range(before.last, named.first)}
        if named.kind is not MentionKind.NAME or not between or between & _PARTS:
            break
        if named.speaker_kind is SpeakerKind.PERSON:
            return named
    return found[0] if found else None


# What ends a name or ties the next one to it.
_PARTS = DASHES | lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | {",", "(", "|", "/", "'s"}


def _is_near(stream: Stream, token: int) -> bool:
    """Whether the token stands in the paragraph of the one before it or begins the next."""
    return stream.paragraph(token) <= stream.paragraph(token - 1) + 1


def _is_somebody(stream: Stream, named: Mention | None, start: int, end: int) -> bool:
    """— a former spinner, — a spinner from Wick"""
    if start + 1 >= end or stream.lower(start) not in ("a", "an", "one") or not _is_plain(stream, start, end):
        return False
    if named is None or named.speaker_kind is not SpeakerKind.PERSON:
        return True
    return any(stream.lower(token) in lexicon.PREPOSITIONS for token in range(start, named.begin))


def _may_stand(stream: Stream, token: int) -> bool:
    return not stream.tokens[token].is_quote and stream.lower(token) not in _VERBS


def _below(stream: Stream, mentions: MentionIndex, start: int) -> Signature | None:
    """A line that is a name, or a name and what its bearer is, behind the words and nothing else."""
    opening = next(iter(mentions.between(start, start + _TITLE)), None)
    if opening is None or min(opening.begin, opening.first) > start + 1 or not _is_near(stream, start):
        return None
    end = _line_end(stream, start)
    if not _is_plain(stream, start, end):
        return None
    apart = _is_blank_before(stream, start)
    named = _name_line(stream, mentions, start, end)
    if named is not None:
        if not stream.opens_paragraph(start) or not apart:
            return Signature(named, _BELOW)
        ends_text = end == len(stream.tokens)
        told = named.last < end or (not ends_text and _has_role_below(stream, end))
        return Signature(named, _BELOW if told and not ends_text else _LOOSE)
    role = mentions.at(start)
    if apart or role is None or not _is_role(stream, role, start, end):
        return None
    return Signature(role, _ROLE)


def _name_line(stream: Stream, mentions: MentionIndex, start: int, end: int) -> Mention | None:
    named = next(iter(mentions.between(start, min(end, start + _TITLE))), None)
    if named is None or named.kind is not MentionKind.NAME or named.speaker_kind is not SpeakerKind.PERSON:
        return None
    if min(named.begin, named.first) > start or named.possessive or named.last > end:
        return None
    whole = named.last - named.first > 1
    after = named.last == end or stream.tokens[named.last].text in _AFTER_NAME
    return named if whole and after else None


def _is_role(stream: Stream, role: Mention, start: int, end: int) -> bool:
    """A weaver at the mill, neighbour, local resident: one person, told of with no verb."""
    if role.kind is not MentionKind.ROLE or role.speaker_kind is not SpeakerKind.PERSON:
        return False
    return (
        role.first <= start + 1 and not role.plural and not role.possessive and _is_plain(stream, start, end)
    )


def _is_plain(stream: Stream, start: int, end: int) -> bool:
    """No sentence, no credit."""
    if end - start > _LONGEST or stream.tokens[end - 1].text in _ENDS:
        return False
    return all(_may_stand(stream, token) and stream.lower(token) not in _PRESS for token in range(start, end))


def _has_role_below(stream: Stream, start: int) -> bool:
    end = _line_end(stream, start)
    return not _is_blank_before(stream, start) and _is_plain(stream, start, end)


def _is_headed(stream: Stream, mentions: MentionIndex, token: int, used: set[int]) -> bool:
    """Whether a name stands above the words, or above a line on top of them, that signs nothing else."""
    return any(
        _is_plain(stream, start, end)
        and (named := _name_line(stream, mentions, start, end)) is not None
        and named.first not in used
        for start, end in _lines_above(stream, token)
    )


def _lines_above(stream: Stream, token: int) -> Iterator[tuple[int, int]]:
    end = token
    for _ in range(2):
        if not end:
            return
        start = end - 1
        while start and not _breaks(stream, start):
            if end - start > _LONGEST:
                return
            start -= 1
        yield start, end
        end = start


def _line_end(stream: Stream, start: int) -> int:
    end = start + 1
    while end < len(stream.tokens) and end - start <= _LONGEST and not _breaks(stream, end):
        end += 1
    return end


def _breaks(stream: Stream, token: int) -> bool:
    """Whether a line begins with the token."""
    if stream.opens_paragraph(token):
        return True
    return "\n" in stream.text[stream.tokens[token - 1].end : stream.tokens[token].start]


def _is_blank_before(stream: Stream, token: int) -> bool:
    """Whether a blank line stands before the token, or nothing tells one from a break."""
    return stream.text.count("\n", stream.tokens[token - 1].end, stream.tokens[token].start) > 1
