"""What somebody is said to be, by the dates of the articles that say so: "mayor, 2019-2023"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quotes.english import lexicon
from quotes.english.role_classes import same_role
from quotes.folding import fold

from .roles import read_role

_PAST = lexicon.words("former ex then late retired onetime ex-")


@dataclass(frozen=True, slots=True)
class Statement:
    """One article, by its key, gives the role."""

    role: str
    dated: datetime
    article: int


@dataclass(frozen=True, slots=True)
class Post:
    """A role as it is called most often, and the articles that give it, the earliest first."""

    role: str
    statements: tuple[Statement, ...]

    @property
    def first(self) -> datetime:
        return self.statements[0].dated

    @property
    def last(self) -> datetime:
        return self.statements[-1].dated

    @property
    def years(self) -> str:
        """ "2019", "2019–2023"."""
        first, last = self.first.year, self.last.year
        return str(first) if first == last else f"{first}–{last}"


def career(statements: Iterable[Statement]) -> list[Post]:
    """The roles of one speaker, the latest first; a spokesman and a spokesperson of one body are one post."""
    posts: list[list[Statement]] = []
    for statement in sorted(statements, key=lambda one: (one.dated, one.article)):
        post = next((p for p in posts if is_same_post(p[0].role, statement.role)), None)
        if post is None:
            posts.append([statement])
        else:
            post.append(statement)
    found = [Post(_usual(post), tuple(post)) for post in posts]
    return sorted(found, key=lambda post: (post.last, post.first), reverse=True)


def is_same_post(one: str, other: str) -> bool:
    """Whether two descriptions are of one office; a former one is another."""
    if fold(one) == fold(other):
        return True
    if _is_past(one) != _is_past(other):
        return False
    ours, theirs = read_role(one), read_role(other)
    heads = any(same_role(head) & theirs.heads for head in ours.heads)
    return heads and ours.bodies == theirs.bodies != frozenset()


def _is_past(role: str) -> bool:
    return bool(_PAST & set(fold(role).replace("-", " ").split()))


def _usual(post: list[Statement]) -> str:
    counts = Counter(statement.role for statement in post)
    return max(reversed(post), key=lambda statement: counts[statement.role]).role
