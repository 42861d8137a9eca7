"""Quotes that are searched for: `q`, where (`in`), and what is shown of the hits (`highlight`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.pagination import QuotePages
from quotes.models import Quote
from quotes.search import SCOPES, Question, QuestionError, Scope, matching, read_question
from quotes.search.ranking import ranked

_FLAGS = {"true": True, "false": False}
PARAMETERS = [
    OpenApiParameter(
        "q",
        description='Words, "phrases", OR, -exclusions, prefix*. English words stand for all their forms, '
        "those of a phrase for themselves; case and accents do not matter.",
    ),
    OpenApiParameter(
        "in",
        enum=SCOPES,
        description="Where `q` is looked for: the quote’s words, or the sentence around.",
    ),
    OpenApiParameter("highlight", bool, description="true: quotes say where they answer `q`."),
]


@dataclass(frozen=True, slots=True)
class Search:
    """A question, where it is asked, and whether hits are to be marked."""

    question: Question
    scope: Scope
    is_highlighted: bool

    def narrow(self, quotes: QuerySet[Quote]) -> QuerySet[Quote]:
        return matching(quotes, self.question, self.scope)


def search_of(request: Request) -> Search | None:
    """What a request searches for; None where it has no `q`. Raises ValidationError."""
    q = request.GET.get("q")
    scope = _choice(request, "in", {one: one for one in SCOPES}, "words")
    highlight = _choice(request, "highlight", _FLAGS, default=False)
    if q is None:
        for name in ("in", "highlight"):
            if name in request.GET:
                raise ValidationError({name: ["It is about a search: give q, too."]})
        return None
    try:
        return Search(read_question(q), scope, highlight)
    except QuestionError as error:
        raise ValidationError({"q": [f"{str(error)[0].upper()}{str(error)[1:]}."]}) from error


def _choice(request: Request, name: str, values: dict[str, Any], default: Any) -> Any:
    given = request.GET.get(name)
    if given is None:
        return default
    if given not in values:
        raise ValidationError({name: [f"There is no such value: give {' or '.join(values)}."]})
    return values[given]


def ranked_pages(search: Search) -> Callable[[], "RankedPages"]:
    return lambda: RankedPages(search)


class _Ranked(NamedTuple):
    """A row of a page."""

    pk: int
    id: int
    relevance: float


class RankedPages(QuotePages):
    """Pages by relevance: of the newest quotes that answer, so that no question costs more than it may."""

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search

    def _rows(self, queryset: QuerySet[Any], values: list[Any], most: int, *, descending: bool) -> list[Any]:
        found = ranked(queryset, self._search.question, self._search.scope)
        if descending:
            found.reverse()
        if values:
            bound = tuple(values)
            found = [one for one in found if (one < bound if descending else one > bound)]
        return [_Ranked(key, key, score) for score, key in found[:most]]
