"""Who is talked about in an article, as far as it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quotes.extraction.coreference.gender import Gender
from quotes.extraction.types import SpeakerKind

if TYPE_CHECKING:
    from quotes.extraction.coreference.owners import Owner


@dataclass(slots=True, eq=False)
class Entity:
    """Grows while the article is read. `seen` holds the indexes of its mentions, in order."""

    name: str
    words: tuple[str, ...]
    kind: SpeakerKind
    description: str = ""
    roles: list[str] = field(default_factory=list)  # all that the article says of somebody
    suffix: str = ""
    nickname: str = ""
    gender: Gender = field(default_factory=Gender)
    heads: set[str] = field(default_factory=set)  # roles that the article gives it
    about: set[str] = field(default_factory=set)  # every word said of it beside its name
    seen: list[int] = field(default_factory=list)
    full: int = 0  # times named in full
    titled: int = 0
    first: int = 0  # token of its first mention
    certainty: float = 1.0  # that its name has these edges and is of this kind: of its surest mention
    vague: bool = False  # somebody whom the article may well name elsewhere ("his mother")
    author: Entity | None = None  # of a document
    pronoun: tuple[str, int] = ("", -1)  # the gender of the last one read as somebody, and its paragraph
    owner: Owner | None = None  # of somebody without a name: whose spokesman or mother it is

    @property
    def is_person(self) -> bool:
        return self.kind is SpeakerKind.PERSON


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention is; `sure` (0..1) is the probability, `reason` says how it was found ("" if by name)."""

    entity: Entity
    sure: float
    reason: str = ""
