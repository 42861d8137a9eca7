"""Nouns that stand for a speaker: what of, and where one is the head of a phrase."""

from collections.abc import Collection

from quotes.english import lexicon, nouns
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_HEADS = lexicon.ROLE_NOUNS | lexicon.PLURAL_GROUPS | lexicon.ORG_NOUNS | lexicon.DOCUMENT_NOUNS
_PEOPLE = lexicon.ROLE_NOUNS | nouns.SOMETIMES_PEOPLE | nouns.DEMONYMS
_RELATIVES = (lexicon.REPRESENTATIVES | lexicon.KIN) & nouns.SOMETIMES_PEOPLE
_PARTIES = frozenset({"republican", "democrat", "conservative", "liberal", "star", "minority", "majority"})
_ADJECTIVES = 2  # tokens between an article and a noun that could be a verb
# What belongs to no noun phrase.
STOP = (
    lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.AUXILIARIES
    | lexicon.SUBJECT_PRONOUNS
    | lexicon.CONTRACTIONS
    | lexicon.words("him them us me not also then there here whose what later earlier yesterday")
) - lexicon.POSSESSIVES
# Adjectives that are nouns of people elsewhere, or stand before names within a phrase.
MODIFIERS = lexicon.words("senior former older younger top leading local retired longtime veteran")


def noun_kind(noun: str) -> SpeakerKind | None:
    """What a noun of the lexicon stands for; None for any other."""
    if noun_of_person(noun):
        return SpeakerKind.PERSON
    if noun in lexicon.PLURAL_GROUPS:
        return SpeakerKind.GROUP
    if noun in lexicon.ORG_NOUNS:
        return SpeakerKind.ORGANIZATION
    return SpeakerKind.DOCUMENT if noun in lexicon.DOCUMENT_NOUNS else None


def noun_of_person(noun: str) -> bool:
    """Whether one person may be called so."""
    return noun in _PEOPLE or noun.endswith("-year-old")


def noun_gender(noun: str) -> str:
    """ "m", "f", or "" where the noun does not tell."""
    if noun in lexicon.MALE_ROLES:
        return "m"
    return "f" if noun in lexicon.FEMALE_ROLES else ""


def is_head(stream: Stream, index: int, taken: Collection[int]) -> bool:
    """Whether a noun is the head of its phrase. `taken`: the tokens of names."""
    word = stream.lower(index)
    following = stream.lower(index + 1)
    if word not in _HEADS and not _is_person(stream, index, taken):
        return False
    if word in MODIFIERS and _modifies(stream, index):
        return False
    if following in _HEADS and index + 1 not in taken and following not in lexicon.CUE_VERBS:
        return False  # the last noun is the head: "campaign spokesman"
    if stream.tokens[index].is_capital and index in taken:
        return False
    if following in ("'s", "'") and any(_may_belong(stream.lower(index + ahead)) for ahead in (2, 3, 4)):
        return False  # "the skipper's sister" is the sister
    if word in _PARTIES and following and following[0].isalpha() and not is_verb(following):
        return False
    if word not in lexicon.CUE_VERBS or _after_determiner(stream, index):
        return True
    return word in lexicon.PLURAL_GROUPS and index - 1 in taken and is_verb(following)  # prize judges said


def is_verb(word: str) -> bool:
    return (word in lexicon.CUE_VERBS and word not in lexicon.NOUN_LIKE) or word in lexicon.COMMON_VERBS


def _is_person(stream: Stream, index: int, taken: Collection[int]) -> bool:
    """ "the 52-year-old said", "the flank Ivo Lind"."""
    word = stream.lower(index)
    if word in nouns.DEMONYMS:
        return index not in taken and stream.tokens[index].is_capital and not _is_noun_like(stream, index + 1)
    owned = word in _RELATIVES and stream.lower(index - 1) in lexicon.POSSESSIVES
    if owned or word.endswith("-year-old"):
        return index + 1 not in taken and not _is_noun_like(stream, index + 1)
    return word in nouns.SOMETIMES_PEOPLE and index + 1 in taken and stream.tokens[index].text.islower()


def _is_noun_like(stream: Stream, index: int) -> bool:
    word = stream.lower(index)
    return word[:1].isalpha() and word not in STOP and not is_verb(word) and word not in lexicon.CUE_VERBS


def _modifies(stream: Stream, index: int) -> bool:
    """The "senior" of "senior Harbour Alliance source": capitals follow, and then the noun itself."""
    after = index + 1
    while after < len(stream.tokens) and stream.tokens[after].is_capital:
        after += 1
    return after > index + 1 and stream.lower(after) in _HEADS and stream.tokens[after].text.islower()


def _may_belong(word: str) -> bool:
    """Whether the noun may be a possessor's: his mother, his assistant."""
    return word in _HEADS or word in _RELATIVES


def _after_determiner(stream: Stream, index: int) -> bool:
    """ "a county engineering report" is a noun, "they report" is not."""
    for before in range(index - 1, max(-1, index - 2 - _ADJECTIVES), -1):
        word = stream.lower(before)
        if word in lexicon.DETERMINERS or word in lexicon.POSSESSIVES:
            return True
        if not stream.tokens[before].is_word or word in STOP or is_verb(word):
            return False
    return False
