"""Speaker labels inside quoted words: "LEE: Not today." """

import re

from quotes.extraction.mentions.finder import Mention, MentionKind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_LABEL = re.compile(r"((?:[A-Z][A-Z.'’-]+)(?:\s[A-Z][A-Z.'’-]+){0,3}):\s+(?=\S)")


def label(stream: Stream, span: int) -> Mention | None:
    """The label in capitals that opens the words of `span`, as a mention."""
    inner = stream.spans[span].inner
    match = _LABEL.match(stream.text, inner.start, inner.end)
    if match is None:
        return None
    token = stream.quote_token[span]
    return Mention(
        first=token,
        last=token + 1,
        start=match.start(1),
        end=match.end(1),
        kind=MentionKind.NAME,
        speaker_kind=SpeakerKind.PERSON,
        name=match.group(1).title(),
    )


def label_length(stream: Stream, span: int) -> int:
    """Code points that the label takes at the start of the words, 0 without one."""
    inner = stream.spans[span].inner
    match = _LABEL.match(stream.text, inner.start, inner.end)
    return match.end() - match.start() if match else 0
