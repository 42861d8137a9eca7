"""Whose spokesman or mother a role phrase speaks of: "the senator's aide", "a lawyer for Marsh"."""

from dataclasses import dataclass

from quotes.english import lexicon
from quotes.english.role_words import role_words
from quotes.extraction.coreference.entity import Entity
from quotes.extraction.mentions.finder import Mention
from quotes.extraction.roles.nouns import noun_kind
from quotes.extraction.text.stream import Stream
from quotes.extraction.types import SpeakerKind

_MARKS = frozenset({"'s", "'", "’s", "’"})
_ANYBODY = lexicon.words("man woman boy girl")
_ADDRESS = lexicon.words("mr mr. mrs mrs. ms ms. miss sir dr dr. 's ’s '")
_NO_OWNER = lexicon.DETERMINERS | lexicon.POSSESSIVES | lexicon.PREPOSITIONS | _ADDRESS


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom somebody belongs to.

    words     the owner's words in the phrase, folded; none for "her"
    named     whether a name is among them
    entity    who that is, if the article tells
    sure      how sure that is
    relative  whether the noun means somebody else's: a spokesman, a mother, not a president
    before    whether the owner stands before the noun
    """

    words: frozenset[str]
    entity: Entity | None = None
    sure: float = 1.0
    relative: bool = False
    before: bool = True
    named: bool = False

    def is_same(self, other: "Owner") -> bool:
        """Whether two phrases may speak of one owner."""
        if self.entity is not None and other.entity is not None:
            return self.entity is other.entity
        comparable = self.words and other.words and self.named == other.named
        return not comparable or not self.words.isdisjoint(other.words)

    def excludes(self, entity: Entity, heads: frozenset[str]) -> bool:
        """Whether `entity` cannot be whom the phrase means: the owner himself, or another's spokesman."""
        if entity is self.entity:
            return True
        if entity.owner is not None and not self.is_same(entity.owner):
            return True
        anybody = entity.heads and entity.heads <= _ANYBODY
        return self.relative and heads.isdisjoint(entity.heads) and not anybody


def is_only_relative(entity: Entity) -> bool:
    """Whether all that is known of somebody is whose mother or spokesman it is."""
    return entity.kind is SpeakerKind.UNNAMED and entity.owner is not None and entity.owner.relative


def is_relative(head: str) -> bool:
    """Whether the noun means somebody by whose he is: representatives and relatives."""
    return head in lexicon.REPRESENTATIVES or head in lexicon.KIN


def owning_tokens(stream: Stream, mention: Mention) -> range:
    """The tokens that name the owner within the phrase; empty where it names none."""
    head, _ = role_words(mention.name)
    inside = range(mention.first, mention.last)
    noun = next((index for index in reversed(inside) if stream.lower(index) == head), mention.last)
    marks = [index for index in range(mention.first + 1, noun) if stream.lower(index) in _MARKS]
    if marks:
        return range(_after_article(stream, mention.first), marks[-1])
    after = range(_after_article(stream, noun + 2), mention.last)
    if not after or not _ties(head, stream.lower(noun + 1)):
        return range(0)
    named = any(stream.tokens[index].is_capital for index in after)
    return after if named or noun_kind(stream.lower(after[-1])) is SpeakerKind.PERSON else range(0)


def _ties(head: str, preposition: str) -> bool:
    """Whether the owner follows: "a lawyer for", "the mother of", "an aide to"."""
    if preposition == "for":
        return head in lexicon.REPRESENTATIVES
    return preposition in ("of", "to") and head in (lexicon.KIN if preposition == "of" else lexicon.HELPERS)


def owner_words(stream: Stream, tokens: range) -> frozenset[str]:
    """The folded words that say who it is."""
    return frozenset(stream.lower(index) for index in tokens) - _NO_OWNER


def _after_article(stream: Stream, index: int) -> int:
    return index + (stream.lower(index) in lexicon.DETERMINERS)
