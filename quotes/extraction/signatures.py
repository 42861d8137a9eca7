"""Words set apart, with a name behind a dash: "..." — Ann Lee, as block quotes, letters and posts have it."""

from . import lexicon
from .mentions import Mention, MentionIndex, MentionKind
from .stream import Stream
from .types import SpeakerKind

DASHES = frozenset({"-", "—", "–", "―", "--", "~"})
_TITLE = 8  # tokens that may stand before the name
_LONGEST = 30  # tokens of a signature: a title, a name, what its bearer is, a date
_VERBS = (lexicon.AUXILIARIES | lexicon.COMMON_VERBS) - {"'s"}


def signers(stream: Stream, mentions: MentionIndex) -> tuple[Mention | None, ...]:
    """Who signs each quoted span, or the last of the paragraphs that it is one of; they hold nothing else."""
    found: list[Mention | None] = []
    for span in range(len(stream.spans) - 1, -1, -1):
        token = stream.quote_token[span]
        goes_on = span + 1 < len(stream.spans) and stream.spans[span + 1].continues
        if not stream.opens_paragraph(token):
            found.append(None)
        elif goes_on:
            found.append(found[-1] if stream.ends_paragraph(token) else None)
        else:
            found.append(_signature(stream, mentions, token + 1))
    return tuple(reversed(found))


def _signature(stream: Stream, mentions: MentionIndex, dash: int) -> Mention | None:
    """The name in what begins with a dash, in the same paragraph or as one of its own, and ends with that."""
    if stream.lower(dash) not in DASHES:
        return None
    if stream.opens_paragraph(dash) and stream.paragraph(dash) != stream.paragraph(dash - 1) + 1:
        return None
    end = dash + 1
    while end < len(stream.tokens) and not stream.opens_paragraph(end):
        if end - dash > _LONGEST or stream.tokens[end].is_quote or stream.lower(end) in _VERBS:
            return None
        end += 1
    named = next(iter(mentions.between(dash + 1, min(end, dash + 1 + _TITLE))), None)
    is_person = (
        named is not None and named.kind is MentionKind.NAME and named.speaker_kind is SpeakerKind.PERSON
    )
    return named if is_person else None
