"""“...,” Lee said, according to the Gazette: who is said to have said it speaks, not who passes it on."""

from collections.abc import Sequence

from quotes.extraction.attribution.candidates import Rule
from quotes.extraction.attribution.pairs import Reading
from quotes.extraction.mentions.clauses import CueKind
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_REACH = 6  # tokens of an article and a role between "to" and a name
_NEAR = 1.5  # cost of a subject that stands next to its verb
_VAGUE = frozenset({"it", "who", "which"})
_REPORTS = frozenset({"report", "reports", "reported"})


def relayed(stream: Stream, readings: Sequence[Reading], mention: Mention) -> Mention | None:
    """Whom `mention` quotes, where it is only the source of the report and another is said to speak."""
    if not _reports(stream, mention):
        return None
    for candidate, _ in readings:
        if candidate.mention.first == mention.first or candidate.cue_kind is not CueKind.SAY:
            continue
        if candidate.lemma != "report" and candidate.rank == 0 and candidate.cost < _NEAR:
            direct = candidate.rule in (Rule.AFTER, Rule.BEFORE, Rule.GOVERNED)
            if direct and candidate.mention.name not in _VAGUE:
                return candidate.mention
    return None


def _reports(stream: Stream, mention: Mention) -> bool:
    """ "according to the Gazette", "the Gazette reported"."""
    if mention.speaker_kind is SpeakerKind.ORGANIZATION and (
        stream.lower(mention.last) in _REPORTS or stream.lower(mention.begin - 1) in _REPORTS
    ):
        return True
    sentence = stream.sentences[stream.sentence_of[mention.first]]
    for index in range(mention.begin - 1, max(sentence.first, mention.begin - _REACH) - 1, -1):
        if stream.lower(index) == "to":
            return stream.lower(index - 1) == "according"
    return False
