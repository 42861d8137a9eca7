"""What the article says of somebody beside the name: gender, roles, the description that tells most."""

from quotes.english import lexicon
from quotes.english.name_forms import NameForm, lowered
from quotes.extraction.coreference.descriptions import apposition_of, description_of
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.coreference.gender import told_by
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.names.ruled_names import first_name_gender
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_ROLES = 5  # of somebody in an article that are kept


def enrich(stream: Stream, entity: Entity, mention: Mention, form: NameForm) -> None:
    """Keep all that a mention by name tells: what stands beside it, its title, its suffix."""
    offset = max(mention.start, stream.text.find(form.text, mention.start, mention.end))
    core = mention.first
    while core < mention.last - 1 and stream.tokens[core].start < offset:
        core += 1
    described = description_of(stream, mention, core)
    entity.heads |= described.heads | form.roles
    entity.about |= described.words
    entity.gender.tell(told(mention) or told_by(described.heads))
    entity.gender.name(first_name_gender(" ".join(entity.words)), entity.words[0])
    describe(stream, entity, mention)
    entity.certainty = max(entity.certainty, mention.certainty)
    entity.suffix = entity.suffix or form.suffix
    if mention.titled:
        entity.titled += 1
        if mention.speaker_kind is SpeakerKind.PERSON:
            entity.kind = SpeakerKind.PERSON


def describe(stream: Stream, entity: Entity, mention: Mention) -> None:
    """Keep what stands before and after the name; the first that tells much describes best."""
    before = mention.description
    owner, _, owned = before.partition(" ")
    if owner.lower() in lexicon.POSSESSIVES:  # "his ally": whose, then? "its chairman" has said enough
        before = owned if owner.lower() in ("its", "their") else ""
    entity.description = entity.description or before
    if before and mention.speaker_kind is SpeakerKind.PERSON:
        entity.kind = SpeakerKind.PERSON  # Juva said; the forward Juva said
    after = apposition_of(stream, mention) if entity.is_person else ""
    if after and _is_slight(entity.description):
        entity.description = after
    for role in (before, after):
        if not _is_slight(role):
            entity.roles = _with_role(entity.roles, role)


def _with_role(roles: list[str], role: str) -> list[str]:
    """With one role more; of two of which one goes on where the other ends, the fuller stays."""
    said = lowered(role)
    if any(lowered(other).startswith(said) for other in roles):
        return roles
    return [*(other for other in roles if not said.startswith(lowered(other))), role][:_ROLES]


def _is_slight(description: str) -> bool:
    """Whether it says little of somebody: "", "Dr."."""
    words = description.lower().split()
    return all(word in lexicon.HONORIFICS or word.rstrip(".") in lexicon.HONORIFICS for word in words)


def told(mention: Mention) -> str:
    """The gender that a title or role with the name says, "" for none; first names do not count."""
    if not mention.gender or not (mention.titled or mention.description):
        return ""
    words = lowered(mention.description).split()
    title = mention.gender if mention.titled and not mention.description else ""  # Mr, Mrs
    return told_by(words) or title
