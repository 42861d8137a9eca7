"""Which words of an article are a name of somebody, beside the fullest one: "Mr Putin", "WGC"."""

from quotes.english import lexicon
from quotes.extraction import ResolvedSpeaker, SpeakerKind
from quotes.folding import fold_name

from .organizations import initials, is_abbreviation
from .person_names import person_name

_LONGEST = 4  # words


def is_name_of(mention: str, speaker: ResolvedSpeaker) -> bool:
    """Whether `mention`, which means `speaker`, is a name and not a pronoun, a role, or more than a name."""
    words = mention.split()
    folded = fold_name(mention)
    if not folded or folded == fold_name(speaker.name) or len(words) > _LONGEST:
        return False
    if speaker.kind is SpeakerKind.ORGANIZATION:
        bare = mention.removeprefix("the ").removeprefix("The ")
        return is_abbreviation(bare) and fold_name(bare).replace(" ", "") == initials(speaker.name)
    if speaker.kind is not SpeakerKind.PERSON:
        return False
    theirs = person_name(speaker.name).words
    said = [word for word in folded.split() if word not in _TITLES]
    return bool(said) and set(said) <= set(theirs) and theirs[-1] in said and words[-1][:1].isupper()


_TITLES = lexicon.TITLES
