"""Whose statement, letter or report a document is."""

from collections.abc import Callable
from itertools import takewhile

from . import lexicon
from .entity import Entity
from .mentions import Mention, MentionIndex, MentionKind
from .stream import Stream
from .types import SpeakerKind

_REACH = 10  # tokens before the document for a verb of publishing
_ISSUES = lexicon.words(
    """
    release releases released publish publishes published issue issues issued write writes wrote written post
    posts posted file files filed send sends sent sign signs signed pen penned draft drafted commission
    submit submits submitted produce produced
    """
)


def author_in_words(
    stream: Stream, mentions: MentionIndex, document: Mention, read_as: Callable[[Mention], Entity | None]
) -> Entity | None:
    """The named author that the sentence gives: "a report by X", "X published a report", "X's report"."""
    after = document.last
    if stream.lower(after) in ("released", "published", "issued", "written", "posted", "signed", "sent"):
        after += 1
    found: Mention | None = None
    if stream.lower(after) in ("by", "from"):
        after += 1 + (stream.lower(after + 1) == "the")
        found = mentions.at(after)
    if found is None:
        found = _publisher(stream, mentions, document)
    if found is None or found.kind is not MentionKind.NAME:
        return None
    entity = read_as(found) or None
    named = entity is not None and entity.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)
    return entity if named else None


def author_in_name(document: Mention, named: Callable[[str], Entity | None]) -> Entity | None:
    """The IMF of "the IMF report", the Ann Lee of "Ann Lee's brief"; a report on Lee is not hers."""
    words = document.name.replace("’", "'").split()
    if words[0].lower() in lexicon.DETERMINERS:
        words = words[1:]
    capitals = list(takewhile(lambda word: word[:1].isupper(), words[:-1]))
    if not capitals:
        return None
    possessive = capitals[-1].endswith("'s")
    entity = named(" ".join(capitals).removesuffix("'s"))
    if entity is None:
        return None
    fits = entity.kind is SpeakerKind.ORGANIZATION or (possessive and entity.is_person)
    return entity if fits else None


def _publisher(stream: Stream, mentions: MentionIndex, document: Mention) -> Mention | None:
    floor = max(stream.sentences[stream.sentence_of[document.first]].first, document.first - _REACH)
    for index in range(document.first - 1, floor - 1, -1):
        if stream.tokens[index].is_quote:
            return None
        if stream.lower(index) in _ISSUES:
            return mentions.ending_at(index)
    return None
