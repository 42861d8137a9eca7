"""Words quoted again with no verb of saying: they belong to whoever the article says spoke them."""

from collections.abc import Sequence
from dataclasses import replace

from .attribution import Attribution
from .candidates import Rule
from .identity import Identity
from .mentions import Mention, MentionIndex
from .stream import Stream
from .subjects import main_subject

_SURE = 0.8  # the subject of the sentence is one of those who spoke the words elsewhere
_REPORTED = 0.72  # somebody else is


def add_echoes(
    stream: Stream, mentions: MentionIndex, identity: Identity, attributions: Sequence[Attribution]
) -> list[Attribution]:
    """The attributions, with a speaker for the words that another quote of the article attributes."""
    spoken = {_folded(a): a for a in reversed(attributions) if a.mention is not None}
    return [_echo(stream, mentions, identity, a, spoken.get(_folded(a))) for a in attributions]


def _folded(attribution: Attribution) -> str:
    return " ".join(attribution.context.words.casefold().strip(" ,.!?").split())


def _echo(
    stream: Stream, mentions: MentionIndex, identity: Identity, here: Attribution, there: Attribution | None
) -> Attribution:
    if here.mention is not None or there is None or there.mention is None:
        return here
    speakers = (*there.partners, there.mention)
    subject = main_subject(stream, mentions, stream.sentences[here.context.sentence])
    names = {_name(identity, mention) for mention in speakers} - {""}
    reason = "the same words are attributed elsewhere in the article"
    if subject is not None and _name(identity, subject) in names:
        return replace(here, mention=subject, rule=Rule.ECHO, score=min(_SURE, there.score), reason=reason)
    score = min(_REPORTED, there.score * 0.9)
    return replace(
        here, mention=there.mention, partners=there.partners, rule=Rule.ECHO, score=score, reason=reason
    )


def _name(identity: Identity, mention: Mention) -> str:
    found = identity.speaker(mention)
    return found[0].name if found else ""
